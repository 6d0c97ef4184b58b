// <button data-open="id"> shows a dialog, <button data-close> closes the one it stands in.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-open]");
  if (opener) {
    opener.closest("[popover]")?.hidePopover();
    const dialog = document.getElementById(opener.dataset.open);
    if (dialog?.showModal && !dialog.open) dialog.showModal();
    else if (dialog) dialog.hidden = false;
  }
  const closer = event.target.closest?.("[data-close]");
  if (closer) {
    const open = closer.closest("dialog, .drawer, [popover]");
    if (open?.matches("dialog")) open.close();
    else if (open?.hidePopover && open.matches("[popover]")) open.hidePopover();
    else if (open) open.hidden = true;
  }
});
// a menu is done when something in it was chosen
document.addEventListener("click", (event) => {
  const item = event.target.closest?.(".menu .menu-item");
  if (item && !item.dataset.stay) item.closest("[popover]")?.hidePopover?.();
});
// <… data-key="r"> in an open menu is chosen by its letter
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input, textarea, select")) return;
  const menu = document.querySelector(".menu:popover-open");
  const item = menu && [...menu.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
  if (!item) return;
  event.preventDefault();
  item.click();
}, true);
// arrow keys inside a menu
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu");
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key) || event.target.matches("input, textarea, select")) return;
  const items = [...menu.querySelectorAll(".menu-item")];
  const step = event.key === "ArrowDown" ? 1 : -1;
  items[(items.indexOf(event.target) + step + items.length) % items.length]?.focus();
  event.preventDefault();
});
