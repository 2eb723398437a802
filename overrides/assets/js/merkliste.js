// The reader's list: order, notes, and the documents made of it. Nothing leaves the device.

import { Entries, KIND_NAMES } from "./eintraege.js";
import { forget, fromAddress, merged, store, stored, toAddress } from "./merkliste-speicher.js";
import { make } from "./office/html.js";

const tool = document.getElementById("merkliste");
const list = document.getElementById("merkliste-eintraege");
const empty = document.getElementById("merkliste-leer");
const status = document.getElementById("merkliste-stand");
const kept = document.getElementById("merkliste-ort");
const form = document.getElementById("dossier");
const preview = document.getElementById("dossier-vorschau");
const titles = JSON.parse(document.getElementById("werkzeug-titel").textContent);
const root = new URL(tool.dataset.wurzel, location.href).href;
const entries = new Entries(root, titles);
let items = [];
let stores = false;

async function start() {
  const given = fromAddress(location.hash);
  const own = stored();
  items = given ?? own ?? [];
  stores = given === null && own !== null;
  form.elements.datum.value = new Date().toLocaleDateString("sv-SE");
  offer(given, own ?? []);
  tool.hidden = false;
  await show();
}

/** A list from a link never takes the place of the reader's own without a question. */
function offer(given, own) {
  document.getElementById("merkliste-hier").hidden = !given?.length;
  const words = own.length === 1 ? "Auf Ihrer eigenen Liste steht 1 Eintrag." : `Auf Ihrer eigenen Liste stehen ${own.length} Einträge.`;
  document.getElementById("merkliste-eigene").textContent = own.length ? `${words} Sie bleibt, wie sie ist, bis Sie hier etwas anderes wählen.` : "";
  document.getElementById("merkliste-behalten").textContent = own.length ? "Zu meiner Liste hinzufügen" : "In diesem Browser speichern";
  for (const id of ["merkliste-ersetzen", "merkliste-zurueck"]) document.getElementById(id).hidden = !own.length;
}

async function show() {
  const rows = await Promise.all(items.map(async (item) => ({ item, entry: await entries.read(item) })));
  list.replaceChildren(...rows.map(({ item, entry }, at) => row(item, entry, at)));
  empty.hidden = items.length > 0;
  document.getElementById("merkliste-werkzeuge").hidden = !items.length;
  form.hidden = !items.length;
  document.getElementById("merkliste-loeschen").textContent = stores ? "Liste löschen" : "Liste verwerfen";
  kept.textContent = stores ? "Diese Liste ist in diesem Browser gespeichert, bis Sie sie löschen." : "Diese Liste steht nur in der Adresse dieser Seite; gespeichert ist nichts.";
  const link = document.getElementById("merkliste-link");
  link.href = `${location.href.split("#")[0]}${toAddress(items)}`;
  const plan = document.getElementById("merkliste-plan");
  if (plan) plan.href = `${plan.href.split("#")[0]}${toAddress(items.filter(({ kind }) => kind === "beispiel"))}`;
}

function row(item, entry, at) {
  const name = entry?.titel ?? `${item.kind}: ${item.id}`;
  const head = entry ? make("a", { href: entry.address }, name) : make("span", {}, `${name} – diesen Eintrag gibt es nicht mehr`);
  const over = make("p", { class: "card-over" }, [KIND_NAMES[item.kind], entry?.place].filter(Boolean).join(" · "));
  const warning = stores ? null : make("p", { class: "soft merk-warnung", id: `notiz-warnung-${at}` }, "Diese Notiz steht nicht im Link. Sie bleibt nur, wenn Sie die Liste in diesem Browser speichern oder das Dokument herunterladen.");
  const note = make("textarea", { rows: "2", maxlength: "2000", id: `notiz-${at}`, "aria-describedby": warning?.id }, item.note);
  note.addEventListener("input", () => {
    item.note = note.value;
    keep();
  });
  const moves = [knob("Nach oben", name, () => move(at, -1), at === 0), knob("Nach unten", name, () => move(at, 1), at === items.length - 1), knob("Entfernen", name, () => remove(at))];
  const field = make("div", { class: "field" }, make("label", { for: `notiz-${at}` }, "Eigene Notiz"), note, warning);
  return make("li", { class: "card merk-eintrag" }, over, make("h3", { class: "card-title" }, head), entry?.kurz ? make("p", { class: "card-text" }, entry.kurz) : null, field, make("p", { class: "merk-knoepfe" }, ...moves));
}

function knob(text, name, act, disabled = false) {
  const button = make("button", { type: "button", class: "button button-quiet", disabled, "aria-label": `${text}: ${name}` }, text);
  button.addEventListener("click", act);
  return button;
}

