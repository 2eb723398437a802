// Where on a page the words stand: the best section, an excerpt, links to further sections, highlights.

import { JOINT, findMarkedTokens, splitToken, termOf } from "./analyse.js";

const LENGTH = 210;
const MOST_LINKS = 3;

// The terms to highlight, each with the number of its slot.
export function wantedTerms({ slots }) {
  const wanted = new Map();
  slots.forEach((slot, at) => {
    for (const one of slot.alternatives) for (const term of one.terms) if (!wanted.has(term)) wanted.set(term, at);
  });
  return wanted;
}

// Hits in a text with joints: [{ start, end, slot }], whole words or the longest run of matching parts.
export function findHits(text, wanted) {
  const hits = [];
  for (const token of findMarkedTokens(text)) {
    const whole = wanted.get(termOf(token.text.replace(/[-‐‑\u00ad]/g, "")));
    if (whole !== undefined) {
      hits.push({ start: token.start, end: token.start + token.text.length, slot: whole });
      continue;
    }
    let start = token.start;
    for (const piece of splitToken(token.text)) {
      hits.push(...hitsInWord(piece, start, wanted));
      start += piece.length + 1;
    }
  }
  return hits;
}

function hitsInWord(word, start, wanted) {
  const own = wanted.get(termOf(word.replaceAll(JOINT, "")));
  if (own !== undefined) return [{ start, end: start + word.length, slot: own }];
  const parts = word.split(JOINT);
  const hits = [];
  for (let from = 0; from < parts.length; from += 1) {
    for (let to = parts.length; to > from; to -= 1) {
      const slot = wanted.get(termOf(parts.slice(from, to).join("")));
      if (slot === undefined || to - from === parts.length) continue;
      const before = parts.slice(0, from).join(JOINT).length + (from ? 1 : 0);
      hits.push({ start: start + before, end: start + before + parts.slice(from, to).join(JOINT).length, slot });
      from = to - 1;
      break;
    }
  }
  return hits;
}

// Text as segments [text, isHit], joints removed.
export function highlight(text, wanted, from = 0, to = text.length) {
  const segments = [];
  let at = from;
  for (const { start, end } of findHits(text, wanted)) {
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
  return new Set(findHits(text, wanted).map(({ slot }) => slot));
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
  const hits = findHits(section.text, wanted);
  const heads = findHits(section.heading, wanted);
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
