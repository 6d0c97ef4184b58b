// The room: facts that everybody may see are written where they stand, drafts survive a swap, and
// what a card becomes is asked in a dialog.
import { say } from "./announce.js";
import { find } from "./find.js";
import "./unsent.js";

const KEEP = "scoperoom:draft:";

// Facts: {"ready": 5, "of": 8} on the stream fills every [data-fact="ready"]; a clock takes its end from them.
function facts({ detail }) {
  const told = detail?.facts ?? {};
  Object.entries(told).forEach(([name, value]) => {
    document.querySelectorAll(`[data-fact="${CSS.escape(name)}"]`).forEach((place) => { place.textContent = value; });
  });
}

function clocks({ detail }) {
  const told = detail?.facts;
  if (!told?.ends) return;
  document.getElementById("room-body")?.toggleAttribute("data-paused", told.paused !== null);
  document.querySelectorAll("[data-clock]").forEach((clock) => {
    clock.dataset.ends = told.ends;
    if (told.paused === null) delete clock.dataset.paused;
    else clock.dataset.paused = told.paused;
  });
}

document.body.addEventListener("pulse:changed", facts);
document.body.addEventListener("people:changed", facts);
document.body.addEventListener("timers:changed", clocks);

// A new step is said once, whether it was sent or asked for.
let step = document.getElementById("room-body")?.dataset.step;
document.body.addEventListener("htmx:afterSettle", () => {
  const body = document.getElementById("room-body");
  if (!body || body.dataset.step === step) return;
  step = body.dataset.step;
  say(body.querySelector("h1")?.textContent.trim());
});

// Shown out: the page says what that means. What was typed and not sent stays on this device.
document.body.addEventListener("live:gone", () => document.body.dataset.seat && location.reload());

// Drafts: what is typed and not sent stays on this device until it is sent.
const drafted = (field) => KEEP + field.dataset.draft;

function restore(root) {
  find(root, "[data-draft]").forEach((field) => {
    const kept = sessionStorage.getItem(drafted(field));
    if (!kept || field.value) return;
    field.value = kept;
    const around = field.dataset.draftOpens && document.getElementById(field.dataset.draftOpens);
    if (around) around.open = true;
  });
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset?.draft) return;
  if (field.value) sessionStorage.setItem(drafted(field), field.value);
  else sessionStorage.removeItem(drafted(field));
});

// What was typed while the last words were on their way is the next draft.
function sending(form, values = new FormData(form)) {
  find(form, "[data-draft]").forEach((field) => {
    if (field.value && values.get(field.name) !== field.value) sessionStorage.setItem(drafted(field), field.value);
    else sessionStorage.removeItem(drafted(field));
  });
}
document.addEventListener("submit", (event) => event.target.hasAttribute("hx-post") || sending(event.target));
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig?.elt;
  if (detail.xhr.status < 300 && form?.matches("form[method=post]")) sending(form, detail.requestConfig.formData);
});

// The desk: a form in a dialog, for as long as there is one.
function desk() {
  const asked = document.querySelector("#desk > [data-desk]");
  const open = document.querySelector("dialog.desk-dialog");
  if (open && !asked) open.close();
  if (!asked || asked.closest("dialog")) return;
  show(document.getElementById("desk"));
}

function show(place) {
  const from = document.activeElement?.id;
  const dialog = document.createElement("dialog");
  dialog.className = "dialog desk-dialog";
  place.replaceWith(dialog);
  dialog.append(place);
  dialog.addEventListener("close", () => {
    const left = dialog.querySelector("#desk");
    left?.replaceChildren();
    if (left) dialog.replaceWith(left);
    // what it was opened from may have been drawn anew meanwhile, or gone
    if (document.activeElement === document.body) (document.getElementById(from) ?? document.getElementById("main"))?.focus({ preventScroll: true });
  }, { once: true });
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const leave = event.target.closest?.("[data-desk-close]");
  const dialog = leave?.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  dialog.close();
});

restore(document.body);
document.body.addEventListener("htmx:load", (event) => restore(event.target));
document.body.addEventListener("htmx:afterSettle", () => document.querySelector("body[data-room]") && desk());
