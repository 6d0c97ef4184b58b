// Sentences come from the page, where they are translated.
const page = document.querySelector("[data-toasts]");

export const word = (name) => page?.dataset[name] ?? "";
