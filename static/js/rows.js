// A table of rows that is edited in place: cells by keyboard or click, a line at the end that adds, drag, paste.
// Everything goes through htmx and the forms of the page; this module opens and leaves cells, and puts answers in
// without taking a cell out of somebody's hands.
import { rowsToText } from "./cells.js";
import "./drag.js";
import { takeBack } from "./passing.js";
import { say } from "./announce.js";

const NARROW = matchMedia("(width < 760px)");
const CELLS = "[data-cell]";
const TICKS = ".row-tools input[type=checkbox]";
const MINE = ".rows-find [name=mine]:checked";
const section = () => document.querySelector("[data-rows]");
const cells = (row) => [...row.querySelectorAll(CELLS)];
const rows = () => [...section().querySelectorAll("tr[data-row]")];
const key = () => crypto.randomUUID?.() ?? Math.random().toString(36).slice(2);
const FIELDS = "input:not([type=hidden]), textarea, select";
const field = (form) => form.querySelector(FIELDS);
const wanted = (form) => [...form.querySelectorAll(FIELDS)].find((one) => !one.value) ?? field(form);
let patching = false;

// --- what an answer changes -------------------------------------------------------------------------------------

htmx.defineExtension("rows", {
  isInlineSwap: (style) => style === "rows",
  handleSwap(style, target, fragment) {
    if (style !== "rows") return false;
    const whole = fragment.querySelector("[data-rows]");
    const patched = () => (target.matches("[data-more]") ? putMore(fragment, target) : patchLines(fragment, target));
    const had = ticked();
    const fresh = holding(() => (whole ? patchSection(whole) : patched()));
    ready();
    tick(had);
    return fresh;
  },
});

// While nodes move, the field that has the keyboard keeps it.
function holding(work) {
  const had = document.activeElement;
  const caret = had && "selectionStart" in had ? [had.selectionStart, had.selectionEnd] : null;
  patching = true;
  const fresh = work();
  if (had?.isConnected && (document.activeElement ?? document.body) === document.body) {
    had.focus({ preventScroll: true });
    try { if (caret) had.setSelectionRange(...caret); } catch { /* a select has no caret */ }
  }
  patching = false;
  return fresh;
}

function patchSection(whole) {
  const here = section();
  here.dataset.from = whole.dataset.from;
  if (!whole.querySelector("[data-earlier]")) here.querySelector("[data-earlier]")?.remove();
  const body = here.querySelector("tbody");
  const newBody = whole.querySelector("tbody");
  const errors = here.querySelector(".error-summary");
  const newErrors = whole.querySelector(".error-summary");
  errors?.remove();
  if (newErrors) here.prepend(newErrors);
  if (!body || !newBody) { here.replaceChildren(...whole.childNodes); return [here]; }
  const fresh = [];
  const wanted = [...newBody.querySelectorAll(":scope > tr:not([data-new])")];
  const ids = new Set(wanted.map((row) => row.id));
  body.querySelectorAll("tr:is([data-empty], [data-more])").forEach((row) => row.remove());
  rows().filter((row) => !ids.has(row.id) && !row.querySelector("form")).forEach((row) => row.remove());
  let place = body.firstElementChild;
  wanted.forEach((row) => {
    const old = row.id && document.getElementById(row.id);
    if (old) fresh.push(...patchRow(old, row));
    else fresh.push(row);
    const node = old || row;
    if (node === place) place = place.nextElementSibling;
    else body.insertBefore(node, place);
  });
  return fresh;
}

// The rows that come next, in place of the line that asked for them.
function putMore(fragment, target) {
  const fresh = [];
  [...fragment.querySelectorAll("tr")].forEach((row) => {
    const old = row.id && document.getElementById(row.id);
    if (old) fresh.push(...patchRow(old, row)); else fresh.push(row);
    target.before(old || row);
  });
  target.remove();
  goOn?.();
  goOn = null;
  return fresh;
}

// The buttons that move a row stand outside of their form: htmx knows neither where they lead nor what they say.
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  const button = detail.elt.id === "row-act" && detail.triggeringEvent?.submitter;
  if (!button) return;
  detail.path = button.getAttribute("formaction");
  detail.parameters[button.name] = button.value;
});

