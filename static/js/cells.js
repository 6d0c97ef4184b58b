// What a spreadsheet, a document or a page puts on the clipboard, as lines of cells with tabs between them.
// Empty when it is no block of cells, so that an ordinary paste stays one; with `lines`, lines of text are one too.
const quoted = (cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function fromTable(html) {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return "";
  const words = (cell) => {
    cell.querySelectorAll("br").forEach((line) => line.replaceWith("\n"));
    return cell.textContent.replace(/[ \u00a0]+/g, " ").replace(/ *\n */g, "\n").trim();
  };
  const lines = [...table.rows].map((row) => [...row.cells].flatMap((cell) => [words(cell), ...Array(Math.min(cell.colSpan, 60) - 1).fill("")]));
  return lines.map((line) => line.map(quoted).join("\t")).join("\n");
}

export function rowsToText(clipboard, lines = false) {
  const text = clipboard.getData("text/plain").replaceAll("\r\n", "\n").replace(/\n+$/, "");
  if (text.includes("\t")) return text;
  const table = fromTable(clipboard.getData("text/html"));
  if (/[\t\n]/.test(table)) return table;
  return lines && text.includes("\n") ? text : "";
}
