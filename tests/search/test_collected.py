"""Changing pages one after the other leaves what collecting all of them anew gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kreislaufstadt.search.collected import Collected
from kreislaufstadt.search.index import FIELDS, Index
from kreislaufstadt.search.shards import Rows, join_rows, read_postings, write_postings
from search.conftest import index_pages, make_document

WORDS = ("Reparatur", "reparatur", "Bauteile", "Bauteil", "Pfand", "Mehrweg", "Testdaten", "Kompost")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
PAGES = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6)


@settings(max_examples=60)
@given(before=PAGES, edits=st.lists(st.tuples(st.integers(0, 5), TEXTS, TEXTS), max_size=8))
def test_changes_leave_no_trace(before: list[tuple[str, str]], edits: list[tuple[int, str, str]]) -> None:
    pages = index_pages(make_document(number, f"Seite {title}", "Begriff", text) for number, (title, text) in enumerate(before))
    collected = Collected.of(page.terms for page in pages)
    for place, title, text in edits:
        number = place % len(pages)
        [new] = index_pages([make_document(number, f"Seite {title}", "Begriff", text)])
        collected.change({number: (pages[number].terms, new.terms)})
        pages[number] = new
    assert collected == Collected.of(page.terms for page in pages) == Collected.unpack(collected.pack())


@given(st.lists(st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from((1, 2, 40, 70_000))), min_size=len(FIELDS), max_size=len(FIELDS)), max_size=50))
def test_rows_are_written_as_postings_are(pages: list[list[dict[str, int]]]) -> None:
    index, rows = Index(), [Rows() for _ in FIELDS]
    for number, counts in enumerate(pages):
        index.add(counts)
        for row, terms in zip(rows, counts, strict=True):
            row.add(number, terms)
    assert join_rows(rows) == {term: write_postings(postings) for term, postings in index.postings.items()}


@given(st.lists(st.dictionaries(st.integers(0, 5000), st.integers(1, 3000), max_size=8), min_size=len(FIELDS), max_size=len(FIELDS)))
def test_postings_are_read_as_they_were_written(rows: list[dict[int, int]]) -> None:
    assert read_postings(write_postings(rows), len(FIELDS)) == rows
