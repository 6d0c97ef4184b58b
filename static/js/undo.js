// Undo that takes back one's own words only. The browser forgets its own history as soon as somebody else's words come
// into the field, so each change is kept here, and is moved along when others change the text around it.
import { splice, splices } from "./splices.js";

const TOGETHER_MS = 1000;
const LONG = 30;
const MOST = 500;

const joins = (last, next) => last && next.time - last.time < TOGETHER_MS && !next.come.includes("\n") && (
  (!next.gone && !last.gone && next.at === last.at + last.come.length && (last.come.length < LONG || !/\s$/.test(last.come)))
  || (!next.come && !last.come && next.at + next.gone.length === last.at));

const joined = (last, next) => (next.come
  ? { ...last, come: last.come + next.come, time: next.time }
  : { ...last, at: next.at, gone: next.gone + last.gone, time: next.time });

// Moves the changes of a stack, the newest first, past somebody else's change. `has` is what stands in the text now.
// Where both touched the same words the older changes can no longer be taken back: they are let go.
function carried(stack, theirs, has, had) {
  let { at } = theirs;
  for (let index = stack.length - 1; index >= 0; index -= 1) {
    const mine = stack[index];
    if (at >= mine.at + mine[has].length) at += mine[had].length - mine[has].length;
    else if (at + theirs.gone.length <= mine.at) stack[index] = { ...mine, at: mine.at + theirs.come.length - theirs.gone.length };
    else return stack.slice(index + 1);
  }
  return stack;
}

export class Undo {
  constructor(area) {
    this.area = area;
    this.known = area.value;
    this.done = [];
    this.undone = [];
    area.addEventListener("input", () => this.record());
    area.addEventListener("beforeinput", (event) => this.ask(event, { historyUndo: "back", historyRedo: "again" }[event.inputType]));
    area.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      this.ask(event, key === "y" || (key === "z" && event.shiftKey) ? "again" : key === "z" && "back");
    });
  }

  ask(event, way) {
    if (!way) return;
    event.preventDefault();
    this[way]();
  }

  record() {
    const { value, selectionEnd } = this.area;
    if (value === this.known) return;
    const change = { ...splice(this.known, value, Math.max(0, selectionEnd - Math.max(0, value.length - this.known.length))), time: Date.now() };
    const last = this.done.at(-1);
    if (joins(last, change)) this.done[this.done.length - 1] = joined(last, change);
    else this.done.push(change);
    this.done = this.done.slice(-MOST);
    this.undone = [];
    this.known = value;
  }

  // Somebody else's words have come in, or will: nothing of it is ours to take back.
  rebase(text) {
    this.record();
    for (const theirs of splices(this.known, text).reverse()) {
      this.done = carried(this.done, theirs, "come", "gone");
      this.undone = carried(this.undone, theirs, "gone", "come");
    }
    this.known = text;
  }

  back() {
    const change = this.done.pop();
    if (change) this.undone.push(this.put(change, change.come, change.gone));
  }

  again() {
    const change = this.undone.pop();
    if (change) this.done.push(this.put(change, change.gone, change.come));
  }

  put(change, old, fresh) {
    this.area.setRangeText(fresh, change.at, change.at + old.length, "end");
    this.known = this.area.value;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    return { ...change, time: 0 };
  }
}
