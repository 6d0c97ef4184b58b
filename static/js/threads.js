// Comments beside what they are about: they come when one comes near, arrive while one reads, are read when they have
// stood on the screen, and open with their permanent address.
import { client } from "./client.js";
import { find } from "./find.js";
import "./mentions.js";

const TOGETHER_MS = 60;
const APART_MS = 350;
const READ_AFTER_MS = 1500;
const waiting = new Set();

// A region of threads asks again, unless somebody writes in it; what has not come yet will be as it is when it comes.
function later(element) {
  if (!element?.hasAttribute("hx-get") || element.matches("[data-live], [data-follows]") || waiting.has(element)) return;
  waiting.add(element);
  setTimeout(() => {
    waiting.delete(element);
    const written = [...element.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
    if (element.isConnected && !written && !element.contains(document.activeElement?.closest("form"))) htmx.trigger(element, "live");
  }, TOGETHER_MS + Math.random() * APART_MS);
}

const regions = (target) => document.querySelectorAll(`[data-threads="${CSS.escape(target)}"]`);

document.body.addEventListener("comments:changed", ({ detail }) => {
  if (!detail?.facts?.target || detail.by === client) return;
  if (detail.facts.named) document.body.dispatchEvent(new CustomEvent("needs:changed"));
  regions(detail.facts.target).forEach(later);
  if (detail.facts.section) regions(`section:${detail.facts.section}`).forEach(later);
});
document.body.addEventListener("live:resync", () => document.querySelectorAll("[data-threads]").forEach(later));

// A thread is read when its last words have stood on a visible screen for a moment; several are told in one go.
const timers = new Map();
const told = new Set();
let telling = 0;

async function tell() {
  const read = [...document.querySelectorAll("[data-unread][data-read]")];
  const url = read[0]?.dataset.look;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!url || !token) return;
  const upto = read.map((note) => note.dataset.unread).join(",");
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams({ upto, csrfmiddlewaretoken: token }), headers: { "X-Client": client, "HX-Request": "true" }, redirect: "error", keepalive: true }).catch(() => null);
  if (!answer?.ok) { read.forEach((note) => note.removeAttribute("data-read")); return; }
  read.forEach((note) => told.add(note.dataset.unread));
  document.body.dispatchEvent(new CustomEvent("needs:changed"));
}

const observer = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
  clearTimeout(timers.get(target));
  if (!isIntersecting || told.has(target.dataset.unread)) return;
  timers.set(target, setTimeout(() => {
    if (document.hidden || !target.isConnected) return;
    target.dataset.read = "";
    clearTimeout(telling);
    telling = setTimeout(tell, 300);
  }, READ_AFTER_MS));
}), { threshold: 0.6 });

// The threads of a section come when its text is no more than a screen away.
const coming = new WeakMap();
function come(region) {
  if (!coming.has(region)) coming.set(region, htmx.ajax("GET", region.getAttribute("hx-get"), { source: region }).catch(() => {}).finally(() => coming.delete(region)));
  return coming.get(region);
}
const near = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
  if (isIntersecting) find(target, "[data-follows]").forEach(come);
}), { rootMargin: "100% 0px" });

// The thread that the address names opens, whatever it is folded into, and gets the keyboard.
function land() {
  const [, key] = location.hash.match(/^#thread-([0-9a-f-]{36})$/) ?? [];
  if (!key) return;
  const note = document.getElementById(`thread-${key}`);
  const all = document.querySelector("[data-comments]")?.dataset.comments;
  // resolved, or older than what stands in the margin: its own page has it
  if (!note && all) location.replace(`${all}${key}/`);
  if (!note) return;
  const region = note.closest("[data-follows]");
  if (region) { come(region).then(() => region.isConnected || land()); return; }
  for (let fold = note.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  note.dispatchEvent(new CustomEvent("thread:shown", { bubbles: true }));
  note.focus({ preventScroll: true });
  note.scrollIntoView({ block: "center" });
  light(key, true);
}

// The words and their thread belong together: pointing at one shows the other.
function light(key, lasting = false) {
  document.querySelectorAll("[data-passage]").forEach((words) => {
    if (words.dataset.passage === key || !lasting) words.toggleAttribute("data-current", words.dataset.passage === key);
  });
}
document.addEventListener("pointerover", (event) => {
  const note = event.target.closest?.("[id^=thread-], [data-passage]");
  if (note) light(note.dataset.passage ?? note.id.slice("thread-".length));
});
document.addEventListener("focusin", (event) => {
  const note = event.target.closest?.("[id^=thread-]");
  if (note) light(note.id.slice("thread-".length));
});

function start(root) {
  find(root, "[data-unread]").forEach((note) => observer.observe(note));
  find(root, "[data-follows]").forEach((region) => near.observe(region.closest(".doc-section") ?? region));
}

// The words that somebody selected in a text, and what stands around them, go into the form that opens beside it.
let quoted = null;
const AROUND = 60;

function surroundings(prose, range) {
  const ahead = document.createRange();
  ahead.selectNodeContents(prose);
  ahead.setEnd(range.startContainer, range.startOffset);
  const behind = document.createRange();
  behind.selectNodeContents(prose);
  behind.setStart(range.endContainer, range.endOffset);
  return { before: ahead.toString().slice(-AROUND), after: behind.toString().slice(0, AROUND) };
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const text = selection.anchorNode?.parentElement?.closest("[data-text]");
  const prose = text?.querySelector(".prose");
  const words = selection.toString().trim().slice(0, 1000);
  if (!prose || selection.isCollapsed || !words) return;
  quoted = { target: `section:${text.dataset.text}`, quote: words, ...surroundings(prose, selection.getRangeAt(0)) };
});
function begin(target) {
  const { elements } = target.querySelector("form");
  if (quoted?.target === target.dataset.comment && !elements.quote.value) {
    ["quote", "before", "after"].forEach((name) => { elements[name].value = quoted[name]; });
  }
  quoted = null;
  elements.body.focus();
}
document.addEventListener("toggle", ({ target }) => { if (target.matches?.("[data-comment]") && target.open) begin(target); }, true);
// Somebody may have been quicker than this file.
const opened = document.activeElement?.closest("[data-comment][open] > summary");
if (opened) begin(opened.parentElement);

addEventListener("hashchange", land);
start(document.body);
document.body.addEventListener("htmx:load", (event) => start(event.target));
land();
