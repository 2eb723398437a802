"""The search files of a site are the same whether another process writes them at once or they are made when wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import NETZ
from test_incremental import settings

import kreislaufstadt.parallel as pool
from kreislaufstadt import search_pages
from kreislaufstadt.build import Build
from kreislaufstadt.cache import Cache
from kreislaufstadt.search_gathered import EARLY
from kreislaufstadt.search_index import search_files, start_search
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
