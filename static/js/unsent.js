// What is chosen or typed in a form and not sent outlives every redrawing of the screen and a reload, for as long as
// the room stays in the same step; a fold that was opened stays open. Fields with data-draft look after themselves, and
// forms that tell what their writer saw (`seen`, `version`) would tell it wrongly in a newer form.
import { find } from "./find.js";

const { stream, seat = "host" } = document.body.dataset;
const STORE = `scoperoom:unsent:${stream}:${seat}`;
const FORMS = "#room-body form[method=post], #board form[method=post], #side form[method=post]";
const FIELDS = "input:not([type=hidden], [type=file], [type=submit]), select, textarea";
const ABOUT = ["activity", "target", "item"];
const step = () => document.getElementById("room-body")?.dataset.step ?? "";
const opened = new Set();

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE));
    if (kept?.step === step()) return kept.fields;
  } catch { /* nothing was kept */ }
  return {};
}

function write(fields) {
  try { sessionStorage.setItem(STORE, JSON.stringify({ step: step(), fields })); } catch { /* the page is the only copy */ }
}

const ticks = (field) => field.type === "checkbox";
const picks = (field) => field.type === "radio";
const about = (form) => ABOUT.map((name) => form.querySelector(`input[type=hidden][name=${name}]`)?.value ?? "").join(":");
const place = (form, field) => `${form.getAttribute("action").split("?")[0]} ${about(form)} ${field.name}${ticks(field) ? `=${field.value}` : ""}`;
const withOthers = (form) => form.matches("[data-keep], [data-saves]") || form.querySelector("[name=seen], [name=version]");
const fieldsOf = (form) => (withOthers(form) ? [] : [...form.elements].filter((field) => field.matches(FIELDS) && field.name && !field.dataset.draft));

document.addEventListener("input", ({ target: field }) => {
  const form = field.matches?.(FIELDS) && field.form;
  if (!form?.matches(FORMS) || !fieldsOf(form).includes(field)) return;
  write({ ...read(), [place(form, field)]: ticks(field) ? field.checked : field.value });
});

function fill(field, kept) {
  if (ticks(field)) field.checked = kept;
  else if (picks(field)) field.checked = field.value === kept;
  else field.value = kept;
}

function restore(root) {
  const kept = read();
  if (!Object.keys(kept).length) return;
  const forms = new Set([...find(root, FORMS), ...(root.closest?.(FORMS) ? [root.closest(FORMS)] : [])]);
  forms.forEach((form) => fieldsOf(form).forEach((field) => {
    const words = kept[place(form, field)];
    if (words === undefined) return;
    fill(field, words);
    const fold = field.closest("details");
    if (fold && words) fold.open = true;
  }));
}

// Sent is what stood there when it was sent; what was typed since is not.
function sent(form, values) {
  const kept = read();
  fieldsOf(form).forEach((field) => {
    const now = picks(field) ? kept[place(form, field)] : field.value;
    const gone = ticks(field) ? values.getAll(field.name).includes(field.value) === field.checked : (values.get(field.name) ?? "") === (now ?? "");
    if (gone) delete kept[place(form, field)];
  });
  write(kept);
}

document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig?.elt;
  if (detail.xhr.status >= 300 || !form?.matches?.("form[method=post]")) return;
  sent(form, detail.requestConfig.formData);
  opened.delete(form.closest("details")?.id);
});
document.addEventListener("submit", ({ target: form }) => {
  if (!form.hasAttribute("hx-post") && form.matches(FORMS)) sent(form, new FormData(form));
});

document.addEventListener("toggle", ({ target: fold }) => {
  if (!fold.id || !fold.isConnected || !fold.matches("details")) return;
  if (fold.open) opened.add(fold.id);
  else opened.delete(fold.id);
}, true);

function drawn(root) {
  find(root, "details[id]").forEach((fold) => { if (opened.has(fold.id)) fold.open = true; });
  restore(root);
}

drawn(document.body);
document.body.addEventListener("htmx:load", (event) => drawn(event.target));
