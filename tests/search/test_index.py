"""Python writes what MiniSearch writes, and the shards hold the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from kreislaufstadt.search.analysis import Analysis
from kreislaufstadt.search.index import FIELDS, Index, IndexedPage, build_index, index_page, serialise
from kreislaufstadt.search.shards import cut_shards, to_base36, write_postings
from search.conftest import LANGUAGE, make_documents

if TYPE_CHECKING:
    from playwright.sync_api import Page

BUILD = """async ([root, fields, pages]) => {
  const { default: MiniSearch } = await import(`${root}assets/vendor/minisearch/minisearch.js`);
  const index = new MiniSearch({ fields, tokenize: (text) => text.split("\\n").filter(Boolean), processTerm: (term) => term });
  index.addAll(pages.map((page, id) => ({ id, ...Object.fromEntries(fields.map((field, at) => [field, page[at].join("\\n")])) })));
  return JSON.parse(JSON.stringify(index));
}"""
LOAD = """async ([root, fields, form, terms]) => {
  const { default: MiniSearch } = await import(`${root}assets/vendor/minisearch/minisearch.js`);
  const whole = { tokenize: (text) => [text], processTerm: (term) => term };
  const index = MiniSearch.loadJSON(JSON.stringify(form), { fields, ...whole });
  return terms.map((term) => index.search(term, whole).map(({ id, score }) => [id, score]));
}"""
SHARDS = """async ([root, shards]) => {
  const m = await import(`${root}assets/suche/begriffe.js`);
  const plain = (fields) => Object.fromEntries(Object.entries(fields).map(([field, pages]) => [field, Object.fromEntries(pages)]));
  return shards.flatMap((text) => Array.from(m.readShard(text), ([term, row]) => [term, plain(m.readPostings(row))]));
}"""
SCORES = """async ([root, form, base, rows, weights]) => {
  const { default: MiniSearch } = await import(`${root}assets/vendor/minisearch/minisearch.js`);
  const { Scorer } = await import(`${root}assets/suche/punkte.js`);
  const whole = { tokenize: (text) => [text], processTerm: (term) => term };
  const fields = Object.keys(form.fieldIds);
  const index = MiniSearch.loadJS(form, { fields, ...whole });
  const boost = Object.fromEntries(fields.map((field, at) => [field, weights[at]]));
  const scorer = new Scorer({ base, terms: new Map(rows), weights });
  const sorted = (pairs) => pairs.sort((a, b) => a[0] - b[0]);
  return rows.map(([term]) => [
    sorted(index.search(term, { ...whole, boost }).map(({ id, score }) => [id, score])),
    sorted(Array.from(scorer.scores(term))),
  ]);
}"""


@pytest.fixture(scope="module")
def pages() -> list[IndexedPage]:
    """The invented documents, analysed."""
    return [index_page(document, Analysis(LANGUAGE)) for document in make_documents()]


def sort_terms(form: dict[str, Any]) -> dict[str, Any]:
    """Put the terms in order; MiniSearch writes them in the order of its tree."""
    return {**form, "index": sorted(form["index"])}


def test_serialised_form_equals_minisearchs_own(page: Page, modules: str, pages: list[IndexedPage]) -> None:
    page.goto(f"{modules}main.html")
    built = page.evaluate(BUILD, [modules, FIELDS, [[list(Counter(terms).elements()) for terms in one.terms.counts] for one in pages]])
    assert sort_terms(serialise(build_index(pages))) == sort_terms(built)


def test_minisearch_loads_it_and_ranks_the_same(page: Page, modules: str, pages: list[IndexedPage]) -> None:
    page.goto(f"{modules}main.html")
    terms = ["reparaturbonu", "pfand", "testda"]
    built = page.evaluate(BUILD, [modules, FIELDS, [[list(Counter(terms).elements()) for terms in one.terms.counts] for one in pages]])
    ours = page.evaluate(LOAD, [modules, FIELDS, serialise(build_index(pages)), terms])
    assert ours == page.evaluate(LOAD, [modules, FIELDS, built, terms])
    assert all(ours)


def test_shards_hold_the_whole_index(page: Page, modules: str, pages: list[IndexedPage]) -> None:
    page.goto(f"{modules}main.html")
    index = build_index(pages)
    shards = cut_shards({term: write_postings(rows) for term, rows in index.postings.items()}, 800)
    assert len(shards) > 3
    assert page.evaluate(SHARDS, [modules, [text for _, text in shards]]) == serialise(index)["index"]


def test_scores_are_minisearchs_for_every_term(page: Page, modules: str, pages: list[IndexedPage]) -> None:
    page.goto(f"{modules}main.html")
    index = build_index(pages)
    base = {"laengen": index.lengths, "mittel": index.average_lengths}
    rows = [[term, write_postings(postings)] for term, postings in index.postings.items()]
    assert len(rows) > 50
    for theirs, ours in page.evaluate(SCORES, [modules, serialise(index), base, rows, [5, 2.5, 3, 1, 0.6]]):
        assert [number for number, _ in ours] == [number for number, _ in theirs] != []
        assert [score for _, score in ours] == pytest.approx([score for _, score in theirs], rel=1e-12)


def test_shards_are_named_by_their_first_term() -> None:
    index = Index()
    index.add([{"b": 1, "a": 1}, {}, {}, {"c": 1, "a": 2}, {}])
    rows = {term: write_postings(postings) for term, postings in index.postings.items()}
    assert cut_shards(rows, 1) == [("a", "0a;0;;;1 2"), ("b", "0b;0"), ("c", "0c;;;;0")]


def test_postings_count_steps_in_base_36() -> None:
    assert write_postings([{0: 1, 3: 2, 40: 1}, {}, {}, {}, {}]) == "0 7 2 22"
    assert [to_base36(number) for number in (0, 35, 36, 1296)] == ["0", "z", "10", "100"]