// What asks for the table says how much of it is here, and which words were looked for.
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.target?.id !== "rows") return;
  const find = document.querySelector("#find-rows")?.value;
  if (find) detail.parameters.find = find;
  if (document.querySelector(MINE)) detail.parameters.mine = "1";
  if (detail.elt.matches("[role=search]")) return;
  const more = section().querySelector("[data-more]");
  const from = Number(section().dataset.from);
  detail.parameters.from = from;
  detail.parameters.until = from + (more ? more.rowIndex - 1 : rows().length);
});

// One row, or the line that adds rows.
function patchLines(fragment, target) {
  const fresh = [];
  [...fragment.querySelectorAll("tr")].forEach((row) => {
    const old = document.getElementById(row.id);
    if (row.matches("[data-new]")) { old.replaceWith(row); fresh.push(row); field(row).focus(); return; }
    if (old) { fresh.push(...patchRow(old, row)); return; }
    section().querySelector("tr[data-empty]")?.remove();
    section().querySelector("tr[data-new]").before(row);
    fresh.push(row);
    if (target.matches("[data-new]")) added(row);
  });
  return fresh;
}

// Cell by cell: one that is open stays open, and an answer that comes late changes nothing.
function patchRow(old, row) {
  if (Number(row.dataset.version) < Number(old.dataset.version)) return [];
  old.dataset.version = row.dataset.version;
  const done = row.dataset.done;
  const fresh = [];
  [...row.cells].forEach((cell, place) => {
    const there = old.cells[place];
    const open = there?.querySelector("form");
    if (!there || (open && cell.dataset.cell !== done)) return;
    if (there.tabIndex === 0) cell.tabIndex = 0;
    if (!open && there.outerHTML === cell.outerHTML) return;
    if (there.tabIndex === 0 && !there.contains(document.activeElement)) cell.tabIndex = 0;
    const focused = there === document.activeElement || there.contains(document.activeElement);
    there.replaceWith(cell);
    fresh.push(cell);
    const again = cell.querySelector("form") && wanted(cell.querySelector("form"));
    if (again) again.focus();
    else if (focused) focusOn(cell);
  });
  // A cell that now asks for another column, too, is where both are typed.
  fresh.flatMap((cell) => [...cell.querySelectorAll(FIELDS)]).forEach(({ name }) => {
    const other = old.querySelector(`[data-cell="${name}"]`);
    if (other?.querySelector("form") && !fresh.includes(other)) close(other);
  });
  return fresh;
}

// --- cells ------------------------------------------------------------------------------------------------------

function ready() {
  const all = section()?.querySelectorAll(CELLS) ?? [];
  if (all.length && !section().querySelector(`${CELLS}[tabindex="0"]`)) all[0].tabIndex = 0;
}

function focusOn(cell) {
  if (!cell) return;
  section().querySelectorAll(`${CELLS}[tabindex="0"]`).forEach((other) => { other.tabIndex = -1; });
  cell.tabIndex = 0;
  cell.focus();
}

function open(cell, typed) {
  if (!cell || cell.querySelector("form")) return;
  const template = document.querySelector(`template[data-cell-editor="${cell.dataset.cell}"]`);
  const row = cell.closest("tr");
  if (!template) return;
  if (NARROW.matches) { location.assign(`${row.dataset.row}edit/#id_${cell.dataset.cell}`); return; }
  const form = template.content.cloneNode(true).querySelector("form");
  const input = field(form);
  const address = `${row.dataset.row}cell/${cell.dataset.cell}/`;
  form.action = address;
  form.setAttribute("hx-post", address);
  form.elements.version.value = row.dataset.version;
  form.elements.client_key.value = key();
  input.removeAttribute("id");
  input.ariaLabel = `${cell.dataset.label ?? ""} ${cell.closest("tr").querySelector("th .words")?.textContent ?? ""}`.trim();
  input.value = cell.dataset.value;
  cell.querySelector(".words").hidden = true;
  cell.classList.add("editing");
  cell.append(form);
  focusOn(cell);
  htmx.process(form);
  if (input.matches("textarea")) input.style.blockSize = "auto";
  input.focus();
  if (typed === undefined) input.select?.();
  else if (!input.matches("select, [type=date]")) input.value = typed;
}

