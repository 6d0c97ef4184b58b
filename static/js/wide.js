// <details class="wide-open"> is folded on a small screen, open on a wide one and on paper.
import { find } from "./find.js";

const wide = matchMedia("print, (width >= 1000px)");

// a table that is wider than the screen scrolls by itself, for the keyboard too
function fit(root) {
  find(root, "details.wide-open").forEach((fold) => { fold.open = wide.matches; });
  find(root, ".prose table").forEach((table) => { if (table.scrollWidth > table.clientWidth) table.tabIndex = 0; });
}

export const start = fit;
wide.addEventListener("change", () => fit(document.body));
