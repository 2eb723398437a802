// The search page: its state lives in the address, every change asks the worker and shows the answer.

import { UNTRANSLATED, t } from "../js/texte.js";
import { address, element, marked, quoted } from "./bausteine.js";
import { Filters } from "./filter.js";
import { notes, statusText } from "./hinweise.js";

const FACETS = ["art", "land", "komponente", "handlungsfeld"];
const STEP = 10;
const PAUSE = 300;

export function openPage(connection, root) {
  new SearchPage(connection, root).start();
}

class SearchPage {
  constructor(connection, root) {
    this.connection = connection;
    this.root = root;
    this.asked = 0;
    this.title = document.title;
    this.field = document.getElementById("suche-q");
    this.list = document.getElementById("treffer");
    this.status = document.getElementById("treffer-status");
    this.notes = document.getElementById("treffer-hinweise");
    this.more = document.getElementById("treffer-mehr");
    this.filters = new Filters(document.getElementById("suche-filter"), (selected) => this.change({ selected }));
  }

  start() {
    this.field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      this.change({ text: this.field.value.trim() });
    });
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.change({ text: this.field.value.trim() }, { typing: true }), PAUSE);
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.field.value) {
        event.preventDefault();
        this.field.value = "";
        this.change({ text: "" }, { typing: true });
      }
    });
    this.more.addEventListener("click", () => this.showMore());
    document.getElementById("suche-eingrenzen").open = matchMedia("(min-width: 56rem)").matches;
    addEventListener("popstate", () => this.restore());
    if (this.field.value && !readState().text) this.change({ text: this.field.value.trim() }, { typing: true });
    else this.restore();
  }

  restore() {
    this.state = readState();
    if (document.activeElement !== this.field || this.state.text) this.field.value = this.state.text;
    return this.ask();
  }

  change(changes, { typing = false } = {}) {
    this.state = { ...readState(), ...changes };
    if ("text" in changes && !typing) this.field.value = changes.text;
    const target = writeState(this.state);
    if (typing) history.replaceState(null, "", target);
    else if (target !== location.href) history.pushState(null, "", target);
    return this.ask(typing);
  }

  async ask(typing = false, count = STEP) {
    this.asked += 1;
    const own = this.asked;
    const { text, selected, synonyms } = this.state;
    if (!text) return this.clear();
    this.list.setAttribute("aria-busy", "true");
    try {
      const answer = await this.connection.ask({ text, selected, synonyms, typing, count });
      if (own === this.asked) this.show(answer, count);
    } catch {
      if (own === this.asked) this.fail();
    }
    return undefined;
  }

  clear() {
    this.list.replaceChildren();
    this.list.removeAttribute("aria-busy");
    this.notes.replaceChildren();
    this.status.textContent = "";
    document.title = this.title;
    this.toggle(false);
  }

  fail() {
    this.clear();
    this.status.textContent = t("Die Suche konnte nicht geladen werden. Das Register darunter funktioniert auch so.");
  }

  show(answer, count) {
    this.list.replaceChildren(...answer.results.map((page) => resultItem(page, this.root)));
    this.list.removeAttribute("aria-busy");
    if (answer.substitute) this.list.setAttribute("data-ersatz", "ja");
    else this.list.removeAttribute("data-ersatz");
    this.notes.replaceChildren(...notes(answer, this.state, (changes) => this.follow(changes)));
    this.status.textContent = statusText(answer, this.state);
    this.more.hidden = answer.total <= count;
    this.shown = count;
    document.title = `${quoted([this.state.text])} – ${this.title}`;
    this.toggle(answer.total > 0 || Object.values(this.state.selected).flat().length > 0);
    this.filters.show(answer.facets, this.state.selected);
  }

  // A button in the notes vanishes with its answer: the focus goes to the field.
  follow(changes) {
    this.field.focus();
    this.change(changes);
  }

  async showMore() {
    const first = this.list.children.length;
    await this.ask(false, this.shown + STEP);
    this.list.children[first]?.querySelector("a")?.focus();
  }

  toggle(searching) {
    document.getElementById("suche-ergebnis").hidden = !searching;
    document.getElementById("register").hidden = searching && this.list.children.length > 0;
  }
}

function resultItem({ url, kind, title, excerpt, links, missing, partly }, root) {
  const item = element("li", { "data-art": kind });
  item.append(element("h3", {}, element("a", { href: address(root, url), ...UNTRANSLATED }, ...marked(title))));
  item.append(element("p", { class: "treffer-art", ...UNTRANSLATED }, kind));
  if (excerpt.length) item.append(element("p", { class: "treffer-auszug", ...UNTRANSLATED }, ...marked(excerpt)));
  if (partly.length) item.append(element("p", { class: "treffer-fehlt" }, t("Nur Wortteile gefunden: {words}", { words: quoted(partly) })));
  if (missing.length) item.append(element("p", { class: "treffer-fehlt" }, t("Nicht gefunden: {words}", { words: quoted(missing) })));
  if (links.length) {
    const rows = links.map(({ anchor, heading }) => element("li", {}, element("a", { href: address(root, url, anchor), ...UNTRANSLATED }, ...marked(heading))));
    item.append(element("ul", { class: "treffer-stellen", "aria-label": t("Stellen auf der Seite") }, ...rows));
  }
  return item;
}

function readState() {
  const query = new URLSearchParams(location.search);
  const selected = {};
  for (const name of FACETS) if (query.has(name)) selected[name] = query.getAll(name);
  return { text: (query.get("q") ?? "").trim(), selected, synonyms: query.get("synonyme") !== "nein" };
}

function writeState({ text, selected, synonyms }) {
  const target = new URL(location.href);
  const query = new URLSearchParams();
  if (text) query.set("q", text);
  for (const name of FACETS) for (const value of selected[name] ?? []) query.append(name, value);
  if (!synonyms) query.set("synonyme", "nein");
  target.search = query.toString();
  target.hash = "";
  return target.href;
}
