// A section that has stood on the screen for a while has been read: what changes from now on is new.
import { client } from "./client.js";

const READ_MS = 2500;
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const timers = new Map();

function read(part) {
  const { unseen, seenUrl } = part.dataset;
  if (!unseen || !token || document.hidden) return;
  const body = new FormData();
  body.set("version", unseen);
  body.set("csrfmiddlewaretoken", token);
  delete part.dataset.unseen;
  fetch(seenUrl, { method: "POST", body, headers: { "X-Client": client } }).catch(() => { part.dataset.unseen = unseen; });
}

const watcher = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
  clearTimeout(timers.get(target));
  if (isIntersecting) timers.set(target, setTimeout(() => read(target), READ_MS));
}), { threshold: [0, 0.5], rootMargin: "-10% 0px -25% 0px" });

document.querySelectorAll("[data-unseen]").forEach((part) => watcher.observe(part));
