// The plain form of a document that all writers read.
//
// Document = { title, subtitle, date, version, place, language, blocks }
// Block = { type: "heading", level, runs } | { type: "paragraph", runs } | { type: "list", ordered, items: [runs] }
//       | { type: "table", head: [runs], rows: [[runs]], caption } | { type: "pagebreak" } | { type: "toc" }
// runs = array of text or { text, bold, italic, href, note: runs }; a note becomes a footnote.

const list = (runs) => (Array.isArray(runs) ? runs : [runs]).filter((run) => run !== "" && run !== undefined && run !== null);

export const heading = (level, ...runs) => ({ type: "heading", level, runs: list(runs.flat()) });
export const paragraph = (...runs) => ({ type: "paragraph", runs: list(runs.flat()) });
export const listing = (items, ordered = false) => ({ type: "list", ordered, items: items.map(list) });
export const table = (head, rows, caption = "") => ({ type: "table", head: head.map(list), rows: rows.map((row) => row.map(list)), caption });
export const pagebreak = () => ({ type: "pagebreak" });
export const toc = () => ({ type: "toc" });

export const bold = (text) => ({ text, bold: true });
export const link = (text, href) => ({ text, href });
export const withNote = (text, ...note) => ({ text, note: list(note.flat()) });

/** Runs as objects; a text stands for itself. */
export const objects = (runs) => runs.map((run) => (typeof run === "string" ? { text: run } : run));

export const plain = (runs) => objects(runs).map(({ text }) => text).join("");

/** Headings with the names that links inside the document use. */
export function outline(blocks) {
  return blocks.filter(({ type }) => type === "heading").map((block, number) => ({ block, level: block.level, text: plain(block.runs), anchor: `abschnitt-${number + 1}` }));
}

/** A short line of what stands under the title: place, version, date. */
export const underTitle = ({ place, version, date }) => [place, version && `Fassung ${version}`, date].filter(Boolean).join(" · ");
