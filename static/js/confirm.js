// <form data-confirm="Delete the rehearsal?" data-confirm-button="Delete">: asks first, in a dialog.
// Works the same with and without htmx, because it stops the event before anyone else sees it.
import { word } from "./words.js";

const agreed = new WeakSet();

function ask(element, go) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const question = document.createElement("h2");
  question.textContent = element.dataset.confirm || word("sure");
  question.id = "confirm-question";
  dialog.setAttribute("aria-labelledby", question.id);
  const foot = document.createElement("form");
  foot.method = "dialog";
  foot.className = "form-foot";
  foot.append(button(word("cancel"), "no"), button(element.dataset.confirmButton || word("continue"), "yes", element.dataset.confirmTone || "danger"));
  dialog.append(question);
  if (element.dataset.confirmMore) {
    const more = document.createElement("p");
    more.textContent = element.dataset.confirmMore;
    dialog.append(more);
  }
  dialog.append(foot);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") { agreed.add(element); go(); agreed.delete(element); }
  });
  dialog.showModal();
}

function button(text, value, tone = "") {
  const made = document.createElement("button");
  made.className = "button";
  made.value = value;
  made.textContent = text;
  if (tone) made.dataset.tone = tone;
  return made;
}

function stop(event, element, go) {
  if (agreed.has(element)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(element, go);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-confirm]");
  if (form) stop(event, form, () => form.requestSubmit(event.submitter ?? undefined));
}, true);

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("button[data-confirm], a[data-confirm]");
  if (pressed) stop(event, pressed, () => pressed.click());
}, true);
