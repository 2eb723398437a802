"""The traces of many pages in one value of the cache: what each was made from, and the fingerprints that these things had."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import SIZE
from kreislaufstadt.trace import base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Trace(NamedTuple):
    """The name of a page's text, and the names of what the page was made from, sorted."""

    html: str
    names: tuple[str, ...]


class Traces:
    """The traces of all pages of a site by the keys of their drafts, with one fingerprint for each thing they name."""

    def __init__(self) -> None:
        """Begin without pages."""
        self.pages: dict[str, Trace] = {}
        self.prints: dict[str, bytes] = {}

    def sign(self, of: Callable[[str], bytes], bases: Mapping[str, str]) -> None:
        """Take the fingerprints that things have now; ``bases`` as in :data:`kreislaufstadt.template_tools.BASES`."""
        named = {name for trace in self.pages.values() for name in trace.names}
        named |= {base for name in named if (base := base_of(name, bases))}
        self.prints = {name: of(name) for name in sorted(named)}

    def holding(self, is_as_before: Callable[[str, Mapping[str, bytes]], bool]) -> dict[str, Trace]:
        """The pages of which nothing has changed: every thing they name is as it was."""
        changed = {name for name in self.prints if not is_as_before(name, self.prints)}
        return {key: trace for key, trace in self.pages.items() if changed.isdisjoint(trace.names)}

    def pack(self) -> bytes:
        """Write them: what things are called once, pages by the places of their things in that list."""
        places = {name: place for place, name in enumerate(self.prints)}
        rows = [(key, trace.html, len(trace.names)) for key, trace in self.pages.items()]
        numbers = array("I", [places[name] for trace in self.pages.values() for name in trace.names])
        head = json.dumps([list(self.prints), rows], ensure_ascii=False).encode()
        return b"".join([head, b"\n", *self.prints.values(), numbers.tobytes()])

    @classmethod
    def unpack(cls, stored: bytes) -> Traces:
        """Read what :meth:`pack` wrote."""
        head, _, rest = stored.partition(b"\n")
        names, rows = json.loads(head)
        end = len(names) * SIZE
        found, numbers, position = cls(), array("I"), 0
        found.prints = {name: rest[place * SIZE : place * SIZE + SIZE] for place, name in enumerate(names)}
        numbers.frombytes(rest[end:])
        for key, html, count in rows:
            found.pages[key] = Trace(html, tuple(map(names.__getitem__, numbers[position : position + count])))
            position += count
        return found
