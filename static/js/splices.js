// The small replacements that lead from one text to another: [{ at, gone, come }], places in the first text, in order.
const MOST_CELLS = 400_000;

const commonStart = (a, b) => { let n = 0; while (n < a.length && n < b.length && a[n] === b[n]) n += 1; return n; };
const commonEnd = (a, b, from) => {
  let n = 0;
  while (n < Math.min(a.length, b.length) - from && a.at(-1 - n) === b.at(-1 - n)) n += 1;
  return n;
};
const pieces = (text) => text.match(/\s+|[^\s]+/g) ?? [];

// Lengths of the longest common subsequence of words from each pair of places on.
function table(a, b) {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      rows[i][j] = a[i] === b[j] ? rows[i + 1][j + 1] + 1 : Math.max(rows[i + 1][j], rows[i][j + 1]);
    }
  }
  return rows;
}

function byWords(before, after, offset) {
  const [a, b] = [pieces(before), pieces(after)];
  if (a.length * b.length > MOST_CELLS) return [{ at: offset, gone: before, come: after }];
  const rows = table(a, b);
  const found = [];
  let [i, j, at] = [0, 0, offset];
  let open = null;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      open = null;
      at += a[i].length;
      i += 1;
      j += 1;
    } else {
      if (!open) found.push(open = { at, gone: "", come: "" });
      if (j === b.length || (i < a.length && rows[i + 1][j] >= rows[i][j + 1])) { open.gone += a[i]; at += a[i].length; i += 1; }
      else { open.come += b[j]; j += 1; }
    }
  }
  return found;
}

export function splices(before, after) {
  if (before === after) return [];
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  return byWords(before.slice(start, before.length - end), after.slice(start, after.length - end), start);
}

// One replacement that covers everything: right for what one person has just typed.
export function splice(before, after, caret = Infinity) {
  const start = Math.min(commonStart(before, after), caret);
  const end = commonEnd(before, after, start);
  return { at: start, gone: before.slice(start, before.length - end), come: after.slice(start, after.length - end) };
}

// Where the place `at` of the first text is in the second one.
export function mapped(changes, at) {
  let moved = 0;
  for (const { at: start, gone, come } of changes) {
    if (at <= start) break;
    if (at < start + gone.length) return start + moved + Math.min(at - start, come.length);
    moved += come.length - gone.length;
  }
  return at + moved;
}
