// Which pages answer a plan, and in which order. MiniSearch scores single terms (BM25+ over weighted
// fields); here the alternatives of a slot compete, slots add up, and what a page misses is counted.

import MiniSearch from "../vendor/minisearch/minisearch.js";
import { FIELDS, miniSearchForm, readField, readPostings } from "./begriffe.js";

const BOOST = { titel: 5, abschnitte: 2.5, begriffe: 3, text: 1, merkmale: 0.6 };
const COVERED = { rest: 0.45, schwach: 0.4, korrektur: 0.9, form: 0.9 };
const EXACT = 0.6;
export const FEW = 5;
const MOST_PARTIAL = 60;

export class Ranking {
  constructor({ base, terms }) {
    this.base = base;
    this.terms = terms;
    this.boost = new Map(base.gewicht);
    this.form = miniSearchForm(base, []);
    this.facets = base.facetten.map(({ name, werte }) => ({
      name,
      values: werte.map(({ titel, seiten }) => ({ title: titel, pages: new Set(Object.keys(readField(seiten)).map(Number)) })),
    }));
  }

  // All answers in order: [{ page, score, covered, missing, full }].
  rank({ slots, exact }) {
    const score = this.scorer(slots);
    const found = slots.map((slot) => slotScores(slot, score));
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
      for (const page of Object.keys({ ...fields[0], ...fields[2] })) bonus.set(Number(page), Math.max(weight, bonus.get(Number(page)) ?? 0));
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

  scorer(slots) {
    const terms = new Set(slots.flatMap((slot) => slot.alternatives.flatMap((one) => one.terms)));
    const entries = Array.from(terms, (term) => [term, readPostings(this.terms.get(term))]);
    const whole = { tokenize: (text) => [text], processTerm: (term) => term };
    const index = MiniSearch.loadJS({ ...this.form, index: entries }, { fields: FIELDS, ...whole });
    const options = { ...whole, boost: BOOST, prefix: false, fuzzy: false };
    return new Map(Array.from(terms, (term) => [term, new Map(index.search(term, options).map(({ id, score }) => [id, score]))]));
  }

  // Counts per value; a facet's own selection does not count against its other values.
  countFacets(answers, selected) {
    return this.facets.map(({ name, values }) => {
      const pages = this.filter(answers, selected, name).map(({ page }) => page);
      const counts = values.map(({ title, pages: members }) => ({ title, count: pages.filter((page) => members.has(page)).length }));
      return { name, values: counts };
    });
  }

  filter(answers, selected, except = "") {
    const sets = this.facets
      .filter(({ name }) => name !== except && selected[name]?.length)
      .map(({ name, values }) => values.filter(({ title }) => selected[name].includes(title)).map(({ pages }) => pages));
    return answers.filter(({ page }) => sets.every((any) => any.some((pages) => pages.has(page))));
  }
}

function slotScores(slot, scores) {
  const pages = new Map();
  for (const { kind, terms, weight } of slot.alternatives) {
    const lists = terms.map((term) => scores.get(term));
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

function rarity(count, all) {
  return Math.log(1 + (all - count + 0.5) / (count + 0.5));
}

// Pages that miss a word only count beside enough complete ones if they answer better than those.
function chooseAnswers(all) {
  const weakest = 0.3 * Math.max(0, ...all.map(({ score }) => score));
  const full = all.filter(({ full: isFull, partly, score }) => isFull && (!partly.length || score > weakest));
  const best = Math.max(0, ...all.map(({ covered }) => covered));
  const least = full.length >= FEW ? full[0].score : 0;
  const partial = all.filter(({ full: isFull, covered, score }) => !isFull && covered >= Math.max(0.2, best * 0.4) && score > least);
  return [...full, ...partial.slice(0, MOST_PARTIAL)].sort(byScore);
}

export function byScore(a, b) {
  return b.score - a.score || a.page - b.page;
}
