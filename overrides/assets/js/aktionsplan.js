// Action plan: a table that is filled in the browser, taken along as a file and loaded again. Nothing is stored or sent.

import { Entries } from "./eintraege.js";
import { fromAddress, stored } from "./merkliste-speicher.js";
import { make } from "./office/html.js";

export const COLUMNS = [
  { key: "ziel", title: "Ziel", long: true, width: 28 },
  { key: "massnahme", title: "Maßnahme", long: true, width: 40 },
  { key: "zustaendig", title: "Zuständig", width: 20 },
  { key: "beginn", title: "Beginn", width: 12 },
  { key: "mittel", title: "Mittel", long: true, width: 22 },
  { key: "indikator", title: "Indikator", list: "plan-indikatoren", width: 28 },
  { key: "meilenstein", title: "Meilenstein", long: true, width: 28 },
];
const TITLES = COLUMNS.map(({ title }) => title);
const MOST = 200;
const LARGEST = 5_000_000;

const tool = document.getElementById("aktionsplan");
const body = document.querySelector("#plan-tabelle tbody");
const status = document.getElementById("plan-stand");
const faults = document.getElementById("plan-hinweise");
const form = document.getElementById("plan-datei");
const titles = JSON.parse(document.getElementById("werkzeug-titel").textContent);
const entries = new Entries(new URL(tool.dataset.wurzel, location.href).href, titles);
let saved = true;

const fold = (text) => text.trim().toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
const rows = () => [...body.rows].map((row) => [...row.querySelectorAll("textarea, input")].map((field) => field.value.trim()));
const filled = () => rows().filter((row) => row.some(Boolean));

function addRow(values = [], focus = false) {
  if (body.rows.length >= MOST) return;
  const row = make("tr", {}, ...COLUMNS.map((column, at) => cell(column, values[at] ?? "")), make("td", { class: "plan-knoepfe" }, ...knobs()));
  body.append(row);
  number();
  if (focus) row.querySelector("textarea").focus();
}

function cell({ title, long, list }, value) {
  const field = long ? make("textarea", { rows: "3", maxlength: "1000" }, value) : make("input", { type: "text", maxlength: "300", list, autocomplete: "off" });
  if (!long) field.value = value;
  field.dataset.titel = title;
  return make("td", { "data-label": title }, field);
}

function knobs() {
  const up = make("button", { type: "button", class: "button button-quiet", "data-tat": "nach oben" }, "Nach oben");
  const drop = make("button", { type: "button", class: "button button-quiet", "data-tat": "entfernen" }, "Entfernen");
  return [up, drop];
}

/** Names of fields and buttons say which row they belong to. */
function number() {
  [...body.rows].forEach((row, at) => {
    for (const field of row.querySelectorAll("textarea, input")) field.setAttribute("aria-label", `${field.dataset.titel}, Zeile ${at + 1}`);
    for (const button of row.querySelectorAll("button")) button.setAttribute("aria-label", `Zeile ${at + 1} ${button.dataset.tat}`);
    row.querySelector("button").disabled = at === 0;
  });
}

function act(event) {
  const button = event.target.closest("button[data-tat]");
  if (!button) return;
  const row = button.closest("tr");
  const at = row.sectionRowIndex;
  if (button.dataset.tat === "entfernen") {
    row.remove();
    if (!body.rows.length) addRow();
    (body.rows[Math.min(at, body.rows.length - 1)]).querySelector("textarea").focus();
    status.textContent = `Zeile ${at + 1} ist entfernt.`;
  } else {
    row.previousElementSibling.before(row);
    row.querySelector("textarea").focus();
    status.textContent = `Jetzt Zeile ${at}.`;
  }
  saved = false;
  number();
}

async function takeOver(items) {
  const found = await Promise.all(items.filter(({ kind }) => kind === "beispiel").map((item) => entries.read(item)));
  const examples = found.filter(Boolean);
  if (!filled().length) body.replaceChildren();
  for (const entry of examples) addRow(["", `${entry.titel} (Vorbild: ${entry.place}, ${entry.seite})`, "", "", "", titles.indikator[entry.indikatoren?.[0]] ?? "", ""]);
  if (!body.rows.length) addRow();
  saved = saved && !examples.length;
  status.textContent = examples.length === 1 ? "1 Beispiel ist übernommen." : `${examples.length} Beispiele sind übernommen.`;
}

