// The search itself. Runs in a worker; where workers may not start (file://), in the page.

import { Terms } from "./begriffe.js";
import { openFiles, receive } from "./daten.js";
import { Planner } from "./plan.js";
import { FEW, Ranking, byScore } from "./rang.js";
import { Wanted, containsPhrase, showPage, togetherness } from "./stellen.js";

const MOST_CHECKED = 60;
const LOOKED_INTO = 10;

class Search {
  constructor(read, base) {
    const terms = new Terms(read, base.scherben);
    this.read = read;
    this.planner = new Planner({ base, terms, read });
    this.ranking = new Ranking({ base, terms });
  }

  async answer({ text, selected = {}, count = 10, typing = false, synonyms = true }) {
    const { plan, answers: ranked, weights } = await this.rank(text, { typing, synonyms });
    const wanted = new Wanted(plan);
    const all = await this.checkPhrases(ranked, plan.phrases);
    const checked = plan.phrases.length && ranked.length > MOST_CHECKED ? MOST_CHECKED : 0;
    const answers = this.ranking.filter(all, selected);
    await this.lookInto(answers.slice(0, LOOKED_INTO), wanted, weights);
    answers.splice(0, LOOKED_INTO, ...answers.slice(0, LOOKED_INTO).sort(byScore));
    const shown = answers.slice(0, count);
    const pages = await Promise.all(shown.map(async ({ page }) => showPage(await this.read(`s${page}`), wanted)));
    const results = pages.map((page, at) => ({ ...page, missing: wordsOf(plan, shown[at].missing), partly: wordsOf(plan, shown[at].partly) }));
    return { results, total: answers.length, checked, facets: this.ranking.countFacets(all, selected), ...describe(plan, answers) };
  }

  async rank(text, options) {
    const plan = await this.planner.plan(text, options);
    const ranked = this.ranking.rank(plan);
    if (!plan.slots.length || ranked.answers.filter(({ full }) => full).length >= FEW) return { plan, ...ranked };
    const loose = await this.planner.loosen(plan);
    return { plan: loose, ...this.ranking.rank(loose) };
  }

  // The first pages are read: those where the words stand together rise.
  async lookInto(answers, wanted, weights) {
    await Promise.all(
      answers.map(async (answer) => {
        answer.together = togetherness(await this.read(`s${answer.page}`), wanted, weights, answer.missing);
        answer.score *= 0.6 + 0.4 * answer.together;
      }),
    );
  }

  // Only the best pages are read for phrases; the answer says so where there are more ("checked").
  async checkPhrases(answers, phrases) {
    if (!phrases.length) return answers;
    const candidates = answers.slice(0, MOST_CHECKED);
    const pages = await Promise.all(candidates.map(({ page }) => this.read(`s${page}`)));
    return candidates.filter((_, at) => phrases.every((phrase) => containsPhrase(pages[at], phrase)));
  }
}

function wordsOf({ slots }, numbers) {
  return [...new Set(numbers.map((slot) => slots[slot].part ?? slots[slot].text))];
}

// A list is only a substitute if no page has even half of the question, by rarity, in one place.
function isSubstitute(answers) {
  return answers.length > 0 && !answers.some(({ together, covered }) => Math.min(together ?? 0, covered) >= 0.5);
}

// What the reader must know about the plan: words without hits, corrections, synonyms.
function describe({ slots, onlyStopWords }, answers) {
  const labels = (slot, ...kinds) => [...new Set(slot.alternatives.filter(({ kind, label }) => label && kinds.includes(kind)).map(({ label }) => label))];
  const replaced = slots
    .filter((slot) => !slot.known && !slot.of)
    .map((slot) => ({ text: slot.text, corrections: labels(slot, "korrektur"), others: labels(slot, "rest") }));
  const apart = [...new Set(slots.map(({ of }) => of).filter(Boolean))];
  return {
    substitute: isSubstitute(answers),
    anyFull: answers.some(({ full }) => full),
    onlyStopWords,
    nothing: slots.filter((slot) => !slot.alternatives.length && !slot.of).map(({ text }) => text),
    replaced: [
      ...replaced.filter(({ corrections, others }) => corrections.length || others.length),
      ...apart.map((text) => ({ text, corrections: [], others: slots.filter(({ of }) => of === text).map(({ part }) => part) })),
    ],
    synonyms: [...new Set(slots.flatMap((slot) => labels(slot, "synonym")))],
  };
}

let search;

function openSearch(folder) {
  const read = openFiles(folder);
  search ??= read("grund").then((base) => new Search(read, base));
  search.catch(() => (search = undefined));
  return search;
}

function startWorker() {
  const folder = new URL(".", self.location.href).href;
  openSearch(folder);
  self.onmessage = async ({ data }) => {
    try {
      self.postMessage({ number: data.number, answer: data.question ? await (await openSearch(folder)).answer(data.question) : null });
    } catch (error) {
      self.postMessage({ number: data.number, error: String(error) });
    }
  };
}

if (typeof document === "undefined") startWorker();
else {
  globalThis.kreislaufsuche = receive;
  globalThis.kreislaufsucheKern = async (folder, question) => (await openSearch(folder)).answer(question);
}
