"""What is known of pages says what a walk over them says; what a walk finds a fault in is not known."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from guard.small_site import PAGE, change, inspect, write_site
from guard.test_reading import PIECES
from hypothesis import given, settings
from hypothesis import strategies as st

from kreislaufstadt.guard import known
from kreislaufstadt.guard.known import read_known
from kreislaufstadt.guard.reading import read_page
from kreislaufstadt.guard.walk import Lines, walk_page

if TYPE_CHECKING:
    from pathlib import Path

SOUND = PAGE.format(url="", title="Start", up="../").replace("&", "&amp;").replace("&amp;amp;", "&amp;").replace("&amp;nbsp;", "&nbsp;")
LONG = '<p id="lang"><a href="weit/">weit</a></p>' + "<p>Testdaten.</p>\n" * 70
"""Enough for a header or footer to be remembered."""

MORE = [
    *('<p id="a">', '<p id="inhalt">', '<a href="../a/">', '<a href="a//b">', '<a href="//b">', '<a href="#x">', '<a href="HTTPS://a.example/">', '<a href="">'),
    *('<a href="x" id="x">', '<a href="x" lang="x">', '<link rel="canonical" href="x">', '<link rel="canonical" href="y">', '<link href="y">', '<img src="y" alt="">'),
    *('<meta name="robots" content="noindex">', '<meta name="description" content="">', '<meta http-equiv="refresh" content="0; url=x">', "<h1>", "</h1>", " > ", ">"),
    *('<script type="application/json">', '{"a": "b"}', '{"a": ', '<script src="x"></script>', "<title>Zwei</title>", "\ufffe", "\u0085", "\u00a0", "ä", "<!-- entfernt: a -->"),
    *('<form action="x" href="y">', '<form action="y">', "</form>", '<area href="x" alt="a">', '<button formaction="x" href="y" type="button">'),
    *('<link rel="alternate" href="y">', '<link rel="alternate stylesheet" href="y">', '<link rel="canonical" href="https://a.example/y">', '<link rel="canonical" href="//y/">'),
    *('<meta name="description" content="y">', '<meta name="description" content="&lt;">', '<meta name="description" http-equiv="refresh" content="y">', "</div>"),
    *('<div data-a="y">', '<div data-a="y" id="y">', '<div data-a="y" onclick="y">', '<div data-a="y" data-a="y">', '<div title=" data-a="y">'),
    *('<path viewBox="0">', '<svg viewBox="0 0 1 1">', '<p viewBox="x">', '<a title="a > b">', '<a title=" href=" href="x">', '<use href="#a"/>', "</script >", "</SCRIPT>"),
]


@pytest.fixture(autouse=True)
def _nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_places", "_read_before"):
        monkeypatch.setattr(known, name, {})
    monkeypatch.setattr(known, "_tags", known._Tags())


def agree(page: str) -> bool:
    """Whether a page is known, which it may be only if a walk says the same and finds no fault."""
    walked = walk_page(page)
    for _ in range(2):
        found = read_known(page.encode("utf-8", "surrogatepass"))
        assert found is None or (found == walked and not walked.findings), page
    assert read_page(page) == walked
    return found is not None


def test_a_sound_page_is_known() -> None:
    assert agree(SOUND)
    assert agree(SOUND.replace("<body", "<!-- Testdaten -->\n<body").replace("</main>", "<pre>\na</pre><textarea>a</textarea><svg><title>b</title></svg></main>"))


def test_the_small_site_is_known(tmp_path: Path) -> None:
    """Apart from its data, which hold an ampersand."""
    for path in write_site(tmp_path).rglob("*.html"):
        assert agree(path.read_text("utf-8").replace(" & ", " "))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, *MORE]), max_size=12),
    st.sampled_from(["<h1>", "</h1>", "<li id", "</main>", "Punkt", "</title>", "<caption>", "<!doctype", "</head>", "</html>", '","@type', "<path"]),
)
def test_random_pages_say_what_a_walk_says(pieces: list[str], place: str) -> None:
    agree(SOUND.replace(place, "".join(pieces) + place, 1))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, *MORE]), max_size=8), st.sampled_from(["header", "footer"]), st.sampled_from(["<main id", "</main>", "</body>", "<h1>", "</head>"]), st.booleans()
)
def test_headers_and_footers_that_repeat_say_what_a_walk_says(pieces: list[str], name: str, place: str, closed: bool) -> None:
    part = f"<{name}>{LONG}{''.join(pieces)}" + (f"</{name}>" if closed else "")
    for before in ("", "\n\n", "<p id='x'>", "<svg>", '<p id="lang"></p>'):
        agree(SOUND.replace(place, f"{before}{part}{place}", 1))


def test_small_changes_say_what_a_walk_says() -> None:
    dice = random.Random(20260602)
    count = 0
    for _ in range(1000):
        start = dice.randrange(len(SOUND))
        end = min(len(SOUND), start + dice.randrange(1, 12))
        count += agree(SOUND[:start] + dice.choice(["", SOUND[start:end] * 2, dice.choice([*PIECES, *MORE]), SOUND[end:start:-1]]) + SOUND[end:])
    assert count > 100


def test_every_character_that_a_walk_refuses_is_unknown() -> None:
    for code in (*range(0x20), *range(0x7F, 0x100), *range(0xFDC0, 0xFE00), *range(0xFFF0, 0x10000), 0x1F600):
        page = SOUND.replace("Ein Absatz", f"Ein {chr(code)} Absatz")
        assert (read_known(page.encode()) is None) == bool(walk_page(page).findings), hex(code)


def test_a_sound_header_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    page = SOUND.replace("<main id", f"<header>{LONG}</header><main id", 1)
    assert agree(page)
    read: list[bytes] = []
    before = known._read
    monkeypatch.setattr(known, "_read", lambda place, raw: (read.append(raw), before(place, raw))[1])
    assert agree(page)
    assert not any(LONG.encode() in part for part in read)


def test_tags_are_learned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert agree(SOUND)
    monkeypatch.setattr(known, "_learn", None)
    assert read_known(SOUND.encode()) == walk_page(SOUND)
    other = read_known(SOUND.replace("../zwei/#", "../drei/#").encode())
    assert other
    assert "../drei/#ziel" in other.links


@pytest.mark.parametrize(
    ("tag", "other"),
    [
        ('<link rel="canonical" href="https://a.example/a/">', '<link rel="canonical" href="https://a.example/b/">'),
        ('<meta name="description" content="a">', '<meta name="description" content="Größe: 3 t">'),
        ('<link rel="alternate" type="a/b" href="a.json">', '<link rel="alternate" type="a/b" href="b.json">'),
        ('<div data-merken="beispiel:a" hidden></div>', '<div data-merken="beispiel:b" hidden></div>'),
        ('<ul><li data-stelle="a">A</li></ul>', '<ul><li data-stelle="b">A</li></ul>'),
        ('<select aria-label="A"><option value="Ort 1">A</option></select>', '<select aria-label="A"><option value="Ort 2">A</option></select>'),
    ],
)
def test_a_tag_that_differs_in_one_value_says_that(tag: str, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = "</head>" if tag.startswith(("<link", "<meta")) else "</main>"
    assert agree(SOUND.replace(place, tag + place, 1))
    monkeypatch.setattr(known, "_learn", None)
    assert agree(SOUND.replace(place, other + place, 1))


def test_no_more_is_remembered_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("_MOST_LEARNED", 100), ("_MOST_PLACES", 3), ("_MOST_PARTS", 1), ("_DEEPEST", 8)):
        monkeypatch.setattr(known, name, most)
    header = SOUND.replace("<main id", f"<header>{LONG}</header><main id", 1)
    assert [agree(page) for page in (SOUND, header, header.replace("weit", "nah"))] == [True] * 3
    assert not agree(SOUND.replace("<h1>", "<div>" * 8 + "</div>" * 8 + "<h1>"))
    assert len(known._places) <= 3
    assert len(known._read_before) <= 1
    assert known._tags.size < 5000


def test_lines_are_found_when_something_is_to_be_said(tmp_path: Path) -> None:
    site = write_site(tmp_path)
    file = site / "zwei/index.html"
    change(site, "zwei/index.html", "</h1>", '</h1>\n<a href="fehlt/">a</a>\n<a href="fehlt/">b</a>')
    change(site, "zwei/index.html", "</head>", '<link rel="icon" href="../fehlt.svg">\n</head>')
    text = file.read_text("utf-8")
    link, icon = (text[: text.index(part)].count("\n") + 1 for part in ('"fehlt/"', '"../fehlt.svg"'))
    assert [(problem.place.line, problem.code) for problem in inspect(site)] == [(icon, "KS605"), (link, "KS605")]
    number = [item.url for item in walk_page(text).loaded].index("../fehlt.svg")
    lines = Lines(text)
    assert (lines.of_loaded(number), lines.of_link("fehlt/"), lines.of_loaded(number)) == (icon, link, icon)


@pytest.mark.parametrize("href", ["abc", "x", "../"])
def test_only_where_a_link_leads_may_differ_from_a_known_tag(href: str) -> None:
    page = SOUND.replace("</main>", f'<form action="x" href="{href}"></form></main>')
    agree(page)
    assert "x" in read_page(page).links


def test_data_too_deep_to_read_are_a_fault() -> None:
    page = SOUND.replace("</main>", f'<script type="application/json">{"[" * 5000}{"]" * 5000}</script></main>')
    assert read_known(page.encode()) is None
    assert [finding.code for finding in read_page(page).findings] == ["KS604"]
