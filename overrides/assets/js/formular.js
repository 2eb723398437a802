// Form for a new entry: repeats groups, checks with the rules of the models, makes the finished file. Sends nothing.
import { findFault, missing, toId, writeFields } from "./formular-regeln.js";
import { markFault, textFaults } from "./formular-text.js";

const form = document.querySelector(".entry-form");
const result = document.querySelector(".form-result");
const summary = form.querySelector(".form-summary");
const idField = form.querySelector("#feld-id");
const { folder, suffix, kind, singular, newFile, mail } = form.dataset;
const known = JSON.parse(form.dataset.known);
const taken = new Set(JSON.parse(form.dataset.taken));
let idIsOwn = false;
let text = "";
/** Longer addresses are cut or refused by forges and web servers. */
const LONGEST_LINK = 6000;

const control = (field) => field.querySelector("input, select, textarea");
const children = (container) => [...container.querySelectorAll("[data-form]")].filter((field) => (field.parentElement.closest("[data-form]") ?? form) === container);
const today = () => new Date().toLocaleDateString("sv-SE");

function addItem(repeat, focus) {
  const items = repeat.querySelector(".form-items");
  const number = Number(repeat.dataset.count ?? 0) + 1;
  repeat.dataset.count = String(number);
  const holder = document.createElement("template");
  holder.innerHTML = repeat.querySelector("template").innerHTML.replaceAll("__NUMMER__", String(number));
  const item = holder.content.firstElementChild;
  items.append(item);
  const read = item.querySelector('[data-key="abgerufen"] input');
  if (read) read.value = today();
  item.querySelector(".form-remove").addEventListener("click", () => {
    item.remove();
    repeat.querySelector(".form-add").focus();
  });
  if (focus) control(item).focus();
}

/** What a field holds: text, list of texts, pairs, or list of pairs; undefined if it is empty. Faults are added to the list. */
function read(field, faults) {
  const { form: type, key, title } = field.dataset;
  const needed = "required" in field.dataset;
  let value;
  if (type === "group" || type === "item") {
    const pairs = readAll(field, faults);
    return pairs.length ? pairs : undefined;
  }
  if (type === "repeat") {
    value = children(field).map((item) => readItem(item, faults)).filter(Boolean);
  } else if (type === "checkboxes") {
    value = [...field.querySelectorAll("input:checked")].map((box) => box.value);
  } else if (type === "lines") {
    value = control(field).value.split("\n").map((line) => line.trim()).filter(Boolean);
  } else {
    value = control(field).value.trim();
  }
  if (!value.length) {
    if (needed) faults.push({ field, ...missing(title, field.querySelector(".form-hint")?.textContent ?? "") });
    return undefined;
  }
  if (field.dataset.rule) check(field, key, title, [value].flat(), faults);
  return value;
}

function check(field, key, title, values, faults) {
  const rule = JSON.parse(field.dataset.rule);
  for (const value of values) {
    const isFuture = (key === "abgerufen" || key === "datum") && value > today();
    const fault = findFault(value, rule, title) ?? (isFuture ? future(value) : null) ?? (rule.type === "text" ? markFault(value, title) : null);
    if (fault) {
      faults.push({ field, ...fault });
      return;
    }
    if (rule.type === "prose") faults.push(...textFaults(value, known).map((found) => ({ field, ...found })));
  }
}

const future = (value) => ({ code: "KS403", message: `Das Datum ${value} liegt in der Zukunft.`, advice: "Bitte das Datum berichtigen." });

/** An item that was left empty says nothing, not even that something is missing. */
function readItem(item, faults) {
  const own = [];
  const pairs = read(item, own);
  const touched = (pairs ?? []).some(([key]) => key !== "abgerufen");
  if (touched) faults.push(...own);
  return touched ? pairs : undefined;
}

function readAll(container, faults) {
  return children(container).map((field) => [field.dataset.key, read(field, faults)]).filter(([, value]) => value !== undefined);
}

/** A figure names one of the entry's own sources, and no source stands twice. */
function checkSources(pairs, faults) {
  const seen = new Set();
  for (const field of form.querySelectorAll('[data-key="quellen"] .form-items [data-key="url"]')) {
    const url = control(field).value.trim();
    if (url && seen.has(url)) {
      faults.push({ field, code: "KS410", message: `Die Quelle „${url}“ steht zweimal in der Quellenliste.`, advice: "Bitte eine der beiden löschen." });
    }
    seen.add(url);
  }
  const entry = Object.fromEntries(pairs);
  const known = new Set((entry.quellen ?? []).map((source) => Object.fromEntries(source).url));
  for (const field of form.querySelectorAll('[data-key="kennzahlen"] .form-items [data-key="quelle"]')) {
    const url = control(field).value.trim();
    if (url && !known.has(url) && !faults.some((fault) => fault.field === field)) {
      const message = `Die Quelle „${url}“ steht nicht in der Quellenliste dieses Eintrags.`;
      faults.push({ field, code: "KS308", message, advice: "Bitte die Quelle unter „Quellen“ mit Titel und Herausgeber ergänzen." });
    }
  }
}

