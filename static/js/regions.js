// <section data-live="risks:changed cards:changed" hx-get="…" hx-trigger="live" hx-swap="outerHTML">
// asks again once per burst of such events, a little apart from everyone else who heard the same bell.
import { client } from "./client.js";

const TOGETHER_MS = 60;
const APART_MS = 350;
const known = new Set();
const waiting = new Map();

const regions = (name) => document.querySelectorAll(`[data-live~="${CSS.escape(name)}"]`);
const typing = (region) => region.contains(document.activeElement) && document.activeElement.matches("input:not([type=checkbox], [type=radio]), textarea, select")
  && !region.hasAttribute("data-live-always");

function refresh(region) {
  waiting.delete(region);
  if (!region.isConnected) return;
  // what somebody is typing in is left alone until they leave it
  if (typing(region)) { region.addEventListener("focusout", () => later(region), { once: true }); return; }
  if (document.hidden) { document.addEventListener("visibilitychange", () => later(region), { once: true }); return; }
  htmx.trigger(region, "live");
}

function later(region) {
  if (waiting.has(region)) return;
  const apart = Number(region.dataset.liveApart ?? APART_MS);
  waiting.set(region, setTimeout(() => refresh(region), TOGETHER_MS + Math.random() * apart));
}

function heard(event) {
  // one's own change is drawn by its own answer; its echo on the stream has nothing new
  if (event.detail?.by === client) return;
  regions(event.type).forEach((region) => {
    const own = event.detail?.seq === undefined && event.target !== document.body && region.contains(event.target);
    if (!own) later(region);
  });
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
document.body.addEventListener("live:resync", () => document.querySelectorAll("[data-live]").forEach(later));