async function move(at, step) {
  items.splice(at + step, 0, ...items.splice(at, 1));
  keep();
  await show();
  const buttons = [...list.children[at + step].querySelectorAll("button:not(:disabled)")];
  (buttons.find((button) => button.textContent === (step < 0 ? "Nach oben" : "Nach unten")) ?? buttons[0]).focus();
  status.textContent = `Jetzt auf Platz ${at + step + 1} von ${items.length}.`;
}

async function remove(at) {
  items.splice(at, 1);
  keep();
  await show();
  (list.children[Math.min(at, items.length - 1)]?.querySelector("a, button") ?? document.getElementById("merkliste-titel")).focus();
  status.textContent = `Entfernt. Noch ${items.length} auf der Liste.`;
}

function keep() {
  refresh();
  if (stores) store(items);
  else if (fromAddress(location.hash) !== null) history.replaceState(null, "", toAddress(items));
}

async function facts() {
  const rows = await Promise.all(items.map(async (item) => ({ entry: await entries.read(item), note: item.note.trim() })));
  const day = form.elements.datum.value ? new Date(`${form.elements.datum.value}T12:00`) : new Date();
  const german = (date) => date.toLocaleDateString("de-DE", { day: "numeric", month: "long", year: "numeric" });
  return {
    title: form.elements.titel.value.trim() || "Kreislaufwirtschaft in unserer Kommune",
    office: form.elements.stelle.value.trim(),
    version: form.elements.fassung.value.trim(),
    date: german(day),
    today: german(new Date()),
    site: { name: tool.dataset.name, address: tool.dataset.adresse },
    entries: rows.filter(({ entry }) => entry),
  };
}

async function write() {
  const [{ writeDossier }, content] = await Promise.all([import("./dossier.js"), facts()]);
  return writeDossier(form.elements.form.value, content);
}

const WRITERS = {
  docx: async (content) => (await import("./office/docx.js")).writeDocx(content),
  odt: async (content) => (await import("./office/odt.js")).writeOdt(content),
  md: async (content) => (await import("./office/text.js")).writeMarkdown(content),
};

async function download(ending) {
  const [content, { save, fileName }] = await Promise.all([write(), import("./office/save.js")]);
  save(await WRITERS[ending](content), fileName(content.title, ending));
  status.textContent = `Die Datei (.${ending}) liegt bei Ihren Downloads.`;
}

async function draw() {
  const [content, { writeHtml }] = await Promise.all([write(), import("./office/html.js")]);
  preview.replaceChildren(writeHtml(content));
}

/** An open preview shows what the form and the notes say now. */
function refresh() {
  if (!preview.hidden) draw();
}

async function showPreview(print) {
  await draw();
  preview.hidden = false;
  document.body.classList.add("druckt-dokument");
  if (print) globalThis.print();
  else preview.focus();
}

/** Put the shown list away; only the stored one is deleted, and only if it is the one shown. */
async function leave(deletes) {
  if (deletes) forget();
  items = [];
  preview.hidden = true;
  document.body.classList.remove("druckt-dokument");
  history.replaceState(null, "", location.pathname + location.search);
  await start();
  document.getElementById("merkliste-titel").focus();
  if (deletes) status.textContent = "Die Liste ist gelöscht. In diesem Browser ist nichts mehr gespeichert.";
  else status.textContent = items.length ? "Das ist Ihre eigene Liste." : "Die Liste ist verworfen. Gespeichert war nichts.";
}

async function settle(wanted) {
  if (!store(wanted)) {
    status.textContent = "Dieser Browser speichert nichts. Bitte den Link der Liste aufheben.";
    return;
  }
  history.replaceState(null, "", location.pathname + location.search);
  await start();
  document.getElementById("merkliste-titel").focus();
  status.textContent = "Gespeichert – nur in diesem Browser.";
}

addEventListener("beforeunload", (event) => {
  if (!stores && items.some(({ note }) => note)) event.preventDefault();
});
form.addEventListener("input", refresh);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const wish = event.submitter?.value ?? "vorschau";
  if (wish === "vorschau" || wish === "drucken") showPreview(wish === "drucken");
  else download(wish);
});
document.getElementById("merkliste-loeschen").addEventListener("click", () => leave(stores));
document.getElementById("merkliste-zurueck").addEventListener("click", () => leave(false));
document.getElementById("merkliste-behalten").addEventListener("click", () => settle(merged(stored() ?? [], items)));
document.getElementById("merkliste-ersetzen").addEventListener("click", () => settle(items));
document.getElementById("merkliste-link").addEventListener("click", async (event) => {
  if (!navigator.clipboard) return;
  event.preventDefault();
  await navigator.clipboard.writeText(event.currentTarget.href).catch(() => location.assign(event.currentTarget.href));
  status.textContent = "Der Link zur Liste liegt in der Zwischenablage. Eigene Notizen stehen nicht darin.";
});
addEventListener("hashchange", () => {
  if (fromAddress(location.hash) !== null) start();
});
start();
