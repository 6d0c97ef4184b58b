// The drawing of the architecture under mouse and keyboard: every move and every arrow is a post that the lists
// beside it can do as well.
const SLACK = 6;
const lanes = () => [...document.querySelectorAll(".architecture [data-lane].arch-band")];
const boxes = () => [...document.querySelectorAll(".architecture .arch-box")];
let held = null;
let joining = null;
let focused = null;

const post = (url, values) => htmx.ajax("POST", url, { target: "#diagram", swap: "outerHTML", values });
const move = (box, lane, place) => {
  focused = box.id;
  post(box.dataset.move, { lane, place: Math.max(0, place) });
};
const join = (source, target) => {
  joining = null;
  if (source === target) return;
  post(document.getElementById("diagram").dataset.flow, { source, target });
};

// Where the pointer is, in the drawing's own units.
function at(svg, event) {
  const point = new DOMPoint(event.clientX, event.clientY);
  return point.matrixTransform(svg.getScreenCTM().inverse());
}

const over = (event) => document.elementsFromPoint(event.clientX, event.clientY).map((one) => one.closest(".arch-box")).find(Boolean);

document.addEventListener("pointerdown", (event) => {
  const box = event.target.closest?.(".arch-box");
  if (!box || event.button !== 0) return;
  held = { box, x: event.clientX, y: event.clientY, from: event.target.dataset.connect, moved: false };
});

document.addEventListener("pointermove", (event) => {
  if (!held) return;
  held.moved ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > SLACK;
  if (!held.moved) return;
  event.preventDefault();
  if (held.from) {
    boxes().forEach((box) => box.toggleAttribute("data-aim", box === over(event) && box !== held.box));
    return;
  }
  const svg = held.box.ownerSVGElement;
  const start = at(svg, { clientX: held.x, clientY: held.y });
  const now = at(svg, event);
  held.box.setAttribute("transform", `translate(${now.x - start.x} ${now.y - start.y})`);
});

document.addEventListener("pointerup", (event) => {
  if (!held) return;
  const { box, from, moved } = held;
  held = null;
  if (!moved) return;
  // the click that follows a drag opens nothing
  addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", () => {}, true), 0);
  if (from) {
    const aim = over(event);
    boxes().forEach((one) => one.removeAttribute("data-aim"));
    if (aim && aim !== box) join(from, aim.dataset.key);
    return;
  }
  const point = at(box.ownerSVGElement, event);
  const lane = lanes().find((band) => point.y >= band.y.baseVal.value && point.y <= band.y.baseVal.value + band.height.baseVal.value);
  box.removeAttribute("transform");
  if (!lane) return;
  const before = boxes().filter((one) => one !== box && one.dataset.lane === lane.dataset.lane).filter((one) => {
    const { x, y, width, height } = one.querySelector("rect").getBBox();
    return point.y > y + height + 12 || (point.y > y - 12 && point.x > x + width / 2);
  });
  move(box, lane.dataset.lane, before.length);
});

document.addEventListener("dragstart", (event) => event.target.closest?.(".arch-box") && event.preventDefault());

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.(".arch-box");
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
  const place = Number(box.dataset.place);
  const keys = lanes().map((band) => band.dataset.lane);
  const here = keys.indexOf(box.dataset.lane);
  if (event.key === "ArrowLeft") move(box, box.dataset.lane, place - 1);
  else if (event.key === "ArrowRight") move(box, box.dataset.lane, place + 1);
  else if (event.key === "ArrowUp" && here > 0) move(box, keys[here - 1], place);
  else if (event.key === "ArrowDown" && here < keys.length - 1) move(box, keys[here + 1], place);
  else if (event.key.toLowerCase() === "c" && joining && joining !== box.dataset.key) join(joining, box.dataset.key);
  else if (event.key.toLowerCase() === "c") joining = box.dataset.key;
  else if (event.key === "Escape") joining = null;
  else return;
  event.preventDefault();
  boxes().forEach((one) => one.toggleAttribute("data-aim", one.dataset.key === joining));
});

document.body.addEventListener("htmx:afterSettle", () => {
  if (focused) document.getElementById(focused)?.focus();
  focused = null;
});