function close(cell) {
  const was = patching;
  patching = true;
  cell.querySelector("form")?.remove();
  patching = was;
  cell.classList.remove("editing");
  cell.querySelector(".words").hidden = false;
}

// Sends what changed; what did not is left without a word. False when the cell stays open.
function commit(cell) {
  const form = cell.querySelector("form");
  if (!form || form.dataset.sending) return;
  const input = field(form);
  const same = input.value === cell.dataset.value || (input.matches("textarea, input") && input.value.trim() === cell.dataset.value.trim());
  const chosen = form.querySelector("[data-cell-leave]");
  if (same && !chosen) { close(cell); return; }
  form.dataset.sending = "";
  input.readOnly = true;
  form.requestSubmit();
}

// What could not be sent stays in its field.
document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (!form.matches?.(".cell-form") || event.detail.successful) return;
  delete form.dataset.sending;
  if (field(form)) field(form).readOnly = false;
});

function beside(cell, step) {
  const all = [...section().querySelectorAll(CELLS)];
  return all[all.indexOf(cell) + step];
}

function above(cell, step) {
  const row = rows()[rows().indexOf(cell.closest("tr")) + step];
  return row && cells(row)[cells(cell.closest("tr")).indexOf(cell)];
}

// Beyond the last row that is here: waits for the next ones, or goes to the line that adds one.
let goOn = null;
function beyond(cell, then, column) {
  const more = section().querySelector("[data-more] a");
  if (!more) { newName()?.focus(); return; }
  const row = cell.closest("tr");
  goOn = () => { const next = rows()[rows().indexOf(row) + 1]; if (next) then(cells(next)[column]); };
  htmx.trigger(more, "more");
}

const newName = () => section()?.querySelector("[data-new] input:not([type=hidden])");

function inCell(event, cell) {
  const input = event.target;
  if (event.key === "Escape") { event.preventDefault(); close(cell); focusOn(cell); }
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !input.matches("button, a")) {
    event.preventDefault();
    const below = above(cell, 1);
    if (!below) beyond(cell, focusOn, cells(cell.closest("tr")).indexOf(cell));
    commit(cell);
    if (below) focusOn(below);
  }
  if (event.key === "Tab" && !cell.querySelector("[data-cell-leave]")) {
    const next = beside(cell, event.shiftKey ? -1 : 1);
    if (!next && event.shiftKey) return;
    event.preventDefault();
    if (!next) beyond(cell, open, 0);
    commit(cell);
    if (next) open(next);
  }
}

function onCell(event, cell) {
  const { key: pressed } = event;
  if (event.ctrlKey || event.metaKey) { takeBack(event); return; }
  if (event.altKey && (pressed === "ArrowUp" || pressed === "ArrowDown")) {
    event.preventDefault();
    cell.closest("tr").querySelector(`button[value="${pressed === "ArrowUp" ? "up" : "down"}"]`)?.click();
    return;
  }
  const to = {
    ArrowRight: () => cells(cell.closest("tr"))[cells(cell.closest("tr")).indexOf(cell) + 1],
    ArrowLeft: () => cells(cell.closest("tr"))[cells(cell.closest("tr")).indexOf(cell) - 1],
    ArrowDown: () => above(cell, 1), ArrowUp: () => above(cell, -1),
    Home: () => cells(cell.closest("tr"))[0], End: () => cells(cell.closest("tr")).at(-1),
  }[pressed];
  if (to) { event.preventDefault(); const next = to(); if (next || pressed !== "ArrowDown") focusOn(next); else beyond(cell, focusOn, cells(cell.closest("tr")).indexOf(cell)); return; }
  if (pressed === "Enter" || pressed === "F2") { event.preventDefault(); open(cell); return; }
  if (pressed.length === 1 && pressed !== " " && !event.altKey) { event.preventDefault(); open(cell, pressed); }
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.(CELLS);
  if (!cell || event.defaultPrevented) return;
  if (event.target === cell) onCell(event, cell); else if (cell.querySelector("form")) inCell(event, cell);
}, true);

