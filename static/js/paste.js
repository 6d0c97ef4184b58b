// What is copied from Word, a mail or a web page arrives as the Markdown that the document shows: words, headings, lists,
// tables, bold, italic, links. The clipboard's HTML is parsed into a document of its own in which nothing runs and nothing
// loads; only its words are read, and nothing of it is ever put into the page.
const MARK = "\ue000";
const STYLE = `st${MARK}yle`;
const SKIP = new Set(["SCRIPT", "STYLE", "TEMPLATE", "HEAD", "META", "TITLE", "LINK", "SVG", "MATH", "IFRAME", "OBJECT", "EMBED", "NOSCRIPT", "SELECT", "BUTTON", "TEXTAREA", "INPUT", "IMG", "VIDEO", "AUDIO", "CANVAS", `ST${MARK}YLE`, `B${MARK}ASE`, "O:P"]);
const BLOCK = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "ASIDE", "NAV", "UL", "OL", "LI", "DL", "DT", "DD", "TABLE", "BLOCKQUOTE", "PRE", "H1", "H2", "H3", "H4", "H5", "H6", "HR", "FIGURE", "FIGCAPTION", "ADDRESS", "FORM", "FIELDSET", "DETAILS", "SUMMARY", "BODY", "CENTER"]);
const MEANS = `b, strong, i, em, a[href], ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, [${STYLE}*='mso-list'], [${STYLE}*='font-weight'], [${STYLE}*='font-style']`;
const LINK = /^(https?:\/\/|mailto:)/i;
const MOST_COLUMNS = 30;
const DEEPEST = 60;

const style = (element, name) => new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, "i").exec(element.getAttribute?.(STYLE) ?? "")?.[1].trim().toLowerCase() ?? "";
const hidden = (element) => SKIP.has(element.nodeName.toUpperCase()) || style(element, "display") === "none" || style(element, "mso-hide") === "all" || /ignore/.test(style(element, "mso-list"));
const isBold = (element) => { const weight = style(element, "font-weight"); return weight ? /bold|[6-9]00/.test(weight) : /^(B|STRONG)$/.test(element.nodeName); };
const isItalic = (element) => { const slant = style(element, "font-style"); return slant ? /italic|oblique/.test(slant) : /^(I|EM)$/.test(element.nodeName); };
const clean = (text) => text.replace(/[\u00ad\u200b\u2060\ufeff]/g, "").replace(/[\s\u00a0]+/g, " ");

