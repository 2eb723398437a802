"""From text to index terms, and to text in which compounds carry their joints."""

from __future__ import annotations

import re
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kreislaufstadt.search.compounds import joined_runs
from kreislaufstadt.search.stem import stem
from kreislaufstadt.search.text import JOINT, clean, cut_words, find_tokens, fold, split_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kreislaufstadt.search.language import Language


SHORTEST = 4
"""Shorter words are not offered as corrections."""

MOST_KEPT = 100_000
"""Pieces of text that are remembered; more would fill the memory of every process."""


_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*+")
"""Has no stem, no parts and no other spelling."""


class Reading(NamedTuple):
    """What a text gives: its index terms in order, itself with joints, and its words that a misspelt one may have meant."""

    terms: list[str]
    marked: str
    words: list[str]


class ReadingOfAll(NamedTuple):
    """What texts give together; with joints each of them stands alone."""

    terms: list[str]
    marked: list[str]
    words: list[str]


_Read = tuple[tuple[str, ...], str, tuple[str, ...]]
"""A reading of a piece of text; plain tuples are taken apart by the hundred in half the time."""

_TERMS, _MARKED, _WORDS = map(itemgetter, range(3))


T = TypeVar("T")


class _Known(dict[str, T]):
    """Pieces of text read once and remembered, up to a number: a dictionary that is asked for hundreds at a time."""

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, piece: str) -> T:
        if len(self) >= MOST_KEPT:
            self.clear()
        found = self[piece] = self._read(piece)
        return found


class Analysis:
    """The analysis of one language; words are analysed once and remembered."""

    def __init__(self, language: Language) -> None:
        """Take the words of the language."""
        self.language = language
        self._words = _Known(self._read_word)
        self._pieces = _Known(self._read_piece)
        self._wholes = _Known(self._read_whole)

    def read(self, text: str) -> Reading:
        """Read a text once for everything the search wants of it."""
        terms, [marked], words = self.read_all([text.split(" ")])
        return Reading(terms, marked, words)

    def read_all(self, texts: Iterable[Sequence[str]]) -> ReadingOfAll:
        """Read texts that are cut at their spaces."""
        found = ReadingOfAll([], [], [])
        terms, all_marked, words = found
        for pieces in texts:
            marked = []
            for its_terms, its_mark, its_words in map(self._pieces.__getitem__, pieces):
                terms += its_terms
                marked.append(its_mark)
                words += its_words
            all_marked.append(" ".join(marked))
        return found

    def terms(self, text: str) -> list[str]:
        """List the index terms of a text in order, doubles included."""
        return self.read(text).terms

    def whole_term(self, text: str) -> str:
        """The term of a whole title or search term: ``=`` and the stems of its words without stop words."""
        return "=" + " ".join(chain.from_iterable(map(self._wholes.__getitem__, text.split(" "))))

    def mark(self, text: str) -> str:
        """Write joints into the compounds of a text."""
        return self.read(text).marked

    def _read_piece(self, piece: str) -> _Read:
        """Read what stands between two spaces: often a word with a sign before or after it."""
        if piece.isascii() and piece.isalnum():
            return self._words[piece]
        pieces = cut_words(clean(piece))
        if len(pieces) == 3:
            before, word, after = pieces
            terms, marked, words = found = self._words[word]
            return found if word == piece else (terms, before + marked + after, words)
        read = list(map(self._words.__getitem__, pieces[1::2]))
        pieces[1::2] = map(_MARKED, read)
        return tuple(chain.from_iterable(map(_TERMS, read))), "".join(pieces), tuple(chain.from_iterable(map(_WORDS, read)))

    def _read_word(self, word: str) -> _Read:
        if _NUMBER.fullmatch(word):
            return () if self._is_stop_word(word) else (word,), word, ()
        pieces = split_token(word)
        if len(pieces) == 1:
            return self._read_part(word)
        terms, marked, words = zip(*map(self._read_part, pieces), strict=True)
        whole, joined = stem(fold("".join(pieces))), "-".join(marked)
        return (*chain.from_iterable(terms), whole), word if joined == word else joined, tuple(chain.from_iterable(words))

    def _read_part(self, part: str) -> _Read:
        """Read a word or a part between hyphens."""
        folded = fold(part)
        parts = self.language.compounds.split(folded)
        terms = () if self._is_stop_word(folded) else tuple(dict.fromkeys([stem(folded), *map(stem, joined_runs(parts))])) if parts else (stem(folded),)
        return terms, _mark_word(part, parts), (part,) if len(part) >= SHORTEST and part.isalpha() else ()

    def _read_whole(self, piece: str) -> list[str]:
        """The stems of the words between two spaces, each as a whole."""
        words = [fold("".join(split_token(token.text))) for token in find_tokens(clean(piece))]
        return [stem(word) for word in words if not self._is_stop_word(word)]

    def _is_stop_word(self, folded: str) -> bool:
        return folded in self.language.stop_words or (len(folded) < 2 and not folded.isdecimal())


def _mark_word(word: str, parts: tuple[str, ...]) -> str:
    """Write joints between the parts of a word as it is written."""
    if not parts:
        return word
    marked, rest = [], word
    for part in parts[:-1]:
        length = _written_length(rest, part)
        if not length:
            return word
        marked.append(rest[:length])
        rest = rest[length:]
    return JOINT.join([*marked, rest])


def _written_length(word: str, folded: str) -> int:
    """How many letters of ``word`` fold to ``folded`` (``ß`` is one letter, ``ss`` two)."""
    for length in range(max(1, len(folded) - 3), min(len(word), len(folded) + 4) + 1):
        if fold(word[:length]) == folded:
            return length
    return 0
