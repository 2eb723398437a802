// Towns like ours: which examples fit Land, size class and fields, and why. Reads the catalogue's data file.

import { make } from "./office/html.js";

const tool = document.getElementById("staedte");
const form = document.getElementById("staedte-wahl");
const result = document.getElementById("staedte-ergebnis");
const status = document.getElementById("staedte-stand");
const ENDED = new Set(["gestoppt", "abgelehnt"]);
const FIRST = 12;
let data;

/** The ids of a row's values of one facet. */
function valuesOf(row, facet) {
  const at = Object.keys(data.werte).indexOf(facet);
  return row[5][at].map((number) => data.werte[facet][number]);
}

const titleOf = (name, id) => [...form.querySelectorAll(`[name="${name}"]`)].flatMap((field) => (field.tagName === "SELECT" ? [...field.options] : [field])).find((option) => option.value === id)?.dataset.titel ?? id;

function readChoice() {
  return { land: form.elements.land.value, groesse: form.elements.groesse.value, felder: [...form.querySelectorAll("[name=feld]:checked")].map(({ value }) => value) };
}

/** Each wish with whether the example meets it, in words. */
function judge(row, { land, groesse, felder }) {
  const sizes = valuesOf(row, "groessenklasse");
  const lands = valuesOf(row, "land");
  const fields = valuesOf(row, "handlungsfeld").filter((field) => felder.includes(field));
  const reasons = [];
  if (groesse) reasons.push(wish(sizes.includes(groesse), "gleiche Größenklasse", sizes.length ? `andere Größe (${titleOf("groesse", sizes[0])})` : "Größe nicht bekannt"));
  if (land) reasons.push(wish(lands.includes(land), `aus ${titleOf("land", land)}`, `aus ${data.orte[row[2]][1]}`));
  if (felder.length) reasons.push(wish(fields.length > 0, `Thema: ${fields.map((field) => titleOf("feld", field)).join(", ")}`, "anderes Thema"));
  return { row, reasons, met: reasons.filter(({ fits }) => fits).length, fields: fields.length, near: nearness(sizes[0], groesse) };
}

const wish = (fits, yes, no) => ({ fits, text: fits ? yes : no });

function nearness(own, wanted) {
  const order = data.werte.groessenklasse;
  return own && wanted ? Math.abs(order.indexOf(own) - order.indexOf(wanted)) : order.length;
}

const byFit = (a, b) => b.met - a.met || a.near - b.near || b.fields - a.fields || b.row[4] - a.row[4] || a.row[1].localeCompare(b.row[1], "de");

function show(remember) {
  const choice = readChoice();
  const wishes = [choice.land, choice.groesse, choice.felder.length].filter(Boolean).length;
  if (remember) history.replaceState(null, "", address(choice));
  if (!wishes) {
    result.replaceChildren();
    status.textContent = "Bitte mindestens eine Angabe wählen.";
    return;
  }
  const judged = data.zeilen.map((row) => judge(row, choice)).filter(({ met }) => met > 0);
  judged.sort(byFit);
  const whole = judged.filter(({ met }) => met === wishes);
  const next = whole.length || !choice.groesse ? [] : nextSize(choice, wishes);
  const partly = judged.filter(({ row, met, fields }) => met < wishes && (fields > 0 || !choice.felder.length) && !next.some((other) => other.row === row));
  status.textContent = whole.length === 1 ? "1 Beispiel passt zu allen Angaben." : `${whole.length} Beispiele passen zu allen Angaben.`;
  const parts = whole.length ? [section("Passt zu allen Angaben", whole)] : [nothing(choice)];
  if (next.length) parts.push(section("Aus der nächstliegenden Größe", next));
  if (wishes > 1 && partly.length) parts.push(section("Passt zum Teil", partly));
  result.replaceChildren(...parts);
}

/** Where no example has the wished size: those of the closest size that meet every other wish. */
function nextSize(choice, wishes) {
  const others = data.zeilen.map((row) => judge(row, choice)).filter(({ row, met }) => met === wishes - 1 && valuesOf(row, "groessenklasse").length);
  const nearest = Math.min(...others.map(({ near }) => near));
  return others.filter(({ near }) => near === nearest).sort(byFit);
}

function nothing({ land, groesse, felder }) {
  const words = [land && `aus ${titleOf("land", land)}`, groesse && `in der Größe ${titleOf("groesse", groesse)}`, felder.length && `zum Thema ${felder.map((field) => titleOf("feld", field)).join(" oder ")}`].filter(Boolean);
  const ask = make("a", { href: tool.dataset.formular }, "Beispiel vorschlagen");
  return make("div", { class: "notice" }, make("p", {}, `Noch kein Beispiel ${words.join(", ")}. Das heißt nicht, dass es keines gibt; wir kennen nur keines mit öffentlicher Quelle.`), make("p", {}, "Sie kennen eines? ", ask, "."));
}

function section(title, judged) {
  const list = make("ul", { class: "cards" }, ...judged.slice(0, FIRST).map(card));
  const part = make("section", {}, make("h2", {}, `${title} (${judged.length})`), list);
  if (judged.length > FIRST) {
    const more = make("button", { type: "button", class: "button button-quiet no-print" }, `${judged.length - FIRST} weitere zeigen`);
    more.addEventListener("click", () => {
      const cards = judged.slice(FIRST).map(card);
      list.append(...cards);
      more.remove();
      cards[0].querySelector("a").focus();
    });
    part.append(more);
  }
  return part;
}

function card({ row, reasons }) {
  const [id, title, place, , measured, , short] = row;
  const [state] = valuesOf(row, "status");
  const marks = [...reasons.map(({ fits, text }) => make("li", {}, make("span", { class: `badge${fits ? " badge-good" : ""}` }, text))), ...(measured ? [make("li", {}, make("span", { class: "badge badge-info" }, "mit belegtem Ergebnis"))] : []), ...(ENDED.has(state) ? [make("li", {}, make("span", { class: "badge badge-stop" }, state))] : [])];
  const link = make("a", { href: `${tool.dataset.basis}${id}/${tool.dataset.index}` }, title);
  return make("li", {}, make("article", { class: "card" }, make("p", { class: "card-over" }, data.orte[place][0]), make("h3", { class: "card-title" }, link), short ? make("p", { class: "card-text" }, short) : null, make("ul", { class: "tags", "aria-label": "Warum" }, ...marks)));
}

function address({ land, groesse, felder }) {
  const query = new URLSearchParams();
  if (land) query.set("land", land);
  if (groesse) query.set("groesse", groesse);
  for (const field of felder) query.append("feld", field);
  return query.size ? `?${query}` : location.pathname;
}

function fill() {
  const query = new URLSearchParams(location.search);
  for (const name of ["land", "groesse"]) {
    form.elements[name].value = query.get(name) ?? "";
    if (form.elements[name].selectedIndex === -1) form.elements[name].value = "";
  }
  for (const field of form.querySelectorAll("[name=feld]")) field.checked = query.getAll("feld").includes(field.value);
}

async function start() {
  try {
    data = await (await fetch(tool.dataset.source)).json();
  } catch {
    status.textContent = "Die Liste konnte nicht geladen werden. Die Übersichten nach Größe stehen darunter.";
    return;
  }
  document.getElementById("staedte-listen").hidden = true;
  form.addEventListener("input", () => show(true));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => show(true)));
  addEventListener("popstate", () => {
    fill();
    show(false);
  });
  fill();
  show(false);
}

form.hidden = false;
start();
