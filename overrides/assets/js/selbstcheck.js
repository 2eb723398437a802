// The self-check: counts the chosen levels, shows profile and next steps, keeps the state in a file or in the address.

import { make } from "./office/html.js";
import { profile } from "./selbstcheck-profil.js";

const TYPE = "kreislaufstadt-selbstcheck";
const TOP = 4;
const LARGEST = 100_000;
const STEPS = 2;
const NEAR = 3;

const form = document.getElementById("selbstcheck");
const status = document.getElementById("check-stand");
const result = document.getElementById("check-ergebnis");
const statements = [...form.querySelectorAll("[data-aussage]")];
const ids = new Set(statements.map(({ dataset }) => dataset.aussage));
const sizes = [...form.elements.groesse.options].map(({ value }) => value).filter(Boolean);
const undo = document.getElementById("check-zurueck");
let earlier = null;
let previous = null;

const isLevel = (value) => Number.isInteger(value) && value >= 0 && value <= TOP;

function readState() {
  const answers = {};
  for (const { dataset } of statements) {
    const chosen = form.elements[dataset.aussage].value;
    if (chosen !== "") answers[dataset.aussage] = Number(chosen);
  }
  return { place: form.elements.kommune.value.trim(), size: form.elements.groesse.value, answers };
}

function applyState({ place, size, answers }) {
  form.reset();
  form.elements.kommune.value = place;
  form.elements.groesse.value = sizes.includes(size) ? size : "";
  for (const [id, level] of Object.entries(answers)) form.elements[id].value = String(level);
}

/** Puts a state in place of the present one, which can be brought back. */
function replaceState(state) {
  const old = readState();
  if (Object.keys(old.answers).length) previous = old;
  applyState(state);
  undo.hidden = !previous;
}

/** One row per component: name, share of what could be reached, which statements are answered. */
export function score({ answers }) {
  return [...form.querySelectorAll("[data-komponente]")].map((part) => {
    const all = [...part.querySelectorAll("[data-aussage]")].map(({ dataset }) => dataset.aussage);
    const answered = all.filter((id) => answers[id] !== undefined);
    const share = answered.length ? answered.reduce((sum, id) => sum + answers[id], 0) / (answered.length * TOP) : null;
    return { id: part.dataset.komponente, name: part.dataset.name, share, answered, all: all.length };
  });
}

function show() {
  const state = readState();
  const count = Object.keys(state.answers).length;
  document.getElementById("check-balken").value = count;
  document.getElementById("check-zahl").textContent = `${count} von ${statements.length} beantwortet`;
  for (const id of ["check-zum-ergebnis", "check-leeren"]) document.getElementById(id).disabled = !count;
  for (const field of statements) field.querySelector(".check-weg").hidden = state.answers[field.dataset.aussage] === undefined;
  result.hidden = !count;
  document.body.classList.toggle("druckt-ergebnis", count > 0);
  if (!count) return;
  const today = new Date().toLocaleDateString("de-DE", { day: "numeric", month: "long", year: "numeric" });
  document.getElementById("check-kopf").textContent = [state.place, today, `${count} von ${statements.length} Aussagen beantwortet`].filter(Boolean).join(" · ");
  const before = earlier && { name: earlier.date ? `Stand ${new Date(earlier.date).toLocaleDateString("de-DE")}` : "früherer Stand", rows: score(earlier) };
  document.getElementById("check-profil").replaceChildren(...profile(score(state), before));
  document.getElementById("check-schritte").replaceChildren(...score(state).map((part) => nextSteps(part, state)).filter(Boolean));
  document.getElementById("check-link").href = `${location.href.split("#")[0]}${toAddress(state)}`;
}

function nextSteps({ id, name, answered }, { answers, size }) {
  if (!answered.length) return null;
  const own = statements.filter((field) => field.closest("[data-komponente]").dataset.komponente === id && answers[field.dataset.aussage] !== undefined);
  const lowest = own.sort((a, b) => answers[a.dataset.aussage] - answers[b.dataset.aussage]).filter((field) => answers[field.dataset.aussage] < TOP).slice(0, STEPS);
  const steps = lowest.map((field) => make("li", {}, field.dataset.schritt));
  const more = document.querySelector(`#check-vorrat [data-komponente="${id}"]`);
  const parts = [make("h4", {}, name), steps.length ? make("ul", {}, ...steps) : make("p", {}, "Hier ist in allen beantworteten Aussagen die höchste Stufe erreicht.")];
  const { rows, same } = closest(more, size);
  const words = { true: "Beispiele aus Kommunen Ihrer Größe:", false: "Aus Ihrer Größenklasse gibt es hier noch kein Beispiel. Am nächsten liegen:" };
  if (rows.length) parts.push(make("p", { class: "check-vorspann" }, size ? words[same] : "Beispiele:"), make("ul", {}, ...rows));
  const indicators = [...more.querySelectorAll(".check-indikatoren > li")].map((row) => row.cloneNode(true));
  if (indicators.length) parts.push(make("p", { class: "check-vorspann" }, "Damit lässt es sich messen:"), make("ul", {}, ...indicators));
  return make("section", { class: "check-schritt" }, ...parts);
}

