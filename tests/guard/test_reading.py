"""The strict reader: whatever it accepts, a standard HTML parser reads the same way and without complaint."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import html5lib
import pytest
from guard.small_site import PAGE, write_site
from hypothesis import given, settings
from hypothesis import strategies as st

from kreislaufstadt.guard.addresses import is_foreign, scheme_of
from kreislaufstadt.guard.reading import read_page
from kreislaufstadt.guard.tokens import Tag, read_tokens

if TYPE_CHECKING:
    from pathlib import Path

SOUND = PAGE.format(url="", title="Start", up="")
PIECES = [
    *("<p>", "</p>", "<div>", "</div>", '<a href="x">', "</a>", "<b>", "</b>", "<ul>", "<li>", "</li>", "</ul>", "<br>", "<br/>", "<table>", "</table>"),
    *("<tr>", "<td>", "</td>", "</tr>", "<svg>", "</svg>", "<path/>", "<title>", "</title>", "<script>", "</script>", "<!--", "-->", "<!-- a -->", "<"),
    *("&amp;", "&", "&lt;", "&#39;", "&nbsp;", "Text ", "\n", '"', "'", "=", "<p", ">", "<form>", "</form>", "<button>", "</button>", "<h2>", "</h2>"),
    *("<select>", "<option>", "</option>", "</select>", "<textarea>", "</textarea>", "<style>", "</style>", "<noscript>", "</noscript>", "<template>"),
    *("</template>", "<dl>", "<dt>", "</dt>", "<dd>", "</dd>", "</dl>", "<details>", "<summary>", "</summary>", "</details>", '<img src="a" src="b">'),
    *("<math>", "<math><mi>", "</mi></math>", "<foreignObject>", '<p onclick="x">', "<P>", "</P>", '<a  b="c">', "\0", "\r", "\x85", "<thead>", "<tbody>"),
    *("<caption>", "</caption>", "</tbody>", "</thead>", "<label>", "</label>", "<input>", "<hr>", "<pre>", "</pre>", "<body>", "<html>", "<head>", "</body>"),
]


def accepted(page: str) -> bool:
    return not [finding for finding in read_page(page).findings if finding.code in {"KS603", "KS604"}]


def standard(page: str) -> tuple[list[str], list[tuple[str, tuple[tuple[str, str], ...]]]]:
    """The errors and the elements with attributes that html5lib sees."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    found = []
    for element in tree.iter():
        if isinstance(element.tag, str):
            name = re.sub(r"^\{[^}]*\}", "", element.tag)
            found.append((name, tuple(sorted((str(key), value) for key, value in element.attrib.items()))))
    return [code for _, code, _ in parser.errors], found


def ours(page: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [(token.name, tuple(sorted(token.attributes.items()))) for token in read_tokens(page) if isinstance(token, Tag)]


def agrees(page: str) -> None:
    errors, elements = standard(page)
    assert errors == [], page
    seen = [element for element in elements if element[0] not in {"tbody", "colgroup"}]
    assert seen == [element for element in ours(page) if element[0] not in {"tbody", "colgroup"}], page


def test_sound_page_is_accepted_by_both() -> None:
    assert accepted(SOUND)
    agrees(SOUND)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["<h1>", "</h1>", "<li id", "</main>", "Punkt", "</title>", "<caption>"]))
def test_accepted_pages_are_read_alike(pieces: list[str], place: str) -> None:
    page = SOUND.replace(place, "".join(pieces) + place, 1)
    if accepted(page):
        agrees(page)


def test_many_small_changes_are_read_alike() -> None:
    """Random cuts, doublings and swaps of a sound page: accepted only if the standard parser has no complaint."""
    dice = random.Random(20260601)
    count = 0
    for _ in range(1500):
        start = dice.randrange(len(SOUND))
        end = min(len(SOUND), start + dice.randrange(1, 12))
        page = SOUND[:start] + dice.choice(["", SOUND[start:end] * 2, dice.choice(PIECES), SOUND[end:start:-1]]) + SOUND[end:]
        if accepted(page):
            count += 1
            agrees(page)
    assert count > 50


def test_small_site_is_read_alike(tmp_path: Path) -> None:
    for path in write_site(tmp_path).rglob("*.html"):
        agrees(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("url", "foreign"),
    [
        ("//fremd.example", True), ("https://fremd.example", True), ("HTTPS:fremd.example", True), ("\\\\fremd.example", True),
        ("/\\fremd.example", True), ("/\t/fremd.example", True), (" //fremd.example", True), ("\x01https://a.example", True),
        ("ht\ntps://a.example", True), ("wss://a.example", True), ("a/b", False), ("/a/b", False), ("#a", False), ("mailto:a@b.example", False),
        ("?q=//a", False), ("a//b", False), ("", False),
    ],
)  # fmt: skip
def test_foreign_addresses_are_recognised_as_browsers_do(url: str, foreign: bool) -> None:
    assert is_foreign(url) is foreign


@pytest.mark.parametrize("url", ["javascript:x", " javascript:x", "JAVA\tSCRIPT:x", "\x01javascript:x", "java\nscript\r:x"])
def test_schemes_are_recognised_as_browsers_do(url: str) -> None:
    assert scheme_of(url) == "javascript"
