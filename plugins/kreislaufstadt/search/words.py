"""The site's own vocabulary: what a misspelt word may have meant, and the parts of its compounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kreislaufstadt.search.shards import front_code
from kreislaufstadt.search.stem import stem
from kreislaufstadt.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kreislaufstadt.search.index import IndexedPage

def collect_vocabulary(pages: Iterable[IndexedPage], stop_words: frozenset[str]) -> dict[str, list[str]]:
    """Collect, by first letter, one spelling per stem: the most frequent one.

    A word counts if it stands in a title, a heading or a search term, or on two pages.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    weights: Counter[str] = Counter()
    for page in pages:
        weights.update(page.words)
    spread: Counter[str] = Counter()
    for word, weight in weights.items():
        key = stem(fold(word))
        spellings[key][word] = weight
        spread[key] += weight
    kept = (key for key in spellings if spread[key] > 1 and key not in stop_words)
    return _by_letter(min(spellings[key].items(), key=lambda item: (-item[1], len(item[0]), item[0]))[0] for key in kept)


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
