// <form data-saves>: once the server has what stands in its fields, they no longer count as unsaved,
// and the region around them may be drawn anew.
document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.requestConfig?.elt;
  if (!detail.successful || !form?.matches?.("form[data-saves]")) return;
  const sent = detail.requestConfig.formData;
  form.querySelectorAll("textarea, input:not([type=hidden])").forEach((field) => {
    if (sent.get(field.name) === field.value) field.defaultValue = field.value;
  });
});
