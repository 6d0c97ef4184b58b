// Says things to assistive technology: politely in one batch, or at once.
import { find } from "./find.js";

const QUIET_MS = 700;
const regions = (tone) => document.querySelector(`body > [data-say="${tone}"]`);
let waiting = new Set();
let timer = 0;

function write(tone, text) {
  const region = regions(tone);
  if (!region) return;
  region.textContent = "";
  // the same sentence twice must be a change for it to be heard twice
  requestAnimationFrame(() => { region.textContent = text; });
}

export function say(text, tone = "polite") {
  if (!text) return;
  if (tone === "assertive") { write(tone, text); return; }
  waiting.add(text);
  clearTimeout(timer);
  timer = setTimeout(() => {
    write("polite", [...waiting].join(" "));
    waiting = new Set();
  }, QUIET_MS);
}

export function start(root) {
  if (root === document.body) return;
  find(root, "[data-announce]").forEach((element) => say(element.dataset.announce || element.textContent.trim()));
}

document.body.addEventListener("announce", (event) => say(event.detail?.value ?? event.detail?.text));
