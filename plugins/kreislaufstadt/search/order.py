"""Which pages of an earlier build stand where in this one, when pages were added, removed or renamed."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Order(NamedTuple):
    """Blocks of pages that stand in a row in both builds: their first numbers before, how far they moved, their lengths.

    Pages keep their order. One that stands before others now that stood before it does not belong to a block:
    it is gone and new.
    """

    starts: list[int]
    shifts: list[int]
    lengths: list[int]

    @classmethod
    def between(cls, before: Sequence[str], now: Sequence[str]) -> Order:
        """Compare two lists of addresses."""
        found = SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
        blocks = [block for block in found if block.size]
        return cls([block.a for block in blocks], [block.b - block.a for block in blocks], [block.size for block in blocks])

    def numbers(self) -> Iterator[tuple[int, int]]:
        """The pages of all blocks: what their number was, and what it is."""
        for start, shift, length in zip(*self, strict=True):
            yield from ((number, number + shift) for number in range(start, start + length))
