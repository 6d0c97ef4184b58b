// <textarea data-mentions="…"> offers the people of the project after an @; the list is asked for once, at the first @.
const asked = new Map();
let box = null;
let area = null;
let places = 0;

const load = (url) => {
  if (!asked.has(url)) {
    asked.set(url, fetch(url, { redirect: "error" }).then((answer) => (answer.ok ? answer.text() : "")).catch(() => { asked.delete(url); return ""; }));
  }
  return asked.get(url);
};

// What stands between the last @ and the caret, when it can be a name.
function begun(field) {
  const found = field.value.slice(0, field.selectionStart).match(/(?:^|[^\w@.])@([^\n@]{0,40})$/u);
  return found ? found[1] : null;
}

const options = () => [...box.querySelectorAll("[role=option]:not([hidden])")];
const current = () => box?.querySelector("[aria-selected=true]");

function close() {
  if (!box) return;
  box.remove();
  box = null;
  area.removeAttribute("aria-controls");
  area.removeAttribute("aria-activedescendant");
  area.removeAttribute("aria-haspopup");
}

function choose(option) {
  const start = area.selectionStart - begun(area).length;
  area.setRangeText(`${option.dataset.name} `, start, area.selectionStart, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  close();
  area.focus();
}

function mark(option) {
  options().forEach((each) => { each.setAttribute("aria-selected", String(each === option)); each.toggleAttribute("data-current", each === option); });
  area.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function open(field, html) {
  close();
  area = field;
  places += 1;
  box = Object.assign(document.createElement("ul"), { id: `mentions-${places}`, className: "mention-list", innerHTML: html });
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", field.dataset.mentionsLabel || field.labels?.[0]?.textContent.trim() || "@");
  box.querySelectorAll("[role=option]").forEach((option, place) => { option.id = `${box.id}-${place}`; });
  box.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  field.after(box);
  field.setAttribute("aria-controls", box.id);
  field.setAttribute("aria-autocomplete", "list");
  // a text field of several lines has no aria-expanded
  field.setAttribute("aria-haspopup", "listbox");
}

const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

async function look(field) {
  const name = begun(field);
  if (name === null) { close(); return; }
  const html = await load(field.dataset.mentions);
  if (!html || document.activeElement !== field || begun(field) === null) return;
  if (!box || area !== field) open(field, html);
  const wanted = plain(begun(field));
  box.querySelectorAll("[role=option]").forEach((option) => {
    option.hidden = !plain(option.dataset.name).split(" ").some((_, at, words) => words.slice(at).join(" ").startsWith(wanted));
  });
  const [first] = options();
  if (first) mark(first);
  else close();
}

document.addEventListener("input", (event) => { if (event.target.matches?.("[data-mentions]")) look(event.target); });
document.addEventListener("focusout", (event) => { if (event.target === area) close(); });
document.addEventListener("keydown", (event) => {
  if (!box || event.target !== area || event.isComposing) return;
  const all = options();
  const at = all.indexOf(current());
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to !== undefined) mark(all[(to + all.length) % all.length]);
  else if (event.key === "Enter" || event.key === "Tab") choose(current() ?? all[0]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
