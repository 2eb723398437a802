"""Entities in texts."""

from __future__ import annotations

import pytest

from kreislaufstadt.entities import spell_out
from kreislaufstadt.guard.tokens import find_bad_characters


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("5 &euro; &auml;", "5 € ä"),
        ("A &amp; B &lt;b&gt; &nbsp;&shy;", "A &amp; B &lt;b&gt; &nbsp;&shy;"),
        ("&unbekannt; &a;", "&amp;unbekannt; &amp;a;"),
        ("&#60;script&#x3e;", "&lt;script&gt;"),
        ("&#0; &#xD800; &#x110000; &#1; &#x202e;", "\ufffd \ufffd \ufffd &amp;#1; &amp;#x202e;"),
        ("&quot", "&quot"),
        ("nichts", "nichts"),
    ],
)
def test_known_entities_become_characters_and_others_stay_visible(written: str, html: str) -> None:
    assert spell_out(written) == html


def test_the_result_is_strict_html() -> None:
    text = spell_out("&nonsense; &Tab;x&NewLine; &lbrack;x&rbrack;&lpar; &#9; &hellip;")
    assert list(find_bad_characters(text)) == []
