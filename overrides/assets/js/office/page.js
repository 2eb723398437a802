// Reads the text of a page into the plain form of a document.

import { heading, link, listing, paragraph, table } from "./document.js";

/** The title's element, the elements with the text, and where the page stands: { name, address }. */
export function documentOf(title, parts, { name, address }) {
  const today = new Date().toLocaleDateString("de-DE", { day: "numeric", month: "long", year: "numeric" });
  return { title: plain(title), subtitle: "", place: "", version: "", date: today, language: "de", blocks: [...parts.flatMap((part) => [...part.children]).flatMap(blocksOf), origin(title, name, address, today)] };
}

const origin = (title, name, address, today) => paragraph({ text: `„${plain(title)}“ aus ${name}, ` }, link(address, address), `, abgerufen am ${today}. Lizenz: CC BY 4.0.`);

const plain = (element) => element.textContent.replace(/\s+/g, " ").trim();

function blocksOf(element) {
  const level = /^H([2-4])$/.exec(element.tagName)?.[1];
  if (level) return [heading(Number(level) - 1, ...runsOf(element))];
  if (element.tagName === "UL" || element.tagName === "OL") return [listing([...element.children].map(runsOf), element.tagName === "OL")];
  if (element.tagName === "TABLE") return [tableOf(element)];
  if (element.tagName === "P") return [paragraph(...runsOf(element))];
  return [...element.children].length ? [...element.children].flatMap(blocksOf) : [paragraph(plain(element))];
}

function tableOf(element) {
  const rows = [...element.rows].map((row) => [...row.cells].map(runsOf));
  return table(rows[0] ?? [], rows.slice(1), element.caption ? plain(element.caption) : "");
}

/** Text, bold and italic text, and links with their whole address; footnote marks and labels of headings stay out. */
function runsOf(element, look = {}) {
  const runs = [];
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) runs.push({ ...look, text: node.data.replace(/\s+/g, " ") });
    else if (node.nodeType === Node.ELEMENT_NODE) runs.push(...ofElement(node, look));
  }
  return runs.filter(({ text }) => text !== "");
}

function ofElement(node, look) {
  if (node.matches(".headerlink, .beleg, .nur-vorlesen, [hidden]")) return [];
  if (node.tagName === "BR") return [{ text: "\n" }];
  if (node.tagName === "A") return [{ ...look, text: plain(node), href: node.href }];
  if (node.tagName === "STRONG" || node.tagName === "B") return runsOf(node, { ...look, bold: true });
  if (node.tagName === "EM" || node.tagName === "I") return runsOf(node, { ...look, italic: true });
  return runsOf(node, look);
}
