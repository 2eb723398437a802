"""Prose as HTML: source numbers hold on to the word before them."""

from __future__ import annotations

import pytest

from kreislaufstadt.prose import ProseContext, ProseRenderer

CONTEXT = ProseContext(lambda _kind, _name: None, lambda _path: None, keys={"test": 1})


@pytest.mark.parametrize("gap", [" ", "\n", " \n"])
def test_a_source_number_stays_on_the_line_of_its_word(gap: str) -> None:
    html = ProseRenderer().render(f"Ein Satz.{gap}[Q:test] Noch einer (Testdaten).{gap}[Q:test]\n", CONTEXT).html
    assert html.count("\N{NARROW NO-BREAK SPACE}<sup") == 2
    assert f"{gap}<sup" not in html


def test_a_heading_never_takes_an_anchor_of_the_page_around_it() -> None:
    context = ProseContext(lambda _kind, _name: None, lambda _path: None, taken={"quellen"})
    html = ProseRenderer().render("## Quellen\n\nTestdaten.\n\n## Quellen und mehr\n", context).html
    assert '<h2 id="quellen-text">' in html
    assert '<h2 id="quellen-und-mehr">' in html