function checkId(pairs, faults) {
  const field = idField.closest("[data-form]");
  if (taken.has(idField.value.trim()) && !faults.some((fault) => fault.field === field)) {
    faults.push({ field, code: "KS303", message: `Die Datei „${idField.value.trim()}${suffix}“ gibt es schon.`, advice: "Bitte einen anderen Dateinamen wählen." });
  }
}

function show(faults) {
  for (const box of form.querySelectorAll(".form-error")) box.hidden = true;
  for (const field of form.querySelectorAll(".has-error")) {
    field.classList.remove("has-error");
    control(field)?.removeAttribute("aria-invalid");
  }
  summary.replaceChildren();
  summary.hidden = faults.length === 0;
  if (!faults.length) return;
  const title = document.createElement("p");
  title.className = "notice-title";
  title.textContent = faults.length === 1 ? "Eine Angabe fehlt oder passt noch nicht" : `${faults.length} Angaben fehlen oder passen noch nicht`;
  const list = document.createElement("ul");
  for (const { field, message, advice } of faults) {
    const box = field.querySelector(".form-error");
    box.textContent = `${box.hidden ? "" : `${box.textContent}\n`}${message} ${advice}`;
    box.hidden = false;
    field.classList.add("has-error");
    field.closest("details")?.setAttribute("open", "");
    const target = field.id ? field : control(field);
    if (target !== field) target.setAttribute("aria-invalid", "true");
    const link = document.createElement("a");
    link.href = `#${target.id}`;
    link.textContent = message;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      target.focus();
      target.scrollIntoView({ block: "center" });
    });
    const row = document.createElement("li");
    row.append(link);
    list.append(row);
  }
  summary.append(title, list);
  summary.focus();
}

function makeFile(pairs) {
  const entry = pairs.filter(([key]) => key !== "id" && key !== "body");
  const body = pairs.find(([key]) => key === "body")?.[1] ?? "";
  const constants = JSON.parse(form.dataset.constants);
  const head = [`# yaml-language-server: $schema=../../schemas/${kind}.schema.json`, ...writeFields([...entry.slice(0, 1), ...constants, ...entry.slice(1)])].join("\n");
  return suffix === ".md" ? `---\n${head}\n---\n${body ? `\n${body}\n` : ""}` : `${head}\n`;
}

function present(name) {
  const path = `content/${folder}/${name}`;
  result.querySelector(".form-path").textContent = path;
  result.querySelector("textarea").value = text;
  const open = result.querySelector(".form-new-file");
  open.hidden = !newFile;
  if (newFile) {
    const address = (content) => newFile.replace("{path}", encodeURIComponent(path)).replace("{name}", encodeURIComponent(name)).replace("{text}", encodeURIComponent(content));
    const fits = address(text).length <= LONGEST_LINK;
    open.href = address(fits ? text : "");
    result.querySelector(".form-too-long").hidden = fits;
  }
  const send = result.querySelector(".form-mail");
  send.hidden = !mail;
  if (mail) {
    const long = text.length > 1500;
    const message = long ? `Bitte die heruntergeladene Datei ${name} hier anhängen.\n` : `Datei ${path}:\n\n${text}`;
    send.href = `mailto:${mail}?subject=${encodeURIComponent(`Vorschlag: ${singular} ${name}`)}&body=${encodeURIComponent(message)}`;
  }
  result.hidden = false;
  result.querySelector("h2").focus();
}

function suggestId() {
  if (idIsOwn) return;
  const place = form.querySelector('[data-key="kommune"] select');
  const title = form.querySelector('[data-key="titel"] input').value;
  idField.value = title && place.value ? toId(`${place.value}-${title}`) : "";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const faults = [];
  const pairs = readAll(form, faults);
  checkSources(pairs, faults);
  checkId(pairs, faults);
  show(faults);
  result.hidden = true;
  if (!faults.length) {
    text = makeFile(pairs);
    present(`${idField.value.trim()}${suffix}`);
  }
});
form.addEventListener("input", (event) => {
  if (event.target === idField) idIsOwn = idField.value !== "";
  else suggestId();
});
for (const repeat of form.querySelectorAll('[data-form="repeat"]')) {
  if ("required" in repeat.dataset) addItem(repeat, false);
  repeat.querySelector(".form-add").addEventListener("click", () => addItem(repeat, true));
}
result.querySelector(".form-download").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = `${idField.value.trim()}${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
result.querySelector(".form-copy").addEventListener("click", async () => {
  const status = result.querySelector(".form-status");
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = "Der Text ist kopiert.";
  } catch {
    result.querySelector("textarea").select();
    status.textContent = "Der Text ist markiert. Bitte mit Strg+C kopieren.";
  }
});
document.querySelector(".form-template").hidden = true;
form.hidden = false;
