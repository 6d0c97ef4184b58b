// Live updates: one stream per browser and stream name, shared by its tabs, raised as DOM events on the body.
//
// The tab that holds the lock has the stream and passes on what it hears. Every tab knows the last
// sequence it saw, so that whoever joins, wakes or takes over asks for what it missed and nothing else.
import "./client.js";
import { Feed } from "./feed.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const HIDDEN_MS = 30000;
const body = document.body;
const stream = body.dataset.stream;

let seq = body.dataset.seq ? Number(body.dataset.seq) : null;
let state = "";
let leading = false;
let over = false;
let leaving = 0;
let wish = null;

const raise = (name, detail) => body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

function take(message) {
  if (message.seq !== undefined) {
    if (seq !== null && message.seq <= seq) return;
    seq = message.seq;
  }
  // whoever can draw what came with it says so in `drawn`, before the regions ask
  raise("live:message", message);
  raise(message.name, message);
}

function become(next) {
  if (next === state) return;
  const before = state;
  state = next;
  document.querySelectorAll("[data-offline]").forEach((bar) => { bar.hidden = next !== "offline"; });
  document.querySelectorAll("[data-live-state]").forEach((sign) => { sign.dataset.liveState = next; });
  if (before === "offline" && next === "live") toast(word("live"));
  raise("live:state", { state: next });
}

function stop() {
  over = true;
  feed.close();
  raise("live:gone", {});
  toast(word("gone"), { level: "error" });
}

const channel = new BroadcastChannel(`live:${stream}`);
const pass = (what) => leading && channel.postMessage(what);
const feed = new Feed(stream, {
  position: () => seq,
  moved: (to) => { seq = Math.max(seq ?? 0, to); },
  message: (message) => { pass({ message }); take(message); },
  state: (next) => { pass({ state: next }); become(next); },
  gone: () => { pass({ gone: true }); stop(); },
  // nothing can be heard, but pages come: whoever shows something looks again
  blind: () => { pass({ message: { name: "live:resync" } }); raise("live:resync", {}); },
});

channel.addEventListener("message", ({ data }) => {
  if (data.asks !== undefined && leading) channel.postMessage({ at: seq, state });
  if (leading || over) return;
  if (data.message) take(data.message);
  if (data.state) become(data.state);
  if (data.gone) stop();
  if (data.at !== undefined && data.at !== null && (seq === null || data.at > seq)) feed.catchUp();
});

// The lock makes one tab the listener; a browser without locks (plain http) opens a stream per tab.
async function listen() {
  if (over || wish) return;
  wish = new AbortController();
  const { signal } = wish;
  const hold = () => new Promise((release) => {
    if (signal.aborted) { release(); return; }
    leading = true;
    feed.open();
    signal.addEventListener("abort", () => { leading = false; feed.close(); release(); });
  });
  channel.postMessage({ asks: seq });
  if (!navigator.locks) { hold(); return; }
  try {
    await navigator.locks.request(`live:${stream}`, { signal }, hold);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function leave() {
  wish?.abort();
  wish = null;
}

if (stream) {
  // not before the page's other modules are there: what came meanwhile is heard by all of them then
  document.addEventListener("DOMContentLoaded", listen, { once: true });
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (document.hidden) leaving = setTimeout(leave, HIDDEN_MS);
    else listen();
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && listen());
  addEventListener("online", () => leading && feed.retry());
  addEventListener("offline", () => become("offline"));
  document.body.addEventListener("live:doubt", async () => {
    become("offline");
    if (await feed.reached()) become(feed.isOpen ? "live" : "polling");
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-live-retry]")) return;
    if (leading) feed.retry(); else feed.catchUp();
  });
}
