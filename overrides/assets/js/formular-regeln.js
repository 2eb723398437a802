// The rules of the models, applied in the browser: one value in, what is wrong with it out (or null).
// Codes and sentences come with the rule; see plugins/kreislaufstadt/entry_forms.py.

const NUMBER = /(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?/u;
const POINT = /(?<![\d.])(?:\d+\.\d{1,2}(?![\d.])|\d{4,}\.\d|\d+\.\d{4}|0\.\d)/u;
const COMMA = /(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])/u;
const SPACED = /(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?!\d)/u;
const AMOUNT = /(?<![\p{L}\p{N}_])(?:ein|zwei|drei|vier|hälfte|drittel|viertel|keine?)/u;

/** The fault of a value under its rule, without regard to whether it is required. */
export function findFault(value, rule, title) {
  const { type, most } = rule;
  if (most !== undefined && [...value].length > most) {
    return { code: "KS211", message: `„${title}“ ist länger als ${most} Zeichen.`, advice: "Bitte kürzen." };
  }
  const name = wrongForm(value, rule);
  if (name) {
    return fill(rule.faults[name], value, type);
  }
  if (type === "integer" || type === "decimal") {
    return outOfRange(Number(type === "integer" ? value.replaceAll(".", "") : value.replace(",", ".")), rule, title);
  }
  return null;
}

function wrongForm(value, rule) {
  switch (rule.type) {
    case "date":
    case "day":
      return wrongDate(value, rule.type);
    case "quantity":
      if (POINT.test(value)) return "point";
      if (COMMA.test(value)) return "comma";
      if (SPACED.test(value)) return "spaced";
      return NUMBER.test(value) || AMOUNT.test(value.toLowerCase()) ? "" : "form";
    case "integer":
      return /^(?:[1-9]\d{0,2}(?:\.\d{3})+|\d{1,12})$/u.test(value) ? "" : "form";
    case "decimal":
      return /^-?\d{1,9}(?:[.,]\d{1,9})?$/u.test(value) ? "" : "form";
    case "url":
      return isAddress(value) ? "" : "form";
    default:
      return rule.pattern && !new RegExp(`^(?:${rule.pattern})$`, "u").test(value) ? "form" : "";
  }
}

function wrongDate(value, type) {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/u.exec(value);
  if (!found) return "form";
  const [year, month, day] = [1, 2, 3].map((part) => Number(found[part] ?? 0));
  if (year < 1 || month > 12 || (day && day > new Date(Date.UTC(2000 + (year % 400), month || 1, 0)).getUTCDate())) return "calendar";
  if (found[2] === "00" || found[3] === "00") return "zero";
  return type === "day" && !day ? "day" : "";
}

function isAddress(value) {
  const found = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:@]+)(?::\d*)?(?:[/?#]|$)/iu.exec(value);
  return Boolean(found && found[1].includes(".") && !/\s/u.test(value));
}

function outOfRange(number, rule, title) {
  if (rule.least !== undefined && number < rule.least) {
    return { code: "KS205", message: `„${title}“ ist ${number}, kleinster erlaubter Wert ist ${rule.least}.`, advice: "Bitte berichtigen." };
  }
  if (rule.greatest !== undefined && number > rule.greatest) {
    return { code: "KS205", message: `„${title}“ ist ${number}, größter erlaubter Wert ist ${rule.greatest}.`, advice: "Bitte berichtigen." };
  }
  return null;
}

function fill(fault, value, type) {
  const found = /^(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{4})$/u.exec(value) ?? /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/u.exec(value);
  const meant = found && fault.advice.includes("Jahr-Monat-Tag") && (type === "date" || type === "day");
  const advice = meant ? `Meinten Sie „${found.groups.year}-${found.groups.month.padStart(2, "0")}-${found.groups.day.padStart(2, "0")}“?` : fault.advice;
  return { code: fault.code, message: fault.message.replace("{wert}", value), advice };
}

/** The fault of a field that must not be empty. */
export function missing(title, hint) {
  return { code: "KS201", message: `„${title}“ fehlt.`, advice: hint ? `Bitte ergänzen: ${hint}` : "Bitte ergänzen." };
}

/** The id that German words suggest, as the file's name. */
export function toId(text) {
  const letters = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  const plain = text.normalize("NFC").toLowerCase().replace(/[äöüß]/gu, (letter) => letters[letter]);
  const ascii = plain.normalize("NFKD").replace(/[^\x00-\x7f]/gu, "").replace(/[^a-z0-9]+/gu, "-");
  return ascii.replace(/^-+|-+$/gu, "").slice(0, 80).replace(/-+$/u, "");
}

const RISKY_START = /^(?:- |\? |: |[!&*#%@`'"[\]{},|>]|---)/u;

/** A value so that YAML reads it back as this very text. */
export function quote(text) {
  const plain = text.trim().split(/\s+/u).join(" ");
  const risky = RISKY_START.test(plain) || plain.includes(": ") || plain.includes(" #") || plain.endsWith(":") || ["", "-", "?"].includes(plain);
  return risky ? `'${plain.replaceAll("'", "''")}'` : plain;
}

/** The lines of fields: pairs of key and text, list of texts, pairs, or list of pairs. */
export function writeFields(pairs) {
  return pairs.flatMap(([key, value]) => {
    if (typeof value === "string") return [`${key}: ${quote(value)}`];
    if (value.every((item) => typeof item === "string")) return [`${key}:`, ...value.map((item) => `  - ${quote(item)}`)];
    if (typeof value[0][0] === "string") return [`${key}:`, ...writeFields(value).map((line) => `  ${line}`)];
    return [`${key}:`, ...value.flatMap((item) => writeFields(item).map((line, number) => `  ${number ? "  " : "- "}${line}`))];
  });
}
