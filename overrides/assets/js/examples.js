// Catalogue of the examples: facets with counts, list and table, order, state in the address.
// Without this script the page lists the examples, and every value of a facet is a link to its static page.
import { countMatches, prepare, sortMatches } from "./example-filter.js";

const CHUNK = 50;
const root = document.getElementById("katalog");
const form = document.getElementById("filter");
const list = document.getElementById("treffer");
const table = document.getElementById("treffer-tabelle");
const map = document.getElementById("treffer-karte");
const more = document.getElementById("mehr");
const sortField = document.getElementById("sortierung");
const dialog = document.getElementById("filter-dialog");
const openButton = document.getElementById("filter-knopf");
const chosenBox = document.getElementById("gewaehlt");
const templates = Object.fromEntries(
  ["treffer", "zeile", "status", "wert", "filter"].map((name) => [name, document.getElementById(`vorlage-${name}`).content]),
);
const facets = [...form.querySelectorAll(".facet")].map((box) => ({ id: box.dataset.facet, box, values: makeBoxes(box) }));
const views = [...root.querySelectorAll("[data-view]")];
const original = [...list.children];
const total = Number(document.querySelector("#treffer-zahl strong").textContent);
const state = { chosen: {}, sort: "titel", view: "liste" };
let catalogue = null;
let found = [];
let shown = 0;

/** Turn the links of a facet into boxes; a value without examples stays visible, but cannot be chosen. */
function makeBoxes(box) {
  return [...box.querySelectorAll("li")].map((item) => {
    const label = templates.wert.cloneNode(true).firstElementChild;
    const input = label.querySelector("input");
    const count = item.querySelector(".facet-count");
    input.name = box.dataset.facet;
    input.value = item.dataset.value;
    label.querySelector(".facet-name").textContent = item.querySelector(".facet-name").textContent;
    label.append(count);
    item.replaceChildren(label);
    input.disabled = count.textContent === "0";
    return { id: item.dataset.value, input, count, title: label.querySelector(".facet-name").textContent };
  });
}

/** Load the data of all examples once. */
async function load() {
  if (!catalogue) {
    const answer = await fetch(root.dataset.source);
    if (!answer.ok) throw new Error(`${answer.status}`);
    catalogue = prepare(await answer.json());
    countMatches(catalogue, {});
  }
  return catalogue;
}

/** Read the state from the address; what is not known there is left out. */
function readAddress() {
  const query = new URLSearchParams(location.search);
  state.chosen = {};
  for (const facet of facets) {
    const known = facet.values.map((value) => value.id);
    const ids = query.getAll(facet.id).filter((id) => known.includes(id));
    if (ids.length) state.chosen[facet.id] = new Set(ids);
  }
  const sorts = [...sortField.options].map((option) => option.value);
  state.sort = sorts.includes(query.get("sortierung")) ? query.get("sortierung") : "titel";
  const known = views.some((button) => button.dataset.view === query.get("ansicht"));
  state.view = known ? query.get("ansicht") : "liste";
}

/** The address for the present state. */
function address() {
  const query = new URLSearchParams();
  for (const facet of facets) for (const id of state.chosen[facet.id] ?? []) query.append(facet.id, id);
  if (state.sort !== "titel") query.set("sortierung", state.sort);
  if (state.view !== "liste") query.set("ansicht", state.view);
  const text = query.toString();
  return text ? `?${text}` : location.pathname;
}

function isUntouched() {
  return !Object.keys(state.chosen).length && state.sort === "titel" && state.view === "liste";
}

/** Show the state everywhere: results, counts, boxes, tags. */
function show() {
  const { matches, counts } = countMatches(catalogue, state.chosen);
  found = matches;
  sortMatches(catalogue, found, state.sort);
  for (const [place, facet] of facets.entries()) {
    for (const [number, value] of facet.values.entries()) {
      const count = counts[place][number];
      const checked = state.chosen[facet.id]?.has(value.id) ?? false;
      if (value.count.textContent !== String(count)) value.count.textContent = count;
      if (value.input.checked !== checked) value.input.checked = checked;
      const disabled = count === 0 && !checked;
      if (value.input.disabled !== disabled) value.input.disabled = disabled;
    }
  }
  shown = 0;
  list.replaceChildren();
  table.querySelector("tbody").replaceChildren();
  for (const [box, view] of [[list, "liste"], [table, "tabelle"], [map, "karte"]]) box.hidden = state.view !== view || !found.length;
  if (state.view === "karte") showMap();
  else addChunk();
  showWords();
}

/** What stands around the results: their number, the chosen values, the pressed button. */
function showWords() {
  const words = found.length === 1 ? "Beispiel" : "Beispiele";
  const strong = document.createElement("strong");
  strong.textContent = found.length;
  document.getElementById("treffer-zahl").replaceChildren(strong, ` ${words}${found.length < total ? ` von ${total}` : ""}`);
  document.getElementById("kein-treffer").hidden = found.length > 0;
  document.getElementById("filter-fertig").textContent = `${found.length} ${words} zeigen`;
  document.getElementById("auszug")?.setAttribute("hidden", "");
  sortField.value = state.sort;
  for (const button of views) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  showTags();
}

