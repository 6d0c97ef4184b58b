// Somebody else's words arrive in a field while a person writes there: caret and scroll stay with their words.
const AROUND = [48, 24, 12, 6];

const commonStart = (a, b) => { let n = 0; while (n < a.length && n < b.length && a[n] === b[n]) n += 1; return n; };
const commonEnd = (a, b, from) => {
  let n = 0;
  while (n < Math.min(a.length, b.length) - from && a.at(-1 - n) === b.at(-1 - n)) n += 1;
  return n;
};

function nearest(text, part, near) {
  let best = -1;
  for (let at = text.indexOf(part); part && at >= 0; at = text.indexOf(part, at + 1)) {
    if (best < 0 || Math.abs(at - near) < Math.abs(best - near)) best = at;
  }
  return best;
}

// Where the place `at` of `before` is in `after`.
export function mapped(before, after, at) {
  const start = commonStart(before, after);
  if (at <= start) return at;
  const end = commonEnd(before, after, start);
  if (at >= before.length - end) return at + after.length - before.length;
  for (const size of AROUND) {
    const left = before.slice(Math.max(0, at - size), at);
    const found = nearest(after, left, at - left.length);
    if (found >= 0) return found + left.length;
    const right = before.slice(at, at + size);
    const next = nearest(after, right, at);
    if (next >= 0) return next;
  }
  return Math.min(at, after.length);
}

// How far down the page the caret is, measured with a copy of the field that ends there.
function caretTop(area) {
  const copy = area.cloneNode();
  copy.removeAttribute("id");
  copy.removeAttribute("name");
  copy.tabIndex = -1;
  copy.rows = 1;
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", fieldSizing: "fixed", blockSize: "auto", minBlockSize: "0", inlineSize: `${area.offsetWidth}px` });
  copy.value = area.value.slice(0, area.selectionEnd);
  area.after(copy);
  const height = copy.scrollHeight;
  copy.remove();
  return area.getBoundingClientRect().top + height;
}

// As fields.js does when somebody types; browsers that size fields by content need nothing.
function grown(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
}

export function replaceText(area, text) {
  const before = area.value;
  if (before === text) return;
  const { selectionStart, selectionEnd } = area;
  const top = caretTop(area);
  area.value = text;
  area.setSelectionRange(mapped(before, text, selectionStart), mapped(before, text, selectionEnd));
  grown(area);
  if (document.activeElement === area) scrollBy({ top: caretTop(area) - top, behavior: "instant" });
}
