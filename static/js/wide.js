// <details class="wide-open"> is folded on a small screen and open on a wide one.
import { find } from "./find.js";

const wide = matchMedia("(width >= 1000px)");

const fit = (root) => find(root, "details.wide-open").forEach((fold) => { fold.open = wide.matches; });

export const start = fit;
wide.addEventListener("change", () => fit(document.body));
