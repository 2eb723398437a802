// Texts of scripts in the page's language. German stands in the code; for other languages the page brings a list.

const list = globalThis.document?.getElementById("texte");
const texts = list ? JSON.parse(list.textContent) : {};

/** Marks what stays in the language of the content on pages in another one. */
export const UNTRANSLATED = list ? { lang: list.dataset.original } : {};

export function t(text, values = {}) {
  return (texts[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
