// Tables as CSV (RFC 4180, semicolons as German spreadsheets expect), and back. A cell never starts a formula.

const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d[\d.,]*$/;

export function writeCsv(rows, delimiter = ";") {
  const lines = rows.map((row) => row.map((cell) => quote(safe(String(cell ?? "")), delimiter)).join(delimiter));
  return new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
}

const safe = (text) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
const quote = (text, delimiter) => (/["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text);

/** The text of a file: UTF-8 where it is valid, else Windows-1252, as older spreadsheets save it. */
export async function readText(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The rows of a CSV text, with semicolons, commas or tabs; the mark against formulas is taken off again. */
export function readCsv(text) {
  const clean = text.replace(/^\ufeff/, "");
  const first = clean.split(/\r?\n/, 1)[0];
  const delimiter = [";", "\t", ","].reduce((best, sign) => (first.split(sign).length > first.split(best).length ? sign : best));
  const rows = [[]];
  for (let at = 0; at <= clean.length; ) {
    const found = oneCell(clean, at, delimiter);
    rows.at(-1).push(found.text);
    at = found.end + 1;
    if (clean[found.end] === "\r") at += clean[found.end + 1] === "\n" ? 1 : 0;
    if (clean[found.end] === "\n" || clean[found.end] === "\r") rows.push([]);
    if (found.end >= clean.length) break;
  }
  return rows.filter((row) => row.some((text) => text.trim() !== "")).map((row) => row.map(bare));
}

const bare = (text) => (text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text);

function oneCell(text, start, delimiter) {
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end += 1;
    return { text: text.slice(start, end), end };
  }
  let end = start + 1;
  while (end < text.length && !(text[end] === '"' && text[end + 1] !== '"')) end += text[end] === '"' ? 2 : 1;
  return { text: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
}
