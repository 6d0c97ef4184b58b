// "/" searches, "?" lists, and <a data-shortcut="e"> is clicked by its key. Can be turned off in the list.
const OFF = "scoperoom:single-keys-off";
const list = document.getElementById("shortcuts");
const toggle = list?.querySelector("[data-shortcuts-on]");
const typing = (element) => element.matches("input, textarea, select, [contenteditable=true]");

if (toggle) {
  toggle.checked = !localStorage.getItem(OFF);
  toggle.addEventListener("change", () => (toggle.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}

function fill() {
  const rows = list.querySelector("[data-shortcut-list]");
  rows.querySelectorAll("[data-of-page]").forEach((row) => row.remove());
  document.querySelectorAll("[data-shortcut]").forEach((element) => {
    const row = document.createElement("div");
    row.dataset.ofPage = "";
    const name = document.createElement("dt");
    name.textContent = element.ariaLabel || element.textContent.trim();
    const key = document.createElement("dd");
    key.append(Object.assign(document.createElement("kbd"), { textContent: element.dataset.shortcut }));
    row.append(name, key);
    rows.append(row);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (localStorage.getItem(OFF) || document.querySelector("dialog[open]")) return;
  const search = event.key === "/" && document.querySelector("[data-search]");
  if (search) { search.focus(); search.select(); event.preventDefault(); return; }
  if (event.key === "?" && list) { fill(); list.showModal(); event.preventDefault(); return; }
  const named = event.key.length === 1 || event.key.startsWith("Arrow");
  const target = named && document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (target && !target.disabled) { target.click(); event.preventDefault(); }
});
document.addEventListener("click", (event) => {
  if (list && event.target.closest?.("[data-open=shortcuts]")) fill();
}, true);
