// After a swap the keyboard stays where it was, or goes to the heading of what is new; never to the body.
const HEADINGS = "h1, h2, h3, h4, legend, [role=heading]";
let leaving = null;

const asked = (event) => {
  const cause = event.detail.requestConfig?.triggeringEvent?.type;
  return cause && cause !== "live" && cause !== "load" && cause !== "revealed";
};

function focusOn(element) {
  if (!element) return;
  if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: element.matches(HEADINGS) && inView(element) });
}

function inView(element) {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}

// Where the keyboard is, when `target` is about to be replaced.
export function remember(target) {
  const had = document.activeElement;
  leaving = target && had !== document.body && target.contains(had)
    ? { id: target.id, next: target.nextElementSibling ?? target.previousElementSibling, parent: target.parentElement }
    : null;
}

document.body.addEventListener("htmx:beforeSwap", (event) => remember(event.detail.target));

// where the keyboard goes when what it was in has gone
function land(fresh) {
  if (!leaving) return;
  const { id, next, parent } = leaving;
  leaving = null;
  if (document.activeElement && document.activeElement !== document.body) return;
  const region = (id && document.getElementById(id)) || (fresh?.isConnected && fresh !== document.body ? fresh : null);
  if (region) { focusOn(region.querySelector(HEADINGS) ?? region); return; }
  const place = next?.isConnected ? next : parent;
  focusOn(place?.querySelector("a[href], button, input:not([type=hidden]), select, textarea") ?? place);
}

document.body.addEventListener("htmx:afterSettle", (event) => {
  const fresh = event.detail.elt;
  const wanted = asked(event) && (fresh.matches?.("[data-focus]") ? fresh : fresh.querySelector?.("[data-focus]"));
  if (wanted) { leaving = null; focusOn(wanted); } else land(fresh);
});
// an answer without content settles nothing: something was deleted
document.body.addEventListener("htmx:afterRequest", () => setTimeout(land, 60, null));

const summary = document.querySelector(".error-summary[data-focus]");
// a finding that leads to a field means the keyboard too
const FIELDS = "input:not([type=hidden]), select, textarea";
const meant = location.hash && document.getElementById(location.hash.slice(1));
// a question with several ticks has its own id
const field = meant?.matches?.(FIELDS) ? meant : location.hash.startsWith("#id_") && (meant?.querySelector(":checked") ?? meant?.querySelector(FIELDS));
for (let fold = field && field.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
if (summary) summary.focus();
else if (field) {
  field.focus();
  // going to a place that takes no focus, the browser takes it away again while it loads
  if (field !== meant) addEventListener("load", () => setTimeout(() => field.focus({ preventScroll: true })));
}
