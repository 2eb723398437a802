"""The index in small files by alphabet, so that a query loads only the terms it needs.

A row of a shard is one term: ``<shared letters><rest>`` against the term before, then
per field the pages as base-36 steps. A step counts twice the distance to the page
before; an odd one is followed by how often the term occurs (otherwise: once).

Until a shard is cut, a comma joins the two, so that every page of a term is one piece of text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache, partial
from itertools import accumulate, chain, repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kreislaufstadt.search.order import Order

TARGET = 9_000
"""Length of a shard in characters before compression; a single term is never divided."""

_COUNT_BITS = 32
_PAGE = -1 << _COUNT_BITS
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@cache
def to_base36(number: int) -> str:
    """Write a number as JavaScript's ``parseInt(text, 36)`` reads it."""
    digits = _DIGITS[number % 36]
    while number := number // 36:
        digits = _DIGITS[number % 36] + digits
    return digits


def write_postings(rows: list[dict[int, int]]) -> str:
    """Write the pages of a term as a shard does, field after field, separated by ``;``."""
    return ";".join(map(_write_field, rows)).rstrip(";").replace(",", " ")


def _write_field(row: dict[int, int]) -> str:
    steps, last = [], 0
    for page, count in sorted(row.items()):
        steps.append(_write_step(page - last, count))
        last = page
    return " ".join(steps)


def _write_step(distance: int, count: int) -> str:
    return to_base36(distance * 2) if count == 1 else f"{to_base36(distance * 2 + 1)},{to_base36(count)}"


class Rows:
    """One field of the index, gathered page by page: the pages of each term with how often it occurs.

    A page and its count stand in one number.
    """

    def __init__(self) -> None:
        """Begin without pages."""
        self._entries: dict[str, array[int]] = defaultdict(partial(array, "Q"))

    def add(self, page: int, counts: Mapping[str, int]) -> None:
        """Add the next page."""
        entries, start = self._entries, page << _COUNT_BITS
        for term, count in counts.items():
            entries[term].append(start + count)

    def pack(self) -> dict[str, bytes]:
        """What was gathered, in a form that travels between processes in little time."""
        return {term: entries.tobytes() for term, entries in self._entries.items()}

    def join(self, packed: Mapping[str, bytes]) -> None:
        """Add what was gathered elsewhere of the next pages."""
        for term, some in packed.items():
            self._entries[term].frombytes(some)

    def write(self) -> dict[str, str]:
        """Write the pages of each term."""
        steps = _Steps()
        return {term: _write_entries(entries, steps) for term, entries in self._entries.items()}


def _write_entries(entries: Iterable[int], steps: Mapping[int, str]) -> str:
    written, page = [], 0
    for entry in entries:
        written.append(steps[entry - page])
        page = entry & _PAGE
    return " ".join(written)


class _Steps(dict[int, str]):
    """How steps are written: distance and count in one number."""

    def __missing__(self, step: int) -> str:
        found = self[step] = _write_step(*divmod(step, 1 << _COUNT_BITS))
        return found


def join_rows(fields: Sequence[Rows]) -> dict[str, str]:
    """Write the index: the postings of each term in all fields, as :func:`write_postings` does but for the commas."""
    written = [field.write() for field in fields]
    terms = list(dict.fromkeys(chain.from_iterable(written)))
    postings = zip(*(map(field.get, terms, repeat("")) for field in written), strict=True)
    return dict(zip(terms, map(str.rstrip, map(";".join, postings), repeat(";")), strict=True))


class _Distances(dict[str, int]):
    """How far a step goes."""

    def __missing__(self, step: str) -> int:
        found = self[step] = int(step.partition(",")[0], 36) // 2
        return found


_distance = _Distances().__getitem__


def _pages(steps: Sequence[str]) -> list[int]:
    return list(accumulate(map(_distance, steps)))


def _with_distance(step: str, distance: int) -> str:
    count = step.partition(",")[2]
    return _write_step(distance, int(count, 36) if count else 1)


def change_field(text: str, counts: Mapping[int, int]) -> str:
    """Change how often a term occurs on some pages (0: no more) in one field of its row; only what stands beside them is written anew."""
    steps = text.split()
    pages = _pages(steps)
    for page, count in counts.items():
        place = bisect_left(pages, page)
        before = pages[place - 1] if place else 0
        known = slice(place, place + 1 if pages[place : place + 1] == [page] else place)
        pages[known], steps[known] = ([page], [_write_step(page - before, count)]) if count else ([], [])
        after = place + bool(count)
        if after < len(pages):
            steps[after] = _with_distance(steps[after], pages[after] - (page if count else before))
    return " ".join(steps)


def renumber_field(text: str, order: Order) -> str:
    """Give the pages in one field of a term's row their new numbers; only the first step of each block differs."""
    starts, shifts = order.starts, order.shifts
    steps = text.split()
    pages = _pages(steps)
    place = shift = 0
    while place < len(pages):
        block = bisect_right(starts, pages[place]) - 1
        if shifts[block] != shift:
            steps[place] = _with_distance(steps[place], _distance(steps[place]) + shifts[block] - shift)
            shift = shifts[block]
        if block + 1 == len(starts):
            break
        place = bisect_left(pages, starts[block + 1], place)
    return " ".join(steps)


def cut_shards(rows: Mapping[str, str], target: int = TARGET) -> list[tuple[str, str]]:
    """Cut the index (postings by term, as :func:`join_rows` writes them) into shards: the first term of each and its text."""
    shards: list[tuple[str, list[str]]] = []
    length, before = target, ""
    for term in sorted(rows, key=lambda term: term.encode("utf-16-be")):
        postings = rows[term].replace(",", " ")
        if length + len(postings) > target and length:
            shards.append((term, []))
            length, before = 0, ""
        row = f"{front_code(before, term)};{postings}"
        shards[-1][1].append(row)
        length, before = length + len(row), term
    return [(first, "\n".join(rows)) for first, rows in shards]


def front_code(before: str, word: str) -> str:
    """Write a word as the number of letters it shares with the word before (one base-36 digit) and its rest."""
    shared = 0
    for one, other in zip(before[:35], word, strict=False):
        if one != other:
            break
        shared += 1
    return _DIGITS[shared] + word[shared:]
