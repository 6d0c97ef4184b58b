// <div data-editor="purpose" data-save="…"> with a form: saves after a pause, one sending at a time, and takes in what
// the server merged. Every sending has a name of its own, so that sending it again after a lost answer is harmless.
import { replaceText } from "./caret.js";
import { client } from "./client.js";
import * as drafts from "./draft.js";
import * as paste from "./paste.js";
import * as preview from "./preview.js";
import * as toolbar from "./toolbar.js";
import { Undo } from "./undo.js";

const PAUSE_MS = 700;
const LONGEST_MS = 3000;
const SLOW_MS = 500;
const RETRY_MS = [1000, 2000, 5000, 10000, 20000];
const HEADERS = { "X-Client": client };

const newKey = () => crypto.randomUUID?.() ?? `${client}-${Date.now()}-${Math.random().toString(36).slice(2)}`;
const read = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("[data-answer]");

export class Editor {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("form.editor");
    this.area = this.form.elements.text;
    this.line = root.querySelector("[data-saved]");
    this.known = this.area.value;
    this.sending = null;
    this.busy = false;
    this.barred = false;
    this.failures = 0;
    this.timer = 0;
    this.since = 0;
    this.words = { ...this.line.dataset };
    this.composing = false;
    this.undo = new Undo(this.area);
    toolbar.start(root.querySelector(".editor-tools"), this.area);
    paste.start(this.area);
    preview.start(root, this.area);
    this.area.addEventListener("compositionstart", () => { this.composing = true; });
    this.area.addEventListener("compositionend", () => { this.composing = false; });
    this.area.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", (event) => this.done(event), { capture: true });
    root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) this.done(event); });
    this.recover();
  }

  get key() { return this.root.dataset.editor; }
  get changed() { return this.area.value !== this.known; }
  get base() { return { base_version: this.form.elements.base_version.value, base_key: this.form.elements.base_key.value }; }
  get resolves() { return [...this.form.querySelectorAll("[name=resolves]")].map((field) => field.value); }

  say(text, state = "") {
    if (text && this.line.textContent !== text) this.line.textContent = text;
    this.line.dataset.state = state;
  }

  // Words from tabs that were closed, or that were typed without a network: the newest come into the field,
  // older ones are sent for themselves and come back merged.
  recover() {
    const left = drafts.orphans(this.root.dataset.drafts);
    const last = left.pop();
    left.forEach(({ place, draft }) => this.replay(place, draft));
    if (!last) return;
    const { place, draft } = last;
    drafts.drop(this.root.dataset.drafts, place);
    if (draft.text === this.area.value) return;
    this.sending = draft.sending;
    this.build(draft);
    this.known = null;
    this.put(draft.text);
    this.remember();
    this.say(this.words.kept, "kept");
    this.soon(0);
  }

  async replay(place, draft) {
    const base = { base_version: draft.base_version, base_key: draft.base_key, resolves: [] };
    const first = draft.sending ?? { ...base, text: draft.text, client_key: newKey() };
    drafts.claim(place, { ...draft, sending: first });
    const all = first.text === draft.text ? [first] : [first, { ...base, text: draft.text, base_key: first.client_key, client_key: `${first.client_key.slice(0, 58)}-more` }];
    try {
      for (const sending of all) {
        const response = await fetch(this.root.dataset.save, { method: "POST", body: this.body(sending), headers: HEADERS, redirect: "error" });
        if (!read(await response.text())?.dataset.outcome || response.status >= 500) throw new Error("not taken in");
      }
      drafts.drop(`${this.root.dataset.drafts}:replayed`, place);
      this.refresh();
    } catch {
      drafts.giveBack(place, { ...draft, sending: first });
    }
  }

  // Words that are not this person's typing: caret, scroll and undo stay with their own.
  put(text) {
    this.undo.rebase(text);
    replaceText(this.area, text);
    this.area.dispatchEvent(new CustomEvent("editor:put", { bubbles: true }));
  }

  build({ base_version: version, base_key: key }) {
    this.form.elements.base_version.value = version;
    this.form.elements.base_key.value = key;
  }

  typed() {
    this.barred = false;
    this.remember();
    this.since ||= Date.now();
    this.soon(Math.min(PAUSE_MS, Math.max(0, this.since + LONGEST_MS - Date.now())));
  }

  remember() { this.kept = drafts.keep(this.root.dataset.drafts, { text: this.area.value, ...this.base, sending: this.sending }); }

  soon(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  body(sending) {
    const body = new FormData();
    const { resolves, ...fields } = sending;
    Object.entries(fields).forEach(([name, value]) => body.set(name, value));
    resolves.forEach((copy) => body.append("resolves", copy));
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    return body;
  }

  async save() {
    clearTimeout(this.timer);
    if (this.busy || this.barred || (!this.sending && !this.changed)) return;
    this.since = 0;
    this.sending ??= { text: this.area.value, ...this.base, client_key: newKey(), resolves: this.resolves };
    this.remember();
    this.busy = true;
    const slow = setTimeout(() => this.say(this.words.saving, "saving"), SLOW_MS);
    try {
      await this.answered(await fetch(this.root.dataset.save, { method: "POST", body: this.body(this.sending), headers: HEADERS, redirect: "error" }));
    } catch {
      this.failed();
    } finally {
      clearTimeout(slow);
      this.busy = false;
    }
    if (!this.failures && !this.barred && this.changed) this.soon(PAUSE_MS);
  }

  async answered(response) {
    const answer = read(await response.text());
    if (response.status >= 500 || response.status === 429) this.failed();
    else if (!answer || answer.dataset.outcome === "current") this.refused(answer);
    else this.accept(answer);
  }

  failed() {
    this.say(this.kept ? this.words.kept : this.words.unkept, this.kept ? "kept" : "error");
    this.soon(RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)]);
    this.failures += 1;
  }

  // The server said no: what was typed stays in the field and on the device, and a new try is a new sending.
  refused(answer) {
    this.sending = null;
    this.barred = true;
    this.say(answer?.querySelector("li, .error")?.textContent.trim() || this.words.refused, "error");
    this.remember();
  }

  accept(answer) {
    const { sending } = this;
    this.failures = 0;
    this.sending = null;
    this.form.querySelectorAll("[name=resolves]").forEach((field) => field.remove());
    if (this.area.value === sending.text && !this.composing) this.take(answer);
    else {
      this.build({ base_version: answer.dataset.version, base_key: sending.client_key });
      this.known = sending.text;
      this.remember();
    }
    this.say(answer.querySelector(".saved").textContent.trim(), "");
    this.show(answer);
  }

  take(answer) {
    const text = answer.querySelector("textarea").value;
    this.put(text);
    this.known = text;
    this.build({ base_version: answer.dataset.version, base_key: "" });
    drafts.drop(this.root.dataset.drafts);
  }

  // What stands beside the field: choices to make, and the links of the head once there are words.
  show(answer) {
    ["conflicts", "links"].forEach((name) => {
      const fresh = answer.querySelector(`[id="${name}-${CSS.escape(this.key)}"]`);
      const shown = document.getElementById(`${name}-${this.key}`);
      if (!fresh || !shown || fresh.textContent.trim() === shown.textContent.trim()) return;
      shown.replaceWith(fresh);
      htmx.process(fresh);
    });
  }

  // Somebody else saved: their words come in at once, or with one's own next save.
  async refresh() {
    if (this.composing) { this.area.addEventListener("compositionend", () => this.refresh(), { once: true }); return; }
    if (this.busy || this.changed || this.sending) { if (!this.busy) this.soon(0); return; }
    const response = await fetch(this.root.dataset.save, { headers: HEADERS, redirect: "error" }).catch(() => null);
    if (!response?.ok) return;
    const answer = read(await response.text());
    if (!answer || this.busy || this.changed || this.sending || this.composing) return;
    this.take(answer);
    this.show(answer);
  }

  async flush() {
    const until = Date.now() + 4000;
    while ((this.changed || this.sending || this.busy) && !this.failures && !this.barred && Date.now() < until) {
      if (this.busy) await new Promise((on) => { setTimeout(on, 30); });
      else await this.save();
    }
    return !this.changed && !this.sending;
  }

  async done(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!await this.flush()) {
      if (!this.barred) this.say(this.kept ? this.words.kept : this.words.unkept, "kept");
      return;
    }
    const part = this.root.closest("[data-part]");
    if (!part) { location.assign(this.root.dataset.page); return; }
    await htmx.ajax("GET", this.root.dataset.read, { target: `#${CSS.escape(this.root.id)}`, swap: "outerHTML" });
    part.querySelector("[data-open-editor]")?.focus({ preventScroll: true });
  }

  // A closing tab sends what it has; should that fail, the device has it.
  leave() {
    if (!this.changed && !this.sending) return;
    this.sending ??= { text: this.area.value, ...this.base, client_key: newKey(), resolves: this.resolves };
    this.remember();
    navigator.sendBeacon(this.root.dataset.save, this.body(this.sending));
    drafts.release(this.root.dataset.drafts);
  }
}

const open = new Map();

export const editors = () => [...open.values()].filter((editor) => editor.root.isConnected);

export function start(root) {
  const found = [...(root.matches("[data-editor]") ? [root] : []), ...root.querySelectorAll("[data-editor]")];
  found.filter((element) => !open.has(element)).forEach((element) => open.set(element, new Editor(element)));
  open.forEach((_, element) => { if (!element.isConnected) open.delete(element); });
}

addEventListener("online", () => editors().forEach((editor) => editor.save()));
addEventListener("pagehide", () => editors().forEach((editor) => editor.leave()));
addEventListener("beforeunload", (event) => { if (editors().some((editor) => editor.changed && editor.kept === false)) event.preventDefault(); });
