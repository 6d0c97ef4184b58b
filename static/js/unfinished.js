// What is typed into a form and not sent outlives leaving the page, in this tab: form[data-unfinished]. It comes back when
// the form is opened again; sending it or cancelling drops it. The version that was seen comes back with it, so that what
// somebody else saved meanwhile is shown, not written over.
import { say } from "./announce.js";
import { find } from "./find.js";
import { word } from "./words.js";

let refilled = false;
const FORMS = "form[data-unfinished]";
const FIELDS = "input:not([type=hidden], [type=file], [type=submit]), select, textarea";
const key = (form) => `scoperoom:unfinished:${form.getAttribute("action").split("?")[0]}`;
const fields = (form) => [...form.elements].filter((field) => field.name && (field.matches(FIELDS) || field.name === "version"));
const ticks = (field) => field.matches("[type=checkbox], [type=radio]");
const place = (field) => (ticks(field) ? `${field.name}=${field.value}` : field.name);
const said = (field) => (ticks(field) ? field.checked : field.value);

function keep(form) {
  const words = Object.fromEntries(fields(form).map((field) => [place(field), said(field)]));
  try { sessionStorage.setItem(key(form), JSON.stringify(words)); } catch { /* the page is the only copy */ }
}

function drop(form) {
  try { sessionStorage.removeItem(key(form)); } catch { /* nothing was kept */ }
}

function kept(form) {
  try { return JSON.parse(sessionStorage.getItem(key(form))); } catch { return null; }
}

function restore(form) {
  // an answer that did not save has the words in it
  if (form.querySelector(".error-summary")) { keep(form); return; }
  const words = kept(form);
  let other = words ? fields(form).filter((field) => place(field) in words && words[place(field)] !== said(field)) : [];
  // a sentence was read into the fields: what was typed comes back only where it says nothing
  if (refilled) other = other.filter((field) => field.name !== "version" && !ticks(field) && !field.value);
  if (!other.some((field) => field.name !== "version")) return;
  other.forEach((field) => {
    if (ticks(field)) field.checked = words[place(field)]; else field.value = words[place(field)];
    if (field.closest("details")) field.closest("details").open = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  if (refilled) { keep(form); return; }
  const note = document.createElement("p");
  note.className = "message";
  note.textContent = word("unfinished");
  form.prepend(note);
  say(note.textContent);
}

document.addEventListener("input", ({ target }) => { const form = target.form; if (form?.matches(FORMS)) keep(form); });
document.addEventListener("submit", ({ target: form }) => { refilled = form.matches("[data-refills]"); if (form.matches(FORMS)) drop(form); });
document.body.addEventListener("htmx:sendError", ({ detail }) => { if (detail.elt.matches(FORMS)) keep(detail.elt); });
document.body.addEventListener("htmx:responseError", ({ detail }) => { if (detail.elt.matches(FORMS)) keep(detail.elt); });
document.addEventListener("click", ({ target }) => {
  const form = target.closest?.(".form-foot a")?.closest(FORMS);
  if (form) drop(form);
});

export const start = (root) => find(root, FORMS).forEach(restore);