// Signs that would mean something where they stand.
const escaped = (text) => text
  .replace(/[\\`]/g, "\\$&")
  .replace(/\*(?=\S)|(?<=\S)\*/g, "\\*")
  .replace(/(?<!\w)_(?=\S)|(?<=\S)_(?!\w)/g, "\\_")
  .replace(/\[(?=[^\]]*\][([])/g, "\\[")
  .replace(/<(?=[a-z/!?])/gi, "\\<")
  .replace(/&(?=#?\w+;)/g, "\\&");
const asParagraph = (text) => text.replace(/^(#{1,6}(?=\s)|>|[-+*](?=\s)|~~~|[=-]{3,})/gm, "\\$1").replace(/^(\d{1,9})([.)])(?=\s)/gm, "$1\\$2");

function around(mark, text) {
  const [, before, words, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
  return words ? `${before}${mark}${words}${mark}${after}` : text;
}

function inline(node, { bold = false, italic = false, depth = 0 } = {}) {
  if (node.nodeType === 3) return escaped(clean(node.data));
  if (node.nodeType !== 1 || hidden(node) || depth > DEEPEST) return "";
  if (node.nodeName === "BR") return "  \n";
  if (node.nodeName === "CODE" && !node.textContent.includes("`")) return around("`", clean(node.textContent));
  const strong = !bold && isBold(node);
  const slanted = !italic && isItalic(node);
  let text = [...node.childNodes].map((child) => inline(child, { bold: bold || strong, italic: italic || slanted, depth: depth + 1 })).join("");
  if (BLOCK.has(node.nodeName)) text = ` ${text} `;
  if (slanted) text = around("*", text);
  if (strong) text = around("**", text);
  const href = node.nodeName === "A" ? (node.getAttribute("href") ?? "").trim() : "";
  const words = text.replace(/\s+/g, " ").trim();
  if (!LINK.test(href) || !words) return text;
  return `[${words.replace(/\*\*?|\\?[[\]]/g, "")}](${href.replace(/[\s()<>\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`)})`;
}

const tidy = (text) => text.replace(/[ \t]*\n[ \t]*/g, (gap) => (gap.startsWith("  ") ? "  \n" : "\n")).replace(/(?:  \n){2,}/g, "\n\n").replace(/[ \t]{2,}(?!\n)/g, " ").replace(/^\s+|\s+$/g, "");
const flat = (text) => tidy(text).replace(/\s*\n\s*/g, " ");

function row(cells) {
  return `| ${cells.map((cell) => cell.replace(/\|/g, "\\|") || " ").join(" | ")} |`;
}

function tableOf(table, depth) {
  const rows = [...table.rows].filter((line) => !hidden(line)).map((line) => [...line.cells].flatMap((cell) => [
    flat(inline(cell, { bold: cell.nodeName === "TH", depth })),
    ...Array(Math.min(MOST_COLUMNS, Math.max(0, cell.colSpan - 1))).fill(""),
  ]).slice(0, MOST_COLUMNS)).filter((cells) => cells.some(Boolean));
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  if (width < 2) return [...table.rows].flatMap((line) => [...line.cells].flatMap((cell) => blocks(cell, depth + 1)));
  const full = rows.map((cells) => row([...cells, ...Array(width - cells.length).fill("")]));
  return [[full[0], row(Array(width).fill("---")), ...full.slice(1)].join("\n")];
}

const indented = (text, by) => text.replace(/\n(?=.)/g, `\n${" ".repeat(by)}`);

function listOf(list, depth) {
  const ordered = list.nodeName === "OL";
  let number = Number(list.getAttribute("start")) || 1;
  const items = [];
  for (const child of list.children) {
    if (hidden(child)) continue;
    const marker = ordered ? `${number}. ` : "- ";
    if (/^(UL|OL)$/.test(child.nodeName)) {
      const deeper = listOf(child, depth + 1).join("\n");
      if (items.length) items[items.length - 1] += `\n${" ".repeat(marker.length)}${indented(deeper, marker.length)}`;
      else items.push(deeper);
      continue;
    }
    const parts = blocks(child, depth + 1);
    if (!parts.length) continue;
    items.push(marker + indented(parts.join("\n"), marker.length));
    number += 1;
  }
  return items.length ? [items.join("\n")] : [];
}

// Word writes a list as paragraphs whose style says how deep they are and whose first span holds the sign.
function wordItem(paragraph, depth) {
  const level = Number(/level(\d)/.exec(style(paragraph, "mso-list"))?.[1]);
  if (!level) return null;
  const sign = paragraph.querySelector(`[${STYLE}*='mso-list:Ignore'], [${STYLE}*='mso-list: Ignore']`)?.textContent.trim() ?? "";
  const text = flat(inline(paragraph, { depth }));
  return text && { item: `${"   ".repeat(level - 1)}${/^\(?\w{1,3}[.)]/.test(sign) && sign !== "o" ? "1. " : "- "}${text}` };
}

function blockOf(element, depth) {
  const name = element.nodeName;
  if (hidden(element) || depth > DEEPEST) return [];
  if (name === "TABLE") return tableOf(element, depth);
  if (name === "UL" || name === "OL") return listOf(element, depth);
  if (name === "HR") return [];
  if (name === "PRE") return [`\`\`\`\n${element.textContent.replace(/```/g, "` ` `").replace(/\n$/, "")}\n\`\`\``];
  if (name === "BLOCKQUOTE") return blocks(element, depth + 1).map((text) => text.replace(/^/gm, "> "));
  const heading = /^H([1-6])$/.exec(name)?.[1] ?? (/\bMsoTitle\b/.test(element.className) ? "1" : "");
  if (heading) { const text = flat(inline(element, { bold: true, depth })); return text ? [`${"#".repeat(Number(heading))} ${text}`] : []; }
  return blocks(element, depth + 1);
}

// Stretches of running text become paragraphs, everything else the block that it is.
function blocks(parent, depth = 0) {
  const found = [];
  let running = "";
  const bold = isBold(parent) && BLOCK.has(parent.nodeName);
  const close = () => { const text = tidy(running); if (text) found.push(...text.split("\n\n").map((part) => asParagraph(part.trim())).filter(Boolean)); running = ""; };
  for (const child of parent.childNodes) {
    const listed = child.nodeType === 1 && BLOCK.has(child.nodeName) && wordItem(child, depth);
    if (listed) {
      close();
      if (found.at(-1)?.item) found.at(-1).item += `\n${listed.item}`;
      else found.push(listed);
    } else if (child.nodeType === 1 && (BLOCK.has(child.nodeName) || child.querySelector?.("p, div, ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, pre"))) {
      close();
      found.push(...blockOf(child, depth));
    } else running += inline(child, { depth, bold });
  }
  close();
  return found.map((part) => part.item ?? part);
}

// Nothing in the parsed document runs or is applied; with a mark in their names, handlers, styles and a base are not
// even reported to the policy. The mark leaves again with the words.
const muted = (html) => html.replaceAll(MARK, "").replace(/([\s"'/])(on(?=[a-z]+\s*=)|st(?=yle\s*=))/gi, `$1$2${MARK}`).replace(/<(\/?)(b(?=ase\b)|st(?=yle\b))/gi, `<$1$2${MARK}`);

export function markdown(html) {
  const parsed = new DOMParser().parseFromString(muted(html), "text/html");
  if (!parsed.body.querySelector(MEANS)) return "";
  return blocks(parsed.body).join("\n\n").replaceAll(MARK, "").trim();
}

export const plain = (text) => text.replace(/\r\n?/g, "\n").replace(/[\u00ad\u200b\u2060\ufeff]/g, "").replace(/\u00a0/g, " ").replace(/^([ \t]*)[•◦▪‣·●][ \t]+/gm, "$1- ");

export function start(area) {
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    const given = event.clipboardData?.getData("text/plain") ?? "";
    const text = (html && markdown(html)) || plain(given);
    if (!text || text === given) return;
    event.preventDefault();
    const ahead = area.value.slice(0, area.selectionStart);
    const isBlock = text.includes("\n") || /^([-#>|]|\d+\.) /.test(text);
    const gap = isBlock && ahead && !ahead.endsWith("\n\n") ? (ahead.endsWith("\n") ? "\n" : "\n\n") : "";
    area.setRangeText(gap + text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
