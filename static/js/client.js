// A name for this tab, so that it knows its own changes when they come back on the stream.
const bytes = crypto.getRandomValues(new Uint8Array(9));

export const client = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");

document.body.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-Client"] = client;
});
