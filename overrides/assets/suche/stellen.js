// Where on a page the words stand: the best section, an excerpt, links to further sections, highlights.

import { JOINT, findMarkedTokens, splitToken, termOf } from "./analyse.js";

const LENGTH = 210;
const MOST_LINKS = 3;
const MOST_TEXTS = 2000;
const NONE = [];
const MOST_WORDS = 20000;
const tokensOf = new Map();
const knownRuns = new Map();

// The terms to highlight, each with the number of its slot, and where they stand in texts already read.
export class Wanted {
  constructor({ slots }) {
    this.slots = new Map();
    slots.forEach((slot, at) => {
      for (const one of slot.alternatives) for (const term of one.terms) if (!this.slots.has(term)) this.slots.set(term, at);
    });
    this.words = new Map();
    this.texts = new Map();
  }

  // Hits in a text with joints: [{ start, end, slot }], whole words or the longest run of matching parts.
  findHits(text) {
    const known = this.texts.get(text);
    if (known) return known;
    const hits = [];
    for (const token of markedTokens(text)) {
      for (const { start, end, slot } of this.hitsInToken(token.text)) hits.push({ start: token.start + start, end: token.start + end, slot });
    }
    this.texts.set(text, hits);
    return hits;
  }

  // Texts repeat their words: each one is looked at once.
  hitsInToken(token) {
    const known = this.words.get(token);
    if (known) return known;
    const hits = this.searchToken(token);
    this.words.set(token, hits.length ? hits : NONE);
    return hits;
  }

  searchToken(token) {
    const hits = [];
    let last = 0;
    for (const { start, end, term } of runsOf(token)) {
      const slot = start < last ? undefined : this.slots.get(term);
      if (slot === undefined) continue;
      hits.push({ start, end, slot });
      last = end;
    }
    return hits;
  }
}

// The words of a text; the same pages answer one question after the other.
function markedTokens(text) {
  let tokens = tokensOf.get(text);
  if (!tokens) {
    tokens = findMarkedTokens(text);
    if (tokensOf.size >= MOST_TEXTS) tokensOf.clear();
    tokensOf.set(text, tokens);
  }
  return tokens;
}

// All that a written word may be found by, the longest first: itself, its pieces between hyphens, runs of their parts.
function runsOf(token) {
  let runs = knownRuns.get(token);
  if (!runs) {
    runs = [{ start: 0, end: token.length, term: termOf(token.replace(/[-‐‑\u00ad]/g, "")) }];
    let start = 0;
    for (const piece of splitToken(token)) {
      addRuns(runs, piece, start);
      start += piece.length + 1;
    }
    if (knownRuns.size >= MOST_WORDS) knownRuns.clear();
    knownRuns.set(token, runs);
  }
  return runs;
}

function addRuns(runs, piece, start) {
  const parts = piece.split(JOINT);
  let from = start;
  parts.forEach((_, first) => {
    for (let last = parts.length; last > first; last -= 1) {
      const length = parts.slice(first, last).join(JOINT).length;
      runs.push({ start: from, end: from + length, term: termOf(parts.slice(first, last).join("")) });
    }
    from += parts[first].length + 1;
  });
}

// Text as segments [text, isHit], joints removed.
export function highlight(text, wanted, from = 0, to = text.length) {
  const segments = [];
  let at = from;
  for (const { start, end } of wanted.findHits(text)) {
    if (start < at || end > to) continue;
    if (start > at) segments.push([strip(text.slice(at, start)), false]);
    segments.push([strip(text.slice(start, end)), true]);
    at = end;
  }
  if (at < to) segments.push([strip(text.slice(at, to)), false]);
  return segments;
}

function strip(text) {
  return text.replaceAll(JOINT, "");
}

// How much of the question stands together: the best share, by rarity, of its words in one section.
// What stands in no section (search terms, facets) counts for every section.
export function togetherness({ titel, teile }, wanted, weights, missing) {
  const everywhere = slotsIn(titel, wanted);
  const sections = teile.map(([, heading, text]) => new Set([...everywhere, ...slotsIn(heading, wanted), ...slotsIn(text, wanted)]));
  const somewhere = new Set(sections.flatMap((slots) => Array.from(slots)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = (slots) => weights.reduce((sum, weight, at) => sum + (missing.includes(at) || (somewhere.has(at) && !slots.has(at)) ? 0 : weight), 0) / total;
  return Math.max(0, ...sections.map(share));
}

function slotsIn(text, wanted) {
  return new Set(wanted.findHits(text).map(({ slot }) => slot));
}

// A page as shown: title, excerpt and up to three sections, each as segments.
export function showPage(page, wanted) {
  const { url, titel, art, kurz, teile } = page;
  const judged = teile.map(([anchor, heading, text], order) => judgeSection({ anchor, heading, text, order }, wanted));
  const best = judged.reduce((a, b) => (b.score > a.score ? b : a), { score: 0 });
  const links = judged
    .filter(({ anchor, score }) => anchor && score >= best.score * 0.5 && score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_LINKS)
    .sort((a, b) => a.order - b.order)
    .map(({ anchor, heading }) => ({ anchor, heading: highlight(heading, wanted) }));
  const excerpt = best.hits?.length ? cutExcerpt(best.text, best.hits, wanted) : highlight(kurz || teile[0]?.[2].slice(0, LENGTH) || "", wanted);
  return { url, kind: art, title: highlight(titel, wanted), excerpt, links };
}

function judgeSection(section, wanted) {
  const hits = wanted.findHits(section.text);
  const heads = wanted.findHits(section.heading);
  const slots = new Set([...hits, ...heads].map(({ slot }) => slot));
  const score = slots.size * 4 + new Set(heads.map(({ slot }) => slot)).size * 2 + Math.min(4, hits.length) / 2;
  return { ...section, hits, score: slots.size ? score : 0 };
}

// The stretch with the most different words, from word to word.
function cutExcerpt(text, hits, wanted) {
  let best = { count: 0, start: 0 };
  hits.forEach((hit, at) => {
    const near = hits.slice(at).filter(({ end }) => end - hit.start < LENGTH * 0.8);
    const count = new Set(near.map(({ slot }) => slot)).size * 10 + near.length;
    if (count > best.count) best = { count, start: hit.start };
  });
  let from = Math.max(0, best.start - 60);
  if (from) from = text.indexOf(" ", from) + 1 || from;
  let to = Math.min(text.length, from + LENGTH);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), best.start);
  const segments = highlight(text, wanted, Math.min(from, best.start), to);
  return [...(from ? [["… ", false]] : []), ...segments, ...(to < text.length ? [[" …", false]] : [])];
}

// Do the words of a quoted phrase stand side by side?
export function containsPhrase(page, phrase) {
  return [page.titel, page.kurz, ...page.teile.flatMap(([, heading, text]) => [heading, text])].some((text) => {
    const stems = findMarkedTokens(text).flatMap((token) => splitToken(token.text)).map((piece) => termOf(strip(piece)));
    return stems.some((_, at) => phrase.every((one, step) => stems[at + step] === one));
  });
}
