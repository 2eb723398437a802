// Spelling correction against the site's own words.

import { fold, stem } from "./analyse.js";
import { readWords } from "./begriffe.js";

const SOUNDS_LIKE = ["fvpw", "kcqgx", "szc", "dt", "bp", "ijy", "aeo", "ouv"];

export async function findCorrections(word, read, letters) {
  const files = lettersToTry(word).filter((letter) => letters.includes(letter));
  const lists = await Promise.all(files.map((letter) => read(`w-${letter}`)));
  const limit = word.length > 7 ? 2 : 1.5;
  const short = stem(word);
  const found = [];
  for (const { text, other, term } of word.length > 3 ? lists.flatMap(candidates) : []) {
    const distance = Math.min(editDistance(word, other, limit), stemDistance(short, term));
    const cost = distance + (other[0] === word[0] ? 0 : 0.5);
    if (cost <= limit) found.push({ text, term, cost });
  }
  const best = Math.min(...found.map(({ cost }) => cost));
  return found.filter(({ cost }) => cost <= best + 0.25).slice(0, 3);
}

// How the site writes the word of a term; a term it writes in one place only stays as it is.
export async function spellingOf(term, read, letters) {
  if (!letters.includes(term[0])) return term;
  return candidates(await read(`w-${term[0]}`)).find((one) => one.term === term)?.text ?? term;
}

const prepared = new Map();

// The words of a list, each with its spelling and stem; worked out once.
function candidates(list) {
  if (!prepared.has(list)) {
    const spelled = readWords(list).map((text) => ({ text, other: fold(text) }));
    prepared.set(list, spelled.map((one) => ({ ...one, term: stem(one.other) })));
  }
  return prepared.get(list);
}

// Stems are compared too ("Indkatoren", "Indikator"), if they are long enough to say something.
function stemDistance(a, b) {
  return Math.min(a.length, b.length) < 6 ? Infinity : editDistance(a, b, a.length > 7 ? 2 : 1);
}

function lettersToTry(word) {
  const letters = new Set([word[0], word[1]]);
  for (const group of SOUNDS_LIKE) if (group.includes(word[0])) for (const letter of group) letters.add(letter);
  return Array.from(letters).filter(Boolean);
}

// Steps from one word to the other; swapped neighbours count once. Beyond the limit: infinite.
export function editDistance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let older = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return Infinity;
    older = last;
    last = row;
  }
  return last[b.length] > limit ? Infinity : last[b.length];
}
