// Keeps what people wrote in the head of a file: comments, order and notation of every field that was not changed.
// The editor hands over values only, without the file they came from; so the heads that were read are remembered,
// and the one that has most of its values in common with what is to be written is taken as its former state.

/** Share of a head's fields that must be unchanged: below it the file is taken for a new one. */
const ENOUGH = 0.6;
const KEY = /^[^\s#-][^:]*:(?:\s|$)/;
const MODELINE = /^# yaml-language-server:/m;

/** A value so that equal values have equal texts, whatever the order of their parts. */
export const canonical = (value) => JSON.stringify(value, (_, part) => (part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part));

/** The lines above the first field, and the lines of each field with the comments directly above it. */
export function splitHead(text) {
  const blocks = [];
  const head = [];
  let above = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    if (KEY.test(line)) {
      blocks.push({ key: line.slice(0, line.indexOf(":")), above, lines: [line] });
      above = [];
    } else if (line.startsWith("#") && !MODELINE.test(line)) {
      above.push(line);
    } else {
      (blocks.at(-1)?.lines ?? head).push(...above, line);
      above = [];
    }
  }
  return { head, blocks, end: above };
}

/** Remembers the heads of files by their format. */
export class Heads {
  #known = [];

  /** Keep the head of a file with its values, as they would be written. */
  add(text, values) {
    const equal = new Map(Object.entries(values).map(([key, value]) => [key, canonical(value)]));
    if (equal.size && !this.#known.some((known) => known.text === text)) this.#known.push({ text, equal });
  }

  /** The former head of a file with these values, or undefined if it is new; then it is forgotten, since another one takes its place. */
  take(values) {
    const rated = this.#known.map((known) => ({ known, share: share(known.equal, values) })).sort((one, other) => other.share - one.share);
    const [best, second] = rated;
    if (!best || best.share < ENOUGH || best.share === second?.share) return undefined;
    this.#known = this.#known.filter((known) => known !== best.known);
    return best.known;
  }
}

function share(equal, values) {
  let same = 0;
  for (const [key, text] of equal) same += canonical(values[key]) === text;
  return same / equal.size;
}

/** The head with the given values: unchanged fields as they stand in the former head, the others written anew. */
export function mergeHead({ text, equal }, values, write, modeline) {
  const { head, blocks, end } = splitHead(text);
  const written = new Map(blocks.map((block) => [block.key, block]));
  const order = blocks.map((block) => block.key).filter((key) => key in values);
  let before = -1;
  for (const key of Object.keys(values)) {
    const at = order.indexOf(key);
    if (at >= 0) before = at;
    else order.splice((before += 1), 0, key);
  }
  const lines = order.flatMap((key) => {
    const block = written.get(key);
    const same = block && equal.get(key) === canonical(values[key]);
    return [...(block?.above ?? []), ...(same ? block.lines : write({ [key]: values[key] }).trimEnd().split("\n"))];
  });
  const first = MODELINE.test(text) ? [] : [modeline];
  return `${[...first, ...head, ...lines, ...end].join("\n")}\n`;
}
