// A press that comes while another dot is on its way waits until that one has arrived.
const STEPPER = ".dot-stepper";
let waiting = [];
let pressing = false;
const underWay = () => document.querySelector(`${STEPPER}.htmx-request`);

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(`${STEPPER} button`);
  if (pressing || !button || !(waiting.length || underWay())) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting.push(button.id);
}, true);

document.body.addEventListener("htmx:afterRequest", ({ detail }) => { if (!detail.successful) waiting = []; });
document.body.addEventListener("htmx:afterSettle", () => {
  pressing = true;
  // a button that has had its last dot sends nothing
  while (waiting.length && !underWay()) document.getElementById(waiting.shift())?.click();
  pressing = false;
});
