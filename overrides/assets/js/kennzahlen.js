// Indicator helper: own yearly values beside the reference values of an indicator. Values stay on the device.

import { Entries } from "./eintraege.js";
import { chart } from "./kennzahlen-bild.js";
import { make } from "./office/html.js";

const tool = document.getElementById("kennzahlen");
const form = document.getElementById("kennzahlen-werte");
const rows = document.getElementById("kennzahlen-zeilen");
const result = document.getElementById("kennzahlen-ergebnis");
const status = document.getElementById("kennzahlen-stand");
const entries = new Entries(new URL(tool.dataset.wurzel, location.href).href, { kommune: {}, status: {} });
const KINDS = { ziel: "Ziel", ergebnis: "Ergebnis", schaetzung: "Schätzung", aufwand: "Aufwand" };
const HEAD = ["Indikator", "Einheit", "Jahr", "Wert", "Hinweis"];
const MOST = 60;
let indicator = null;

/** A number as Germans and programs write it; null if it is none. */
export function number(text) {
  const clean = text.trim().replace(/\s/g, "");
  if (/^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(clean)) return Number(clean.replaceAll(".", "").replace(",", "."));
  return /^-?\d+(?:[.,]\d+)?$/.test(clean) ? Number(clean.replace(",", ".")) : null;
}

const german = (value) => value.toLocaleString("de-DE", { maximumFractionDigits: 3 });

function addRow(year = "", value = "", note = "", focus = false) {
  if (rows.children.length >= MOST) return;
  const at = rows.children.length + 1;
  const field = (name, text, kind) => {
    const input = make("input", { type: "text", name: kind, inputmode: kind === "hinweis" ? "text" : "decimal", autocomplete: "off", "aria-label": `${name}, Zeile ${at}` });
    input.value = text;
    return make("td", {}, input);
  };
  rows.append(make("tr", {}, field("Jahr", year, "jahr"), field("Wert", value, "wert"), field("Hinweis", note, "hinweis")));
  if (focus) rows.lastElementChild.querySelector("input").focus();
}

/** What is filled in: sound values in order of years, and what is wrong in words. */
function read() {
  const found = [];
  const faults = [];
  [...rows.children].forEach((row, at) => {
    const [year, value, note] = [...row.querySelectorAll("input")].map((input) => input.value.trim());
    if (!year && !value) return;
    const read = number(value);
    const sound = /^(?:19|20|21)\d\d$/.test(year) && read !== null;
    row.querySelector("[name=jahr]").setAttribute("aria-invalid", String(!/^(?:19|20|21)\d\d$/.test(year)));
    row.querySelector("[name=wert]").setAttribute("aria-invalid", String(read === null));
    if (sound) found.push({ year: Number(year), value: read, note });
    else faults.push(`Zeile ${at + 1}: Bitte ein Jahr mit vier Ziffern und einen Wert als Zahl eintragen, zum Beispiel 2024 und 13,9.`);
  });
  return { own: found.sort((a, b) => a.year - b.year), faults };
}

async function choose() {
  const id = form.elements.indikator.value;
  indicator = id ? await entries.read({ kind: "indikator", id }) : null;
  history.replaceState(null, "", id ? `?indikator=${id}` : location.pathname);
  document.getElementById("kennzahlen-einheit").textContent = indicator ? `Einheit: ${indicator.einheit}. ${indicator.misst}` : "";
  show();
}

function references() {
  return (indicator.referenzwerte ?? []).map((value) => ({ ...value, number: number(value.wert), source: (indicator.quellen ?? []).find(({ url }) => url === value.quelle) }));
}

function show() {
  const { own, faults } = read();
  status.textContent = faults.join(" ");
  result.hidden = !indicator;
  if (!indicator) return;
  const known = references();
  const parts = [make("h2", {}, make("a", { href: indicator.address }, indicator.titel))];
  const fitting = known.filter((value) => value.number !== null && value.einheit === indicator.einheit);
  const others = known.filter((value) => !fitting.includes(value)).map((value) => `${value.gebiet} (${value.wert} ${value.einheit})`);
  if (!known.length) parts.push(make("p", { class: "notice" }, "Zu diesem Indikator kennen wir keinen Vergleichswert mit Quelle."));
  if (own.length || fitting.some(({ jahr }) => jahr)) parts.push(chart({ own, known: fitting, others, unit: indicator.einheit, german }));
  if (own.length || known.length) parts.push(table(own, known));
  for (const note of indicator.hinweise ?? []) parts.push(make("p", { class: "soft" }, note));
  parts.push(make("p", { class: "notice" }, "Vergleichen Sie nur, was gleich gezählt wird: Abgrenzung, Jahr und Einheit stehen in der Tabelle und auf der Seite des Indikators."));
  result.replaceChildren(...parts);
}

