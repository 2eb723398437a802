// Text into words and words into one spelling: the twin of text.py, stem.py and compounds.py.
// tests/search/vectors.json holds both to the same answers.

export const JOINT = "\u00ad";
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const TOKEN = /[0-9]+(?:[.,][0-9]+)+|[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)*/gu;
const MARKED_TOKEN = /[0-9]+(?:[.,][0-9]+)+|[\p{L}\p{N}\u00ad]+(?:[-‐‑][\p{L}\p{N}\u00ad]+)*/gu;
const SPELLED = {
  ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", œ: "oe", ø: "oe", ł: "l", đ: "d",
  "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9",
  "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
};
const SHORTEST = 8;
const SHORTEST_PART = 3;
const LONGEST_PART = 20;

export function clean(text) {
  return text.normalize("NFC").replace(INVISIBLE, "");
}

export function findTokens(text) {
  return Array.from(text.matchAll(TOKEN), (found) => ({ text: found[0], start: found.index }));
}

export function findMarkedTokens(text) {
  return Array.from(text.matchAll(MARKED_TOKEN), (found) => ({ text: found[0], start: found.index }));
}

export function splitToken(text) {
  return /^[0-9]+[.,]/.test(text) ? [text] : text.split(/[-‐‑]/);
}

export function fold(word) {
  const spelled = Array.from(word.toLowerCase(), (letter) => SPELLED[letter] ?? letter).join("");
  const plain = spelled.normalize("NFD").replace(/\p{M}/gu, "");
  return plain.replace(/([qae]?)ue|ae|oe/g, (found, before) => {
    if (before === undefined || (before === "" && found !== "ue")) return found[0];
    return before ? found : "u";
  });
}

export function stem(word) {
  let text = word.replaceAll("sch", "$").replaceAll("ei", "%").replaceAll("ie", "&");
  text = text.replace(/(.)\1/g, "$1*");
  while (text.length > 3) {
    if (text.length > 5 && /(?:em|er|nd)$/.test(text)) text = text.slice(0, -2);
    else if (/[tesn]$/.test(text)) text = text.slice(0, -1);
    else break;
  }
  text = text.replace(/(.)\*/g, "$1$1");
  return text.replaceAll("$", "sch").replaceAll("%", "ei").replaceAll("&", "ie");
}

const remembered = new Map();

// The term of a written word; texts repeat their words, so it is worth remembering.
export function termOf(word) {
  let term = remembered.get(word);
  if (term === undefined) {
    term = stem(fold(word));
    if (remembered.size > 50000) remembered.clear();
    remembered.set(word, term);
  }
  return term;
}

// The fewest known parts, and of those splits the one with the longest last part.
export function splitByParts(word, lexicon) {
  if (word.length < SHORTEST || !/^[a-z]+$/.test(word)) return [];
  const best = new Map([[0, []]]);
  for (let start = 0; start <= word.length - SHORTEST_PART; start += 1) {
    const head = best.get(start);
    if (!head) continue;
    for (let end = start + SHORTEST_PART; end <= Math.min(word.length, start + LONGEST_PART); end += 1) {
      const piece = word.slice(start, end);
      if (lexicon.has(piece) || (end === word.length && inflected(piece, lexicon))) keepBetter(best, end, [...head, piece]);
    }
  }
  const found = best.get(word.length) ?? [];
  return found.length > 1 ? found : [];
}

function inflected(piece, lexicon) {
  return ["en", "es", "er", "e", "n", "s"].some((ending) => piece.endsWith(ending) && lexicon.has(piece.slice(0, -ending.length)));
}

function keepBetter(best, end, parts) {
  const known = best.get(end);
  if (known && (known.length < parts.length || (known.length === parts.length && known.at(-1).length >= parts.at(-1).length))) return;
  best.set(end, parts);
}
