"""A kept page says what it said when it was read."""

from __future__ import annotations

from pathlib import Path

from kreislaufstadt.cache import Cache
from kreislaufstadt.guard.keep import KeptPages
from kreislaufstadt.guard.page import read_page

PAGE = """<!doctype html><html lang="de"><head><title>Seite (Testdaten)</title>
<meta name="description" content="Ümläute"><script src="a.js" integrity="sha384-x"></script></head>
<body><h1 id="a">A</h1><a href="../b/#c">b</a><img src="//fremd.example/x.png" alt=""></body></html>"""


def test_a_kept_page_equals_a_read_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite")
    first = KeptPages(cache)(PAGE)
    cache.save()
    again = KeptPages(Cache(tmp_path / "c.sqlite"))(PAGE)
    assert first == again == read_page(PAGE)
    assert again.findings


def test_another_text_is_read_anew(tmp_path: Path) -> None:
    kept = KeptPages(Cache(tmp_path / "c.sqlite"))
    assert kept(PAGE).title != kept(PAGE.replace("Seite", "Andere")).title
