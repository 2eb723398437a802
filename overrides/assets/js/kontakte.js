// Finder of offices: shows the offices of the list that fit place, Land, role and topic.
// The list is on the page already; the state stands in the address, so it can be linked and the back button works.

import { t } from "./texte.js";

const form = document.getElementById("kontakt-finder");
const list = document.getElementById("kontakt-liste");
const count = document.getElementById("finder-zahl");
const empty = document.getElementById("finder-leer");
const FIELDS = ["ort", "land", "rolle", "thema"];

const fold = (text) => text.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
const spell = (text) => fold(text.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue"));

function words(value) {
  return value ? value.split(" ") : [];
}

function readOffices() {
  return [...list.querySelectorAll("[data-stelle]")].map((element) => ({
    element,
    place: element.closest("[data-ort]"),
    group: element.closest("[data-gruppe]"),
    text: `${fold(element.dataset.worte)} ${spell(element.dataset.worte)}`,
    area: element.dataset.gebiet,
    roles: words(element.dataset.rollen),
    topics: words(element.dataset.themen),
  }));
}

function fits(office, state) {
  const asked = fold(state.ort).split(/\s+/).filter(Boolean);
  return (
    asked.every((word) => office.text.includes(word)) &&
    (!state.land || office.area === state.land) &&
    (!state.rolle || office.roles.includes(state.rolle)) &&
    (!state.thema || office.topics.includes(state.thema))
  );
}

function show(offices, state) {
  const shown = offices.filter((office) => fits(office, state));
  const visible = new Set(shown.flatMap((office) => [office.element, office.place, office.group]));
  for (const office of offices) {
    for (const element of [office.element, office.place, office.group]) element.hidden = !visible.has(element);
  }
  const filtered = FIELDS.some((name) => state[name]);
  const all = offices.length;
  count.textContent = filtered ? t("{shown} von {all} Kontaktstellen", { shown: shown.length, all }) : t("{all} Kontaktstellen", { all });
  empty.hidden = shown.length > 0;
  document.querySelector(".finder-nav").hidden = filtered;
}

function readForm() {
  return Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()]));
}

function fillForm() {
  const query = new URLSearchParams(location.search);
  for (const name of FIELDS) {
    const field = form.elements[name];
    field.value = query.get(name) ?? "";
    if (field.selectedIndex === -1) field.value = "";
  }
}

function address(state) {
  const query = new URLSearchParams(FIELDS.filter((name) => state[name]).map((name) => [name, state[name]]));
  return query.size ? `?${query}` : location.pathname;
}

function start() {
  const offices = readOffices();
  const update = (remember) => {
    const state = readForm();
    show(offices, state);
    if (remember) history[remember](null, "", address(state));
  };
  form.addEventListener("input", (event) => update(event.target.name === "ort" ? "replaceState" : "pushState"));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => update("pushState")));
  addEventListener("popstate", () => {
    fillForm();
    update();
  });
  fillForm();
  form.hidden = false;
  update();
}

if (form && list) start();
