// Which pages answer a plan, and in which order. The alternatives of a slot compete, slots add up,
// and what a page misses is counted.

import { readField, readPostings } from "./begriffe.js";
import { Scorer, rarity } from "./punkte.js";

const COVERED = { rest: 0.45, schwach: 0.4, korrektur: 0.9, form: 0.9 };
const EXACT = 0.6;
export const FEW = 5;
const MOST_PARTIAL = 60;
const LEAST_COVERED = 0.2;
const NONE = [];

export class Ranking {
  constructor({ base, terms }) {
    this.base = base;
    this.terms = terms;
    this.boost = new Map(base.gewicht);
    this.scorer = new Scorer({ base, terms });
    this.facets = base.facetten.map((facet) => readFacet(facet, base.laengen.length));
  }

  // All answers in order: [{ page, score, covered, missing, full }].
  rank({ slots, exact }) {
    const found = slots.map((slot) => slotScores(slot, (term) => this.scorer.scores(term)));
    const weights = found.map((pages) => rarity(pages.size, this.base.laengen.length));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const pages = new Set(found.flatMap((one) => Array.from(one.keys())));
    const all = Array.from(pages, (page) => this.judge(page, found, weights, total));
    this.raiseExact(all, exact);
    all.sort(byScore);
    return { answers: chooseAnswers(all), weights };
  }

  // The page whose title or search term is the whole question.
  raiseExact(all, exact) {
    const bonus = new Map();
    for (const [term, weight] of exact) {
      const fields = readPostings(this.terms.get(term));
      for (const field of [0, 2]) for (const page of fields[field]?.keys() ?? []) bonus.set(page, Math.max(weight, bonus.get(page) ?? 0));
    }
    const best = Math.max(0, ...all.map(({ score }) => score));
    for (const answer of all) answer.score += EXACT * best * (bonus.get(answer.page) ?? 0);
  }

  judge(page, found, weights, total) {
    let score = 0;
    let covered = 0;
    const missing = [];
    const partly = [];
    found.forEach((pages, at) => {
      const hit = pages.get(page);
      if (!hit) missing.push(at);
      else {
        if (hit.covered === COVERED.rest) partly.push(at);
        score += hit.score;
        covered += weights[at] * hit.covered;
      }
    });
    const share = total ? covered / total : 0;
    return { page, score: score * (this.boost.get(page) ?? 1) * (0.3 + 0.7 * share * share), covered: share, missing, partly, full: !missing.length };
  }

  // Counts per value; a facet's own selection does not count against its other values.
  countFacets(answers, selected) {
    return this.facets.map(({ name, titles, valuesOf }) => {
      const counts = titles.map(() => 0);
      for (const { page } of this.filter(answers, selected, name)) for (const value of valuesOf[page]) counts[value] += 1;
      return { name, values: titles.map((title, at) => ({ title, count: counts[at] })) };
    });
  }

  filter(answers, selected, except = "") {
    const tests = this.facets
      .filter(({ name }) => name !== except && selected[name]?.length)
      .map(({ name, titles, valuesOf }) => ({ wanted: new Set(selected[name].map((title) => titles.indexOf(title))), valuesOf }));
    return answers.filter(({ page }) => tests.every(({ wanted, valuesOf }) => valuesOf[page].some((value) => wanted.has(value))));
  }
}

// The values of a facet, and for every page the numbers of its values.
function readFacet({ name, werte }, count) {
  const valuesOf = new Array(count).fill(NONE);
  werte.forEach(({ seiten }, value) => {
    for (const page of readField(seiten).keys()) valuesOf[page] = [...valuesOf[page], value];
  });
  return { name, titles: werte.map(({ titel }) => titel), valuesOf };
}

function slotScores(slot, scoresOf) {
  const pages = new Map();
  for (const { kind, terms, weight } of slot.alternatives) {
    const lists = terms.map(scoresOf);
    for (const [page] of lists[0]) {
      if (!lists.every((list) => list.has(page))) continue;
      const score = weight * lists.reduce((sum, list) => sum + list.get(page), 0);
      const covered = (COVERED[kind] ?? 1) * (slot.covers ?? 1);
      const known = pages.get(page);
      if (!known) pages.set(page, { score, covered });
      else {
        known.score = Math.max(known.score, score) + 0.1 * Math.min(known.score, score);
        known.covered = Math.max(known.covered, covered);
      }
    }
  }
  return pages;
}

// Pages that miss a word only count beside enough complete ones if they answer better than those.
function chooseAnswers(all) {
  const weakest = 0.3 * Math.max(0, ...all.map(({ score }) => score));
  const full = all.filter(({ full: isFull, partly, score }) => isFull && (!partly.length || score > weakest));
  const best = Math.max(0, ...all.map(({ covered }) => covered));
  const share = best < LEAST_COVERED ? best * 0.4 : Math.max(LEAST_COVERED, best * 0.4);
  const least = full.length >= FEW ? full[0].score : 0;
  const partial = all.filter(({ full: isFull, covered, score }) => !isFull && covered >= share && score > least);
  return [...full, ...partial.slice(0, MOST_PARTIAL)].sort(byScore);
}

export function byScore(a, b) {
  return b.score - a.score || a.page - b.page;
}
