"""Taking German compounds apart, with known parts only and never a rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kreislaufstadt.search.stem import stem
from kreislaufstadt.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 8
"""Shorter words are never split on the strength of their parts alone."""

SHORTEST_PART = 3
LONGEST_PART = 20
_LETTERS = re.compile("[a-z]+")


@dataclass(frozen=True)
class Compounds:
    """Reviewed splits, words that stay whole, and the parts the reviewed splits are made of.

    ``reviewed`` maps the stem of a compound to its folded parts, ``whole`` holds
    stems that are never split (names of places among them).
    """

    reviewed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()

    @classmethod
    def read(cls, lines: Iterable[str], whole: Iterable[str]) -> Compounds:
        """Read lines such as ``Reparatur|bonus`` and words that stay whole."""
        kept = frozenset(stem(fold(word)) for word in whole)
        splits = {stem(fold(line.replace("|", ""))): tuple(map(fold, line.split("|"))) for line in lines}
        return cls({word: parts for word, parts in splits.items() if word not in kept}, kept)

    @cached_property
    def parts(self) -> frozenset[str]:
        """Every folded part of a reviewed split: the lexicon for words nobody has reviewed."""
        return frozenset(part for parts in self.reviewed.values() for part in parts)

    def split(self, word: str) -> tuple[str, ...]:
        """Take a folded word apart; a word that stays whole has no parts."""
        key = stem(word)
        if key in self.whole:
            return ()
        found = self.reviewed.get(key)
        return fit(found, word) if found else split_by_parts(word, self.parts)


def fit(parts: tuple[str, ...], word: str) -> tuple[str, ...]:
    """Give the parts of a reviewed form the ending of the word at hand (``…börse``, ``…börsen``)."""
    head = "".join(parts[:-1])
    return (*parts[:-1], word[len(head) :]) if word.startswith(head) and len(word) > len(head) else ()


def split_by_parts(word: str, lexicon: frozenset[str]) -> tuple[str, ...]:
    """Take a word apart into known parts: the fewest, and of those the one with the longest last part.

    The last part may carry an inflection: its stem counts as known if a part has it.
    """
    if len(word) < SHORTEST or not _LETTERS.fullmatch(word):
        return ()
    best: dict[int, tuple[str, ...]] = {0: ()}
    for start in range(len(word) - SHORTEST_PART + 1):
        if start not in best:
            continue
        for end in range(start + SHORTEST_PART, min(len(word), start + LONGEST_PART) + 1):
            piece = word[start:end]
            if piece in lexicon or (end == len(word) and _inflected(piece, lexicon)):
                _keep_better(best, end, (*best[start], piece))
    found = best.get(len(word), ())
    return found if len(found) > 1 else ()


def _inflected(piece: str, lexicon: frozenset[str]) -> bool:
    return any(piece.endswith(ending) and piece[: -len(ending)] in lexicon for ending in ("en", "es", "er", "e", "n", "s"))


def _keep_better(best: dict[int, tuple[str, ...]], end: int, parts: tuple[str, ...]) -> None:
    known = best.get(end)
    if known is None or (len(parts), -len(parts[-1])) < (len(known), -len(known[-1])):
        best[end] = parts


def joined_runs(parts: tuple[str, ...]) -> list[str]:
    """Every run of neighbouring parts short of the whole word, single parts included."""
    count = len(parts)
    return ["".join(parts[i:j]) for i in range(count) for j in range(i + 1, count + 1) if j - i < count]
