// What everybody in the room sees alike comes with the message: a card, a group, a person, or the screen of a new step.
// Whoever has something of their own in the new step sees it at once, still, and asks for their own a little later.
import { say } from "./announce.js";
import { find } from "./find.js";
import { remember } from "./focus.js";
import { whenIdle } from "./regions.js";
import { word } from "./words.js";

const BATCH_MS = 1500;
const OWN_MODES = ["write", "vote", "block"];
const OWN = `scoperoom:own:${document.body.dataset.stream}`;
const body = () => document.getElementById("room-body");
const token = () => document.querySelector("form:not(#room-body *) [name=csrfmiddlewaretoken]")?.value ?? "";

// Random enough for a key, also where the page is not https.
export function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// Where this device knows of something of one's own; another tab may have put it there.
function own() {
  let kept = [];
  try { kept = JSON.parse(localStorage.getItem(OWN)) ?? []; } catch { /* forbidden or not ours */ }
  return new Set([...kept, ...(body()?.dataset.own ?? "").split(" ").filter(Boolean)]);
}

function keepOwn() {
  const all = own();
  if (!all.size) return;
  try { localStorage.setItem(OWN, JSON.stringify([...all])); } catch { /* then this tab alone knows */ }
}

function fill(root) {
  root.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token(); });
  root.querySelectorAll("input[name=key]").forEach((field) => { field.value = key(); });
  // The screen of nobody in particular knows no names; the name of a member is that of their account.
  const { dataset } = document.body;
  root.querySelectorAll("[data-mine]").forEach((field) => field.setAttribute("value", dataset[field.dataset.mine] ?? ""));
  if ("member" in dataset) root.querySelectorAll("[data-for-guests]").forEach((field) => field.remove());
}

function alive(element) {
  htmx.process(element);
  element.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: element } }));
}

let fresh = 0;
let timer = 0;
function count(what) {
  if (!what.matches("article.card")) return;
  fresh += 1;
  clearTimeout(timer);
  timer = setTimeout(() => {
    say(fresh === 1 ? word("card") : word("cards").replace("%n", fresh));
    fresh = 0;
  }, BATCH_MS);
}

function tidy() {
  find(document.body, "section[data-loose]:has(> .cards)").forEach((section) => { section.hidden = !section.querySelector(".card"); });
  find(document.body, "[data-empty-of]").forEach((note) => { note.hidden = Boolean(document.getElementById(note.dataset.emptyOf)?.querySelector(".card")); });
  find(document.body, "[data-count-of]").forEach((sign) => { sign.textContent = document.getElementById(sign.dataset.countOf)?.children.length || ""; });
}

const here = (carrier) => !carrier.dataset.activity || carrier.dataset.activity === body()?.dataset.activity;
const onTable = () => ["group", "talk"].includes(body()?.dataset.mode) && document.getElementById("room-board");

// One thing to its place. False when this screen should show it and has no place for it.
function put(carrier) {
  const old = document.getElementById(carrier.dataset.put);
  const made = carrier.content.firstElementChild;
  if (!made) { old?.remove(); return true; }
  if (carrier.dataset.put === `seat-${document.body.dataset.seat}`) return true;
  const home = document.getElementById(carrier.dataset.home);
  if (!home) {
    old?.remove();
    return !(here(carrier) && onTable());
  }
  if (old && old.parentElement === home) old.replaceWith(made);
  else { old?.remove(); home.append(made); if (!old) count(made); }
  alive(made);
  return true;
}

function fillBoard(carrier) {
  const board = document.getElementById(carrier.dataset.fill);
  if (!board || !here(carrier) || !onTable()) return true;
  board.replaceChildren(carrier.content);
  alive(board);
  return true;
}

// The parts of the same step that are the same for everybody; one's own answers stay.
function common(incoming) {
  const parts = [...body().querySelectorAll("[data-common][id]")];
  if (!parts.length) return false;
  return parts.every((part) => {
    const next = incoming.querySelector(`#${CSS.escape(part.id)}`);
    if (!next || part.contains(document.activeElement)) return false;
    part.replaceWith(next);
    alive(next);
    return true;
  });
}

function screen(carrier, message) {
  const incoming = carrier.content.querySelector("#room-body");
  const now = body();
  if (!now || !incoming || document.body.hasAttribute("data-host")) return false;
  const [to, from] = [Number(incoming.dataset.step), Number(now.dataset.step)];
  if (to < from) return true;
  fill(carrier.content);
  if (to === from) {
    if (message.name === "steps:changed" || now.dataset.mode === "look") return message.name === "steps:changed";
    return common(incoming);
  }
  const mine = OWN_MODES.includes(incoming.dataset.mode) && own().has(incoming.dataset.activity);
  remember(document.getElementById("main"));
  if (mine) { incoming.inert = true; incoming.setAttribute("aria-busy", "true"); }
  const holder = document.createElement("div");
  holder.append(carrier.content);
  htmx.swap(now, holder.innerHTML, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
  say(body().querySelector("h1")?.textContent.trim());
  window.scrollTo({ top: 0 });
  return !mine;
}

const known = { put, fill: fillBoard, screen };

function draw(message) {
  const holder = document.createElement("template");
  holder.innerHTML = message.html;
  const done = [...holder.content.querySelectorAll("template")].map((carrier) => {
    const how = Object.keys(known).find((name) => name in carrier.dataset);
    return how ? known[how](carrier, message) : true;
  });
  tidy();
  return done.every(Boolean);
}

// A vote shows one's own dots beside everything there is to vote on, so it asks.
const asks = (message) => body()?.dataset.mode === "vote" && message.name === "cards:changed";

document.body.addEventListener("live:message", ({ detail }) => {
  if (detail.html === undefined || !body()) return;
  if (detail.html === "") { detail.drawn = !asks(detail); return; }
  if (whenIdle(() => draw(detail) || htmx.trigger(body(), "live"))) { detail.drawn = !asks(detail); return; }
  detail.drawn = draw(detail) && !asks(detail);
});
// An answer may bring a card with it.
function take() {
  document.querySelectorAll("#room-body template[data-put]").forEach((carrier) => { carrier.remove(); put(carrier); });
  tidy();
}

document.body.addEventListener("htmx:afterSettle", () => { keepOwn(); take(); });
keepOwn();
