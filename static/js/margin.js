// The document's margin: tabs keep comments or findings, and on a phone the notes of a section are a drawer.
import { find } from "./find.js";

const doc = document.querySelector("[data-notes]");
const dock = document.querySelector("[data-notes-dock]");
const narrow = matchMedia("screen and (width < 760px)");

document.addEventListener("click", (event) => {
  const tab = event.target.closest?.("[data-notes-tab]");
  if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  doc.dataset.notes = tab.dataset.notesTab;
  history.replaceState(history.state, "", tab.href);
  tab.closest("nav").querySelectorAll("[data-notes-tab]").forEach((each) => each.toggleAttribute("aria-current", false));
  tab.setAttribute("aria-current", "true");
});

// with those that have not come yet
const notesIn = (part) => part.querySelectorAll(".doc-notes > .note, .doc-notes > .threads > .note").length
  + Number(part.querySelector("[data-follows]")?.dataset.follows ?? 0);

// The section that stands in the upper half of the screen.
function here() {
  const parts = [...document.querySelectorAll(".doc-section")];
  return parts.findLast((part) => part.getBoundingClientRect().top < innerHeight / 2) ?? parts[0];
}

function tell() {
  const part = narrow.matches && here();
  dock.hidden = !part;
  if (!part) return;
  const notes = part.querySelector(".doc-notes");
  const count = notesIn(part);
  const words = (count === 1 ? dock.dataset.one : dock.dataset.many).replace("%n", count).replace("%t", notes.dataset.notesOf);
  const button = dock.querySelector("[data-to-notes]");
  if (button.lastElementChild.textContent !== words) button.lastElementChild.textContent = words;
  button.popoverTargetElement = notes;
}

function fit(root) {
  find(root, ".doc-notes").forEach((notes) => { if (narrow.matches) notes.popover = "auto"; else notes.removeAttribute("popover"); });
  tell();
}

let asked = 0;
addEventListener("scroll", () => { asked ||= requestAnimationFrame(() => { asked = 0; tell(); }); }, { passive: true });
narrow.addEventListener("change", () => fit(document.body));
document.body.addEventListener("htmx:load", (event) => fit(event.target));
document.body.addEventListener("thread:shown", (event) => { if (narrow.matches) event.target.closest("[popover]")?.showPopover(); });
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-to-sections]")) {
    const list = document.querySelector(".doc-contents");
    list.open = true;
    list.querySelector("summary").focus();
    list.scrollIntoView({ block: "start" });
  }
  const words = event.target.closest?.("[data-passage]");
  if (!words || !getSelection().isCollapsed) return;
  const note = document.getElementById(`thread-${words.dataset.passage}`);
  if (!note || words.closest("[data-edit]") && !narrow.matches) return;
  event.stopPropagation();
  if (narrow.matches) note.closest("[popover]")?.showPopover();
  note.focus({ preventScroll: !narrow.matches });
}, true);

fit(document.body);
if (location.hash.startsWith("#thread-")) document.getElementById(location.hash.slice(1))?.closest("[popover]")?.showPopover();
