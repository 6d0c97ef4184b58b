// <button data-copy="text"> or <button data-copy-from="id">
import { toast } from "./toast.js";
import { word } from "./words.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy], [data-copy-from]");
  if (!button) return;
  const source = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
  try {
    await navigator.clipboard.writeText(source ? (source.value ?? source.textContent) : button.dataset.copy);
    toast(word("copied"));
  } catch {
    source?.select?.();
    toast(word("copyFailed"), { level: "error" });
  }
});
