// OpenDocument text (ISO/IEC 26300, version 1.3): the same documents as docx.js writes.

import { strToU8, zipSync } from "../../vendor/fflate/fflate.js";
import { objects, outline, plain, underTitle } from "./document.js";
import { HEAD, escape } from "./xml.js";

const NAMES = ["office", "text", "table", "style", "meta"].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`).join(" ");
const SPACES = `${NAMES} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"`;
const TYPE = "application/vnd.oasis.opendocument.text";

/** `landscape` turns the page, for wide tables. */
export function writeOdt(document, { landscape = false } = {}) {
  const files = {
    mimetype: [strToU8(TYPE), { level: 0 }],
    "META-INF/manifest.xml": strToU8(manifest()),
    "meta.xml": strToU8(`${HEAD}<office:document-meta ${SPACES} office:version="1.3"><office:meta><dc:title>${escape(document.title)}</dc:title><dc:language>${escape(document.language)}-DE</dc:language></office:meta></office:document-meta>`),
    "styles.xml": strToU8(styles(document, landscape)),
    "content.xml": strToU8(new Content(document).write()),
  };
  return new Blob([zipSync(files, { mtime: new Date(1980, 0, 2) })], { type: TYPE });
}

class Content {
  constructor(document) {
    this.document = document;
    this.outline = outline(document.blocks);
    this.notes = 0;
    this.tables = 0;
  }

  write() {
    const { title, subtitle, blocks } = this.document;
    const head = [styled("Title", escape(title)), subtitle ? styled("Subtitle", escape(subtitle)) : "", styled("Subtitle", escape(underTitle(this.document)))];
    const body = [...head, ...blocks.map((block) => this.block(block))].join("");
    return `${HEAD}<office:document-content ${SPACES} office:version="1.3">${own()}<office:body><office:text>${body}</office:text></office:body></office:document-content>`;
  }

  block(block) {
    if (block.type === "heading") return this.heading(block);
    if (block.type === "paragraph") return styled("Text_20_body", this.runs(block.runs));
    if (block.type === "list") return this.list(block);
    if (block.type === "table") return this.table(block);
    if (block.type === "pagebreak") return '<text:p text:style-name="Umbruch"/>';
    return this.contents();
  }

  heading(block) {
    const { anchor, level } = this.outline.find((entry) => entry.block === block);
    return `<text:h text:style-name="Heading_20_${level}" text:outline-level="${level}"><text:bookmark text:name="${anchor}"/>${this.runs(block.runs)}</text:h>`;
  }

  list({ ordered, items }) {
    const rows = items.map((runs) => `<text:list-item>${styled("Text_20_body", this.runs(runs))}</text:list-item>`).join("");
    return `<text:list text:style-name="${ordered ? "Nummern" : "Punkte"}">${rows}</text:list>`;
  }

  table({ head, rows, caption }) {
    this.tables += 1;
    const cell = (runs, style) => `<table:table-cell table:style-name="Zelle" office:value-type="string">${styled(style, this.runs(runs))}</table:table-cell>`;
    const row = (cells, style) => `<table:table-row>${cells.map((runs) => cell(runs, style)).join("")}</table:table-row>`;
    const first = `<table:table-header-rows>${row(head, "Kopfzelle")}</table:table-header-rows>`;
    const label = caption ? styled("Caption", escape(caption)) : "";
    const columns = `<table:table-column table:number-columns-repeated="${head.length}"/>`;
    return `${label}<table:table table:name="Tabelle ${this.tables}" table:style-name="Tabelle">${columns}${first}${rows.map((cells) => row(cells, "Zellentext")).join("")}</table:table>${styled("Text_20_body", "")}`;
  }

  contents() {
    const rows = this.outline.filter(({ level }) => level < 3);
    const entry = ({ anchor, level, text }) => styled(`Contents_20_${level}`, `<text:a xlink:type="simple" xlink:href="#${anchor}">${escape(text)}</text:a>`);
    const title = `<text:index-title text:name="Inhalt_Kopf">${styled("Contents_20_Heading", "Inhalt")}</text:index-title>`;
    const source = '<text:table-of-content-source text:outline-level="2"><text:index-title-template text:style-name="Contents_20_Heading">Inhalt</text:index-title-template></text:table-of-content-source>';
    return `<text:table-of-content text:name="Inhalt">${source}<text:index-body>${title}${rows.map(entry).join("")}</text:index-body></text:table-of-content>`;
  }

  runs(runs) {
    return objects(runs).map((part) => this.run(part)).join("");
  }

  run({ text, bold, italic, href, note }) {
    const lines = String(text).split("\n").map((line) => spaced(escape(line)));
    let content = lines.join("<text:line-break/>");
    if (bold || italic) content = `<text:span text:style-name="${bold ? "Fett" : "Kursiv"}">${content}</text:span>`;
    if (href) content = `<text:a xlink:type="simple" xlink:href="${escape(href)}">${content}</text:a>`;
    if (!note) return content;
    this.notes += 1;
    const body = `<text:note-body>${styled("Footnote", escape(plain(note)))}</text:note-body>`;
    return `${content}<text:note text:id="ftn${this.notes}" text:note-class="footnote"><text:note-citation>${this.notes}</text:note-citation>${body}</text:note>`;
  }
}

