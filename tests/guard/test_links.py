"""Links are resolved together, and want just what they want one by one."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kreislaufstadt.guard.links import wanted_by
from kreislaufstadt.guard.page import Page
from kreislaufstadt.guard.whole import Rules, Whole

FILES = ["index.html", "404.html", "a/index.html", "a/b/index.html", "a/c/index.html", "a/b/c/index.html", "b/b/index.html", "b/b.html"]
PARTS = ["../", "../", "../", "./", "/", "a/", "b/", "c/", "a", "index.html", ".", "..", "%2e%2e/", "%2F", "?x", "#", "x"]


def one_by_one(whole: Whole) -> dict[str, set[str]]:
    """What is wanted, by the definition."""
    wanted: dict[str, set[str]] = {}
    for file, page in whole.pages.items():
        for url in page.links:
            target, anchor = whole.resolve(file, url), url.partition("#")[2]
            if target != file or (anchor and anchor not in page.ids) or (url.startswith("../") and "/" in file):  # a shared link counts for all
                wanted.setdefault(target, set()).update({anchor} - {""})
    return wanted


@settings(max_examples=2000, deadline=None)
@given(st.dictionaries(st.sampled_from(FILES), st.sets(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join))), st.sampled_from(["/", "/a/"]))
def test_links_want_together_what_they_want_one_by_one(links: dict[str, set[str]], base: str) -> None:
    whole = Whole(Path(), Rules(f"https://musterstadt.example{base}"), pages={file: Page(links=urls, ids={"x"}) for file, urls in links.items()})
    assert wanted_by(whole, whole.pages) == one_by_one(whole)


def test_a_page_that_only_links_itself_wants_nothing_of_others() -> None:
    whole = Whole(Path(), Rules("https://musterstadt.example/"), pages={"a/b/index.html": Page(links={"./", "index.html#x"}, ids={"x"})})
    assert whole.wanted == {}


def test_what_a_page_wants_of_itself_and_another_wants_of_it_is_wanted() -> None:
    pages = {file: Page(links={"../b/"}) for file in ("a/b/index.html", "a/c/index.html")}
    assert Whole(Path(), Rules("https://musterstadt.example/"), pages=pages).wanted == {"a/b/index.html": set()}


def test_an_anchor_that_the_page_itself_lacks_is_wanted() -> None:
    whole = Whole(Path(), Rules("https://musterstadt.example/"), pages={"a/index.html": Page(links={"index.html#x", "./#y"}, ids={"x"})})
    assert whole.wanted == {"a/index.html": {"y"}}
