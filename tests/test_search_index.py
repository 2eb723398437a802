"""The search files of a site are the same whether another process writes them at once or they are made when wanted."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from search.conftest import LANGUAGE, make_document
from support import NETZ
from test_incremental import settings

import kreislaufstadt.parallel as pool
from kreislaufstadt import search_pages
from kreislaufstadt.build import Build
from kreislaufstadt.cache import Cache
from kreislaufstadt.progress import Progress
from kreislaufstadt.search.collected import Collected
from kreislaufstadt.search.documents import SearchDocument
from kreislaufstadt.search_gathered import EARLY, collected_key
from kreislaufstadt.search_index import MOST_CHANGED, collect, search_files, start_search
from kreislaufstadt.search_pages import AnalysedPages, Analyser, analyse_pages
from kreislaufstadt.site_folder import SiteFolder

PROGRAM = Path(__file__).parent.parent / "overrides" / "assets" / "suche"


@pytest.mark.parametrize("forked", [False, True])
def test_a_first_build_writes_them_where_they_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forked: bool) -> None:
    monkeypatch.setattr(pool, "SMALLEST", 1 if forked else 10_000)
    plain, build = Build(settings(NETZ, None)), Build(settings(NETZ, tmp_path / "c.sqlite"))
    build.folder = folder = SiteFolder(tmp_path / "site", Cache(None))
    folder.begin()
    take = start_search(build, PROGRAM)
    assert take() == {}
    files = {path: made.read() for path, made in search_files(plain, PROGRAM).items()}
    assert {path: (tmp_path / "site" / path).read_bytes() for path in files} == files
    assert {path: folder.name_of(path) for path in files} == {path: made.name for path, made in search_files(plain, PROGRAM).items()}
    build.cache.save()
    later = Build(settings(NETZ, tmp_path / "c.sqlite"))
    later.folder = folder
    assert {path: made.read() for path, made in start_search(later, PROGRAM)().items()} == files


def test_without_a_folder_they_are_handed_over() -> None:
    build = Build(settings(NETZ, None))
    assert start_search(build, PROGRAM)().keys() == search_files(build, PROGRAM).keys()


@pytest.mark.parametrize("forked", [False, True])
@pytest.mark.parametrize("others", ["", "s99999.js", "s3.js"])
def test_texts_that_are_put_where_pages_are_made_end_where_they_belong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forked: bool, others: str) -> None:
    monkeypatch.setattr(search_pages, "SMALLEST", 1)
    monkeypatch.setattr(pool, "SMALLEST", 1 if forked else 10_000)
    site = tmp_path / "site"
    if others:
        (site / EARLY).mkdir(parents=True)
        (site / EARLY / others).write_text("von einem Bau, der nicht fertig wurde (Testdaten)")
    plain, build = Build(settings(NETZ, None)), Build(settings(NETZ, tmp_path / "c.sqlite"))
    build.folder = folder = SiteFolder(site, Cache(None))
    takes = []
    build.start_search = lambda build: takes.append(start_search(build, PROGRAM))
    assert build.pages
    assert len(build.indexed.early) == len(build.documents) - 1, "only the page of the open data comes late"
    assert takes[0]() == {}
    files = {path: made.read() for path, made in search_files(plain, PROGRAM).items()}
    assert {path: (site / path).read_bytes() for path in files} == files
    assert {path: folder.name_of(path) for path in files} == {path: made.name for path, made in search_files(plain, PROGRAM).items()}
    folder.write(())
    assert {path.relative_to(site).as_posix() for path in (site / "suche").rglob("*") if path.is_file()} == {path for path in files if path.startswith("suche/")}
    assert not (site / EARLY).exists()


WORDS = ("Reparatur", "Bauteile", "Pfand", "Mehrweg", "Kompost", "Testdaten")
FIRST = [make_document(number, f"Seite {number}", "Begriff", WORDS[number % len(WORDS)]) for number in range(30)]
NEW = make_document(99, "Neu", "Begriff", "Pfand und Wurmkiste")


def collected(file: Path | None, documents: list[SearchDocument]) -> tuple[Collected, list[str], bool]:
    """What a build of the documents collects, and whether it gathered everything anew."""
    cache = Cache(file)
    pages = analyse_pages(documents, Analyser(LANGUAGE), cache, Progress())
    found, names = collect(pages, cache)
    cache.save()
    cache.close()
    return found, names, "gathered" in vars(pages)


@pytest.mark.parametrize(
    "documents",
    [
        [NEW, *FIRST],
        [*FIRST[:15], NEW, *FIRST[15:]],
        [*FIRST, NEW],
        FIRST[1:],
        [*FIRST[:15], *FIRST[16:]],
        FIRST[:-1],
        [*FIRST[1:15], NEW, *FIRST[17:]],
        [*FIRST[:3], NEW, *FIRST[4:]],
        [*FIRST[4:], *FIRST[:3]],
        [*FIRST[:7], make_document(7, "Anders", "Begriff", "Pfand"), *FIRST[9:], NEW],
        FIRST,
    ],
)
def test_pages_that_come_and_go_are_all_that_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, documents: list[SearchDocument]) -> None:
    collected(tmp_path / "c.sqlite", FIRST)
    read: list[bytes] = []
    monkeypatch.setattr(AnalysedPages, "read_terms", lambda self, stored, real=AnalysedPages.read_terms: (read.append(stored), real(self, stored))[1])
    found = collected(tmp_path / "c.sqlite", documents)
    assert len(read) < 10
    assert found == (*collected(None, documents)[:2], False)


def test_whatever_changes_a_later_build_collects_what_a_clean_one_does(tmp_path: Path) -> None:
    rng, documents, last = random.Random(20261129), FIRST, 100
    ways = set()
    for _ in range(60):
        documents = list(documents)
        for _ in range(rng.choice((0, 1, 1, 2, 3, 12))):
            kind, place = rng.choice(("add", "add", "edit", "remove", "move")), rng.randrange(len(documents))
            if kind == "add" or len(documents) < 10:
                documents.insert(place, make_document(last := last + 1, f"Neu {last}", "Begriff", " ".join(rng.choices(WORDS, k=3))))
                continue
            gone = documents.pop(place)
            if kind == "edit":
                number = int(gone.url.split("/")[1])
                documents.insert(place, make_document(number, f"Anders {rng.random()}", "Begriff", " ".join(rng.choices(WORDS, k=4))))
            elif kind == "move":
                documents.insert(rng.randrange(len(documents)), gone)
        found = collected(tmp_path / "c.sqlite", documents)
        assert found[:2] == collected(None, documents)[:2]
        ways.add(found[2])
    assert ways == {False, True}


def test_where_too_much_changed_all_is_gathered(tmp_path: Path) -> None:
    most = int(MOST_CHANGED * len(FIRST))
    for gone, anew in ((most // 2, False), (most, True)):
        collected(tmp_path / f"{gone}.sqlite", FIRST)
        assert collected(tmp_path / f"{gone}.sqlite", FIRST[gone:]) == (*collected(None, FIRST[gone:])[:2], anew)


@pytest.mark.parametrize("lost", ["collected", "gone", "edited"])
def test_where_something_is_damaged_all_is_gathered(tmp_path: Path, lost: str) -> None:
    file, analyser = tmp_path / "c.sqlite", Analyser(LANGUAGE)
    collected(file, FIRST)
    key = {"collected": collected_key(analyser.base), "gone": analyser.key(FIRST[3]), "edited": analyser.key(FIRST[5])}[lost]
    with sqlite3.connect(file) as connection:
        assert connection.execute("UPDATE rows SET value = ? WHERE key = ?", (b"[[], [], []]\n{}", key)).rowcount == 1
    connection.close()
    documents = [*FIRST[:3], FIRST[4], make_document(5, "Anders", "Begriff", "Pfand"), *FIRST[6:], NEW]
    assert collected(file, documents) == (*collected(None, documents)[:2], True)