document.addEventListener("click", (event) => {
  const leave = event.target.closest?.("[data-cell-leave]");
  if (leave?.closest(CELLS)) { event.preventDefault(); const cell = leave.closest(CELLS); close(cell); focusOn(cell); return; }
  const cell = event.target.closest?.(CELLS);
  if (!cell || event.target.closest("a, button, form") || String(getSelection())) return;
  open(cell);
});

document.addEventListener("focusout", (event) => {
  const cell = event.target.closest?.(CELLS);
  if (patching || !cell?.querySelector("form") || event.target === cell) return;
  setTimeout(() => {
    if (!cell.isConnected || cell.contains(document.activeElement) || !document.hasFocus()) return;
    if (!cell.querySelector("[data-cell-leave]")) commit(cell);
  });
});

// --- the line at the end ----------------------------------------------------------------------------------------

let opens = false;

function added(row) {
  const form = section().querySelector("[data-new] form");
  form.elements.client_key.value = key();
  field(form).value = "";
  delete form.dataset.sending;
  if (opens) open(cells(row)[1]); else field(form).focus();
  opens = false;
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const input = event.target;
  const form = input.closest?.("[data-new] form");
  if (!form || !input.matches("input:not([type=hidden])")) return;
  if (event.key === "Tab" && !event.shiftKey && input.value.trim() && !NARROW.matches) { event.preventDefault(); opens = true; form.requestSubmit(); }
  if (event.key === "Escape") { input.value = ""; }
  if (event.key === "ArrowUp") { event.preventDefault(); focusOn(cells(rows().at(-1) ?? section())[0]); }
});

// --- pasting ----------------------------------------------------------------------------------------------------

document.addEventListener("paste", (event) => {
  const form = document.querySelector("form[data-paste]");
  if (!form || !section().contains(event.target)) return;
  // In a cell that is being written, lines of text belong into it; anywhere else each is a row.
  const isWriting = event.target.matches("input, textarea") && !event.target.closest("[data-new]");
  const text = rowsToText(event.clipboardData, !isWriting);
  if (!text) return;
  event.preventDefault();
  form.elements.text.value = text;
  form.elements.client_key.value = key();
  form.submit();
});

// --- what rows lack stays open or folded, however often its counts are drawn anew ---------------------------------

let unfolded = false;
document.addEventListener("toggle", ({ target }) => { if (target.id === "gate" && target.isConnected) unfolded = target.open; }, true);
document.body.addEventListener("htmx:load", () => { const gate = document.querySelector("#gate"); if (gate) gate.open = unfolded; });

// --- ticks -------------------------------------------------------------------------------------------------------

// A ticked row that a filter keeps out of sight stays ticked: as a hidden field of the form, counted in its words.
const bulk = document.querySelector("#bulk");
const unseen = () => [...(bulk?.querySelectorAll("[data-out]") ?? [])];
const boxes = () => [...section().querySelectorAll(TICKS)];
const ticked = () => new Set([...boxes().filter((box) => box.checked), ...unseen()].map((field) => field.value));

function tick(wanted) {
  if (!bulk) return;
  const here = new Set(boxes().map((box) => { box.checked = wanted.has(box.value); return box.value; }));
  const isWhole = !section().querySelector("[data-more], [data-earlier]")
    && !document.querySelector("#find-rows")?.value && !document.querySelector(MINE);
  unseen().forEach((field) => field.remove());
  // What is not in the whole table is gone.
  if (!isWhole) wanted.forEach((value) => { if (!here.has(value)) bulk.append(out(value)); });
  count();
}

function out(value) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "rows", value });
  field.dataset.out = "";
  return field;
}

function count() {
  const place = bulk?.querySelector("[data-ticked]");
  const [all, away] = [ticked().size, unseen().length];
  if (!place || !all) return;
  const text = (away ? place.dataset.unseen : place.dataset.some).replace("%n", all).replace("%m", away);
  if (text === place.textContent) return;
  place.textContent = text;
  say(text);
}

document.addEventListener("change", (event) => { if (event.target.matches?.(TICKS)) count(); });
bulk?.addEventListener("reset", () => unseen().forEach((field) => field.remove()));
document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && detail.elt.closest?.("#bulk")) tick(new Set());
});

ready();
