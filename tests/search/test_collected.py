"""Changing pages one after the other leaves what collecting all of them anew gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kreislaufstadt.search.collected import NO_TERMS, Collected
from kreislaufstadt.search.index import FIELDS, Index
from kreislaufstadt.search.order import Order
from kreislaufstadt.search.shards import Rows, change_field, join_rows, renumber_field, write_postings
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
    written = {term: text.replace(",", " ") for term, text in join_rows(rows).items()}
    assert written == {term: write_postings(postings) for term, postings in index.postings.items()}


@settings(max_examples=60)
@given(before=PAGES, now=PAGES, data=st.data())
def test_pages_that_come_and_go_leave_no_trace(before: list[tuple[str, str]], now: list[tuple[str, str]], data: st.DataObject) -> None:
    old, new = (index_pages(make_document(number, f"Seite {title}", "Begriff", text) for number, (title, text) in enumerate(pages)) for pages in (before, now))
    stay = data.draw(st.integers(0, min(len(old), len(new))))
    places, targets = (sorted(data.draw(st.permutations(range(len(pages))))[:stay]) for pages in (old, new))
    for place, target in zip(places, targets, strict=True):
        new[target] = old[place]
    collected = Collected.of(page.terms for page in old)
    collected.change({number: (page.terms, NO_TERMS) for number, page in enumerate(old) if number not in places})
    collected.renumber(Order(places, [target - place for place, target in zip(places, targets, strict=True)], [1] * stay), len(new))
    collected.change({number: (NO_TERMS, page.terms) for number, page in enumerate(new) if number not in targets})
    assert collected == Collected.of(page.terms for page in new)


COUNTS = st.dictionaries(st.integers(0, 5000), st.integers(1, 3000), max_size=8)


def write(counts: dict[int, int]) -> str:
    """One field of a row as it is collected."""
    rows = Rows()
    for page, count in sorted(counts.items()):
        rows.add(page, {"x": count})
    return rows.write().get("x", "")


@given(COUNTS, st.dictionaries(st.integers(0, 5000), st.integers(0, 3000), max_size=8), st.data())
def test_a_field_is_changed_to_what_would_have_been_written(before: dict[int, int], other: dict[int, int], data: st.DataObject) -> None:
    edits = other | {page: data.draw(st.sampled_from((0, 1, 2, 70_000))) for page in before if data.draw(st.booleans())}
    assert change_field(write(before), edits) == write({page: count for page, count in (before | edits).items() if count})


@given(COUNTS, st.lists(st.tuples(st.integers(0, 900), st.integers(1, 900), st.integers(0, 50)), max_size=12))
def test_a_field_is_renumbered_to_what_would_have_been_written(counts: dict[int, int], gaps: list[tuple[int, int, int]]) -> None:
    starts, shifts, lengths, end, shift = [], [], [], 0, 0
    for gone, stays, new in gaps:
        shift += new - gone
        starts, shifts, lengths, end = [*starts, end + gone], [*shifts, shift], [*lengths, stays], end + gone + stays
    order = Order(starts, shifts, lengths)
    stay = dict(order.numbers())
    kept = {page: count for page, count in counts.items() if page in stay}
    assert renumber_field(write(kept), order) == write({stay[page]: count for page, count in kept.items()})
