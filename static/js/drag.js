// Rows are dragged by their grip; the buttons beside it do the same. The order is asked of the server by the row's
// own button, with the row that it now stands after.
let dragged = null;
let place = null;

const rowOf = (target) => target.closest?.("[data-rows] tr[data-row]");
const before = (row, y) => { const box = row.getBoundingClientRect(); return y < box.top + box.height / 2; };

document.addEventListener("dragstart", (event) => {
  if (!event.target.closest?.("[data-grip]")) return;
  dragged = rowOf(event.target);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(dragged, 20, 20);
  dragged.dataset.dragged = "";
});

document.addEventListener("dragover", (event) => {
  const over = dragged && rowOf(event.target);
  if (!over) return;
  event.preventDefault();
  clear();
  place = { row: over, before: before(over, event.clientY) };
  over.dataset.drop = place.before ? "before" : "after";
});

document.addEventListener("drop", (event) => {
  if (!dragged || !place) return;
  event.preventDefault();
  const after = place.before ? place.row.previousElementSibling : place.row;
  if (after !== dragged && !(place.before && place.row === dragged)) move(dragged, after);
});

document.addEventListener("dragend", () => {
  clear();
  delete dragged?.dataset.dragged;
  dragged = place = null;
});

function clear() {
  document.querySelectorAll("[data-drop]").forEach((row) => delete row.dataset.drop);
}

function move(row, after) {
  const button = row.querySelector("button[name=to]");
  const token = document.querySelector("#row-act [name=csrfmiddlewaretoken]").value;
  htmx.ajax("POST", button.getAttribute("formaction"), {
    source: button, target: "#rows", swap: "rows",
    values: { to: after ? after.id.replace("row-", "") : "first", csrfmiddlewaretoken: token },
  });
}
