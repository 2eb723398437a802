"""Words of the glossary are found in texts wherever they stand alone."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kreislaufstadt.glossary_links import find_words

WORDS = ("abfall", "abfallrecht", "ab", "ab fall", "(ab)", "-ab", "é", "ßa", "ab)", "recht (ab)", "\N{MATHEMATICAL BOLD SMALL A}b", "_ab", "1")
PIECES = (*WORDS, *("e", "es", "n", " ", "\n", "-", "_", ".", "(", ")", "é", "ß", "ø", "1", "\N{NARROW NO-BREAK SPACE}", "\N{SUPERSCRIPT TWO}", "\N{MATHEMATICAL BOLD SMALL A}", "😀", "„"))


def _plainly(words: tuple[str, ...], text: str) -> list[tuple[int, int, str]]:
    alternatives = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])({alternatives})(?:es|en|er|s|n|e)?(?![\w-])")
    return [(*found.span(), found[1]) for found in pattern.finditer(text)]


@given(st.lists(st.sampled_from(WORDS), min_size=1, unique=True), st.lists(st.sampled_from(PIECES), max_size=12))
def test_words_are_found_where_they_stand_alone(words: list[str], pieces: list[str]) -> None:
    text = "".join(pieces)
    assert list(find_words(tuple(words), text)) == _plainly(tuple(words), text)
