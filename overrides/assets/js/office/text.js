// The same documents as Markdown, with footnotes.

import { objects, outline, plain, underTitle } from "./document.js";

export function writeMarkdown(document) {
  return new Blob([markdown(document)], { type: "text/markdown;charset=utf-8" });
}

export function markdown({ title, subtitle, blocks, ...rest }) {
  const notes = [];
  const runs = (parts) => objects(parts).map((part) => run(part, notes)).join("");
  const parts = [`# ${escape(title)}`, subtitle && escape(subtitle), escape(underTitle(rest)), ...blocks.map((block) => (block.type === "toc" ? contents(blocks) : write(block, runs)))];
  const foot = notes.map((text, number) => `[^${number + 1}]: ${text}`);
  return `${[...parts, ...foot].filter(Boolean).join("\n\n")}\n`;
}

/** Links to the headings by the names that Markdown programs give them. */
function contents(blocks) {
  const seen = new Map();
  const rows = outline(blocks).map(({ level, text }) => {
    const name = text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return { level, line: `${"  ".repeat(level - 1)}- [${escape(text)}](#${name}${count ? `-${count}` : ""})` };
  });
  return ["**Inhalt**", rows.filter(({ level }) => level < 3).map(({ line }) => line).join("\n")].join("\n\n");
}

function write(block, runs) {
  if (block.type === "heading") return `${"#".repeat(block.level + 1)} ${runs(block.runs)}`;
  if (block.type === "paragraph") return runs(block.runs);
  if (block.type === "list") return block.items.map((item, number) => `${block.ordered ? `${number + 1}.` : "-"} ${runs(item)}`).join("\n");
  if (block.type === "table") return table(block, (cell) => runs(cell).replaceAll("|", "\u005c|").replaceAll("\n", " "));
  return "";
}

function table({ head, rows, caption }, cell) {
  const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
  const lines = [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
  return caption ? `*${escape(caption)}*\n\n${lines}` : lines;
}

function run({ text, bold, italic, href, note }, notes) {
  let content = escape(text);
  if (bold) content = `**${content}**`;
  if (italic) content = `*${content}*`;
  if (href) content = `[${content}](${href})`;
  if (!note) return content;
  notes.push(plain(note));
  return `${content}[^${notes.length}]`;
}

const escape = (text) => String(text ?? "").replace(/[\\`*_[\]<>]/g, "\u005c$&");
