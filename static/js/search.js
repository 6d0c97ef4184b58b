// The search field: arrows go from the field to what was found and on, Enter opens, Escape comes back.
const form = (element) => element.closest("[data-find]");
const panel = () => document.querySelector(".bar [data-found]");
const hits = (field) => [...(form(field).matches(".bar *") ? panel() : document.getElementById("found")).querySelectorAll("[data-hit]")];

function shut() {
  const found = panel();
  if (found) found.hidden = true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target.closest?.("[data-find] [type=search]");
  const hit = event.target.closest?.("[data-found] [data-hit]");
  if (field && event.key === "Escape") { if (panel() && !panel().hidden) { event.preventDefault(); shut(); } return; }
  if (hit && event.key === "Escape") { document.querySelector(hit.closest(".bar") ? ".bar [data-search]" : "#main [data-find] [type=search]")?.focus(); event.preventDefault(); return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || (!field && !hit)) return;
  const search = field ?? (hit.closest(".bar") ?? document.getElementById("main")).querySelector("[data-find] [type=search]");
  const stops = [search, ...hits(search)];
  const next = stops[stops.indexOf(field ?? hit) + step];
  if (next) { event.preventDefault(); next.focus(); }
});
document.addEventListener("focusin", (event) => {
  if (!event.target.closest?.(".bar .search")) shut();
  else if (event.target.matches("[data-search]") && event.target.value && panel()?.querySelector("[data-hit]")) panel().hidden = false;
});
document.addEventListener("pointerdown", (event) => { if (!event.target.closest?.(".bar .search")) shut(); });
