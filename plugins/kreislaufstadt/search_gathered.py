"""What new pages give the search together, gathered where they are made while further pages are still being made.

One process would do it term by term for each page; so the build is told only what some pages in a row give together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import code_digest, digest
from kreislaufstadt.guard.assets import is_quiet
from kreislaufstadt.search.collected import Collected, Gathering, Packed
from kreislaufstadt.search.write import FOLDER, page_file, text_file
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.folder_files import Row
    from kreislaufstadt.search.index import PageTerms
    from kreislaufstadt.site_folder import SiteFolder


def collected_key(base: bytes) -> bytes:
    """The row of the cache in which stands what all pages of a build gave together."""
    return digest("search collected", code_digest(), base)


EARLY = f"{FOLDER}/.neu"
"""Where texts are put that are made before the folder of the search has its name, which comes from the content of all files."""


class Part(NamedTuple):
    """Some pages in a row as they travel: the number of the first, their keys, the names of the texts, files put early, and what is quiet."""

    first: int
    keys: list[bytes]
    names: list[str]
    packed: Packed
    early: dict[str, Row]
    quiet: set[str]


class Gathered:
    """Pages of the search in the order in which they came, and what they give together."""

    def __init__(self, first: int = 0, folder: SiteFolder | None = None) -> None:
        """Begin without pages; ``first`` is the number of the first one. If there is a folder, texts are put into it early."""
        self.keys: list[bytes] = []
        self.early: dict[str, Row] = {}
        """The files with texts that were put early."""

        self.quiet: set[str] = set()
        """The names of those contents that the inspection need not read, since that was done when they were at hand."""

        self._first = first
        self._folder = folder
        self._names: list[str] = []
        self._gathering = Gathering(first)

    def add(self, key: bytes, terms: PageTerms, data: bytes) -> None:
        """Take in the next page: its key in the cache, what the index holds of it, and what the browser shows."""
        number = self._first + len(self.keys)
        content = page_file(number, data)
        made = Made.of(content)
        if self._folder:
            name = f"{EARLY}/{text_file(number)}"
            self.early[name] = self._folder.put(name, made)
            if is_quiet(content):
                self.quiet.add(made.name)
        self._names.append(made.name)
        self._gathering.add(terms)
        self.keys.append(key)

    def pack(self) -> Part:
        """The pages for another process."""
        return Part(self._first, self.keys, self._names, self._gathering.pack(), self.early, self.quiet)

    def join(self, part: Part) -> None:
        """Take in pages gathered elsewhere, if they are the next ones; their texts in any case."""
        self.early.update(part.early)
        self.quiet |= part.quiet
        if part.first == self._first + len(self.keys):
            self.keys += part.keys
            self._names += part.names
            self._gathering.join(part.packed)

    def begins(self, keys: Sequence[bytes]) -> bool:
        """Whether these are the first of the pages."""
        return self.keys == keys[: len(self.keys)]

    def finish(self) -> tuple[Collected, list[str]]:
        """What the pages give, and the names of the files with their texts."""
        return self._gathering.finish(), self._names
