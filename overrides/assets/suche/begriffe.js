// The index by term: finds the shard of a term, loads it once, reads its rows (written by shards.py).

export const FIELDS = ["titel", "abschnitte", "begriffe", "text", "merkmale"];

export class Terms {
  constructor(read, firsts) {
    this.read = read;
    this.firsts = firsts;
    this.shards = new Map();
  }

  shardOf(term) {
    let low = 0;
    let high = this.firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.firsts[middle] <= term) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async loadShard(number) {
    if (this.shards.has(number)) return;
    const text = await this.read(`t${number}`);
    this.shards.set(number, readShard(text));
  }

  async load(terms) {
    if (!this.firsts.length) return;
    const numbers = new Set(Array.from(terms, (term) => this.shardOf(term)));
    await Promise.all(Array.from(numbers, (number) => this.loadShard(number)));
  }

  get(term) {
    return this.shards.get(this.shardOf(term))?.get(term);
  }

  has(term) {
    return this.get(term) !== undefined;
  }

  // Terms that begin with a prefix, the most frequent first.
  async startingWith(prefix, most) {
    if (!this.firsts.length) return [];
    const from = this.shardOf(prefix);
    const to = Math.min(this.shardOf(`${prefix}\uffff`), from + 2);
    const numbers = Array.from({ length: to - from + 1 }, (_, step) => from + step);
    await Promise.all(numbers.map((number) => this.loadShard(number)));
    const found = numbers.flatMap((number) => Array.from(this.shards.get(number)).filter(([term]) => term.startsWith(prefix)));
    return found.sort((a, b) => b[1].length - a[1].length).slice(0, most).map(([term]) => term);
  }
}

export function readShard(text) {
  const rows = new Map();
  let before = "";
  for (const line of text.split("\n")) {
    const cut = line.indexOf(";");
    before = before.slice(0, parseInt(line[0], 36)) + line.slice(1, cut);
    rows.set(before, line.slice(cut + 1));
  }
  return rows;
}

export function readWords(text) {
  let before = "";
  return text ? text.split("\n").map((line) => (before = before.slice(0, parseInt(line[0], 36)) + line.slice(1))) : [];
}

// One term: { field: Map(page -> count) }, only fields that have it.
export function readPostings(row) {
  const entry = {};
  row.split(";").forEach((text, field) => {
    if (text) entry[field] = readField(text);
  });
  return entry;
}

export function readField(text) {
  const pages = new Map();
  const steps = text ? text.split(" ") : [];
  let page = 0;
  for (let at = 0; at < steps.length; at += 1) {
    const step = parseInt(steps[at], 36);
    page += step >> 1;
    pages.set(page, step & 1 ? parseInt(steps[(at += 1)], 36) : 1);
  }
  return pages;
}
