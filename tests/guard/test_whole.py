"""Where addresses lead."""

from __future__ import annotations

import posixpath
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kreislaufstadt.guard.page import Loaded, Page
from kreislaufstadt.guard.whole import Rules, Whole

NAMES = ["a", "b", "..", ".", "", "c.html", ".x", "..y", "...", "a b", "ä", "%2e%2e", "%2F"]


def thorough(file: str, path: str, base: str) -> str:
    """The same by the rules for paths alone."""
    joined = posixpath.join(posixpath.dirname(file), path)
    if path.startswith("/"):
        joined = path.removeprefix(base) if path.startswith(base) else f"..{path}"
    normal = posixpath.normpath(joined or ".")
    return posixpath.normpath(posixpath.join(normal, "index.html")) if normal == "." or joined.endswith("/") else normal


@settings(max_examples=2000, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "c.d"]), max_size=3),
    st.integers(0, 4),
    st.lists(st.sampled_from(NAMES), max_size=4),
    st.sampled_from(["/", "/a/"]),
    st.sampled_from(["", "#x", "?y#x"]),
)
def test_addresses_lead_where_paths_lead(folders: list[str], up: int, names: list[str], base: str, end: str) -> None:
    file, path = "/".join([*folders, "index.html"]), "../" * up + "/".join(names)
    whole = Whole(Path(), Rules(f"https://musterstadt.example{base}"))
    expected = thorough(file, path.replace("%2e", ".").replace("%2F", "/"), base) if path else file
    assert [whole.resolve(file, path + end) for _ in range(2)] == [expected] * 2


@pytest.mark.parametrize(("file", "other", "same"), [("a/b/index.html", "a/c/index.html", True), ("a/b/index.html", "b/b/index.html", False)])
def test_what_is_loaded_is_resolved_once_for_a_folder(file: str, other: str, same: bool) -> None:
    page = Page(loaded=(Loaded("script", "../a.js", ""),))
    whole = Whole(Path(), Rules("https://musterstadt.example/"), pages={file: page, other: page})
    assert whole.targets_of(file) == ("a/a.js",)
    assert (whole.targets_of(file) is whole.targets_of(other)) == same


def test_what_is_loaded_from_beside_the_page_is_resolved_for_each() -> None:
    page = Page(loaded=(Loaded("script", "a.js", ""),))
    whole = Whole(Path(), Rules("https://musterstadt.example/"), pages={"a/b/index.html": page, "a/c/index.html": page, "index.html": page})
    assert [whole.targets_of(file) for file in whole.pages] == [("a/b/a.js",), ("a/c/a.js",), ("a.js",)]
