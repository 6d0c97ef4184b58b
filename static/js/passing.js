// What can be undone is offered for a while: <form data-passing>. The keys that undo press its button also afterwards.
import { find } from "./find.js";

const SHOWN_MS = 10_000;

function pass(bar) {
  if (!bar.isConnected) return;
  // as long as somebody is about to press it, it stays
  if (bar.matches(":hover, :focus-within")) setTimeout(pass, 1000, bar); else bar.hidden = true;
}

// Who pressed its button stands on the next one.
let held = false;
document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => { held ||= detail.target.querySelector("[data-passing]:focus-within") !== null; });

export function start(root) {
  find(root, "[data-passing]").forEach((bar) => {
    if (held) bar.querySelector("button").focus();
    held = false;
    setTimeout(pass, SHOWN_MS, bar);
  });
}

// Ctrl+Z takes back, Ctrl+Y and Ctrl+Shift+Z do again what was taken back.
export function takeBack(event) {
  const key = event.key.toLowerCase();
  const again = key === "y" || (key === "z" && event.shiftKey);
  const button = document.querySelector("[data-passing] button");
  if (!button || (key !== "z" && !again) || button.matches("[name=again]") !== again) return;
  event.preventDefault();
  // a bar that has just come is not htmx's yet: its form would leave the page
  htmx.process(button.form);
  button.click();
}
