"""Links that pages beside each other share lead where each page's own links would lead."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from browser_support import own_site
from markupsafe import Markup

from kreislaufstadt import page_links
from kreislaufstadt.page_links import ERROR_PAGE, PageLinks
from kreislaufstadt.urls import relative_url

PAGES = ("", "a/", "b/", "a/b/", "a/c/", "a/b/c/", "a/c/b/", "d.html", "a/d.html", "a/e.html")
TARGETS = (*PAGES, "a/b", "a/b/#x", "#x", "a/#x", "e", "a/b/index.md", "assets/e.css", "b/c/")


@pytest.mark.parametrize("index", ["", "index.html"])
def test_pages_share_links_and_get_their_own(index: str) -> None:
    site = own_site()
    links = PageLinks(site.catalog, replace(site.settings, index_name=index))
    for here, target in product(PAGES, TARGETS):
        with links.on(here):
            assert links.url(target) == relative_url(here, target, index=index), (here, target)


def test_links_of_the_error_page_begin_at_the_host() -> None:
    site = own_site()
    links = PageLinks(site.catalog, replace(site.settings, base_url="https://example.org/ort/"))
    with links.on(ERROR_PAGE):
        assert links.url("a/b/") == "/ort/a/b/"
        assert links.url("") == "/ort/"
    assert links.url("a/b/") == "a/b/", "the start page again"


def test_only_so_many_links_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_links, "MOST", 10)
    links = PageLinks(own_site().catalog, own_site().settings)
    with links.on("a/b/"):
        assert [links.url(f"c/{number}/") for number in range(25)] == [f"../../c/{number}/" for number in range(25)]
        assert len(links._links) <= 10


def test_links_to_entries_carry_their_titles() -> None:
    catalog = own_site().catalog
    links = PageLinks(catalog, own_site().settings)
    place = next(iter(catalog.entries("kommune")))
    address = f"kommunen/{place.id}/"
    assert links.link_to("kommune", place.id) == Markup('<a href="{}">{}</a>').format(address, place.title)
    assert links.link_to("kommune", place.id, "<A>") == f'<a href="{address}">&lt;A&gt;</a>'
    assert links.link_to("kommune", "a<b") == "a&lt;b"
    assert links.page_address("kommune", place.id) == address
    assert links.page_address("kommune", "gone") == ""
    status = next(iter(catalog.items("strategiestand")))
    assert links.link_to("strategiestand", status.id) == status.title, "this list has no pages"