function table(own, known) {
  const head = ["Gebiet", "Jahr", "Wert", "Einheit", "Art", "Hinweis und Quelle"];
  const first = own.map(({ year, value, note }, at) => [place(), String(year), `${german(value)}${change(own, at)}`, indicator.einheit, "eigener Wert", note]);
  const others = known.map((value) => [value.gebiet, value.jahr ?? "keine Angabe", value.wert, value.einheit, KINDS[value.art] ?? value.art, remark(value)]);
  const cells = [...first, ...others].map((row) => make("tr", {}, ...row.map((text) => make("td", {}, ...[text].flat()))));
  const scroll = make("div", { class: "rahmen-scroll", tabindex: "0", role: "region", "aria-label": "Werte als Tabelle" });
  scroll.append(make("table", {}, make("caption", {}, "Eigene Werte und Vergleichswerte"), make("thead", {}, make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text)))), make("tbody", {}, ...cells)));
  return scroll;
}

function remark({ hinweis, source }) {
  const address = source && make("a", { class: "extern", rel: "external noopener", href: source.url }, `${source.herausgeber}: ${source.titel}`);
  return [hinweis, hinweis && address ? " · " : null, address].filter(Boolean);
}

const place = () => form.elements.kommune.value.trim() || "eigene Kommune";

function change(own, at) {
  if (!at || !own[at - 1].value) return "";
  const share = ((own[at].value - own[at - 1].value) / Math.abs(own[at - 1].value)) * 100;
  return ` (${share < 0 ? "−" : "+"}${german(Math.abs(Math.round(share * 10) / 10))} % gegenüber ${own[at - 1].year})`;
}

async function save() {
  const { own } = read();
  if (!indicator || !own.length) {
    status.textContent = "Bitte einen Indikator wählen und mindestens einen Wert eintragen.";
    return;
  }
  const [{ writeCsv }, saving] = await Promise.all([import("./office/csv.js"), import("./office/save.js")]);
  const lines = own.map(({ year, value, note }) => [indicator.titel, indicator.einheit, String(year), String(value).replace(".", ","), note]);
  saving.save(writeCsv([HEAD, ...lines]), saving.fileName(`kennzahl ${indicator.titel}`, "csv"));
  status.textContent = "Die Datei liegt bei Ihren Downloads und kann hier wieder geladen werden.";
}

async function load(event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  const { readCsv, readText } = await import("./office/csv.js");
  const [head = [], ...lines] = readCsv(await readText(file));
  const at = HEAD.map((name) => head.findIndex((title) => title.trim().toLowerCase() === name.toLowerCase()));
  if (at[2] === -1 || at[3] === -1) {
    status.textContent = `In „${file.name}“ fehlen die Spalten Jahr und Wert.`;
    return;
  }
  rows.replaceChildren();
  for (const line of lines.slice(0, MOST)) addRow(line[at[2]] ?? "", line[at[3]] ?? "", line[at[4]] ?? "");
  const known = [...form.elements.indikator.options].find(({ textContent }) => textContent === lines[0]?.[at[0]]);
  if (known) form.elements.indikator.value = known.value;
  await choose();
  if (!status.textContent) status.textContent = lines.length > MOST ? `Die ersten ${MOST} von ${lines.length} Werten sind geladen.` : `${lines.length} Werte sind geladen.`;
}

form.elements.indikator.addEventListener("change", choose);
form.addEventListener("input", (event) => {
  if (event.target !== form.elements.indikator) show();
});
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("kennzahlen-neu").addEventListener("click", () => addRow("", "", "", true));
document.getElementById("kennzahlen-sichern").addEventListener("click", save);
document.getElementById("kennzahlen-laden").addEventListener("change", load);
tool.hidden = false;
for (let count = 0; count < 3; count += 1) addRow();
form.elements.indikator.value = new URLSearchParams(location.search).get("indikator") ?? "";
if (form.elements.indikator.selectedIndex === -1) form.elements.indikator.value = "";
choose();
