"""Pages as Markdown: links between their files are relative."""

from __future__ import annotations

import pytest

from kreislaufstadt.exports.markdown import MarkdownWriter
from kreislaufstadt.urls import relative_url

PAGES = ("", "a/", "a/b/", "a/b/c/", "a/c/", "ab/", "b/a/", "b/a/b/")


@pytest.mark.parametrize("here", PAGES)
def test_links_are_the_ones_that_other_pages_have_and_name_the_file(here: str) -> None:
    for there in (*PAGES, "a/b/#teil", "#teil", "bilder/eins.svg"):
        assert MarkdownWriter._href(here, there) == relative_url(here, there, index="index.md")


def test_links_to_other_places_stay() -> None:
    assert MarkdownWriter._href("a/", "https://example.org/") == "https://example.org/"
