// What htmx could not do, said plainly: what happened, that nothing is lost, what to do.
import { say } from "./announce.js";
import { word } from "./words.js";

const SHOWN_MS = 12000;
const place = document.querySelector("[data-toasts]");

export function toast(text, { level = "info" } = {}) {
  if (!place || !text) return;
  const same = [...place.children].find((shown) => shown.dataset.text === text);
  same?.remove();
  const box = document.createElement("div");
  box.className = "toast";
  Object.assign(box.dataset, { level, text });
  const words = document.createElement("div");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "text-button";
  close.textContent = word("close");
  close.addEventListener("click", () => box.remove());
  box.append(words, close);
  place.append(box);
  say(text, level === "error" ? "assertive" : "polite");
  // an error stays until it is read; it may be the only word about what happened
  if (level !== "error") setTimeout(() => box.remove(), SHOWN_MS);
}

// a region that refreshes itself tries again by itself; nobody asked it anything
const background = (event) => event.detail.requestConfig?.triggeringEvent?.type === "live";
const on = (name, text) => document.body.addEventListener(name, (event) => {
  if (!background(event) && !event.detail.kept) toast(text(event), { level: "error" });
});

on("htmx:responseError", (event) => word(`error${event.detail.xhr.status}`) || word("error"));
on("htmx:sendError", () => word("offline"));
on("htmx:timeout", () => word("slow"));
on("htmx:swapError", () => word("error"));
document.body.addEventListener("toast", (event) => toast(event.detail?.value ?? event.detail?.text));
