"""Pages gathered where they are made give what collecting all of them at the end gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from search.conftest import LANGUAGE, index_pages, make_document

from kreislaufstadt.cache import Cache
from kreislaufstadt.guard.keep import KeptFiles
from kreislaufstadt.search.collected import Collected
from kreislaufstadt.search.write import page_file
from kreislaufstadt.search_gathered import Gathered
from kreislaufstadt.search_pages import AnalysedPages, Analyser
from kreislaufstadt.site_folder import Made, SiteFolder

DOCUMENTS = [make_document(number, f"Seite {number}", "Begriff", f"Pfand Nummer {number}") for number in range(5)]
ROWS = Analyser(LANGUAGE).rows(DOCUMENTS)
KEYS, PACKED = [key for key, _ in ROWS], [stored for _, stored in ROWS]


def gather(*parts: range) -> Analyser:
    """Gather parts of the pages, each as a process of its own would."""
    analyser = Analyser(LANGUAGE)
    for part in parts:
        gathered = Gathered(part.start)
        Analyser(LANGUAGE).rows([DOCUMENTS[number] for number in part], gathered)
        analyser.gathered.join(gathered.pack())
    return analyser


@pytest.mark.parametrize("parts", [[range(3)], [range(2), range(2, 3), range(3, 5)], [range(1, 3), range(2)], [range(2), range(1, 4)], []])
def test_whatever_was_gathered_all_pages_are_there_in_order(parts: list[range]) -> None:
    found, names = AnalysedPages(KEYS, PACKED, gather(*parts)).gathered.finish()
    pages = index_pages(DOCUMENTS)
    assert found == Collected.of(page.terms for page in pages)
    assert names == [Made.of(page_file(number, page.data)).name for number, page in enumerate(pages)]


def test_pages_that_were_gathered_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = AnalysedPages(KEYS, PACKED, gather(range(2), range(2, 4)))
    read: list[int] = []
    monkeypatch.setattr(AnalysedPages, "terms", lambda self, number, real=AnalysedPages.terms: (read.append(number), real(self, number))[1])
    assert len(pages.gathered.keys) == 5
    assert read == [4]


def test_pages_that_have_changed_since_are_gathered_anew() -> None:
    analyser = gather(range(4))
    [(key, stored)] = analyser.rows([make_document(1, "Anders", "Begriff", "Pfand")])
    keys, packed = [KEYS[0], key, *KEYS[2:]], [PACKED[0], stored, *PACKED[2:]]
    assert AnalysedPages(keys, packed, analyser).gathered.finish() == AnalysedPages(keys, packed, Analyser(LANGUAGE)).gathered.finish()


def test_texts_that_were_put_and_hold_nothing_but_data_are_not_opened_again(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path, Cache(None))
    folder.begin()
    analyser, gathered = Analyser(LANGUAGE), Gathered(0, folder)
    Analyser(LANGUAGE).rows(DOCUMENTS[:2], gathered)
    gathered.add(b"x", index_pages(DOCUMENTS)[2].terms, b"fetch('//fremd.example/')")
    analyser.gathered.join(gathered.pack())
    names = {file: row[0] for file, row in gathered.early.items()}
    kept = KeptFiles(Cache(None), names.get, quiet=analyser.gathered.quiet)
    assert [kept.is_quiet(tmp_path, file) for file in names] == [True, True, False]
