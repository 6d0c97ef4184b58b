// The drawing of the architecture under mouse, finger and keyboard: every move and every arrow is a post that the lists
// below it can do as well. A finger taps, so that a drawing can be scrolled; a mouse may drag.
const SLACK = 6;
const TOUCH = matchMedia("(pointer: coarse)");
const shown = (selector) => [...document.querySelectorAll(`.architecture ${selector}`)].filter((one) => one.getClientRects().length);
const boxes = () => shown(".arch-box");
const lanes = () => shown(".arch-band[data-lane]");
let mode = "open";
let picked = null;
let held = null;
let line = null;
let focused = null;

const post = (event, url, values) => {
  picked = null;
  const source = document.getElementById("diagram");
  const csrfmiddlewaretoken = source.querySelector("[name=csrfmiddlewaretoken]").value;
  // the source and the event tell the rest of the page that this change is its own, and asked for
  htmx.ajax("POST", url, { source, event, target: source, swap: "outerHTML", values: { ...values, csrfmiddlewaretoken } });
};
const move = (event, box, lane, place) => {
  focused = { key: box.dataset.key, url: box.dataset.move };
  post(event, box.dataset.move, { lane, place: Math.max(0, place) });
};
const join = (event, source, target) => source !== target && post(event, document.getElementById("diagram").dataset.flow, { source, target, drawn: 1 });
const add = (lane) => {
  const form = document.getElementById("add_lane");
  if (!form) return;
  form.value = lane;
  document.getElementById("add_name").focus();
};

function pick(key) {
  picked = key;
  boxes().forEach((box) => box.toggleAttribute("data-aim", box.dataset.key === picked));
}

function show() {
  pick(picked);
  document.querySelectorAll("[data-modes]").forEach((bar) => { bar.hidden = false; });
  for (const button of document.querySelectorAll("[data-modes] [data-mode]")) {
    button.setAttribute("aria-pressed", button.dataset.mode === mode);
    if (button.dataset.mode === mode) button.closest("[data-modes]").querySelector("[data-mode-hint]").textContent = (TOUCH.matches && button.dataset.hintTouch) || button.dataset.hint;
  }
}

function choose(next) {
  mode = next;
  picked = null;
  show();
}

// Where the pointer is, in the drawing's own units.
function at(svg, { clientX, clientY }) {
  return new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
}
const over = ({ clientX, clientY }, selector) => document.elementsFromPoint(clientX, clientY).map((one) => one.closest(selector)).find(Boolean);

// The lane under the pointer, and how many of its boxes stand before that spot.
function spot(svg, event, moved) {
  const point = at(svg, event);
  const lane = lanes().find(({ y, height }) => point.y >= y.baseVal.value && point.y <= y.baseVal.value + height.baseVal.value);
  const before = boxes().filter((one) => one !== moved && one.dataset.lane === lane?.dataset.lane).filter((one) => {
    const { x, y, width, height } = one.querySelector("rect").getBBox();
    return point.y > y + height + 12 || (point.y > y - 12 && point.x > x + width / 2);
  });
  return lane && { lane: lane.dataset.lane, place: before.length };
}

function tap(event) {
  const button = event.target.closest?.("[data-modes] [data-mode]");
  if (button) return choose(button.dataset.mode);
  const svg = event.target.closest?.("[data-diagram] .architecture");
  const box = event.target.closest?.(".arch-box");
  if (!svg || (mode === "open" && box)) return;
  const first = boxes().find((one) => one.dataset.key === picked);
  const lane = over(event, ".arch-band[data-lane]");
  if (!box && mode === "open" && lane) add(lane.dataset.lane);
  if (mode === "open") return;
  // the link in the box opens nothing now, and htmx must not hear of it
  event.preventDefault();
  event.stopPropagation();
  if (box && (!first || first === box)) pick(first ? null : box.dataset.key);
  else if (box && mode === "join") join(event, picked, box.dataset.key);
  else if (box) move(event, first, box.dataset.lane, Number(box.dataset.place));
  else if (first && mode === "move") {
    const there = spot(svg, event, first);
    if (there) move(event, first, there.lane, there.place);
  }
}
document.addEventListener("click", tap, true);

document.addEventListener("pointerdown", (event) => {
  const box = event.target.closest?.(".arch-box");
  if (!box || event.button !== 0 || event.pointerType === "touch") return;
  held = { box, x: event.clientX, y: event.clientY, from: event.target.dataset.connect, moved: false };
});

document.addEventListener("pointermove", (event) => {
  if (!held) return;
  held.moved ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > SLACK;
  if (!held.moved) return;
  event.preventDefault();
  const svg = held.box.ownerSVGElement;
  const start = at(svg, { clientX: held.x, clientY: held.y });
  const now = at(svg, event);
  if (!held.from) { held.box.setAttribute("transform", `translate(${now.x - start.x} ${now.y - start.y})`); return; }
  line ||= svg.appendChild(document.createElementNS(svg.namespaceURI, "path"));
  line.setAttribute("class", "arch-line");
  line.setAttribute("pointer-events", "none");
  line.setAttribute("d", `M${start.x} ${start.y}L${now.x} ${now.y}`);
  boxes().forEach((box) => box.toggleAttribute("data-aim", box === over(event, ".arch-box") && box !== held.box));
});

document.addEventListener("pointerup", (event) => {
  if (!held) return;
  const { box, from, moved } = held;
  held = null;
  line?.remove();
  line = null;
  if (!moved) return;
  // the click that follows a drag opens nothing
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, true), 0);
  box.removeAttribute("transform");
  if (from) {
    pick(null);
    const aim = over(event, ".arch-box");
    if (aim) join(event, from, aim.dataset.key);
    return;
  }
  const there = spot(box.ownerSVGElement, event, box);
  if (there) move(event, box, there.lane, there.place);
});

document.addEventListener("dragstart", (event) => event.target.closest?.(".arch-box") && event.preventDefault());

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.(".arch-box");
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
  const place = Number(box.dataset.place);
  const keys = lanes().map((band) => band.dataset.lane);
  const here = keys.indexOf(box.dataset.lane);
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "ArrowLeft") move(event, box, box.dataset.lane, place - 1);
  else if (key === "ArrowRight") move(event, box, box.dataset.lane, place + 1);
  else if (key === "ArrowUp" && here > 0) move(event, box, keys[here - 1], place);
  else if (key === "ArrowDown" && here < keys.length - 1) move(event, box, keys[here + 1], place);
  else if (key === "c" && picked && picked !== box.dataset.key) join(event, picked, box.dataset.key);
  else if (key === "c") pick(box.dataset.key);
  else if (key === "a") add(box.dataset.lane);
  else if (key === "Escape") pick(null);
  else return;
  event.preventDefault();
});

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  show();
  // the answer to an earlier change may settle while this one is on its way
  if (!focused || detail.requestConfig?.path !== focused.url) return;
  boxes().find((box) => box.dataset.key === focused.key)?.focus();
  focused = null;
});
show();
