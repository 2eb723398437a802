// Office Open XML text document (ECMA-376, transitional): headings, lists, tables, links, footnotes, contents, page numbers.

import { strToU8, zipSync } from "../../vendor/fflate/fflate.js";
import { objects, outline, plain, underTitle } from "./document.js";
import { HEAD, escape } from "./xml.js";

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** `landscape` turns the page, for wide tables. */
export function writeDocx(document, { landscape = false } = {}) {
  const parts = new Parts(document, landscape);
  const body = parts.body();
  const files = {
    "[Content_Types].xml": contentTypes(),
    "_rels/.rels": relations([["rId1", "officeDocument", "word/document.xml"], ["rId2", "core", "docProps/core.xml"]]),
    "docProps/core.xml": core(document),
    "word/document.xml": body,
    "word/styles.xml": styles(document.language),
    "word/numbering.xml": numbering(parts.lists),
    "word/footnotes.xml": footnotes(parts.notes),
    "word/footer1.xml": footer(document.title),
    "word/settings.xml": `${HEAD}<w:settings ${W}><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr></w:settings>`,
    "word/_rels/document.xml.rels": parts.relations(),
  };
  const packed = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { mtime: new Date(1980, 0, 2) });
  return new Blob([packed], { type: TYPE });
}

class Parts {
  constructor(document, landscape) {
    this.document = document;
    this.landscape = landscape;
    this.outline = outline(document.blocks);
    this.notes = [];
    this.links = [];
    this.lists = [];
  }

  body() {
    const { title, subtitle, blocks } = this.document;
    const head = [styled("Title", run({ text: title })), subtitle ? styled("Subtitle", run({ text: subtitle })) : "", styled("Subtitle", run({ text: underTitle(this.document) }))];
    const page = this.landscape ? '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' : '<w:pgSz w:w="11906" w:h="16838"/>';
    const size = '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>';
    const text = [...head, ...blocks.map((block) => this.block(block))].join("");
    return `${HEAD}<w:document ${W} ${R}><w:body>${text}<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>${page}${size}</w:sectPr></w:body></w:document>`;
  }

  block(block) {
    if (block.type === "heading") return this.heading(block);
    if (block.type === "paragraph") return `<w:p>${this.runs(block.runs)}</w:p>`;
    if (block.type === "list") return this.list(block);
    if (block.type === "table") return this.table(block);
    if (block.type === "pagebreak") return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
    return this.contents();
  }

  heading(block) {
    const number = this.outline.findIndex((entry) => entry.block === block);
    const { anchor, level } = this.outline[number];
    return styled(`Heading${level}`, `<w:bookmarkStart w:id="${number}" w:name="${anchor}"/>${this.runs(block.runs)}<w:bookmarkEnd w:id="${number}"/>`);
  }

  list({ ordered, items }) {
    this.lists.push(ordered);
    const number = `<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="${this.lists.length}"/></w:numPr>`;
    return items.map((runs) => `<w:p><w:pPr>${number}</w:pPr>${this.runs(runs)}</w:p>`).join("");
  }

  table({ head, rows, caption }) {
    const width = Math.floor(5000 / head.length);
    const cell = (runs, bold) => `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="pct"/></w:tcPr><w:p>${this.runs(bold ? objects(runs).map((part) => ({ ...part, bold: true })) : runs)}</w:p></w:tc>`;
    const first = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head.map((runs) => cell(runs, true)).join("")}</w:tr>`;
    const others = rows.map((row) => `<w:tr><w:trPr><w:cantSplit/></w:trPr>${row.map((runs) => cell(runs)).join("")}</w:tr>`).join("");
    const grid = `<w:tblGrid>${head.map(() => `<w:gridCol w:w="${Math.floor(9070 / head.length)}"/>`).join("")}</w:tblGrid>`;
    const label = caption ? styled("Caption", run({ text: caption })) : "";
    return `${label}<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>${grid}${first}${others}</w:tbl><w:p/>`;
  }

  contents() {
    const rows = this.outline.filter(({ level }) => level < 3);
    const entry = ({ anchor, level, text }) => styled(`TOC${level}`, `<w:hyperlink w:anchor="${anchor}" w:history="1">${run({ text })}</w:hyperlink>`);
    return `${styled("TOCHeading", run({ text: "Inhalt" }))}${rows.map(entry).join("")}`;
  }

  runs(runs) {
    return objects(runs).map((part) => this.run(part)).join("");
  }

  run(part) {
    const text = part.href ? this.link(part) : run(part);
    if (!part.note) return text;
    this.notes.push(plain(part.note));
    return `${text}<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="${this.notes.length}"/></w:r>`;
  }

  link(part) {
    if (!this.links.includes(part.href)) this.links.push(part.href);
    return `<w:hyperlink r:id="rIdL${this.links.indexOf(part.href)}" w:history="1">${run(part, '<w:rStyle w:val="Hyperlink"/>')}</w:hyperlink>`;
  }

  relations() {
    const own = [["rId1", "styles", "styles.xml"], ["rId2", "numbering", "numbering.xml"], ["rId3", "footnotes", "footnotes.xml"], ["rId4", "footer", "footer1.xml"], ["rId5", "settings", "settings.xml"]];
    return relations(own, this.links.map((href, number) => `<Relationship Id="rIdL${number}" Type="${LINK}/hyperlink" Target="${escape(href)}" TargetMode="External"/>`));
  }
}

function run({ text, bold, italic }, style = "") {
  const look = `${style}${bold ? "<w:b/>" : ""}${italic ? "<w:i/>" : ""}`;
  const lines = String(text).split("\n").map((line) => `<w:t xml:space="preserve">${escape(line)}</w:t>`);
  return `<w:r>${look ? `<w:rPr>${look}</w:rPr>` : ""}${lines.join("<w:br/>")}</w:r>`;
}

const styled = (style, content) => `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${content}</w:p>`;

function relations(rows, more = []) {
  const types = { core: "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" };
  const own = rows.map(([id, type, target]) => `<Relationship Id="${id}" Type="${types[type] ?? `${LINK}/${type}`}" Target="${target}"/>`);
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${own.join("")}${more.join("")}</Relationships>`;
}

