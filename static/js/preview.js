// The text as readers will see it, drawn by the server, under the field. Whoever turned it on once finds it on again.
const PAUSE_MS = 300;
const PLACE = "scoperoom:preview";

const wanted = () => { try { return localStorage.getItem(PLACE) === "1"; } catch { return false; } };
const remember = (on) => { try { localStorage.setItem(PLACE, on ? "1" : "0"); } catch { /* asked for again next time */ } };

export function start(root, area) {
  const button = root.querySelector("[data-preview-button]");
  const pane = root.querySelector("[data-preview]");
  if (!button || !pane) return;
  let timer = 0;
  const soon = (ms) => { clearTimeout(timer); if (!pane.hidden) timer = setTimeout(() => { if (pane.isConnected) htmx.trigger(pane, "preview"); }, ms); };
  const show = (on) => {
    pane.hidden = !on;
    button.setAttribute("aria-pressed", String(on));
    soon(0);
  };
  button.addEventListener("click", () => { show(pane.hidden); remember(!pane.hidden); });
  area.addEventListener("input", () => soon(PAUSE_MS));
  area.addEventListener("editor:put", () => soon(PAUSE_MS));
  show(wanted());
}
