// The rules for texts and their marks, applied in the browser: same codes and sentences as plugins/kreislaufstadt/checks/text.py
// and checks/fields.py. What only the content folder can answer (anchors, files) is left to the check.

const CODE = /^(```|~~~)[^]*?^\1|`[^`\n]*`/gmu;
const LINK = /\[\[([^[\]|\n]{1,120})(?:\|[^[\]\n]{1,200})?\]\]/gu;
const SOURCE = /\[Q:([a-z0-9, -]{1,200})\]/gu;
const PICTURE = /!\[([^[\]\n]{0,300})\]\((<[^<>\n]{1,2000}>|[^()\s]{1,2000})(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\)/gu;
const HEADING = /^(#{1,6}) +([^\n]*)$/gmu;
const TAG = /<(?:\/?[A-Za-z][^<>\n]*|!--|\?)>?/gu;
const AUTOLINK = /<(?:https?:\/\/|mailto:)[^<>\s]*>/gu;
const FORBIDDEN = [
  [/^=== "/gmu, "Reiter (=== …)", "Bitte Überschriften benutzen."],
  [/^[ \t]*[-*+] \[[ xX]\] /gmu, "Abhakliste", "Bitte eine einfache Liste mit „- “ benutzen."],
  [/^ {0,3}\[(?!\^)[^[\]\n]{1,200}\]:[ \t]*\S/gmu, "Link in Kurzschreibweise ([Wort]: Ziel)", "Bitte das Ziel direkt hinter das Wort schreiben: [Wort](Ziel)."],
];
const MARK = /&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});|<\/?[A-Za-z][^<>\n]{0,80}>|<!--|\[\[[^[\]\n]{1,120}\]\]|\[[Qq] ?:[^[\]\n]{0,60}\]|!?\[[^[\]\n]{1,120}\]\([^()\s]{1,200}\)|\*{2,3}[^\s*][^*\n]{0,200}\*{2,3}|`[^`\n]{1,120}`/u;

const blank = (text) => text.replace(/[^\n]/gu, " ");
const fault = (code, message, advice) => ({ code, message, advice });

/** The faults of a Markdown text, in the order of the rules. */
export function textFaults(text, known) {
  const body = text.replace(CODE, blank);
  return [...links(body, known), ...pictures(body), ...sources(body), ...headings(body), ...html(body), ...forbidden(body)];
}

function* links(body, { entries, lists }) {
  for (const [, target] of body.matchAll(LINK)) {
    const colon = target.lastIndexOf(":");
    const [before, after] = [target.slice(0, Math.max(colon, 0)).trim(), target.slice(colon + 1).trim()];
    const name = after.split("#")[0];
    const kinds = before ? [before].filter((kind) => ({ ...lists, ...entries })[kind]?.includes(name)) : Object.keys(entries).filter((kind) => entries[kind].includes(name));
    if (!kinds.length) {
      yield fault("KS304", `Der Verweis [[${before ? `${before}:` : ""}${after}]] führt ins Leere.`, "Bitte die Kennung des Eintrags prüfen (Dateiname ohne Endung).");
    } else if (kinds.length > 1) {
      yield fault("KS305", `Der Verweis [[${after}]] ist nicht eindeutig.`, `Bitte die Art dazuschreiben: ${kinds.map((kind) => `[[${kind}:${name}]]`).join(" oder ")}.`);
    }
  }
}

function* pictures(body) {
  for (const [, label, address] of body.matchAll(PICTURE)) {
    const url = address.replace(/^<|>$/gu, "");
    if (!label.trim()) yield fault("KS405", `Das Bild „${url}“ hat keinen Alternativtext.`, "Bitte in die eckigen Klammern schreiben, was zu sehen ist.");
    if (/^(?:[a-z][a-z0-9+.-]+:|\/\/)/iu.test(url) && !url.toLowerCase().startsWith("file:")) {
      yield fault("KS413", `Das Bild „${url.slice(0, 80)}“ liegt auf einem fremden Server.`, "Bitte die Bilddatei der Redaktion schicken.");
    }
  }
}

/** The form gives no source a short name, so none can be cited by it. */
function* sources(body) {
  for (const [, keys] of body.matchAll(SOURCE)) {
    for (const key of keys.split(",")) {
      yield fault("KS308", `Das Kürzel „${key.trim()}“ steht nicht in der Quellenliste dieses Eintrags.`, "Bitte weglassen; Kürzel vergibt die Redaktion.");
    }
  }
}

function* headings(body) {
  let level = 1;
  for (const [, marks, rest] of body.matchAll(HEADING)) {
    const words = rest.trim().replace(/#+$/u, "").trim();
    if (!words) continue;
    if (marks.length === 1) {
      yield fault("KS404", `Die Überschrift „${words}“ hat nur ein Rautezeichen; das ist dem Titel vorbehalten.`, "Bitte ## schreiben.");
    } else if (marks.length > level + 1) {
      yield fault("KS404", `Die Überschrift „${words}“ überspringt eine Ebene.`, `Bitte ${"#".repeat(level + 1)} schreiben.`);
    }
    level = Math.max(marks.length, 2);
  }
}

function* html(body) {
  for (const [found] of body.replace(AUTOLINK, blank).matchAll(TAG)) {
    yield fault("KS406", `HTML ist im Text nicht erlaubt: „${found.slice(0, 40)}“.`, "Bitte Markdown benutzen oder das Zeichen < ausschreiben.");
  }
}

function* forbidden(body) {
  for (const [pattern, what, advice] of FORBIDDEN) {
    for (const _ of body.matchAll(pattern)) yield fault("KS407", `Dieses Gestaltungselement ist nicht erlaubt: ${what}.`, advice);
  }
}

/** The fault of a plain field with marks that would stand on the page as typed, or null. */
export function markFault(value, title) {
  const found = /^https?:\/\//u.test(value) ? null : MARK.exec(value);
  return found && fault("KS419", `„${title}“ enthält „${found[0].slice(0, 40)}“, das so auf der Seite stünde.`, "Bitte die Wörter ohne diese Zeichen schreiben.");
}
