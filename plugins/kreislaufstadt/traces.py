"""The traces of many pages in one value of the cache: what each was made from, and the fingerprints that these things had.

Pages name the same things again and again, so every thing has a number, and a trace is a row of numbers.
"""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import SIZE, pack, unpack
from kreislaufstadt.trace import base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_NO_PRINT = bytes(SIZE)
"""Stands for the fingerprint of a thing that no page names any more."""

_MOST_UNUSED = 0.2
"""Share of numbers without a page above which things are numbered anew."""


class Trace(NamedTuple):
    """The name of a page's text, and the numbers of what the page was made from."""

    html: str
    things: array[int]


class _Numbers(dict[str, int]):
    """Things by their names; a new one gets the next number."""

    def __missing__(self, name: str) -> int:
        found = self[name] = len(self)
        return found


class Traces:
    """The traces of all pages of a site by the keys of their drafts, with one fingerprint for each thing they name."""

    def __init__(self, before: Traces | None = None) -> None:
        """Begin without pages; things that have a number ``before`` keep it, so traces can be taken over."""
        self.pages: dict[str, Trace] = {}
        self.prints: dict[str, bytes] = {}
        self.changed: frozenset[str] = frozenset()
        """Things that are not as they were when they were signed, once somebody has asked which pages hold."""

        self.numbers: _Numbers = before.numbers if before else _Numbers()

    def add(self, key: str, html: str, names: Iterable[str]) -> None:
        """Remember a page by what it was made from."""
        self.pages[key] = Trace(html, array("I", sorted(map(self.numbers.__getitem__, names))))

    def sign(self, of: Callable[[str], bytes], bases: Mapping[str, str]) -> None:
        """Take the fingerprints that things have now; ``bases`` as in :data:`kreislaufstadt.template_tools.BASES`."""
        used = set[int]().union(*[trace.things for trace in self.pages.values()])
        if len(used) < (1 - _MOST_UNUSED) * len(self.numbers):
            used = self._number_anew(used)
        known = list(self.numbers)
        named = {known[number] for number in used}
        named |= {base for name in named if (base := base_of(name, bases))}
        self.prints = {name: of(name) for name in sorted(named)}

    def _number_anew(self, used: set[int]) -> set[int]:
        """Give numbers only to things that a page names; those before keep theirs."""
        known = list(self.numbers)
        numbers = {old: new for new, old in enumerate(sorted(used))}
        self.numbers = _Numbers((known[old], new) for old, new in numbers.items())
        self.pages = {key: Trace(trace.html, array("I", map(numbers.__getitem__, trace.things))) for key, trace in self.pages.items()}
        return set(numbers.values())

    def holding(self, is_as_before: Callable[[str, Mapping[str, bytes]], bool]) -> dict[str, Trace]:
        """The pages of which nothing has changed: every thing they name is as it was."""
        self.changed = frozenset(name for name in self.prints if not is_as_before(name, self.prints))
        changed = set(map(self.numbers.__getitem__, self.changed))
        return {key: trace for key, trace in self.pages.items() if changed.isdisjoint(trace.things)}

    def pack(self) -> bytes:
        """Write them: what things are called once, pages by the numbers of their things."""
        for name in self.prints:
            self.numbers[name]  # the bases of results have fingerprints, too
        rows = [(key, trace.html, len(trace.things)) for key, trace in self.pages.items()]
        head = json.dumps([list(self.numbers), rows], ensure_ascii=False).encode()
        prints = [self.prints.get(name, _NO_PRINT) for name in self.numbers]
        return pack(b"".join([head, b"\n", *prints, *[trace.things.tobytes() for trace in self.pages.values()]]))

    @classmethod
    def unpack(cls, stored: bytes) -> Traces:
        """Read what :meth:`pack` wrote."""
        head, _, rest = unpack(stored).partition(b"\n")
        names, rows = json.loads(head)
        end = len(names) * SIZE
        found, numbers, position = cls(), array("I"), 0
        prints = ((name, rest[place * SIZE : place * SIZE + SIZE]) for place, name in enumerate(names))
        found.numbers.update(zip(names, range(len(names)), strict=True))
        found.prints = {name: known for name, known in prints if known != _NO_PRINT}
        numbers.frombytes(rest[end:])
        for key, html, count in rows:
            found.pages[key] = Trace(html, numbers[position : position + count])
            position += count
        return found
