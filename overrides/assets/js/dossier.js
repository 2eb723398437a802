// From the entries of a list to a document: skeleton of a council paper, report, or handout. Every figure keeps its source.

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
  const blocks = [...write(new Material(facts.entries)), ...sources(facts), ...origin(facts)];
  return { title: facts.title, subtitle: name, place: facts.office, version: facts.version, date: facts.date, language: "de", blocks };
}

class Material {
  constructor(rows) {
    this.rows = rows;
  }

  of(kind) {
    return this.rows.filter(({ entry }) => entry.kind === kind);
  }
}

function councilPaper(material) {
  return [
    toc(),
    pagebreak(),
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
    toc(),
    pagebreak(),
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

function handout(material) {
  const short = ({ entry, note }) => [bold(entry.titel), entry.place ? ` (${entry.place})` : "", `: ${entry.kurz ?? entry.misst ?? entry.aufgabe ?? ""} `, link("zur Seite", entry.seite), note ? ` – Eigene Notiz: ${note}` : ""];
  const part = (kind, title) => (material.of(kind).length ? [heading(1, title), listing(material.of(kind).map(short))] : []);
  return [...part("beispiel", "Beispiele"), ...part("indikator", "Indikatoren"), ...part("rahmen", "Gesetze und Programme"), ...part("kontakt", "Ansprechstellen")];
}

function examples(material, title) {
  const rows = material.of("beispiel");
  if (!rows.length) return [heading(1, title), paragraph(FILL("Noch kein Beispiel gewählt"))];
  return [heading(1, title), ...rows.flatMap(example)];
}

function example({ entry, note }) {
  const facts = [["Kommune", entry.place], ["Stand", [entry.statusTitle, entry.status_hinweis].filter(Boolean).join(": ")], ["Seit", entry.seit]];
  const transfer = TRANSFER.map(([key, name]) => [name, entry.transfer?.[key]]);
  const known = [...facts, ...transfer].filter(([, text]) => text).map(([name, text]) => [bold(`${name}: `), text]);
  const figures = (entry.kennzahlen ?? []).map((figure) => [figure.bezeichnung, withNote(`${figure.wert} ${figure.einheit}`, citation(entry, figure.quelle)), figure.zeitraum, FIGURES[figure.art] ?? figure.art]);
  return [
    heading(2, entry.titel),
    paragraph(withNote(entry.kurz ?? "", cited(entry.quellen?.[0]))),
    listing(known),
    ...(figures.length ? [table(["Kennzahl", "Wert", "Zeitraum", "Art"], figures, `Kennzahlen: ${entry.titel}`)] : []),
    ...own(note),
    paragraph("Mehr dazu: ", link(entry.seite, entry.seite)),
  ];
}

function indicators(material, title) {
  const rows = material.of("indikator");
  if (!rows.length) return [];
  return [heading(1, title), ...rows.flatMap(indicator)];
}

function indicator({ entry, note }) {
  const values = (entry.referenzwerte ?? []).map((value) => [value.gebiet, withNote(`${value.wert} ${value.einheit}`, citation(entry, value.quelle)), value.jahr ?? "keine Angabe", FIGURES[value.art] ?? value.art]);
  const facts = [["Einheit", entry.einheit], ["Datenquelle", entry.datenquelle], ["Eigener Ausgangswert", null]];
  return [
    heading(2, entry.titel),
    paragraph(entry.misst ?? entry.kurz ?? ""),
    listing(facts.map(([name, text]) => [bold(`${name}: `), text === null ? FILL("Wert, Jahr, Quelle") : (text ?? "keine Angabe")])),
    ...(values.length ? [table(["Gebiet", "Wert", "Jahr", "Art"], values, `Vergleichswerte: ${entry.titel}`)] : []),
    ...own(note),
  ];
}

function frameworks(material, title) {
  const rows = material.of("rahmen");
  if (!rows.length) return [];
  return [heading(1, title), ...rows.flatMap(({ entry, note }) => [heading(2, entry.titel), paragraph(withNote(entry.bedeutung ?? entry.kurz ?? "", cited(entry.quellen?.[0]))), ...own(note)])];
}

function contacts(material, title) {
  const rows = material.of("kontakt");
  if (!rows.length) return [];
  const cells = rows.map(({ entry, note }) => [[entry.stelle ? `${entry.titel}, ${entry.stelle}` : entry.titel], [entry.place], [[entry.email, entry.telefon, entry.webseite].filter(Boolean).join("\n") || "keine Angabe"], [note]]);
  return [heading(1, title), table(["Stelle", "Kommune", "Wege", "Notiz"], cells, title), paragraph("Die Angaben wurden nicht bei den Stellen geprüft, soweit nichts anderes angegeben ist.")];
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

function sources({ entries }) {
  const all = new Map(entries.flatMap(({ entry }) => entry.quellen ?? []).map((source) => [source.url, source]));
  const rows = [...all.values()].sort((a, b) => a.herausgeber.localeCompare(b.herausgeber, "de") || a.titel.localeCompare(b.titel, "de"));
  if (!rows.length) return [];
  return [heading(1, "Quellen"), listing(rows.map((source) => cited(source)), true)];
}

function origin({ site, today }) {
  return [paragraph({ text: `Zusammengestellt am ${today} aus ${site.name}, ${site.address} (Lizenz CC BY 4.0). Was dort nicht belegt ist, steht hier nicht oder als „keine Angabe“. Vor einer Entscheidung bitte die Quellen prüfen.`, italic: true })];
}
