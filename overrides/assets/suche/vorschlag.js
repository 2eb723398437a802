// Up to five pages below the field in the header while typing; a plain list of links.

import { t } from "../js/texte.js";
import { address, element, marked } from "./bausteine.js";

const MOST = 5;
const SHORTEST = 3;
const PAUSE = 150;

export function openSuggestions(field, connection, root) {
  const panel = element("div", { class: "suche-vorschlaege", hidden: true });
  const status = element("p", { class: "suche-vorschlaege-status", role: "status" });
  const list = element("ul", { "aria-label": t("Vorschläge") });
  panel.append(list);
  field.form.append(panel, status);
  let timer;
  let asked = 0;

  async function ask() {
    asked += 1;
    const own = asked;
    const text = field.value.trim();
    if (text.length < SHORTEST) return close();
    try {
      const answer = await connection.ask({ text, typing: true, count: MOST });
      if (own === asked && document.activeElement === field) show(answer);
    } catch {
      close();
    }
    return undefined;
  }

  function show({ results, total, substitute }) {
    const shown = substitute ? [] : results;
    list.replaceChildren(...shown.map((page) => element("li", {}, suggestion(page, root))));
    panel.hidden = !shown.length;
    status.textContent = shown.length
      ? t("{shown} von {total} Treffern, mit Pfeil nach unten erreichbar", { shown: shown.length, total })
      : t("Keine Vorschläge");
  }

  function close() {
    panel.hidden = true;
    status.textContent = "";
  }

  function move(event) {
    const stops = [field, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (panel.hidden || !step || !next) return;
    event.preventDefault();
    next.focus();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return move(event);
    if (!panel.hidden) event.preventDefault();
    asked += 1;
    close();
    field.focus();
    return undefined;
  });
  field.form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!field.form.contains(relatedTarget)) close();
  });
  if (field.value.trim() && document.activeElement === field && !document.getElementById("suche-q")) ask();
}

function suggestion({ url, title, kind }, root) {
  return element("a", { href: address(root, url) }, element("span", {}, ...marked(title)), " ", element("span", { class: "treffer-art" }, kind));
}
