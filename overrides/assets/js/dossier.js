// From the entries of a list to a document: skeleton of a council paper, report, or handout.
// Every figure keeps its source as a note, every other statement the sources of its entry.

import { bold, heading, link, listing, pagebreak, paragraph, table, toc, withNote } from "./office/document.js";

const FILL = (text) => ({ text: `[Bitte ausfüllen: ${text}]`, italic: true });
const FIGURES = { ziel: "Ziel", ergebnis: "Ergebnis", schaetzung: "Schätzung", aufwand: "Aufwand" };
const TRANSFER = [
  ["voraussetzungen", "Voraussetzungen"],
  ["aufwand", "Aufwand"],
  ["kosten", "Kosten"],
  ["finanzierung", "Wer zahlt"],
  ["rechtshebel", "Rechtshebel"],
  ["erfahrungen", "Erfahrungen"],
];

export const FORMS = {
  beschlussvorlage: { name: "Beschlussvorlage (Gerüst)", write: councilPaper },
  sachstandsbericht: { name: "Sachstandsbericht", write: report },
  handout: { name: "Handout", write: handout },
};

/** facts = { title, office, version, date, today, site, entries: [{ entry, note }] } with entries in the reader's order. */
export function writeDossier(form, facts) {
  const { name, write } = FORMS[form];
  const material = new Material(facts.entries);
  const blocks = [...write(material), ...sources(material), ...origin(facts)];
  return { title: facts.title, subtitle: name, place: facts.office, version: facts.version, date: facts.date, language: "de", blocks };
}

class Material {
  constructor(rows) {
    this.rows = rows;
    this.sources = inOrder(rows);
  }

  of(kind) {
    return this.rows.filter(({ entry }) => entry.kind === kind);
  }

  /** A text of an entry with its sources, by their numbers in the list of sources. */
  stated(entry, text) {
    const own = (entry.quellen ?? []).map(({ url, herausgeber }) => `Nr. ${this.sources.findIndex((source) => source.url === url) + 1} (${herausgeber})`);
    if (!text) return "";
    return withNote(text, own.length ? `Quellen dieses Eintrags im Quellenverzeichnis: ${own.join(", ")}` : "Keine Quelle angegeben");
  }
}

/** Every source once, by publisher and title. */
function inOrder(rows) {
  const all = new Map(rows.flatMap(({ entry }) => entry.quellen ?? []).map((source) => [source.url, source]));
  return [...all.values()].sort((a, b) => a.herausgeber.localeCompare(b.herausgeber, "de") || a.titel.localeCompare(b.titel, "de"));
}

function councilPaper(material) {
  return [
    ...front(),
    heading(1, "Beschlussvorschlag"),
    listing([[FILL("Was soll beschlossen werden, von wem, ab wann?")], [FILL("Wer wird womit beauftragt?")], [FILL("Wann wird berichtet?")]], true),
    heading(1, "Sachverhalt und Begründung"),
    paragraph(FILL("Ausgangslage in der eigenen Kommune, Anlass, bisherige Beschlüsse")),
    ...examples(material, "Beispiele anderer Kommunen"),
    ...indicators(material, "Messung des Erfolgs"),
    ...frameworks(material, "Rechtlicher Rahmen und Programme"),
    heading(1, "Finanzielle und personelle Auswirkungen"),
    table(["Position", "Betrag oder Stellenanteil", "Deckung"], [[[FILL("Einmalige Kosten")], [""], [""]], [[FILL("Laufende Kosten")], [""], [""]], [[FILL("Personal")], [""], [""]]], "Kosten und Deckung"),
    heading(1, "Auswirkungen auf Klima und Nachhaltigkeit"),
    paragraph(FILL("Prüfung nach den Regeln der eigenen Kommune")),
    heading(1, "Alternativen"),
    paragraph(FILL("Was geschieht, wenn nichts beschlossen wird? Welche anderen Wege gibt es?")),
    ...contacts(material, "Stellen mit Erfahrung"),
  ];
}