function contentTypes() {
  const parts = { document: "document.main", styles: "styles", numbering: "numbering", footnotes: "footnotes", footer1: "footer", settings: "settings" };
  const rows = Object.entries(parts).map(([name, type]) => `<Override PartName="/word/${name}.xml" ContentType="${PART}${type}+xml"/>`);
  const defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>';
  const properties = '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>';
  return `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults}${rows.join("")}${properties}</Types>`;
}

function core({ title, language }) {
  const names = 'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"';
  return `${HEAD}<cp:coreProperties ${names}><dc:title>${escape(title)}</dc:title><dc:language>${escape(language)}</dc:language></cp:coreProperties>`;
}

function footnotes(notes) {
  const mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>';
  const rows = notes.map((text, number) => `<w:footnote w:id="${number + 1}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>${mark}${run({ text: ` ${text}` })}</w:p></w:footnote>`);
  const lines = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>';
  return `${HEAD}<w:footnotes ${W}>${lines}${rows.join("")}</w:footnotes>`;
}

function footer(title) {
  const field = (name) => `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`;
  return `${HEAD}<w:ftr ${W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${run({ text: `${title} · Seite ` })}${field("PAGE")}${run({ text: " von " })}${field("NUMPAGES")}</w:p></w:ftr>`;
}

function numbering(lists) {
  const level = (format, text) => `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="284"/></w:pPr></w:lvl>`;
  const kinds = lists.map((ordered, number) => `<w:abstractNum w:abstractNumId="${number + 1}">${ordered ? level("decimal", "%1.") : level("bullet", "•")}</w:abstractNum>`);
  const uses = lists.map((_, number) => `<w:num w:numId="${number + 1}"><w:abstractNumId w:val="${number + 1}"/></w:num>`);
  return `${HEAD}<w:numbering ${W}>${kinds.join("")}${uses.join("")}</w:numbering>`;
}

function styles(language) {
  const paragraph = (id, name, look, text = "") => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr>${look}</w:pPr><w:rPr>${text}</w:rPr></w:style>`;
  const heading = (level, size) => paragraph(`Heading${level}`, `heading ${level}`, `<w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="${level - 1}"/>`, `<w:b/><w:sz w:val="${size}"/>`);
  const rows = [
    `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:lang w:val="${escape(language)}-DE"/></w:rPr></w:rPrDefault></w:docDefaults>`,
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:style>',
    paragraph("Title", "Title", '<w:spacing w:after="120"/>', '<w:b/><w:sz w:val="40"/>'),
    paragraph("Subtitle", "Subtitle", '<w:spacing w:after="240"/>', '<w:sz w:val="24"/>'),
    heading(1, 30),
    heading(2, 26),
    heading(3, 22),
    paragraph("TOCHeading", "TOC Heading", '<w:spacing w:before="240" w:after="120"/>', '<w:b/><w:sz w:val="26"/>'),
    paragraph("TOC1", "toc 1", '<w:spacing w:after="60"/>'),
    paragraph("TOC2", "toc 2", '<w:spacing w:after="40"/><w:ind w:left="284"/>'),
    paragraph("ListParagraph", "List Paragraph", '<w:spacing w:after="60"/>'),
    paragraph("Caption", "caption", '<w:keepNext/><w:spacing w:before="160" w:after="80"/>', "<w:i/>"),
    paragraph("FootnoteText", "footnote text", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="18"/>'),
    paragraph("Footer", "footer", '<w:spacing w:after="0"/>', '<w:sz w:val="18"/>'),
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="00566B"/><w:u w:val="single"/></w:rPr></w:style>',
    `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>${["top", "left", "bottom", "right", "insideH", "insideV"].map((side) => `<w:${side} w:val="single" w:sz="4" w:color="8A9A9C"/>`).join("")}</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`,
  ];
  return `${HEAD}<w:styles ${W}>${rows.join("")}</w:styles>`;
}
