// <section data-live="risks:changed cards:changed" hx-get="…" hx-trigger="live" hx-swap="outerHTML">
// asks again once per burst of such events, a little apart from everyone else who heard the same bell.
import { client } from "./client.js";

const TOGETHER_MS = 60;
// How far apart those who heard the same bell ask: a page costs the server about so much for each of them.
const APART_EACH_MS = 15;
const LONGEST_APART_MS = 8000;
const APART_UNKNOWN_MS = 350;
const TRY_AGAIN_MS = 1200;
const known = new Set();
const waiting = new Map();

const regions = (name) => document.querySelectorAll(`[data-live~="${CSS.escape(name)}"]`);
const fields = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=submit])";
const typing = (region) => region.contains(document.activeElement) && document.activeElement.matches(`${fields}, select`);
const written = (region) => [...region.querySelectorAll(fields)].some((field) => !field.readOnly && field.value !== field.defaultValue);
// what somebody presses, has opened or has written in is not taken out of their hands
const busy = (region) => !region.hasAttribute("data-live-always")
  && (typing(region) || written(region) || region.matches(":active")
    || region.querySelector(":active, [popover]:popover-open, dialog[open]") !== null);

// a region that was swapped while it waited goes on under its id
const living = (region) => (region.isConnected ? region : region.id && document.getElementById(region.id));

function refresh(asked) {
  waiting.delete(asked);
  const region = living(asked);
  if (!region?.hasAttribute("data-live")) return;
  // what is under way may be older than this bell: htmx would queue the question on an element that is about to go
  if (changing || region.classList.contains("htmx-request")) { later(region); return; }
  if (busy(region)) { later(region, TRY_AGAIN_MS); return; }
  if (document.hidden) { document.addEventListener("visibilitychange", () => later(region), { once: true }); return; }
  htmx.trigger(region, "live");
}

let crowd = 0;
const spread = () => (crowd ? Math.min(crowd * APART_EACH_MS, LONGEST_APART_MS) : APART_UNKNOWN_MS);

function later(region, ms = TOGETHER_MS) {
  if (waiting.has(region)) return;
  const apart = Number(region.dataset.liveApart ?? spread());
  waiting.set(region, setTimeout(() => refresh(region), ms + Math.random() * apart));
}

function heard(event) {
  // one's own change is drawn by its own answer; its echo on the stream has nothing new
  if (event.detail?.by === client) return;
  crowd = event.detail?.crowd ?? crowd;
  regions(event.type).forEach((region) => {
    if (event.detail?.drawn && region.hasAttribute("data-pushed")) return;
    const own = event.detail?.seq === undefined && event.target !== document.body && region.contains(event.target);
    if (!own) later(region);
  });
}

// While one's own change is under way nothing is drawn over it: its answer would lose its place. And an answer
// that was asked for before the change may be older than it: it is dropped, and asked for again.
let changing = 0;
const overtaken = new Set();
const asks = (event) => event.detail.requestConfig.verb === "get";
// somebody pressed for it: what was in their hands they have put down (a finger still counts as pressing for a while)
const wanted = (event) => ["click", "submit"].includes(event.detail.requestConfig.triggeringEvent?.type);

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (asks(event)) return;
  changing += 1;
  document.querySelectorAll("[data-live].htmx-request").forEach((region) => overtaken.add(region.id));
});
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const region = event.detail.elt;
  if (!asks(event) || !region.matches("[data-live]")) return;
  const old = overtaken.delete(region.id);
  if (!old && !changing && (wanted(event) || !busy(region))) return;
  event.detail.shouldSwap = false;
  later(region, old || changing ? TOGETHER_MS : TRY_AGAIN_MS);
});
const idle = [];
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (asks(event)) return;
  changing = Math.max(0, changing - 1);
  // after the answer was drawn
  if (!changing) setTimeout(() => { while (idle.length && !changing) idle.shift()(); }, TOGETHER_MS);
});

// Whether one's own change is under way; then `what` is done when it is over.
export function whenIdle(what) {
  if (changing) idle.push(what);
  return changing > 0;
}

function learn(root) {
  const elements = [...root.querySelectorAll("[data-live]"), ...(root.matches("[data-live]") ? [root] : [])];
  elements.flatMap((element) => element.dataset.live.split(/\s+/)).forEach((name) => {
    if (!name || known.has(name)) return;
    known.add(name);
    document.body.addEventListener(name, heard);
  });
}

learn(document.body);
document.body.addEventListener("htmx:load", (event) => learn(event.target));
document.body.addEventListener("live:resync", ({ detail }) => { crowd = detail?.crowd ?? crowd; });
document.body.addEventListener("live:resync", () => document.querySelectorAll("[data-live]").forEach((region) => later(region)));
