"""The site's own vocabulary: what a misspelt word may have meant, and the parts of its compounds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kreislaufstadt.search.shards import front_code
from kreislaufstadt.search.stem import stem
from kreislaufstadt.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def stem_of(word: str) -> str:
    """What different spellings of a word have in common."""
    return stem(fold(word))


def collect_vocabulary(weights: Mapping[str, int], stems: Mapping[str, str], stop_words: frozenset[str]) -> dict[str, list[str]]:
    """Collect, by first letter, one spelling per stem: the most frequent one.

    ``weights`` are the words of all pages. A word counts if it stands in a title, a heading or a search term, or on two pages.
    """
    spellings: dict[str, list[str]] = defaultdict(list)
    for word in weights:
        spellings[stems[word]].append(word)
    kept = (words for key, words in spellings.items() if key not in stop_words and sum(map(weights.__getitem__, words)) > 1)
    return _by_letter(min(words, key=lambda word: (-weights[word], len(word), word)) for words in kept)


def _by_letter(words: Iterable[str]) -> dict[str, list[str]]:
    letters: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (fold(word), word)):
        letters[fold(word)[0]].append(word)
    return {letter: found for letter, found in sorted(letters.items()) if letter.isascii()}


def write_words(words: Iterable[str]) -> str:
    """Write sorted words front-coded, one a line."""
    rows, before = [], ""
    for word in words:
        rows.append(front_code(before, word))
        before = word
    return "\n".join(rows)
