// What readers are told about an answer: the count, words without hits, corrections, synonyms.

import { t } from "../js/texte.js";
import { button, element, quoted } from "./bausteine.js";

export function statusText(answer, state) {
  const { total, substitute, onlyStopWords, replaced } = answer;
  const name = `„${state.text}“`;
  const corrected = correct(state.text, replaced);
  if (onlyStopWords) return t("{name} besteht nur aus Füllwörtern. Bitte ein Stichwort eingeben.", { name });
  if (!total) return t("Keine Treffer für {name}.", { name });
  if (substitute) return t("Keine Treffer für {name}. Ersatzweise {pages}, die nur einen Teil der Frage berühren.", { name, pages: pages(total) });
  if (Object.values(state.selected).flat().length) return t("{total} Treffer für {name} mit den gewählten Filtern", { total, name });
  if (corrected !== state.text) return t("{total} Treffer für {corrected} statt {name}", { total, corrected: `„${corrected}“`, name });
  return t("{total} Treffer für {name}", { total, name });
}

// What was searched instead of words that no page has: the count is theirs.
function correct(question, replaced) {
  const sure = replaced.filter(({ corrections, others }) => corrections.length === 1 && !others.length);
  return sure.reduce((text, { text: slip, corrections }) => text.replace(slip, corrections[0]), question);
}

function pages(count) {
  return count === 1 ? t("1 Seite") : t("{count} Seiten", { count });
}

export function notes(answer, state, change) {
  const { nothing, replaced, anyFull, total, substitute, synonyms, checked } = answer;
  const found = [];
  if (nothing.length && total) found.push([t("Keine Treffer für {name}.", { name: quoted(nothing) })]);
  for (const { text, corrections, others } of replaced) found.push(replacement(text, corrections, others, state, change));
  if (total && !anyFull && !substitute) found.push([t("Keine Seite enthält alle Wörter. Gezeigt sind Seiten, die das meiste davon enthalten.")]);
  if (checked) found.push([t("Ob die Wörter nebeneinander stehen, ist auf den {count} Seiten geprüft, die am besten passen.", { count: checked })]);
  if (synonyms.length) {
    const words = synonyms.slice(0, 8).join(", ");
    found.push([t("Gesucht auch nach: {words}. ", { words }), button(t("Nur die eigenen Wörter suchen"), () => change({ synonyms: false }))]);
  }
  if (!state.synonyms) found.push([t("Ohne verwandte Wörter gesucht. "), button(t("Verwandte Wörter mitsuchen"), () => change({ synonyms: true }))]);
  return found.map((content) => element("p", {}, ...content));
}

function replacement(text, corrections, others, state, change) {
  const content = [t("Keine Treffer für {name}. ", { name: `„${text}“` })];
  if (others.length) content.push(t("Gesucht nach {words}. ", { words: quoted(others) }));
  if (corrections.length) {
    content.push(t("Meinten Sie "));
    corrections.forEach((word, at) => {
      if (at) content.push(t(" oder "));
      content.push(button(`„${word}“`, () => change({ text: state.text.replace(text, word) })));
    });
    content.push("?");
  }
  return content;
}
