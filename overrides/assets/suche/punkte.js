// What a term is worth on each page: BM25+ over weighted fields, number for number as
// MiniSearch 7.2.0 scores it (tests/search/test_index.py compares the two).

import { FIELDS, readPostings } from "./begriffe.js";

const BOOST = { titel: 5, abschnitte: 2.5, begriffe: 3, text: 1, merkmale: 0.6 };
const WEIGHTS = FIELDS.map((name) => BOOST[name]);
const FREQUENCY = 1.2;
const LENGTH = 0.7;
const PRESENCE = 0.5;
const MOST_REMEMBERED = 400;

export class Scorer {
  constructor({ base, terms, weights = WEIGHTS }) {
    this.lengths = base.laengen;
    this.means = base.mittel;
    this.terms = terms;
    this.weights = weights;
    this.remembered = new Map();
  }

  // Page -> score; a reader types on, so most terms of a question were in the one before.
  scores(term) {
    let found = this.remembered.get(term);
    if (!found) {
      found = this.compute(readPostings(this.terms.get(term)));
      if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
      this.remembered.set(term, found);
    }
    return found;
  }

  compute(postings) {
    const pages = new Map();
    for (const [field, counts] of Object.entries(postings)) {
      const rare = rarity(counts.size, this.lengths.length) * this.weights[field];
      const mean = this.means[field];
      for (const [page, count] of counts) {
        const long = 1 - LENGTH + (LENGTH * this.lengths[page][field]) / mean;
        const score = rare * (PRESENCE + (count * (FREQUENCY + 1)) / (count + FREQUENCY * long));
        pages.set(page, (pages.get(page) ?? 0) + score);
      }
    }
    return pages;
  }
}

export function rarity(count, all) {
  return Math.log(1 + (all - count + 0.5) / (count + 0.5));
}
