"""A register that is too large for the search page: pages of its own, every entry once, every page in reach."""

from __future__ import annotations

import re

import pytest
from exports.support_exports import make_settings

from kreislaufstadt.build import SEARCH_PAGE, Build
from kreislaufstadt.search import register as module

ENTRY = re.compile(r'<li><a href="([^"]+)">([^<]+)</a> <span class="treffer-art">')


def entries(html: str) -> list[tuple[str, str]]:
    """The addresses and words of the entries, addresses from the top of the site."""
    return [(address.removeprefix("../").removeprefix("../"), words) for address, words in ENTRY.findall(html)]


def test_a_small_register_stands_on_the_search_page() -> None:
    pages = Build(make_settings()).pages
    assert [url for url in pages if url.startswith(SEARCH_PAGE)] == [SEARCH_PAGE]
    assert len(entries(pages[SEARCH_PAGE].html)) > 50


def test_a_large_register_has_pages_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Build(make_settings()).pages
    monkeypatch.setattr(module, "MOST_TOGETHER", 20)
    monkeypatch.setattr(module, "_ON_ONE_PAGE", 5)
    large = Build(make_settings()).pages
    register = {url: page for url, page in large.items() if url.startswith(SEARCH_PAGE) and url != SEARCH_PAGE}
    assert large.keys() - register.keys() == small.keys()
    assert len(register) > 10
    linked = [f"{SEARCH_PAGE}{name}" for name in re.findall(r'href="(register-[\w-]+/)"', large[SEARCH_PAGE].html)]
    assert sorted(linked) == sorted(register)
    found = [entry for url in linked for entry in entries(register[url].html)]
    assert found == entries(small[SEARCH_PAGE].html), "the same entries in the same order, none twice"
    assert all(len(entries(page.html)) <= 5 for page in register.values())


def test_pages_of_the_register_lead_to_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TOGETHER", 20)
    monkeypatch.setattr(module, "_ON_ONE_PAGE", 5)
    pages = Build(make_settings()).pages
    order = [f"{SEARCH_PAGE}{name}" for name in re.findall(r'href="(register-[\w-]+/)"', pages[SEARCH_PAGE].html)]
    following = [re.findall(r'rel="next" href="\.\./([^"]+)"', pages[url].html) for url in order]
    assert following == [*([url.removeprefix(SEARCH_PAGE)] for url in order[1:]), []]
    assert all('<a href="../">Suche</a>' in pages[url].html for url in order), "the way back"
    titles = [re.search(r"<title>([^<]+)", pages[url].html) for url in order]
    assert len({found[1] for found in titles if found}) == len(order), "each has a title of its own"
