"""What new pages give the search together, gathered while further pages are still being made.

A first build is mostly waiting for its pages; what it would do with all of them at the end, on one core, it does meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.parallel import SMALLEST
from kreislaufstadt.search.collected import Collected, Gathering
from kreislaufstadt.search.write import page_file
from kreislaufstadt.search_rows import unpack_data, unpack_terms
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = tuple[bytes, bytes]
"""The key of an analysed page, and the page as it is kept."""


def collected_key(base: bytes) -> bytes:
    """The row of the cache in which stands what all pages of a build gave together."""
    return digest("search collected", code_digest(), base)


class Gathered:
    """Pages of the search in the order in which they came, and what they give together."""

    def __init__(self) -> None:
        """Begin without pages."""
        self.keys: list[bytes] = []
        self._names: list[str] = []
        self._gathering = Gathering()

    def add(self, rows: Iterable[Row]) -> None:
        """Take in the next pages."""
        for key, stored in rows:
            self._gathering.add(unpack_terms(stored))
            self._names.append(Made.of(page_file(len(self.keys), unpack_data(stored))).name)
            self.keys.append(key)

    def begins(self, keys: Sequence[bytes]) -> bool:
        """Whether these are the first of the pages."""
        return self.keys == keys[: len(self.keys)]

    def finish(self) -> tuple[Collected, list[str]]:
        """What the pages give, and the names of the files with their texts."""
        return self._gathering.finish(), self._names


class Meanwhile:
    """Gathers pages as they come, if there are many and no earlier build has left what only needs to be changed."""

    def __init__(self, base: bytes) -> None:
        """Begin; ``base`` names what all pages are made with."""
        self._base = base
        self._waiting: list[Row] | None = []
        self.gathered = Gathered()

    def take(self, rows: Iterable[Row], cache: Cache) -> None:
        """Take the next pages."""
        if self._waiting is None:
            return
        self._waiting += rows
        if self.gathered.keys or len(self._waiting) >= SMALLEST:
            if not self.gathered.keys and cache.get(collected_key(self._base)) is not None:
                self._waiting = None
                return
            self.gathered.add(self._waiting)
            self._waiting.clear()
