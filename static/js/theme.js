// Light, dark, or as the device: kept in a cookie, so that the server draws the next page right away.
import { find } from "./find.js";

const html = document.documentElement;
const now = () => html.dataset.theme ?? "";

function mark(choice) {
  choice.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", button.value === now()));
}

export function start(root) {
  find(root, "[data-theme-choice]").forEach(mark);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-theme-choice] > button");
  if (!button) return;
  if (button.value) html.dataset.theme = button.value; else delete html.dataset.theme;
  document.cookie = `theme=${button.value || "device"}; path=/; max-age=31536000; samesite=lax`;
  mark(button.parentElement);
});
// the account's own setting is newer than this device's
document.addEventListener("submit", (event) => {
  if (event.target.elements?.theme) document.cookie = "theme=; path=/; max-age=0; samesite=lax";
});
