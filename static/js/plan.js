// The plan: rows dragged by their grip (the buttons beside it do the same), and what ticked proposals save.
import "./room.js";

let dragged = null;

const rowOf = (target) => target.closest?.("[data-drag] > .plan-row");

document.addEventListener("pointerdown", (event) => {
  const row = event.target.closest?.("[data-grip]") && rowOf(event.target);
  if (!row || event.button !== 0) return;
  event.preventDefault();
  dragged = { row, from: [...row.parentElement.children].indexOf(row) };
  row.setAttribute("data-dragged", "");
  row.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const { row } = dragged;
  const others = [...row.parentElement.children].filter((other) => other !== row);
  const after = others.find((other) => event.clientY < other.getBoundingClientRect().top + other.offsetHeight / 2);
  if ((after ?? null) !== row.nextElementSibling) row.parentElement.insertBefore(row, after ?? null);
});

function drop(event) {
  if (!dragged) return;
  const { row, from } = dragged;
  dragged = null;
  row.removeAttribute("data-dragged");
  row.releasePointerCapture?.(event.pointerId);
  const to = [...row.parentElement.children].indexOf(row);
  if (to === from) return;
  const form = row.querySelector(".plan-move");
  const place = form.querySelector("[name=to]");
  place.disabled = false;
  place.value = to + 1;
  form.requestSubmit();
}

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-sum]");
  const button = form?.querySelector("[data-sum-label]");
  if (!button) return;
  const sum = [...form.querySelectorAll("[data-minutes]:checked")].reduce((all, box) => all + Number(box.dataset.minutes), 0);
  button.textContent = button.dataset.sumLabel.replace("{n}", sum);
  button.disabled = sum === 0;
});