/** More than one blank would be read as one. */
const spaced = (text) => text.replace(/ {2,}/g, (blanks) => ` <text:s text:c="${blanks.length - 1}"/>`);

const styled = (style, content) => `<text:p text:style-name="${style}">${content}</text:p>`;

function manifest() {
  const entry = (path, type) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`;
  const rows = [entry("/", TYPE), ...["content.xml", "styles.xml", "meta.xml"].map((name) => entry(name, "text/xml"))].join("");
  return `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${rows}</manifest:manifest>`;
}

/** Styles that the text itself brings: bold, lists, tables, page break. */
function own() {
  const span = (name, look) => `<style:style style:name="${name}" style:family="text"><style:text-properties ${look}/></style:style>`;
  const cell = '<style:style style:name="Zelle" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #8a9a9c"/></style:style>';
  const wide = '<style:style style:name="Tabelle" style:family="table"><style:table-properties style:rel-width="100%" table:align="margins"/></style:style>';
  const leap = '<style:style style:name="Umbruch" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:break-after="page"/></style:style>';
  const indent = '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.5cm" fo:margin-left="1cm"/></style:list-level-properties>';
  const dots = `<text:list-style style:name="Punkte"><text:list-level-style-bullet text:level="1" text:bullet-char="•">${indent}</text:list-level-style-bullet></text:list-style>`;
  const numbers = `<text:list-style style:name="Nummern"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=".">${indent}</text:list-level-style-number></text:list-style>`;
  return `<office:automatic-styles>${span("Fett", 'fo:font-weight="bold"')}${span("Kursiv", 'fo:font-style="italic"')}${cell}${wide}${leap}${dots}${numbers}</office:automatic-styles>`;
}

function styles({ title, language }, landscape) {
  const paragraph = (name, look, text = "", more = "") => `<style:style style:name="${name}" style:display-name="${name.replaceAll("_20_", " ")}" style:family="paragraph" style:parent-style-name="Standard"${more}><style:paragraph-properties ${look}/><style:text-properties ${text}/></style:style>`;
  const heading = (level, size) => paragraph(`Heading_20_${level}`, 'fo:margin-top="0.55cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"', `fo:font-size="${size}pt" fo:font-weight="bold"`, ` style:default-outline-level="${level}" style:next-style-name="Text_20_body"`);
  const base = `<style:default-style style:family="paragraph"><style:text-properties fo:font-family="Arial" fo:font-size="11pt" fo:language="${escape(language)}" fo:country="DE"/></style:default-style><style:style style:name="Standard" style:family="paragraph"/>`;
  const rows = [
    base,
    paragraph("Text_20_body", 'fo:margin-bottom="0.25cm" fo:line-height="115%"'),
    paragraph("Title", 'fo:margin-bottom="0.2cm"', 'fo:font-size="20pt" fo:font-weight="bold"'),
    paragraph("Subtitle", 'fo:margin-bottom="0.4cm"', 'fo:font-size="12pt"'),
    heading(1, 15),
    heading(2, 13),
    heading(3, 11),
    paragraph("Contents_20_Heading", 'fo:margin-top="0.4cm" fo:margin-bottom="0.2cm"', 'fo:font-size="13pt" fo:font-weight="bold"'),
    paragraph("Contents_20_1", 'fo:margin-bottom="0.1cm"'),
    paragraph("Contents_20_2", 'fo:margin-bottom="0.1cm" fo:margin-left="0.5cm"'),
    paragraph("Caption", 'fo:margin-top="0.3cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"', 'fo:font-style="italic"'),
    paragraph("Zellentext", 'fo:margin-bottom="0cm"', 'fo:font-size="10pt"'),
    paragraph("Kopfzelle", 'fo:margin-bottom="0cm"', 'fo:font-size="10pt" fo:font-weight="bold"'),
    paragraph("Footnote", 'fo:margin-bottom="0cm"', 'fo:font-size="9pt"'),
    paragraph("Footer", 'fo:margin-bottom="0cm"', 'fo:font-size="9pt"'),
  ];
  const size = landscape ? 'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape"' : 'fo:page-width="21cm" fo:page-height="29.7cm"';
  const page = `<style:page-layout style:name="A4"><style:page-layout-properties ${size} fo:margin="2.5cm"/><style:footer-style><style:header-footer-properties fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>`;
  const footer = `<style:footer>${styled("Footer", `${escape(title)} · Seite <text:page-number text:select-page="current">1</text:page-number> von <text:page-count>1</text:page-count>`)}</style:footer>`;
  const master = `<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">${footer}</style:master-page></office:master-styles>`;
  return `${HEAD}<office:document-styles ${SPACES} office:version="1.3"><office:styles>${rows.join("")}</office:styles><office:automatic-styles>${page}</office:automatic-styles>${master}</office:document-styles>`;
}