function report(material) {
  return [
    ...front(),
    heading(1, "Anlass und Auftrag"),
    paragraph(FILL("Beschluss oder Anfrage, auf die der Bericht antwortet")),
    heading(1, "Stand in der eigenen Kommune"),
    paragraph(FILL("Umgesetzte, laufende und offene Maßnahmen mit Zuständigkeit")),
    ...examples(material, "Was andere Kommunen berichten"),
    ...indicators(material, "Kennzahlen"),
    ...frameworks(material, "Rahmenbedingungen"),
    heading(1, "Nächste Schritte"),
    listing([[FILL("Schritt, zuständige Stelle, Termin")]], true),
    ...contacts(material, "Ansprechstellen"),
  ];
}

/** The cover stands alone, then the contents. */
const front = () => [pagebreak(), toc(), pagebreak()];

function handout(material) {
  const text = ({ kurz, misst, aufgabe }) => kurz ?? misst ?? aufgabe ?? "";
  const short = ({ entry, note }) => [bold(entry.titel), entry.place ? ` (${entry.place})` : "", ": ", material.stated(entry, text(entry)), " ", link("zur Seite", entry.seite), note ? ` – Eigene Notiz: ${note}` : ""];
  const part = (kind, title) => (material.of(kind).length ? [heading(1, title), listing(material.of(kind).map(short))] : []);
  return [toc(), ...part("beispiel", "Beispiele"), ...part("indikator", "Indikatoren"), ...part("rahmen", "Gesetze und Programme"), ...part("kontakt", "Ansprechstellen")];
}

function examples(material, title) {
  const rows = material.of("beispiel");
  if (!rows.length) return [heading(1, title), paragraph(FILL("Noch kein Beispiel gewählt"))];
  return [heading(1, title), ...rows.flatMap((row) => example(material, row))];
}

function example(material, { entry, note }) {
  const facts = [["Kommune", entry.place], ["Stand", [entry.statusTitle, entry.status_hinweis].filter(Boolean).join(": ")], ["Seit", entry.seit]];
  const figures = (entry.kennzahlen ?? []).map((figure) => [remarked(figure.bezeichnung, figure.hinweis), withNote(`${figure.wert} ${figure.einheit}`, citation(entry, figure.quelle)), figure.zeitraum, FIGURES[figure.art] ?? figure.art]);
  return [
    heading(2, entry.titel),
    paragraph(material.stated(entry, entry.kurz)),
    named(facts),
    ...transfer(material, entry),
    ...(figures.length ? [table(["Kennzahl", "Wert", "Zeitraum", "Art"], figures, `Kennzahlen: ${entry.titel}`)] : []),
    ...remarks(entry),
    ...own(note),
    paragraph("Mehr dazu: ", link(entry.seite, entry.seite)),
  ];
}

/** The transfer card; one note stands for all its texts. */
function transfer(material, entry) {
  const card = { ...entry.transfer, schritte: (entry.transfer?.erste_schritte ?? []).map((text, at) => `(${at + 1}) ${text}`).join(" ") };
  const rows = [...TRANSFER, ["schritte", "Erste Schritte"]].map(([key, name]) => [name, card[key]]);
  if (!rows.some(([, text]) => text)) return [];
  return [paragraph(bold("Übertragen auf die eigene Kommune: "), material.stated(entry, "Angaben aus den Quellen, ausgewählt von der Redaktion")), named(rows)];
}

const named = (rows) => listing(rows.filter(([, text]) => text).map(([name, text]) => [bold(`${name}: `), text]));

function indicators(material, title) {
  const rows = material.of("indikator");
  if (!rows.length) return [];
  return [heading(1, title), ...rows.flatMap((row) => indicator(material, row))];
}

