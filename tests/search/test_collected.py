"""Changing pages one after the other leaves what collecting all of them anew gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kreislaufstadt.search.collected import Collected
from kreislaufstadt.search.index import FIELDS
from kreislaufstadt.search.shards import read_postings, write_postings
from search.conftest import index_pages, make_document

WORDS = ("Reparatur", "reparatur", "Bauteile", "Bauteil", "Pfand", "Mehrweg", "Testdaten", "Kompost")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
PAGES = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6)


@settings(max_examples=60)
@given(before=PAGES, edits=st.lists(st.tuples(st.integers(0, 5), TEXTS, TEXTS), max_size=8))
def test_changes_leave_no_trace(before: list[tuple[str, str]], edits: list[tuple[int, str, str]]) -> None:
    pages = index_pages(make_document(number, f"Seite {title}", "Begriff", text) for number, (title, text) in enumerate(before))
    collected = Collected.of(pages)
    for place, title, text in edits:
        number = place % len(pages)
        [new] = index_pages([make_document(number, f"Seite {title}", "Begriff", text)])
        collected.change({number: (pages[number], new)})
        pages[number] = new
    assert collected == Collected.of(pages) == Collected.unpack(collected.pack())


@given(st.lists(st.dictionaries(st.integers(0, 5000), st.integers(1, 3000), max_size=8), min_size=len(FIELDS), max_size=len(FIELDS)))
def test_postings_are_read_as_they_were_written(rows: list[dict[int, int]]) -> None:
    assert read_postings(write_postings(rows), len(FIELDS)) == rows
