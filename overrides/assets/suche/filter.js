// Facets with counts. Built once, then only counts change, so the focus stays where it is.

import { UNTRANSLATED, t } from "../js/texte.js";
import { button, element } from "./bausteine.js";

const LABELS = { art: t("Art"), land: t("Land"), komponente: t("Komponente"), handlungsfeld: t("Handlungsfeld") };

export class Filters {
  constructor(place, change) {
    this.place = place;
    this.change = change;
    this.inputs = new Map();
    this.groups = [];
  }

  show(facets, selected) {
    if (!this.inputs.size) this.build(facets);
    for (const { name, values } of facets) {
      for (const { title, count } of values) {
        const { input, number } = this.inputs.get(`${name}/${title}`);
        input.checked = selected[name]?.includes(title) ?? false;
        input.disabled = count === 0 && !input.checked;
        number.textContent = `(${count})`;
      }
    }
    for (const group of this.groups) group.hidden = !group.querySelector("input:not(:disabled)");
    this.place.parentElement.hidden = this.groups.every((group) => group.hidden);
    this.reset.hidden = !Object.values(selected).flat().length;
  }

  build(facets) {
    this.reset = button(t("Alle Filter aufheben"), () => {
      this.change({});
      this.place.querySelector("input:not(:disabled)")?.focus();
    });
    for (const { name, values } of facets.filter((facet) => facet.values.length)) {
      const rows = values.map(({ title }) => this.row(name, title));
      const group = element("fieldset", {}, element("legend", {}, LABELS[name] ?? name), element("ul", {}, ...rows));
      this.groups.push(group);
      this.place.append(group);
    }
    this.place.append(this.reset);
    this.place.addEventListener("change", () => this.change(this.selection()));
  }

  row(name, title) {
    const input = element("input", { type: "checkbox", name, value: title });
    const number = element("span", { class: "treffer-zahl" });
    this.inputs.set(`${name}/${title}`, { input, number });
    return element("li", {}, element("label", {}, input, " ", element("span", UNTRANSLATED, title), " ", number));
  }

  selection() {
    const selected = {};
    for (const { input } of this.inputs.values()) if (input.checked) (selected[input.name] ??= []).push(input.value);
    return selected;
  }
}
