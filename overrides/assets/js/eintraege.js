// Entries of the open data, one file each, as the tools need them.

import { KINDS } from "./merkliste-speicher.js";

export const KIND_NAMES = { beispiel: "Beispiel", indikator: "Indikator", rahmen: "Gesetz oder Programm", kontakt: "Kontaktstelle" };

/** Reads entries below the site's root; titles of places and states come from the page. */
export class Entries {
  constructor(root, titles) {
    this.root = root;
    this.titles = titles;
    this.known = new Map();
  }

  /** The entry, or null if there is none any more. */
  async read({ kind, id }) {
    const name = `${kind}/${id}`;
    if (!this.known.has(name)) this.known.set(name, await this.load(kind, id));
    return this.known.get(name);
  }

  async load(kind, id) {
    try {
      const answer = await fetch(new URL(`daten/v1/${KINDS[kind]}/${id}.json`, this.root));
      if (!answer.ok) return null;
      return this.named(kind, await answer.json());
    } catch {
      return null;
    }
  }

  named(kind, entry) {
    const place = this.titles.kommune[entry.kommune] ?? "";
    return { ...entry, kind, place, statusTitle: this.titles.status[entry.status] ?? "", address: this.page(kind, entry.id) };
  }

  page(kind, id) {
    const file = this.root.startsWith("file:") ? "index.html" : "";
    return new URL(`${KINDS[kind]}/${id}/${file}`, this.root).href;
  }
}
