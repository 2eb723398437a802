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


MOST_TOGETHER = 4000
"""Entries up to which the register stands on the search page; more would be heavier than a page may be."""

_ON_ONE_PAGE = 2500


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


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of a large register: entries of one letter, which may have several; ``name`` is the last part of its address."""

    name: str
    letter: str
    number: int
    count: int
    entries: tuple[RegisterEntry, ...]

    @property
    def title(self) -> str:
        """The title of the page."""
        return f"Register: {self.letter}" + (f", Seite {self.number} von {self.count}" if self.count > 1 else "")

    @property
    def span(self) -> str:
        """The first and the last of its entries."""
        return f"„{self.entries[0].label}“ bis „{self.entries[-1].label}“"


def register_pages(letters: Sequence[RegisterLetter]) -> tuple[RegisterPage, ...]:
    """The pages of a register that is too large for the search page; none if it is not."""
    if sum(len(letter.entries) for letter in letters) <= MOST_TOGETHER:
        return ()
    found = []
    for letter in letters:
        parts = [letter.entries[start : start + _ON_ONE_PAGE] for start in range(0, len(letter.entries), _ON_ONE_PAGE)]
        for number, entries in enumerate(parts, 1):
            found.append(RegisterPage(letter.id if number == 1 else f"{letter.id}-{number}", letter.letter, number, len(parts), entries))
    return tuple(found)


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
            if fold(term) == fold(page.title):
                continue
            yield RegisterEntry(term, page.url, page.kind, page.title)
        for anchor, heading in page.headings:
            if spread[fold(heading)] == 1 and fold(heading) not in titles:
                yield RegisterEntry(heading, f"{page.url}#{anchor}", page.kind, page.title)


def _order(entry: RegisterEntry) -> tuple[str, ...]:
    """By letter and word; the rest only decides between equal words, so that the order is always the same."""
    letter = _letter(entry.label)
    return ("" if letter == OTHERS else letter, fold(entry.label), entry.label, entry.url, entry.kind, entry.page)


def _letter(label: str) -> str:
    first = next((letter for letter in fold(label) if letter.isalnum()), "")
    return first.upper() if "a" <= first <= "z" else OTHERS