async function load(file) {
  faults.replaceChildren();
  try {
    if (file.size > LARGEST) throw new Error("too large");
    fill(await readTable(file), file.name);
  } catch {
    tell([`„${file.name}“ konnte nicht gelesen werden. Bitte eine Datei wählen, die als .csv oder .xlsx gespeichert ist (höchstens 5 MB).`]);
  }
}

async function readTable(file) {
  if (/\.xlsx$/i.test(file.name)) return (await import("./office/xlsx.js")).readXlsx(new Uint8Array(await file.arrayBuffer()));
  const { readCsv, readText } = await import("./office/csv.js");
  return readCsv(await readText(file));
}

function fill([head = [], ...lines], name) {
  const places = head.map((title) => TITLES.findIndex((known) => fold(known) === fold(title)));
  const unknown = head.filter((title, at) => places[at] === -1 && title.trim());
  const missing = TITLES.filter((_, at) => !places.includes(at));
  if (missing.length === TITLES.length) {
    tell([`In „${name}“ heißt keine Spalte wie hier. Die erste Zeile muss die Spalten nennen: ${TITLES.join(", ")}.`]);
    return;
  }
  if (!filled().length) body.replaceChildren();
  const room = MOST - body.rows.length;
  for (const line of lines.slice(0, room)) addRow(TITLES.map((_, at) => (places.includes(at) ? (line[places.indexOf(at)] ?? "") : "")));
  const notes = unknown.map((title) => `Die Spalte „${title}“ gibt es hier nicht; sie wurde nicht übernommen.`);
  if (missing.length) notes.push(`Diese Spalten fehlen in der Datei und sind leer: ${missing.join(", ")}.`);
  if (lines.length > room) notes.push(`Ein Plan hat höchstens ${MOST} Zeilen; ${lines.length - room} wurden nicht übernommen.`);
  tell(notes);
  saved = false;
  status.textContent = `${Math.min(lines.length, room)} Zeilen aus „${name}“ sind übernommen.`;
}

function tell(notes) {
  faults.replaceChildren(...notes.map((text) => make("p", { class: "notice" }, text)));
}

const title = () => form.elements.titel.value.trim() || "Aktionsplan Kreislaufwirtschaft";

async function asDocument() {
  const { table, paragraph } = await import("./office/document.js");
  const today = new Date().toLocaleDateString("de-DE", { day: "numeric", month: "long", year: "numeric" });
  return { title: title(), subtitle: "", place: form.elements.stelle.value.trim(), version: "", date: today, language: "de", blocks: [table(TITLES, filled().map((row) => row.map((text) => [text]))), paragraph({ text: `Erstellt mit ${tool.dataset.name}, ${tool.dataset.adresse}`, italic: true })] };
}

const WRITERS = {
  csv: async () => (await import("./office/csv.js")).writeCsv([TITLES, ...filled()]),
  xlsx: async () => (await import("./office/xlsx.js")).writeXlsx([TITLES, ...filled()], { sheet: "Aktionsplan", widths: COLUMNS.map(({ width }) => width) }),
  docx: async () => (await import("./office/docx.js")).writeDocx(await asDocument(), { landscape: true }),
  odt: async () => (await import("./office/odt.js")).writeOdt(await asDocument(), { landscape: true }),
};

async function download(ending) {
  if (!filled().length) {
    tell(["Der Plan ist noch leer. Bitte mindestens eine Zeile ausfüllen."]);
    return;
  }
  const { save, fileName } = await import("./office/save.js");
  save(await WRITERS[ending](), fileName(title(), ending));
  saved = true;
  status.textContent = `Die Datei (.${ending}) liegt bei Ihren Downloads.`;
}

body.addEventListener("click", act);
body.addEventListener("input", () => {
  saved = false;
});
document.getElementById("plan-neu").addEventListener("click", () => addRow([], true));
document.getElementById("plan-merkliste").addEventListener("click", () => {
  const items = (stored() ?? []).filter(({ kind }) => kind === "beispiel");
  if (items.length) takeOver(items);
  else tell(["Auf Ihrer Merkliste steht noch kein Beispiel."]);
});
document.getElementById("plan-laden").addEventListener("change", (event) => {
  if (event.target.files[0]) load(event.target.files[0]);
  event.target.value = "";
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const wish = event.submitter?.value ?? "csv";
  if (wish === "drucken") globalThis.print();
  else download(wish);
});
addEventListener("beforeunload", (event) => {
  if (!saved) event.preventDefault();
});
tool.hidden = false;
addRow();
const given = fromAddress(location.hash);
if (given?.length) takeOver(given);
