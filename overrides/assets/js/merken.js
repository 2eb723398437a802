// The button that puts the entry of this page on the reader's list. Nothing is stored before the first click.

import { store, stored, toggled } from "./merkliste-speicher.js";

const place = document.querySelector("[data-merken]");
const button = place.querySelector("button");
const status = place.querySelector("[role=status]");
const link = place.querySelector("a");
const [kind, id] = place.dataset.merken.split(":");
const isThis = (item) => item.kind === kind && item.id === id;

function show(items, say) {
  const on = items.some(isThis);
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? "Von der Merkliste nehmen" : "Auf die Merkliste";
  link.hidden = !items.length;
  link.textContent = `Merkliste öffnen (${items.length})`;
  if (say) status.textContent = on ? "Gemerkt – nur in diesem Browser, bis Sie die Liste löschen." : "Von der Liste genommen.";
}

button.addEventListener("click", () => {
  if (store(toggled(stored() ?? [], { kind, id }))) {
    show(stored() ?? [], true);
    return;
  }
  status.textContent = "Dieser Browser speichert nichts. Der Link trägt den Eintrag in der Adresse.";
  link.href = `${link.href.split("#")[0]}#liste=${kind}:${id}`;
  link.textContent = "Merkliste mit diesem Eintrag öffnen";
  link.hidden = false;
});
addEventListener("storage", () => show(stored() ?? [], false));
show(stored() ?? [], false);
place.hidden = false;
