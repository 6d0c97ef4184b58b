// The table of the host. All cards share one menu: it is filled for the card whose button was pressed, and opens there.
const SAME_PRESS_MS = 500;
const menu = () => document.getElementById("table-menu");
let opener = null;
let closed = 0;
// Cards to go on with when the board was drawn anew: the one whose menu it was, or when it has gone the one beside it.
let after = [];

// For this card, without the button for where it lies already.
function fill(card) {
  const shape = document.getElementById("table-shape");
  menu().innerHTML = shape.innerHTML.replaceAll(shape.dataset.card, card.id.slice("card-".length));
  button(placeOf(card.closest("section.group")))?.remove();
  htmx.process(menu());
}

const placeOf = (section) => section?.id.slice("group-".length) ?? "";
const button = (place) => [...menu().querySelectorAll("button[name=group]")].find((one) => one.value === place);

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("button[form=table-ask]");
  if (!pressed || !menu()) return;
  event.preventDefault();
  // the press that closed the menu is not another one
  if (event.detail && pressed === opener && performance.now() - closed < SAME_PRESS_MS) return;
  const card = pressed.closest("article.card");
  opener = pressed;
  // who works with a mouse stays where they look
  after = event.detail ? [] : [card, card.nextElementSibling, card.previousElementSibling].map((one) => one?.id);
  fill(card);
  menu().showPopover({ source: pressed });
  pressed.ariaExpanded = "true";
});
document.addEventListener("beforetoggle", ({ target, newState }) => {
  if (target.id !== "table-menu" || newState !== "closed") return;
  closed = performance.now();
  opener.ariaExpanded = "false";
}, true);
document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id !== "board" || !detail.requestConfig?.elt.closest?.("#table-menu")) return;
  document.getElementById(after.find((id) => id && document.getElementById(id)))?.querySelector(".card-more")?.focus();
});

// Cards are dragged into groups with a mouse or a pen; the menu has a button for each of these moves, and a drop presses
// it. Escape puts the card back. On a touch screen the buttons are the way: there a drag scrolls.
const FAR_ENOUGH = 6;
const EDGE = 48;
let held = null;

const cardAt = (target) => (target.closest?.("a, button, input, textarea, .menu, dialog") ? null : target.closest?.(".console-board article.card"));
const moves = (card) => card?.querySelector("button[form=table-ask]");

function under(event) {
  const section = document.elementFromPoint(event.clientX, event.clientY)?.closest(".console-board section.group");
  return section?.contains(held.card) ? null : section;
}

function lift(event) {
  const box = held.card.getBoundingClientRect();
  held.ghost = held.card.cloneNode(true);
  held.ghost.removeAttribute("id");
  held.ghost.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
  held.ghost.ariaHidden = "true";
  held.ghost.classList.add("card-ghost");
  held.ghost.style.inlineSize = `${box.width}px`;
  held.by = { x: event.clientX - box.left, y: event.clientY - box.top };
  document.body.append(held.ghost);
  held.card.dataset.dragging = "";
  held.card.setPointerCapture?.(event.pointerId);
}

function aim(section) {
  document.querySelectorAll("section.group[data-drop]").forEach((one) => one !== section && delete one.dataset.drop);
  if (section) section.dataset.drop = "";
}

function let_go() {
  aim(null);
  held?.ghost?.remove();
  if (held) delete held.card.dataset.dragging;
  held = null;
}

document.addEventListener("pointerdown", (event) => {
  const card = event.button === 0 && event.pointerType !== "touch" ? cardAt(event.target) : null;
  if (moves(card)) held = { card, x: event.clientX, y: event.clientY };
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  if (!held.card.isConnected) { let_go(); return; }
  if (!held.ghost && Math.hypot(event.clientX - held.x, event.clientY - held.y) < FAR_ENOUGH) return;
  if (!held.ghost) lift(event);
  event.preventDefault();
  held.ghost.style.transform = `translate(${event.clientX - held.by.x}px, ${event.clientY - held.by.y}px)`;
  aim(under(event));
  if (event.clientY < EDGE) scrollBy(0, -12);
  else if (event.clientY > innerHeight - EDGE) scrollBy(0, 12);
});
document.addEventListener("pointerup", (event) => {
  if (!held?.ghost) { held = null; return; }
  const section = under(event);
  const { card } = held;
  let_go();
  if (!section) return;
  fill(card);
  // after the pointer has let go: what is pressed is not swapped under it
  setTimeout(() => button(placeOf(section))?.click());
});
document.addEventListener("pointercancel", let_go);
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && held) let_go(); });
document.addEventListener("selectstart", (event) => { if (held) event.preventDefault(); });
document.addEventListener("dragstart", (event) => { if (held) event.preventDefault(); });
