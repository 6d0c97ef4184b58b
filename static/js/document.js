// The scope document: sections open where one clicks, and draw themselves again when somebody else has changed them.
import { client } from "./client.js";
import * as drafts from "./draft.js";
import { editors, start } from "./editor.js";
import "./reading.js";

const TOGETHER_MS = 60;
const APART_MS = 350;
const waiting = new Set();
let selected = null;

function later(element) {
  if (!element || waiting.has(element)) return;
  waiting.add(element);
  setTimeout(() => {
    waiting.delete(element);
    if (element.isConnected && !element.contains(document.activeElement?.closest("form"))) htmx.trigger(element, "live");
  }, TOGETHER_MS + Math.random() * APART_MS);
}

function changed(key) {
  const editor = editors().find((open) => open.key === key);
  if (editor) editor.refresh();
  else later(document.querySelector(`[data-text="${CSS.escape(key)}"]`));
}

document.body.addEventListener("sections:changed", ({ detail }) => {
  if (detail?.facts?.key && detail.by !== client) changed(detail.facts.key);
  // a choice between two texts was made here, beside an open editor
  if (!detail?.facts) editors().forEach((editor) => editor.refresh());
});
// Who answers for a section stands in its margin, which comes with its text.
document.body.addEventListener("duties:changed", ({ detail }) => {
  if (detail?.facts?.key && !editors().some((open) => open.key === detail.facts.key)) changed(detail.facts.key);
});
document.body.addEventListener("suggestions:changed", ({ detail }) => {
  if (detail?.facts?.key && detail.by !== client) later(document.querySelector(`[data-suggestions="${CSS.escape(detail.facts.key)}"]`));
});
document.body.addEventListener("live:resync", () => {
  document.querySelectorAll("[data-text], [data-suggestions]").forEach(later);
  editors().forEach((editor) => editor.refresh());
});

// A click in the text opens it; a selection is left alone, it may become a comment.
document.addEventListener("click", (event) => {
  const text = event.target.closest?.("[data-edit]");
  if (!text || event.target.closest("a, button, form, summary, .conflict") || !getSelection().isCollapsed) return;
  text.closest("[data-part]")?.querySelector("[data-open-editor]")?.click();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  event.target.closest("[data-part]")?.querySelector("[data-open-editor]")?.click();
});

// The words that somebody selected, and which of several equal places they stand in.
function placed(text, selection) {
  const range = selection.getRangeAt(0);
  const prose = text.querySelector(".prose");
  const quote = selection.toString().trim();
  if (!prose || !quote || quote.length > 2000) return null;
  const ahead = document.createRange();
  ahead.selectNodeContents(prose);
  ahead.setEnd(range.startContainer, range.startOffset);
  return { key: text.dataset.text, quote, nth: Math.max(0, ahead.toString().split(quote).length - 1) };
}

// "Suggest" is about the words that are selected, else about the whole section.
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  const key = detail.elt.dataset.suggest;
  if (!key || selected?.key !== key) return;
  Object.assign(detail.parameters, { quote: selected.quote, nth: String(selected.nth) });
  selected = null;
});

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const text = selection.anchorNode?.parentElement?.closest("[data-text]");
  if (text && !selection.isCollapsed) selected = placed(text, selection);
});

start(document.body);
document.body.addEventListener("htmx:load", (event) => start(event.target));
// A section that was empty unfolds with its first words.
document.body.addEventListener("htmx:load", ({ target }) => {
  if (target.dataset?.head) target.closest("[data-part]")?.toggleAttribute("data-folded", target.dataset.head === "empty");
});
// Words that were typed here without a network: their section opens and sends them.
document.querySelectorAll("[data-drafts-of]").forEach((link) => { if (drafts.orphans(link.dataset.draftsOf).length) link.click(); });
