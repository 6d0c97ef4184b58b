// One field that looks like six cells: takes what is pasted ("407 182", "K7M-4QX") and keeps the characters.
import { find } from "./find.js";

const LENGTH = 6;

export function start(root) {
  find(root, "[data-code] > input").forEach((input) => {
    if (input.dataset.ready) return;
    input.dataset.ready = "";
    const digits = input.inputMode === "numeric";
    const keep = (text) => text.replace(digits ? /\D/g : /[^\p{L}\d]/gu, "").slice(0, LENGTH);
    input.addEventListener("input", () => {
      const kept = keep(input.value);
      if (kept !== input.value) input.value = kept;
      if (kept.length === LENGTH && input.parentElement.hasAttribute("data-code-send")) input.form.requestSubmit();
    });
  });
}
