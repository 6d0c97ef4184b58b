// People on the grid of influence and interest under mouse, finger and keyboard. Without it their form says the same.
const MOST = 5;
const PAUSE_MS = 500;
const SLACK = 4;
let held = null;
let focused = null;
let waiting = 0;

const cell = (person) => Number(person.ownerSVGElement.dataset.grid);
const clamp = (step) => Math.min(MOST, Math.max(1, step));
const asked = new WeakMap();
// Where a person is to stand: interest to the right, influence upwards.
const place = (person) => asked.get(person) ?? { interest: Number(person.dataset.interest), influence: Number(person.dataset.influence) };

function show(person, { interest, influence }) {
  const right = (interest - Number(person.dataset.interest)) * cell(person);
  const down = (Number(person.dataset.influence) - influence) * cell(person);
  person.setAttribute("transform", `translate(${right} ${down})`);
}

function post(event, person) {
  clearTimeout(waiting);
  waiting = 0;
  const values = asked.get(person);
  if (!values) return;
  focused = person.dataset.key;
  const row = document.getElementById(`stakeholder-${focused}`);
  const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
  // a row whose form is open keeps what is typed in it
  const source = document.getElementById("people-picture");
  htmx.ajax("POST", person.dataset.move, { source, event, target: row, select: `#${row.id}`, swap: row.querySelector("form") ? "none" : "outerHTML", values: { ...values, csrfmiddlewaretoken } });
}

function move(person, there) {
  asked.set(person, { interest: clamp(there.interest), influence: clamp(there.influence) });
  show(person, asked.get(person));
}

document.addEventListener("keydown", (event) => {
  const person = event.target.closest?.(".influence-person");
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
  if (!person || !step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const { interest, influence } = place(person);
  move(person, { interest: interest + step[0], influence: influence + step[1] });
  clearTimeout(waiting);
  waiting = setTimeout(post, PAUSE_MS, event, person);
});
document.addEventListener("focusout", (event) => waiting && event.target.closest?.(".influence-person") && post(event, event.target));

document.addEventListener("pointerdown", (event) => {
  const person = event.target.closest?.(".influence-person");
  if (person && event.button === 0) held = { person, x: event.clientX, y: event.clientY, moved: false };
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
  held.moved ||= Math.hypot(dx, dy) > SLACK;
  if (!held.moved) return;
  event.preventDefault();
  const scale = held.person.ownerSVGElement.getScreenCTM().a;
  held.person.setAttribute("transform", `translate(${dx / scale} ${dy / scale})`);
});
document.addEventListener("pointercancel", () => { held?.person.removeAttribute("transform"); held = null; });
document.addEventListener("pointerup", (event) => {
  if (!held) return;
  const { person, x, y, moved } = held;
  held = null;
  if (!moved) return;
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, true), 0);
  const side = cell(person) * person.ownerSVGElement.getScreenCTM().a;
  const steps = { interest: Math.round((event.clientX - x) / side), influence: Math.round((y - event.clientY) / side) };
  move(person, { interest: Number(person.dataset.interest) + steps.interest, influence: Number(person.dataset.influence) + steps.influence });
  if (steps.interest || steps.influence) post(event, person);
});
document.addEventListener("dragstart", (event) => event.target.closest?.(".influence-person") && event.preventDefault());

document.body.addEventListener("htmx:afterSettle", () => {
  const person = focused && document.querySelector(`.influence-person[data-key="${focused}"]`);
  person?.focus();
  if (person) focused = null;
});