/** Examples of the same size class; if there are none, those of the nearest ones. */
function closest(place, size) {
  const rows = [...place.querySelectorAll(".check-beispiele > li")];
  const distance = (row) => (size && row.dataset.groesse ? Math.abs(sizes.indexOf(row.dataset.groesse) - sizes.indexOf(size)) : sizes.length);
  const ordered = rows.map((row, at) => ({ row, at, far: distance(row) })).sort((a, b) => a.far - b.far || a.at - b.at);
  const same = ordered.filter(({ far }) => far === 0);
  return { same: same.length > 0, rows: (same.length ? same : ordered).slice(0, NEAR).map(({ row, far }) => copyOf(row, size && far > 0)) };
}

function copyOf(row, otherSize) {
  const copy = row.cloneNode(true);
  const name = [...form.elements.groesse.options].find(({ value }) => value && value === row.dataset.groesse)?.text;
  if (otherSize) copy.append(make("span", { class: "check-groesse" }, ` (${name ?? "Größe nicht bekannt"})`));
  return copy;
}

const toAddress = ({ size, answers }) => `#a=${Object.entries(answers).map(([id, level]) => `${id}.${level}`).join(",")}${size ? `&g=${size}` : ""}`;

function fromAddress(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  if (!query.has("a")) return null;
  const pairs = query.get("a").split(",").map((part) => [part.split(".")[0], Number(part.split(".")[1])]);
  return { place: "", size: query.get("g") ?? "", answers: Object.fromEntries(pairs.filter(([id, level]) => ids.has(id) && isLevel(level))) };
}

/** The state in a file, and what of it no longer exists. */
async function readFile(file) {
  if (file.size > LARGEST) throw new Error("too large");
  const data = JSON.parse(await file.text());
  if (data.art !== TYPE || typeof data.antworten !== "object" || data.antworten === null) throw new Error("not a state");
  const pairs = Object.entries(data.antworten);
  const known = pairs.filter(([id, level]) => ids.has(id) && isLevel(level));
  return { place: String(data.kommune ?? "").slice(0, 120), size: String(data.groesse ?? ""), date: String(data.datum ?? ""), answers: Object.fromEntries(known), lost: pairs.length - known.length };
}

async function load(event, use) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  try {
    const state = await readFile(file);
    use(state);
    show();
    const lost = state.lost ? ` ${state.lost} Antworten gehören zu Aussagen, die es nicht mehr gibt.` : "";
    const wait = result.hidden ? " Der Vergleich erscheint mit Ihrer ersten Antwort." : "";
    status.textContent = `„${file.name}“ ist geladen.${lost}${wait}`;
  } catch {
    status.textContent = `„${file.name}“ ist kein Stand des Selbstchecks. Bitte die Datei wählen, die hier gesichert wurde.`;
  }
}

async function keep() {
  const { place, size, answers } = readState();
  const { save, fileName } = await import("./office/save.js");
  const data = { art: TYPE, version: 1, datum: new Date().toLocaleDateString("sv-SE"), kommune: place, groesse: size, antworten: answers };
  save(new Blob([`${JSON.stringify(data, null, 1)}\n`], { type: "application/json" }), fileName(`selbstcheck ${place}`, "json"));
  status.textContent = "Der Stand liegt bei Ihren Downloads. Mit „Stand laden“ machen Sie weiter.";
}

function clear() {
  replaceState({ place: form.elements.kommune.value, size: form.elements.groesse.value, answers: {} });
  show();
  undo.focus();
  status.textContent = "Alle Antworten sind gelöscht.";
}

function bringBack() {
  replaceState(previous);
  show();
  status.textContent = "Die vorigen Antworten sind wieder da.";
}

function takeBack(event) {
  const button = event.target.closest(".check-weg");
  if (!button) return;
  const fields = [...button.closest("fieldset").querySelectorAll("input")];
  for (const field of fields) field.checked = false;
  fields[0].focus();
  show();
  status.textContent = "Die Antwort ist zurückgenommen.";
}

form.addEventListener("input", show);
form.addEventListener("click", takeBack);
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("check-zum-ergebnis").addEventListener("click", () => document.getElementById("check-ergebnis-titel").focus());
document.getElementById("check-sichern").addEventListener("click", keep);
document.getElementById("check-laden").addEventListener("change", (event) => load(event, replaceState));
document.getElementById("check-vergleich").addEventListener("change", (event) => load(event, (state) => {
  earlier = state;
}));
document.getElementById("check-drucken").addEventListener("click", () => globalThis.print());
document.getElementById("check-leeren").addEventListener("click", clear);
undo.addEventListener("click", bringBack);
for (const id of ["check-datei", "check-angaben", "check-fortschritt"]) document.getElementById(id).hidden = false;

function readAddress() {
  const given = fromAddress(location.hash);
  if (given) replaceState({ ...given, place: form.elements.kommune.value });
  show();
}

addEventListener("hashchange", readAddress);
readAddress();
