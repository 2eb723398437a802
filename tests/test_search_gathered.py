"""Pages gathered while others are being made give what collecting all of them at the end gives."""

from __future__ import annotations

import pytest
from search.conftest import LANGUAGE, index_pages, make_document

from kreislaufstadt import search_gathered
from kreislaufstadt.cache import Cache
from kreislaufstadt.search.collected import Collected
from kreislaufstadt.search.write import page_file
from kreislaufstadt.search_gathered import Gathered, Meanwhile, collected_key
from kreislaufstadt.search_pages import AnalysedPages, Analyser
from kreislaufstadt.site_folder import Made

DOCUMENTS = [make_document(number, f"Seite {number}", "Begriff", f"Pfand Nummer {number}") for number in range(5)]
ROWS = Analyser(LANGUAGE).rows(DOCUMENTS)
KEYS, PACKED = [key for key, _ in ROWS], [stored for _, stored in ROWS]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Something that thinks three pages are many."""
    monkeypatch.setattr(search_gathered, "SMALLEST", 3)
    return Meanwhile(b"")


@pytest.mark.parametrize("order", [[0, 1, 2], [0, 1, 2, 3, 4], [1, 0, 2, 3], [], [0]])
def test_whatever_was_gathered_all_pages_are_there_in_order(meanwhile: Meanwhile, order: list[int]) -> None:
    cache = Cache(None)
    for number in order:
        meanwhile.take([ROWS[number]], cache)
    found, names = AnalysedPages(KEYS, PACKED, b"", meanwhile.gathered).gathered.finish()
    pages = index_pages(DOCUMENTS)
    assert found == Collected.of(page.terms for page in pages)
    assert names == [Made.of(page_file(number, page.data.encode())).name for number, page in enumerate(pages)]


def test_pages_that_were_gathered_are_not_read_again(meanwhile: Meanwhile, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile.take(ROWS[:4], Cache(None))
    read: list[bytes] = []
    monkeypatch.setattr(search_gathered, "unpack_terms", lambda stored, real=search_gathered.unpack_terms: (read.append(stored), real(stored))[1])
    assert len(AnalysedPages(KEYS, PACKED, b"", meanwhile.gathered).gathered.keys) == 5
    assert read == PACKED[4:]


def test_few_pages_are_not_gathered_and_none_where_the_last_build_left_all_of_them(meanwhile: Meanwhile) -> None:
    cache = Cache(None)
    cache.put(collected_key(b""), b"")
    meanwhile.take(ROWS[:2], cache)
    assert meanwhile.gathered.keys == []
    for _ in range(2):
        meanwhile.take(ROWS[2:], cache)
    assert meanwhile.gathered.keys == Gathered().keys
