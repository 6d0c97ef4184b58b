// Says where this tab is, every few seconds and when it changes; says so when it goes.
import { client } from "./client.js";
import { editors } from "./editor.js";

const BEAT_MS = 15000;
const TYPING_MS = 4000;
const SETTLE_MS = 400;
const page = document.querySelector("[data-document]");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
let typedAt = 0;
let told = "";
let timer = 0;

const focused = () => document.activeElement?.closest?.("[data-part]")?.dataset.part ?? "";

function here(leave) {
  const body = new FormData();
  const [editor] = editors();
  body.set("client", client);
  body.set("section", editor?.key ?? focused());
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
  fetch(page.dataset.document, { method: "POST", body, headers: { "X-Client": client } }).catch(() => { told = ""; });
}

const soon = () => { clearTimeout(timer); timer = setTimeout(tell, SETTLE_MS); };

if (page && token) {
  tell();
  setInterval(() => tell({ always: true }), BEAT_MS);
  setInterval(tell, TYPING_MS);
  document.addEventListener("input", (event) => { if (event.target.closest("[data-editor]")) { typedAt = Date.now(); soon(); } });
  document.addEventListener("focusin", soon);
  document.body.addEventListener("htmx:afterSettle", soon);
  document.addEventListener("visibilitychange", () => tell({ always: true }));
  addEventListener("pagehide", () => navigator.sendBeacon(page.dataset.document, here(true)));
  addEventListener("pageshow", (event) => event.persisted && tell({ always: true }));
}