function indicator(material, { entry, note }) {
  const values = (entry.referenzwerte ?? []).map((value) => [remarked(value.gebiet, value.hinweis), withNote(`${value.wert} ${value.einheit}`, citation(entry, value.quelle)), value.jahr ?? "keine Angabe", FIGURES[value.art] ?? value.art]);
  const facts = [["Einheit", entry.einheit], ["Datenquelle", entry.datenquelle], ["Eigener Ausgangswert", null]];
  return [
    heading(2, entry.titel),
    paragraph(material.stated(entry, entry.misst ?? entry.kurz)),
    listing(facts.map(([name, text]) => [bold(`${name}: `), text === null ? FILL("Wert, Jahr, Quelle") : (text ?? "keine Angabe")])),
    ...(values.length ? [table(["Gebiet", "Wert", "Jahr", "Art"], values, `Vergleichswerte: ${entry.titel}`)] : []),
    ...remarks(entry),
    ...own(note),
    paragraph("Mehr dazu: ", link(entry.seite, entry.seite)),
  ];
}

function frameworks(material, title) {
  const rows = material.of("rahmen");
  if (!rows.length) return [];
  return [heading(1, title), ...rows.flatMap((row) => framework(material, row))];
}

function framework(material, { entry, note }) {
  const facts = [["Status", entry.status], ["Datum", [germanDate(entry.datum), entry.datum_hinweis].filter(Boolean).join("; ") || "keine Angabe"], ["Fundstelle", entry.fundstelle]];
  const address = [bold("Adresse: "), link(entry.url, entry.url), entry.url_geprueft ? "" : " (Adresse nicht geprüft)"];
  return [
    heading(2, entry.titel),
    paragraph(material.stated(entry, entry.bedeutung ?? entry.kurz)),
    named(facts),
    ...(entry.url ? [paragraph(...address)] : []),
    ...remarks(entry),
    ...own(note),
    paragraph("Mehr dazu: ", link(entry.seite, entry.seite)),
  ];
}

/** A date as far as it is known: 2012, 6.2012, 1.6.2012. */
const germanDate = (date) => (date ? String(date).split("-").reverse().map(Number).join(".") : "");

function contacts(material, title) {
  const rows = material.of("kontakt");
  if (!rows.length) return [];
  const name = ({ titel, stelle }) => (stelle ? `${titel}, ${stelle}` : titel);
  const ways = ({ email, telefon, webseite }) => [email, telefon, webseite].filter(Boolean).join("\n") || "keine Angabe";
  const cells = rows.map(({ entry, note }) => [[name(entry)], [entry.place], [material.stated(entry, ways(entry))], [note]]);
  const notes = rows.flatMap(({ entry }) => remarks(entry, `${name(entry)}: `));
  return [heading(1, title), table(["Stelle", "Kommune", "Wege", "Notiz"], cells, title), ...notes];
}

const remarked = (text, remark) => (remark ? [text, { text: ` – ${remark}`, italic: true }] : text);

/** Gaps and contradictions that the entry itself names. */
function remarks({ hinweise = [], ungeprueft = [] }, before = "") {
  const rows = [...hinweise.map((text) => ["Hinweis", text]), ...ungeprueft.map((text) => ["Ungeprüft", text])];
  return rows.length ? [listing(rows.map(([name, text]) => [bold(`${name}: `), `${before}${text}`]))] : [];
}

const own = (note) => (note ? [paragraph(bold("Eigene Notiz: "), note)] : []);

function citation(entry, url) {
  return cited((entry.quellen ?? []).find((source) => source.url === url) ?? { url, titel: "", herausgeber: "" });
}

export function cited(source) {
  if (!source) return "Quelle: siehe Quellenverzeichnis";
  const dated = [source.datum && `vom ${source.datum}`, source.abgerufen && `abgerufen ${source.abgerufen}`].filter(Boolean).join(", ");
  return `${[source.herausgeber, source.titel].filter(Boolean).join(": ")}. ${source.url}${dated ? ` (${dated})` : ""}`;
}

function sources(material) {
  if (!material.sources.length) return [];
  return [heading(1, "Quellen"), listing(material.sources.map((source) => cited(source)), true)];
}

function origin({ site, today }) {
  return [paragraph({ text: `Zusammengestellt am ${today} aus ${site.name}, ${site.address} (Lizenz CC BY 4.0). Was dort nicht belegt ist, steht hier nicht oder als „keine Angabe“. Vor einer Entscheidung bitte die Quellen prüfen.`, italic: true })];
}