/** Show where the matching examples are; the map is fetched when it is first asked for. */
async function showMap() {
  const counts = new Map();
  for (const number of found) {
    const place = catalogue.placeOf(number);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  more.hidden = true;
  try {
    const { drawMap } = await import("./example-map.js");
    await drawMap(map, counts);
  } catch {
    map.querySelector("p").textContent = "Die Karte konnte nicht geladen werden. Die Beispiele stehen in der Liste.";
  }
}

function showTags() {
  const tags = [];
  for (const facet of facets) {
    for (const value of facet.values.filter((one) => state.chosen[facet.id]?.has(one.id))) {
      const item = templates.filter.cloneNode(true).firstElementChild;
      const button = item.querySelector("button");
      button.querySelector("span").textContent = value.title;
      button.setAttribute("aria-label", `Filter entfernen: ${value.title}`);
      button.addEventListener("click", () => removeTag(facet.id, value.id));
      tags.push(item);
    }
  }
  chosenBox.hidden = !tags.length;
  chosenBox.querySelector("ul").replaceChildren(...tags);
  openButton.textContent = tags.length ? `Filter (${tags.length})` : "Filter";
}

async function removeTag(facet, id) {
  const position = [...chosenBox.querySelectorAll(".chosen-tag")].indexOf(document.activeElement);
  choose(facet, id, false);
  await change();
  const left = chosenBox.querySelectorAll(".chosen-tag");
  (left[Math.min(position, left.length - 1)] ?? sortField).focus();
}

function choose(facet, id, on) {
  const ids = new Set(state.chosen[facet]);
  if (on) ids.add(id);
  else ids.delete(id);
  if (ids.size) state.chosen[facet] = ids;
  else delete state.chosen[facet];
}

/** Add the next results to the list or table. */
function addChunk() {
  const rows = found.slice(shown, shown + CHUNK);
  const make = state.view === "tabelle" ? makeLine : makeHit;
  const target = state.view === "tabelle" ? table.querySelector("tbody") : list;
  const nodes = rows.map(make);
  target.append(...nodes);
  shown += rows.length;
  more.hidden = shown >= found.length;
  more.textContent = `Weitere ${Math.min(CHUNK, found.length - shown)} von ${found.length - shown} zeigen`;
  return nodes[0];
}

function link(id) {
  return `${root.dataset.base}${id}/${root.dataset.index}`;
}

function statusBadge(id) {
  return templates.status.querySelector(`[data-status="${id}"]`)?.cloneNode(true) ?? "";
}

function makeHit(number) {
  const row = catalogue.row(number);
  const item = templates.treffer.cloneNode(true).firstElementChild;
  const [over, title, text, end] = item.children;
  over.textContent = row.area && row.area !== row.place ? `${row.place}, ${row.area}` : row.place;
  title.firstElementChild.textContent = row.title;
  title.firstElementChild.href = link(row.id);
  text.textContent = row.short;
  text.hidden = !row.short;
  const [, since, results] = end.children;
  end.firstElementChild.replaceWith(statusBadge(row.status));
  since.textContent = row.since ? `seit ${row.since.slice(0, 4)}` : "";
  results.textContent = row.results ? `${row.results} ${row.results === 1 ? "belegtes Ergebnis" : "belegte Ergebnisse"}` : "";
  return item;
}

function makeLine(number) {
  const row = catalogue.row(number);
  const line = templates.zeile.cloneNode(true).querySelector("tr");
  const [title, place, area, status, since, results] = line.children;
  title.firstElementChild.textContent = row.title;
  title.firstElementChild.href = link(row.id);
  place.textContent = row.place;
  area.textContent = row.area || "keine Angabe";
  status.replaceChildren(statusBadge(row.status));
  since.textContent = row.since ? row.since.slice(0, 4) : "keine Angabe";
  results.textContent = row.results || "keine";
  return line;
}

/** Follow a change by the reader: show it and put it into the address. */
async function change() {
  try {
    await load();
  } catch {
    document.getElementById("treffer-zahl").textContent = "Die Daten zum Filtern konnten nicht geladen werden. Bitte die Seite neu laden.";
    return;
  }
  performance.mark("filter-start");
  show();
  performance.measure("filter", "filter-start");
  if (location.search !== new URL(address(), location.href).search) history.pushState(null, "", address());
}

/** Show what the address says, after loading or going back. */
async function follow() {
  readAddress();
  if (isUntouched() && !catalogue) return;
  await load();
  if (isUntouched() && root.dataset.whole === "ja") {
    showOriginal();
    return;
  }
  show();
}

/** The list as it came, without any choice. */
function showOriginal() {
  show();
  list.replaceChildren(...original);
  shown = found.length;
  more.hidden = true;
}

form.addEventListener("change", (event) => {
  choose(event.target.name, event.target.value, event.target.checked);
  change();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("pointerenter", () => load().catch(() => {}), { once: true });
form.addEventListener("focusin", () => load().catch(() => {}), { once: true });
sortField.addEventListener("change", () => {
  state.sort = sortField.value;
  change();
});
for (const button of views) {
  button.addEventListener("click", () => {
    state.view = button.dataset.view;
    change();
  });
}
document.getElementById("zuruecksetzen").addEventListener("click", () => {
  state.chosen = {};
  change().then(() => document.getElementById("sortierung").focus());
});
more.addEventListener("click", () => addChunk()?.querySelector("a").focus());
window.addEventListener("popstate", follow);

// On narrow screens the facets stand in a dialog; the form moves there and back.
const side = form.parentElement;
openButton.addEventListener("click", () => {
  document.getElementById("filter-platz").append(form);
  dialog.showModal();
  load().catch(() => {});
});
for (const id of ["filter-zu", "filter-fertig"]) document.getElementById(id).addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  side.append(form);
  openButton.focus();
});
matchMedia("(min-width: 64em)").addEventListener("change", (event) => event.matches && dialog.open && dialog.close());

root.classList.add("is-ready");
follow().catch(() => {});
