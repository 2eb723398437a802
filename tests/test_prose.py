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
