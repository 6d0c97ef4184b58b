// Small help at fields: growing text, steps, characters left, sending on change.
import { find } from "./find.js";

const grows = CSS.supports("field-sizing", "content");

function grow(area) {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
}

function count(field) {
  const shown = document.getElementById(field.dataset.count);
  if (!shown || field.maxLength <= 0) return;
  shown.textContent = `${field.value.length} / ${field.maxLength}`;
}

export function start(root) {
  if (!grows) find(root, "textarea[data-grow]").forEach(grow);
  find(root, "[data-count]").forEach(count);
}

document.addEventListener("input", (event) => {
  if (!grows && event.target.matches("textarea[data-grow]")) grow(event.target);
  if (event.target.dataset?.count) count(event.target);
});

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-autosubmit]")) event.target.form?.requestSubmit();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-stepper] > button");
  const field = button?.parentElement.querySelector("input[type=number]");
  if (!field || button.type === "submit") return;
  if (button === button.parentElement.firstElementChild) field.stepDown(); else field.stepUp();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

