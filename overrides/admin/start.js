// Starts the editor in the browser and tells it how our files are read and written.
import { FAILSAFE_SCHEMA, dump, load } from "./js-yaml/js-yaml.js";

const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?\r?\n)?---[ \t]*(?:\r?\n([\s\S]*))?$/;
const WIDTH = 100;

/** The values of a file, every one of them text: 01067 stays 01067. */
export function readEntry(text, extension) {
  const parts = extension === "md" ? FRONT_MATTER.exec(text) : [text, text, ""];
  if (!parts) return { body: text };
  const values = load(parts[1] ?? "", { schema: FAILSAFE_SCHEMA }) ?? {};
  return extension === "md" ? { ...values, body: (parts[2] ?? "").trim() } : values;
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

/** A file like those written by hand: the schema's name for other programs, the fields, the text. */
export function writeEntry(entry, kind, extension) {
  const { body = "", ...rest } = entry;
  const values = filled(extension === "md" ? rest : entry) ?? {};
  const yaml = dump(values, { schema: FAILSAFE_SCHEMA, lineWidth: WIDTH, noRefs: true, quotingType: "'" });
  const head = `# yaml-language-server: $schema=../../schemas/${kind}.schema.json\n${yaml}`;
  const text = String(body).trim();
  return extension === "md" ? `---\n${head}---\n${text ? `\n${text}\n` : ""}` : head;
}

function register(cms, format, extension) {
  const kind = format.replace("kreislaufstadt-", "");
  cms.registerCustomFormat(format, extension, {
    fromFile: (text) => readEntry(text, extension),
    toFile: (entry) => writeEntry(entry, kind, extension),
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
