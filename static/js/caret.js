// Somebody else's words arrive in a field while a person writes there: caret and scroll stay with their words.
import { mapped, splices } from "./splices.js";

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
  const changes = splices(before, text);
  area.value = text;
  area.setSelectionRange(mapped(changes, selectionStart), mapped(changes, selectionEnd));
  grown(area);
  if (document.activeElement === area) scrollBy({ top: caretTop(area) - top, behavior: "instant" });
}
