// What is written while there is no connection, or while the host has paused the room, is kept on this device with its
// key and sent once, in order, when it can be. The field stays usable all the while.
import { say } from "./announce.js";
import { client } from "./client.js";
import { key } from "./pushed.js";

const STORE = `scoperoom:outbox:${document.body.dataset.stream}:${document.body.dataset.seat}`;
const AGAIN_MS = 6000;
const TIMEOUT_MS = 15000;
const room = () => document.getElementById("room-body");
const paused = () => room()?.hasAttribute("data-paused") || Boolean(document.querySelector("#room-timer [data-paused]"));
const texts = document.querySelector("[data-kept-one]")?.dataset ?? {};

let memory = [];
let lost = !navigator.onLine;
let sending = false;
let timer = 0;

function kept() {
  try { return JSON.parse(localStorage.getItem(STORE)) ?? []; } catch { return memory; }
}

function store(items) {
  memory = items;
  try {
    if (items.length) localStorage.setItem(STORE, JSON.stringify(items));
    else localStorage.removeItem(STORE);
  } catch { /* this tab is the only copy then */ }
  draw();
}

const amount = (count) => (count === 1 ? texts.keptOne : texts.keptMany?.replace("%n", count));

function draw() {
  const items = kept();
  document.querySelectorAll("[data-kept-words]").forEach((place) => { place.textContent = items.length ? amount(items.length) : texts.keptNone; });
  const place = document.querySelector("#room-body [data-kept-cards]") ?? document.querySelector("[data-kept-cards]");
  const shape = document.getElementById("kept-card");
  document.querySelectorAll("[data-kept-cards] > .card[data-kept]").forEach((card) => card.remove());
  if (!place || !shape) return;
  place.prepend(...items.map((item) => {
    const card = shape.content.firstElementChild.cloneNode(true);
    card.dataset.kept = item.fields.key;
    card.querySelector("p").textContent = item.fields.text;
    if (item.reason) card.querySelector("[data-kept-why]").textContent = item.reason;
    return card;
  }).reverse());
}

function keep(form, values = new FormData(form)) {
  const fields = Object.fromEntries([...values.entries()].filter(([name]) => name !== "csrfmiddlewaretoken"));
  if (!fields.text?.trim()) return;
  const items = kept();
  if (!items.some((item) => item.fields.key === fields.key)) items.push({ url: form.action, fields });
  store(items);
  empty(form, fields);
  say(texts.keptOne && amount(items.length));
  again();
}

// The form may have been drawn anew meanwhile; what was typed since stays.
function empty(form, fields) {
  const shown = form.isConnected ? form : document.querySelector(`form[data-keep][action="${CSS.escape(form.getAttribute("action"))}"]`);
  const text = shown?.querySelector("[name=text]");
  const used = shown?.querySelector("[name=key]");
  if (used && used.value === fields.key) used.value = key();
  if (!text || text.value.trim() !== fields.text.trim()) return;
  text.value = "";
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

async function post(item) {
  const body = new URLSearchParams({ ...item.fields, csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" });
  const headers = { "HX-Request": "true", "X-Client": client };
  const answer = await fetch(item.url, { method: "POST", body, headers, credentials: "same-origin", signal: AbortSignal.timeout(TIMEOUT_MS) });
  return { status: answer.redirected ? 401 : answer.status, text: answer.headers.has("HX-Redirect") ? "" : await answer.text() };
}

const read = (html) => new DOMParser().parseFromString(html, "text/html");

// Sends the oldest; true when the next one may follow.
async function one() {
  const item = kept().find((each) => !each.reason || each.wait);
  if (!item) return false;
  const { status, text } = await post(item);
  const done = (items) => items.filter((each) => each.fields.key !== item.fields.key);
  const say_why = (reason, wait) => store(kept().map((each) => (each.fields.key === item.fields.key ? { ...each, reason, wait } : each)));
  if (status === 200) { store(done(kept())); return true; }
  if (status === 409 && read(text).querySelector("#room-body[data-paused]")) { say_why(texts.keptPaused, true); return false; }
  if (status === 409 || status === 422) {
    say_why(read(text).querySelector(".error, .error-summary li, .error-summary")?.textContent.trim() || texts.keptRefused, false);
    return true;
  }
  if (status < 500 && status !== 429) say_why(texts.keptRefused, true);
  return false;
}

async function work() {
  const before = kept().length;
  try { while (await one()); } catch { /* no way there yet */ }
  if (kept().length < before) {
    say(texts.keptSent);
    if (room()) htmx.trigger(room(), "live");
  }
}

async function send() {
  if (sending || !kept().length || paused()) return;
  sending = true;
  try {
    if (navigator.locks) await navigator.locks.request(STORE, { ifAvailable: true }, (lock) => lock && work());
    else await work();
  } finally {
    sending = false;
    draw();
    again();
  }
}

function again() {
  clearTimeout(timer);
  if (kept().some((item) => !item.reason || item.wait)) timer = setTimeout(send, AGAIN_MS * (0.5 + Math.random()));
}

// Keep at once what cannot be sent now, and what must wait behind what is kept.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-keep]") || !(lost || paused() || kept().some((item) => !item.reason || item.wait))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  keep(form);
  if (!lost) send();
}, true);

function failed(event) {
  const form = event.detail.elt;
  if (!form?.matches?.("form[data-keep]")) return;
  event.detail.kept = true;
  keep(form, event.detail.requestConfig.formData);
  document.body.dispatchEvent(new CustomEvent("live:doubt"));
}
["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, failed, true));
document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) failed(event); }, true);
document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt, xhr, requestConfig } = event.detail;
  if (!elt?.matches?.("form[data-keep]") || xhr.status !== 409) return;
  if (!read(xhr.responseText).querySelector("#room-body[data-paused]")) return;
  event.detail.shouldSwap = false;
  keep(elt, requestConfig.formData);
  if (room()) htmx.trigger(room(), "live");
}, true);

document.body.addEventListener("live:state", ({ detail }) => {
  lost = detail.state === "offline";
  if (!lost) send();
});
["timers:changed", "steps:changed"].forEach((name) => document.body.addEventListener(name, () => setTimeout(send, 300)));
addEventListener("online", () => setTimeout(send, 500));
addEventListener("storage", (event) => event.key === STORE && draw());
document.addEventListener("visibilitychange", () => document.hidden || send());
document.body.addEventListener("htmx:afterSettle", draw);
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-live-retry]")) { send(); return; }
  const card = event.target.closest?.("[data-kept-drop]")?.closest("[data-kept]");
  if (card) store(kept().filter((item) => item.fields.key !== card.dataset.kept));
});

draw();
send();
