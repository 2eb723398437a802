// Office Open XML workbook with one sheet (ECMA-376, transitional), and reading it back from any office program.

import { strFromU8, strToU8, unzipSync, zipSync } from "../../vendor/fflate/fflate.js";
import { HEAD, escape } from "./xml.js";

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PART = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
const MOST = 20_000_000;

/** Rows of text; the first one is the head. Widths are in characters. */
export function writeXlsx(rows, { sheet = "Tabelle", widths = [] } = {}) {
  const files = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${PART}sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${PART}worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${PART}styles+xml"/></Types>`,
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${HEAD}<workbook ${MAIN} xmlns:r="${LINK}"><sheets><sheet name="${escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]]),
    "xl/styles.xml": `${HEAD}<styleSheet ${MAIN}><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0" numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf xfId="0" numFmtId="49" applyNumberFormat="1" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    "xl/worksheets/sheet1.xml": worksheet(rows, widths),
  };
  const packed = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { mtime: new Date(1980, 0, 2) });
  return new Blob([packed], { type: `${PART}sheet` });
}

function relations(rows) {
  const entries = rows.map(([type, target], number) => `<Relationship Id="rId${number + 1}" Type="${LINK}/${type}" Target="${target}"/>`);
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries.join("")}</Relationships>`;
}

function worksheet(rows, widths) {
  const columns = widths.map((width, number) => `<col min="${number + 1}" max="${number + 1}" width="${width}" customWidth="1"/>`).join("");
  const cell = (text, row, column) => `<c r="${letters(column)}${row + 1}" t="inlineStr"${row ? "" : ' s="1"'}><is><t xml:space="preserve">${escape(text ?? "")}</t></is></c>`;
  const lines = rows.map((cells, row) => `<row r="${row + 1}">${cells.map((text, column) => cell(text, row, column)).join("")}</row>`).join("");
  const frozen = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  return `${HEAD}<worksheet ${MAIN}>${frozen}${columns ? `<cols>${columns}</cols>` : ""}<sheetData>${lines}</sheetData></worksheet>`;
}

const letters = (column) => (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/** The rows of the first sheet as text. */
export function readXlsx(bytes) {
  const wanted = /^xl\/(?:sharedStrings|styles|workbook|_rels\/workbook\.xml|worksheets\/[\w-]+)\.(?:xml|rels)$/;
  const files = unzipSync(bytes, { filter: ({ name, originalSize }) => wanted.test(name) && originalSize < MOST });
  const sheets = Object.keys(files).filter((name) => name.startsWith("xl/worksheets/")).sort((a, b) => a.localeCompare(b, "de", { numeric: true }));
  const shared = files["xl/sharedStrings.xml"] ? children(parse(files["xl/sharedStrings.xml"]), "si").map(textOf) : [];
  if (!sheets.length) throw new Error("no sheet");
  const dates = files["xl/styles.xml"] ? dateStyles(parse(files["xl/styles.xml"])) : new Set();
  const rows = children(parse(files[sheets[0]]), "row").map((row) => readRow(row, shared, dates));
  return rows.filter((row) => row.some((text) => text.trim() !== ""));
}

/** The numbers of the cell styles that show a number as a day. */
function dateStyles(styles) {
  const own = children(styles, "numFmt").filter((format) => /[dy]/i.test((format.getAttribute("formatCode") ?? "").replace(/"[^"]*"|\[[^\]]*\]/g, "")));
  const formats = new Set([14, 15, 16, 17, 22, ...own.map((format) => Number(format.getAttribute("numFmtId")))]);
  const cells = children(styles, "cellXfs").flatMap((list) => children(list, "xf"));
  return new Set(cells.flatMap((style, at) => (formats.has(Number(style.getAttribute("numFmtId"))) ? [String(at)] : [])));
}

/** A spreadsheet counts days from 30 December 1899. */
function germanDay(days) {
  const day = new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(days)) * 86_400_000);
  return Number.isNaN(day.getTime()) ? days : `${day.getUTCDate()}.${day.getUTCMonth() + 1}.${day.getUTCFullYear()}`;
}

function readRow(row, shared, dates) {
  const texts = [];
  for (const cell of children(row, "c")) {
    const column = columnOf(cell.getAttribute("r") ?? "", texts.length);
    while (texts.length < column) texts.push("");
    const value = children(cell, "v")[0]?.textContent ?? "";
    const type = cell.getAttribute("t");
    const isDay = value !== "" && (type === null || type === "n") && dates.has(cell.getAttribute("s"));
    texts[column] = type === "s" ? (shared[Number(value)] ?? "") : type === "inlineStr" ? textOf(cell) : isDay ? germanDay(value) : value;
  }
  return texts;
}

function columnOf(name, otherwise) {
  const word = /^[A-Z]{1,3}/.exec(name)?.[0];
  return word ? [...word].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : otherwise;
}

const parse = (bytes) => new DOMParser().parseFromString(strFromU8(bytes), "application/xml");
const children = (element, name) => [...element.getElementsByTagNameNS("*", name)];
const textOf = (element) => children(element, "t").map(({ textContent }) => textContent).join("");
