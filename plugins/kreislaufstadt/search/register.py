"""The register from A to Z: what the search page shows without JavaScript."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kreislaufstadt.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kreislaufstadt.search.index import PageHead

OTHERS = "0–9"
"""Heading of what begins with no letter."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A keyword and the page it leads to; ``page`` is that page's title where the keyword is another one."""

    label: str
    url: str
    kind: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class RegisterLetter:
    """The entries below one letter; ``id`` is its anchor."""

    letter: str
    id: str
    entries: tuple[RegisterEntry, ...]


def register(pages: Sequence[PageHead]) -> list[RegisterLetter]:
    """List titles, search terms and headings that stand on one page only, by letter."""
    entries = sorted(set(_entries(pages)), key=_order)
    groups = groupby(entries, key=lambda entry: _letter(entry.label))
    letters = [(letter, tuple(members)) for letter, members in groups]
    return [RegisterLetter(letter, f"register-{letter.lower()[:1]}", members) for letter, members in letters]


def _entries(pages: Sequence[PageHead]) -> Iterator[RegisterEntry]:
    spread = Counter(fold(heading) for page in pages for _, heading in page.headings)
    titles = {fold(page.title) for page in pages}
    for page in pages:
        yield RegisterEntry(page.title, page.url, page.kind)
        for term in page.search_terms:
            yield RegisterEntry(term, page.url, page.kind, page.title)
        for anchor, heading in page.headings:
            if spread[fold(heading)] == 1 and fold(heading) not in titles:
                yield RegisterEntry(heading, f"{page.url}#{anchor}", page.kind, page.title)


def _order(entry: RegisterEntry) -> tuple[str, str, str, str]:
    letter = _letter(entry.label)
    return ("" if letter == OTHERS else letter, fold(entry.label), entry.label, entry.url)


def _letter(label: str) -> str:
    first = next((letter for letter in fold(label) if letter.isalnum()), "")
    return first.upper() if "a" <= first <= "z" else OTHERS
