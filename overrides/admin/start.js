// Starts the editor in the browser and tells it how our files are read and written.
import { FAILSAFE_SCHEMA, dump, load } from "./js-yaml/js-yaml.js";
import { Heads, canonical, mergeHead } from "./kopf.js";

const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?\r?\n)?---[ \t]*(?:\r?\n([\s\S]*))?$/;
const WIDTH = 100;

/** The head of a file and the text below it; undefined if a head is missing. */
function split(text, extension) {
  const parts = extension === "md" ? FRONT_MATTER.exec(text) : [text, text, ""];
  return parts ? { head: (parts[1] ?? "").replaceAll("\r\n", "\n"), body: (parts[2] ?? "").trim() } : undefined;
}

const loadText = (head) => load(head, { schema: FAILSAFE_SCHEMA }) ?? {};

/** The values of a file, every one of them text: 01067 stays 01067. The heads that were read are added to those given. */
export function readEntry(text, extension, heads = new Heads()) {
  const parts = split(text, extension);
  if (!parts) return { body: text };
  const values = loadText(parts.head);
  heads.add(parts.head, filled(values) ?? {});
  return extension === "md" ? { ...values, body: parts.body } : values;
}

/** Only what was filled in, as text. */
function filled(value) {
  if (Array.isArray(value)) {
    const rows = value.map(filled).filter((row) => row !== undefined);
    return rows.length ? rows : undefined;
  }
  if (value && typeof value === "object") {
    const pairs = Object.entries(value).map(([key, part]) => [key, filled(part)]).filter(([, part]) => part !== undefined);
    return pairs.length ? Object.fromEntries(pairs) : undefined;
  }
  const text = value === null || value === undefined ? "" : String(value).trim();
  return text === "" ? undefined : text;
}

const writeText = (values) => dump(values, { schema: FAILSAFE_SCHEMA, lineWidth: WIDTH, noRefs: true, quotingType: "'" });

/** The head of a file: as it was, but for what was changed; if that says something else, or the file is new, written anew. */
function writeHead(values, kind, heads) {
  const modeline = `# yaml-language-server: $schema=../../schemas/${kind}.schema.json`;
  const former = heads.take(values);
  const merged = former ? mergeHead(former, values, writeText, modeline) : "";
  const head = merged && says(merged, values) ? merged : `${modeline}\n${writeText(values)}`;
  heads.add(head, values);
  return head;
}

/** Whether a head, read again, has exactly these values. */
function says(head, values) {
  try {
    return canonical(filled(loadText(head)) ?? {}) === canonical(values);
  } catch {
    return false;
  }
}

/** A file like those written by hand: the schema's name for other programs, the fields, the text. */
export function writeEntry(entry, kind, extension, heads = new Heads()) {
  const { body = "", ...rest } = entry;
  const head = writeHead(filled(extension === "md" ? rest : entry) ?? {}, kind, heads);
  const text = String(body).trim();
  return extension === "md" ? `---\n${head}---\n${text ? `\n${text}\n` : ""}` : head;
}

function register(cms, format, extension) {
  const kind = format.replace("kreislaufstadt-", "");
  const heads = new Heads();
  cms.registerCustomFormat(format, extension, {
    fromFile: (text) => readEntry(text, extension, heads),
    toFile: (entry) => writeEntry(entry, kind, extension, heads),
  });
}

/** Load the editor and open it in place of the page's text. */
async function open() {
  document.querySelector("#erklaerung")?.remove();
  for (const link of document.querySelectorAll("link[data-erklaerung]")) link.remove();
  globalThis.CMS_MANUAL_INIT = true;
  const [{ default: cms }, config] = await Promise.all([
    import("./sveltia/index.js"),
    fetch("config.json").then((answer) => answer.json()),
  ]);
  const formats = new Map();
  for (const collection of config.collections) {
    formats.set(collection.format, collection.extension ?? "md");
    if (collection.index_file) formats.set(collection.index_file.format, "md");
  }
  for (const [format, extension] of formats) register(cms, format, extension);
  cms.init({ config });
}

const button = document.querySelector("#lokal");
if (!button) {
  open();
} else if (["localhost", "127.0.0.1"].includes(location.hostname)) {
  button.hidden = false;
  button.addEventListener("click", open);
}
