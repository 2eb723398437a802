// From what was typed to what is looked up: one slot per word, each with weighted alternatives.
// A slot is found on a page if one of its alternatives is; an alternative needs all of its terms.

import { clean, findTokens, fold, splitByParts, splitToken, stem } from "./analyse.js";
import { findCorrections, spellingOf } from "./korrektur.js";

const WEIGHT = { wort: 1, zusammen: 0.9, form: 0.75, anfang: 0.75, korrektur: 0.8, teil: 0.8, synonym: 0.65, schwach: 0.25, rest: 0.4 };
const PART_COVERS = 0.65;
const SHORTEST_HEAD = 7;
const MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
const DATE = /(?<![\d.-])(?:(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d\d)-(\d\d))(?![\d.-]*\d)/g;
const LINKS = ["", "s", "n", "en", "es"];
const QUOTED = /["„“”»«]([^"„“”»«]+)["“”„«»]/g;

export class Planner {
  constructor({ base, terms, read }) {
    this.terms = terms;
    this.read = read;
    this.letters = base.buchstaben;
    this.stopWords = new Set(base.stoppwoerter);
    this.stopStems = new Set(base.stoppwoerter.map(stem));
    this.phrases = new Map();
    this.longest = 1;
    for (const group of base.synonyme) this.addGroup({ ...group, phrases: group.woerter.map(phraseStems) });
  }

  addGroup(group) {
    for (const phrase of group.phrases) {
      const key = phrase.join(" ");
      this.phrases.set(key, [...(this.phrases.get(key) ?? []), group]);
      this.longest = Math.max(this.longest, phrase.length);
    }
  }

  async plan(text, { typing = false, synonyms = true } = {}) {
    const query = readQuery(text);
    const first = this.makeSlots(query.words, synonyms);
    addJoined(first);
    await Promise.all([this.load(first), this.exactTerms(first)]);
    if (typing && first.length && /[\p{L}\p{N}]$/u.test(text)) await this.addPrefix(first.at(-1), WEIGHT.anfang);
    for (const slot of first) slot.known = this.hasKind(slot, "wort");
    const slots = (await Promise.all(first.map((slot) => (slot.known ? slot : this.rescue(slot, synonyms))))).flat();
    const exact = await this.exactTerms(slots);
    this.dropUnknown(slots);
    return { slots, exact, phrases: query.phrases, onlyStopWords: query.words.length > 0 && !slots.length };
  }

  // The same plan with known compounds taken apart too, for when hardly a page has them.
  async loosen({ slots, ...plan }) {
    const lexicon = await this.parts();
    const loose = slots.map((slot) => {
      const parts = slot.single && slot.known ? splitByParts(slot.folded, lexicon) : [];
      if (!parts.length) return slot;
      return { ...slot, alternatives: [...slot.alternatives, { ...alternative("rest", parts.map(stem)), weight: 0.35 }] };
    });
    await this.load(loose);
    this.dropUnknown(loose);
    return { slots: loose, ...plan };
  }

  async load(slots) {
    await this.terms.load(slots.flatMap((slot) => slot.alternatives.flatMap(({ terms }) => terms)));
  }

  isUsable({ terms }) {
    return terms.every((term) => this.terms.has(term));
  }

  isFound(slot) {
    return slot.alternatives.some((one) => this.isUsable(one));
  }

  hasKind(slot, ...kinds) {
    return slot.alternatives.some((one) => kinds.includes(one.kind) && this.isUsable(one));
  }

  dropUnknown(slots) {
    for (const slot of slots) slot.alternatives = slot.alternatives.filter((one) => this.isUsable(one));
  }

  makeSlots(words, synonyms) {
    const slots = [];
    for (let at = 0; at < words.length; ) {
      const phrase = this.longestPhrase(words, at);
      if (phrase) {
        slots.push(this.phraseSlot(words.slice(at, at + phrase.length), phrase.groups, synonyms));
        at += phrase.length;
      } else {
        if (!this.isStopWord(words[at])) slots.push(this.wordSlot(words[at], synonyms));
        at += 1;
      }
    }
    return slots;
  }

  isStopWord(word) {
    return this.stopWords.has(word.folded) || (word.folded.length < 2 && !/[0-9]/.test(word.folded));
  }

  // Several words that are a synonym together ("second hand").
  longestPhrase(words, at) {
    for (let length = Math.min(this.longest, words.length - at); length > 1; length -= 1) {
      const stems = words.slice(at, at + length).flatMap((word) => word.stems);
      const groups = this.phrases.get(stems.join(" "));
      if (groups && stems.length === length) return { length, groups };
    }
    return undefined;
  }

  phraseSlot(words, groups, synonyms) {
    const stems = words.map((word) => word.stem).filter((_, at) => !this.isStopWord(words[at]));
    const slot = { text: words.map((word) => word.text).join(" "), folded: "", single: false, alternatives: [] };
    if (stems.length) slot.alternatives.push(alternative("wort", stems));
    slot.alternatives.push(alternative("zusammen", [stem(words.map((word) => word.folded).join(""))]));
    if (synonyms) this.addSynonyms(slot, groups, words.flatMap((word) => word.stems).join(" "));
    return slot;
  }

  wordSlot(word, synonyms) {
    const slot = { text: word.text, folded: word.folded, single: true, alternatives: [alternative("wort", [word.stem])] };
    const pieces = word.stems.filter((one) => one.length > 1);
    if (word.stems.length > 1 && pieces.length) slot.alternatives.push(alternative(pieces.length > 1 ? "zusammen" : "rest", pieces));
    for (const form of otherForms(word.stem)) slot.alternatives.push(alternative("form", [form]));
    const keys = new Set([word.stem, word.stems.join(" ")]);
    if (synonyms) for (const key of keys) this.addSynonyms(slot, this.phrases.get(key) ?? [], key);
    return slot;
  }

  addSynonyms(slot, groups, own, factor = 1) {
    for (const group of groups) {
      group.phrases.forEach((phrase, at) => {
        const joined = stem(fold(group.woerter[at].replace(/[\s-]+/g, "")));
        if (phrase.join(" ") === own) return;
        const one = alternative(group.gering ? "schwach" : "synonym", [joined], group.woerter[at]);
        if (joined !== own) slot.alternatives.push({ ...one, weight: one.weight * factor });
        const stems = phrase.filter((term) => term.length > 1 && !this.stopStems.has(term));
        if (stems.length > 1 && /\s/.test(group.woerter[at])) slot.alternatives.push({ ...one, terms: stems, weight: one.weight * factor });
      });
    }
  }

  async addPrefix(slot, weight) {
    if (!slot.single || slot.folded.length < 3) return;
    const short = stem(slot.folded);
    const prefix = slot.folded.startsWith(short) ? short : slot.folded;
    for (const term of await this.terms.startingWith(prefix, 12)) slot.alternatives.push({ ...alternative("anfang", [term]), weight });
  }

  // An unknown word: correct it, take it apart, complete it, and at last fall back on its last known part.
  async rescue(slot, synonyms) {
    if (!slot.single || this.hasKind(slot, "zusammen", "anfang")) return slot;
    const lexicon = await this.parts();
    const parts = splitByParts(slot.folded, lexicon);
    if (!this.hasKind(slot, "synonym", "form")) await this.correct(slot, synonyms, parts.length > 0);
    if (parts.length && !this.hasKind(slot, "synonym", "korrektur")) return this.slotsOfParts(slot, parts, synonyms);
    if (!this.isFound(slot)) await this.addLastPart(slot, lexicon);
    if (!this.isFound(slot)) await this.addHead(slot);
    return slot;
  }

  async correct(slot, synonyms, strict) {
    if (slot.folded.length < 4) return;
    const found = await findCorrections(slot.folded, this.read, this.letters);
    for (const { text, term } of strict ? found.filter(({ cost }) => cost <= 1) : found) {
      slot.alternatives.push(alternative("korrektur", [term], text));
      if (synonyms) this.addSynonyms(slot, this.phrases.get(term) ?? [], term, 0.8);
    }
    if (!found.length && !strict) await this.addPrefix(slot, WEIGHT.anfang * 0.8);
    await this.load([slot]);
  }

  // Every part of an unknown compound becomes a slot with synonyms of its own.
  async slotsOfParts(slot, parts, synonyms) {
    const slots = parts.map((part) => {
      const one = this.wordSlot({ text: slot.text, folded: part, stem: stem(part), stems: [stem(part)] }, synonyms);
      for (const each of one.alternatives) each.weight *= WEIGHT.teil;
      return { ...one, part, known: false, of: slot.text, covers: PART_COVERS };
    });
    await this.load(slots);
    return slots;
  }

  async addLastPart(slot, lexicon) {
    for (let at = 3; at <= slot.folded.length - 5; at += 1) {
      const tail = slot.folded.slice(at);
      if (!lexicon.has(tail)) continue;
      slot.alternatives.push(alternative("rest", [stem(tail)], tail));
      await this.load([slot]);
      return;
    }
  }

  // The longest known word that an unknown one begins with ("Ausschreibungstext").
  async addHead(slot) {
    const heads = [];
    for (let end = slot.folded.length - 3; end >= SHORTEST_HEAD; end -= 1) heads.push(slot.folded.slice(0, end));
    await this.terms.load(heads.map(stem));
    const head = heads.find((one) => stem(one).length >= SHORTEST_HEAD && this.terms.has(stem(one)));
    if (head) slot.alternatives.push(alternative("rest", [stem(head)], await spellingOf(stem(head), this.read, this.letters)));
  }

  async parts() {
    this.lexicon ??= new Set((await this.read("teile")).split(" "));
    return this.lexicon;
  }

  // Whole titles and search terms are terms of their own ("=kreislaufwirtschaf"): the page about it comes first.
  async exactTerms(slots) {
    const whole = slots.map((slot) => slot.alternatives[0]?.terms.join(" ") ?? "").join(" ");
    const found = [[`=${whole}`, 1]];
    if (slots.length === 1) for (const { terms, weight, kind } of slots[0].alternatives) if (weight > 0.5 && kind !== "anfang") found.push([`=${terms.join(" ")}`, weight]);
    await this.terms.load(found.map(([term]) => term));
    return found.filter(([term]) => this.terms.has(term));
  }
}

// "produkt pass" is also looked up as "produktpass".
function addJoined(slots) {
  for (let at = 0; at + 1 < slots.length; at += 1) {
    const [left, right] = [slots[at], slots[at + 1]];
    if (!left.single || !right.single) continue;
    for (const link of LINKS) {
      const joined = alternative("zusammen", [stem(left.folded + link + right.folded)]);
      left.alternatives.push(joined);
      right.alternatives.push(joined);
    }
  }
}

// Verb and noun of one action ("beteiligen", "Beteiligung"), plural in -ien ("Material", "Materialien").
function otherForms(word) {
  if (/^[a-z]{4,}ung$/.test(word)) return [word.slice(0, -3)];
  if (/^[a-z]{4,}ie$/.test(word)) return [word.slice(0, -2)];
  return /^[a-z]{4,}$/.test(word) ? [`${word}ung`, `${word}ie`] : [];
}

function alternative(kind, terms, label = "") {
  return { kind, terms, weight: WEIGHT[kind], label };
}

function phraseStems(text) {
  return findTokens(clean(text)).flatMap((token) => splitToken(token.text)).map((piece) => stem(fold(piece)));
}

export function readQuery(text) {
  const cleaned = clean(text).slice(0, 200).replace(DATE, writeDate);
  const words = findTokens(cleaned).slice(0, 16).map((token) => readWord(token.text));
  const phrases = Array.from(cleaned.matchAll(QUOTED), (found) => phraseStems(found[1])).filter((phrase) => phrase.length > 1);
  return { words, phrases };
}

// Dates as pages write them: 1.7.2025 and 2025-07-01 are "1 Juli 2025".
function writeDate(found, day, month, year, isoYear, isoMonth, isoDay) {
  const name = MONTHS[Number(month ?? isoMonth) - 1];
  return name ? `${Number(day ?? isoDay)} ${name} ${year ?? isoYear}` : found;
}

function readWord(text) {
  const pieces = splitToken(text).map(fold);
  const folded = pieces.join("");
  return { text, folded, stem: stem(folded), stems: pieces.map(stem) };
}
