// Says where this tab is: every few seconds, when it changes, and when it goes. Who stops saying so is gone soon after.
import { client } from "./client.js";

const BEAT_MS = 7000;
const TYPING_MS = 4000;
const SETTLE_MS = 400;
const bar = document.querySelector("[data-present]");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
let typedAt = 0;
let told = "";
let timer = 0;

const focused = () => document.activeElement?.closest?.("[data-part]")?.dataset.part ?? "";
const written = () => document.querySelector("[data-editor]")?.dataset.editor;
const url = bar?.dataset.present;

function here(leave) {
  const body = new FormData();
  body.set("client", client);
  body.set("section", written() ?? focused());
  if (Date.now() - typedAt < TYPING_MS) body.set("typing", "1");
  if (leave) body.set("leave", "1");
  body.set("csrfmiddlewaretoken", token);
  return body;
}

function tell({ always = false } = {}) {
  if (document.hidden) return;
  const body = here();
  const now = `${body.get("section")} ${body.get("typing")}`;
  if (now === told && !always) return;
  told = now;
  fetch(url, { method: "POST", body, headers: { "X-Client": client } }).catch(() => { told = ""; });
}

const soon = () => { clearTimeout(timer); timer = setTimeout(tell, SETTLE_MS); };

if (url && token) {
  tell();
  setInterval(() => tell({ always: true }), BEAT_MS);
  setInterval(tell, TYPING_MS);
  document.addEventListener("input", (event) => { if (event.target.closest("[data-editor], [data-part] textarea")) { typedAt = Date.now(); soon(); } });
  document.addEventListener("focusin", soon);
  document.body.addEventListener("htmx:afterSettle", soon);
  document.addEventListener("visibilitychange", () => tell({ always: true }));
  addEventListener("pagehide", () => navigator.sendBeacon(url, here(true)));
  addEventListener("pageshow", (event) => event.persisted && tell({ always: true }));
}
