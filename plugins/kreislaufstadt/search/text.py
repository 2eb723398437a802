"""Text into words and words into one spelling; the browser's twin is ``analyse.js``.

Everything here must give the same answer in both languages: the shared vectors in
``tests/search/vectors.json`` hold both to it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

JOINT = "\u00ad"
"""Marks in stored text where a compound is joined; a soft hyphen, so it never shows."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_TOKEN = re.compile(r"([0-9]+(?:[.,][0-9]+)+|[^\W_]+(?:[-‐‑][^\W_]+)*)")
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "ł": "l", "đ": "d"}
    | dict(zip("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789", strict=True))
)
_HYPHEN = re.compile("[-‐‑]")
_UMLAUT = re.compile(r"([qae]?)ue|ae|oe")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as written and where it starts; hyphens are part of it."""

    text: str
    start: int


def clean(text: str) -> str:
    """Bring text to composed form and drop what nobody sees (soft hyphens, zero-width marks)."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def cut_words(text: str) -> list[str]:
    """Cut cleaned text at its words and numbers: what stands between them at even places, they themselves at odd ones."""
    return _TOKEN.split(text)


def find_tokens(text: str) -> Iterator[Token]:
    """Find the words and numbers of cleaned text in order."""
    for found in _TOKEN.finditer(text):
        yield Token(found[0], found.start())


def split_token(text: str) -> list[str]:
    """Take a hyphenated word apart; a number stays whole."""
    return [text] if text[:1].isdigit() and ("." in text or "," in text) else _HYPHEN.split(text)


@cache
def fold(word: str) -> str:
    """Bring a word to the one spelling that is compared: ``Größe``, ``Groesse`` and ``grösse`` are ``grosse``.

    ``ue`` stays after a, e and q, where it is not a spelled-out umlaut (``neue``, ``Bauen``, ``Quelle``).
    """
    plain = word.lower().translate(_SPELLED) if not word.isascii() else word.lower()
    if not plain.isascii():
        plain = "".join([letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter)])
    return _UMLAUT.sub(_fold_umlaut, plain) if "ue" in plain or "ae" in plain or "oe" in plain else plain


def _fold_umlaut(found: re.Match[str]) -> str:
    if found[0][0] in "ao" and found[1] in (None, ""):
        return found[0][0]
    return found[0] if found[1] else "u"
