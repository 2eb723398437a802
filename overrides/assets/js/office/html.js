// The same documents as elements of the page: preview and print.

import { objects, outline, underTitle } from "./document.js";

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

/** A document as an article whose headings begin at `top`. */
export function writeHtml(content, top = 2) {
  const writer = new Writer(content, top);
  const article = make("article", { class: "dokument" }, ...writer.head(), ...content.blocks.map((block) => writer.block(block)));
  if (writer.notes.length) article.append(make("ol", { class: "dokument-fussnoten", "aria-label": "Fußnoten" }, ...writer.foot()));
  return article;
}

class Writer {
  constructor(content, top) {
    this.content = content;
    this.top = top;
    this.notes = [];
    this.tables = 0;
    this.outline = outline(content.blocks);
  }

  head() {
    const { title, subtitle } = this.content;
    const under = underTitle(this.content);
    return [make(`h${this.top}`, {}, title), subtitle && make("p", { class: "dokument-untertitel" }, subtitle), under && make("p", { class: "dokument-stand" }, under)].filter(Boolean);
  }

  block(block) {
    if (block.type === "heading") return this.heading(block);
    if (block.type === "paragraph") return make("p", {}, ...this.runs(block.runs));
    if (block.type === "list") return make(block.ordered ? "ol" : "ul", {}, ...block.items.map((runs) => make("li", {}, ...this.runs(runs))));
    if (block.type === "table") return this.table(block);
    if (block.type === "pagebreak") return make("div", { class: "dokument-umbruch" });
    const rows = this.outline.filter(({ level }) => level < 3);
    const title = make("p", { class: "dokument-inhalt-titel", id: "dokument-inhalt" }, "Inhalt");
    return make("nav", { class: "dokument-inhalt", "aria-labelledby": "dokument-inhalt" }, title, make("ul", {}, ...rows.map(({ anchor, level, text }) => make("li", { class: `ebene-${level}` }, make("a", { href: `#${anchor}` }, text)))));
  }

  heading(block) {
    const { anchor, level } = this.outline.find((entry) => entry.block === block);
    return make(`h${this.top + level}`, { id: anchor }, ...this.runs(block.runs));
  }

  table({ head, rows, caption }) {
    this.tables += 1;
    const first = make("tr", {}, ...head.map((runs) => make("th", { scope: "col" }, ...this.runs(runs))));
    const others = rows.map((row) => make("tr", {}, ...row.map((runs) => make("td", {}, ...this.runs(runs)))));
    const table = make("table", {}, caption ? make("caption", {}, caption) : null, make("thead", {}, first), make("tbody", {}, ...others));
    return make("div", { class: "rahmen-scroll", tabindex: "0", role: "region", "aria-label": caption || `Tabelle ${this.tables}` }, table);
  }

  runs(runs) {
    return objects(runs).flatMap((part) => this.run(part));
  }

  run({ text, bold, italic, href, note }) {
    let content = text;
    if (bold) content = make("strong", {}, content);
    if (italic) content = make("em", {}, content);
    if (href) content = make("a", { href }, content);
    if (!note) return [content];
    this.notes.push(note);
    const number = this.notes.length;
    return [content, make("sup", {}, make("a", { href: `#fussnote-${number}`, id: `fussnote-${number}-zurueck`, "aria-label": `Fußnote ${number}` }, String(number)))];
  }

  foot() {
    return this.notes.map((note, at) => make("li", { id: `fussnote-${at + 1}` }, ...this.runs(note), " ", make("a", { href: `#fussnote-${at + 1}-zurueck`, "aria-label": "zurück zum Text" }, "↩")));
  }
}
