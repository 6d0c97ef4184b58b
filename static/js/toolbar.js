// Five words over the text, for people who never heard of Markdown.
const around = (mark) => (text) => ({ text: `${mark}${text || "…"}${mark}`, from: mark.length, to: mark.length + (text || "…").length });
const lines = (sign) => (text) => {
  const done = text.split("\n").map((line) => (line.startsWith(sign) ? line.slice(sign.length) : sign + line)).join("\n");
  return { text: done, from: done.length, to: done.length };
};
const link = (text) => ({ text: `[${text || "…"}](https://)`, from: (text || "…").length + 3, to: (text || "…").length + 11 });
const table = (text) => {
  const done = `${text ? `${text}\n\n` : ""}| … | … |\n| --- | --- |\n| … | … |\n`;
  return { text: done, from: done.indexOf("…"), to: done.indexOf("…") + 1 };
};
const TOOLS = { bold: around("**"), heading: lines("## "), list: lines("- "), link, table };
const BY_LINE = ["heading", "list"];
const KEYS = { b: "bold", k: "link" };

export function apply(area, name) {
  let { selectionStart: start, selectionEnd: end } = area;
  if (BY_LINE.includes(name)) {
    start = area.value.lastIndexOf("\n", start - 1) + 1;
    end = area.value.indexOf("\n", end) < 0 ? area.value.length : area.value.indexOf("\n", end);
  }
  const made = TOOLS[name](area.value.slice(start, end));
  area.focus();
  area.setSelectionRange(start, end);
  // the old command is the only way that the browser's own undo knows about
  if (!document.execCommand("insertText", false, made.text)) area.setRangeText(made.text, start, end, "end");
  area.setSelectionRange(start + made.from, start + made.to);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export function start(tools, area) {
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    if (tool) apply(area, tool.dataset.tool);
  });
  area.addEventListener("keydown", (event) => {
    const name = (event.ctrlKey || event.metaKey) && !event.altKey && KEYS[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    apply(area, name);
  });
}
