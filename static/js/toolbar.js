// A few words over the text, for people who never heard of Markdown; Enter goes on with a list.
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
const TOOLS = { bold: around("**"), italic: around("*"), heading: lines("## "), list: lines("- "), link, table };
const BY_LINE = ["heading", "list"];
const KEYS = { b: "bold", i: "italic", k: "link" };
const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))( +)(.*)$/;

export function apply(area, name) {
  let { selectionStart: start, selectionEnd: end } = area;
  if (BY_LINE.includes(name)) {
    start = area.value.lastIndexOf("\n", start - 1) + 1;
    end = area.value.indexOf("\n", end) < 0 ? area.value.length : area.value.indexOf("\n", end);
  }
  const made = TOOLS[name](area.value.slice(start, end));
  area.focus();
  area.setRangeText(made.text, start, end, "end");
  area.setSelectionRange(start + made.from, start + made.to);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// The next line of a list starts as the last one did; an empty item ends the list.
function goOn(event, area) {
  const { selectionStart: at, selectionEnd: end } = area;
  if (event.shiftKey || event.isComposing || at !== end) return;
  const start = area.value.lastIndexOf("\n", at - 1) + 1;
  const item = ITEM.exec(area.value.slice(start, at));
  if (!item) return;
  event.preventDefault();
  const [, indent, sign, number, dot, gap, words] = item;
  if (words.trim()) area.setRangeText(`\n${indent}${sign ?? Number(number) + 1 + dot}${gap}`, at, at, "end");
  else area.setRangeText("\n", start, at, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export function start(tools, area) {
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    if (tool) apply(area, tool.dataset.tool);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.altKey) goOn(event, area);
    const name = (event.ctrlKey || event.metaKey) && !event.altKey && KEYS[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    apply(area, name);
  });
}
