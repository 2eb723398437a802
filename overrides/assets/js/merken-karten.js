// Small buttons that put the entries of cards and hits on the reader's list. Nothing is stored before the first click.

import { KINDS, store, stored, toggled } from "./merkliste-speicher.js";
import { make } from "./office/html.js";

const bar = document.querySelector("[data-merken-karten]");
const status = bar.querySelector("[role=status]");
const link = bar.querySelector("a");
const root = new URL(bar.dataset.merkenKarten, location.href);
const places = bar.dataset.merkenOrte;
const buttons = new Set();
const kinds = Object.fromEntries(Object.entries(KINDS).map(([kind, folder]) => [folder, kind]));

/** The entry that a link of this site leads to; null if it is not one for the list. */
function itemOf(href) {
  const base = root.href.replace(/index\.html$/, "");
  const found = href.startsWith(base) ? /^([a-z]+)\/([a-z0-9-]+)\/(?:index\.html)?$/.exec(href.slice(base.length)) : null;
  return found && kinds[found[1]] ? { kind: kinds[found[1]], id: found[2] } : null;
}

function equip(card) {
  const title = card.querySelector("a[href]");
  const item = title && itemOf(title.href);
  if (!item || card.querySelector(".merken-knopf")) return;
  const button = make("button", { type: "button", class: "merken-knopf no-print", "aria-label": `Merken: ${title.textContent.trim()}`, "data-merken-eintrag": `${item.kind}:${item.id}` }, "Merken");
  (card.querySelector(".hit-end, .card-end") ?? card.querySelector("article") ?? card).append(button);
  buttons.add(button);
  button.addEventListener("click", () => mark(item));
  show(button, stored() ?? []);
}

function show(button, items) {
  const on = items.some(({ kind, id }) => `${kind}:${id}` === button.dataset.merkenEintrag);
  button.setAttribute("aria-pressed", String(on));
}

function mark(item) {
  const next = toggled(stored() ?? [], item);
  const on = next.some(({ kind, id }) => kind === item.kind && id === item.id);
  if (store(next)) {
    showAll();
    status.textContent = on ? "Gemerkt – nur in diesem Browser, bis Sie die Liste löschen." : "Von der Liste genommen.";
    return;
  }
  status.textContent = "Dieser Browser speichert nichts. Der Link trägt den Eintrag in der Adresse.";
  link.href = `${link.href.split("#")[0]}#liste=${item.kind}:${item.id}`;
  link.textContent = "Merkliste mit diesem Eintrag öffnen";
  link.hidden = false;
}

function showAll() {
  const items = stored() ?? [];
  for (const button of buttons) show(button, items);
  link.hidden = !items.length;
  link.textContent = `Merkliste öffnen (${items.length})`;
}

function equipAll() {
  for (const button of buttons) if (!button.isConnected) buttons.delete(button);
  for (const card of document.querySelectorAll(places)) equip(card);
}

new MutationObserver(equipAll).observe(document.getElementById("inhalt"), { childList: true, subtree: true });
addEventListener("storage", showAll);
equipAll();
showAll();
