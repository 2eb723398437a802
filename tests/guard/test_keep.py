"""A kept page says what it said when it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.cache import Cache
from kreislaufstadt.guard import keep
from kreislaufstadt.guard.keep import KeptFiles
from kreislaufstadt.guard.reading import read_file, read_page

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from kreislaufstadt.guard.page import Page

PAGE = """<!doctype html><html lang="de"><head><title>Seite (Testdaten)</title>
<meta name="description" content="Ümläute"><script src="a.js" integrity="sha384-x"></script></head>
<body><h1 id="a">A</h1><a href="../b/#c">b</a><img src="//fremd.example/x.png" alt=""></body></html>"""


def kept(path: Path, cache: Cache) -> Page | None:
    return next(KeptFiles(cache).pages(path.parent, [path.name]))


def test_a_kept_page_equals_a_read_one(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(PAGE, "utf-8")
    cache = Cache(tmp_path / "c.sqlite")
    first = kept(page, cache)
    cache.save()
    again = kept(page, Cache(tmp_path / "c.sqlite"))
    assert first == again == read_page(PAGE)
    assert again
    assert again.findings


def test_only_changed_pages_are_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [tmp_path / f"{number}.html" for number in range(5)]
    names = [page.name for page in pages]
    for page in pages:
        page.write_text(PAGE.replace("Seite", page.stem), "utf-8")
    cache = Cache(tmp_path / "c.sqlite")
    list(KeptFiles(cache).pages(tmp_path, names))
    cache.save()
    pages[3].write_text(PAGE.replace("Seite", "Andere"), "utf-8")
    read: list[bytes] = []
    monkeypatch.setattr(keep, "read_file", lambda raw: (read.append(raw), read_file(raw))[1])
    found = list(KeptFiles(Cache(tmp_path / "c.sqlite")).pages(tmp_path, names))
    assert read == [pages[3].read_bytes()]
    assert [page.title for page in found if page] == [f"{name} (Testdaten)" for name in ("0", "1", "2", "Andere", "4")]


def test_pages_that_are_no_utf8_say_nothing(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_bytes(PAGE.encode("latin-1"))
    cache = Cache(tmp_path / "c.sqlite")
    assert kept(page, cache) is None
    assert kept(page, cache) is None
