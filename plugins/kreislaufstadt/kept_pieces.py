"""Files that an earlier build wrote: after an edit only those that the edit touches are made anew.

Each group of files keeps the trace it was made from (:mod:`kreislaufstadt.trace`); only what
is used again is kept. It is for few groups that are dear to make: they stand in one row of the cache.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import code_digest, digest, pack, pack_files, unpack, unpack_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kreislaufstadt.cache import Cache
    from kreislaufstadt.fingerprints import Fingerprints
    from kreislaufstadt.trace import Tracker


class _Piece(NamedTuple):
    names: list[str]
    sum: str
    content: bytes


class Pieces:
    """Groups of files; ``base`` names everything but the catalogue that all of them depend on."""

    def __init__(self, cache: Cache, tracker: Tracker, fingerprints: Fingerprints, base: Iterable[str]) -> None:
        """Fetch what the last build kept; it is read in the process that asks for the first group."""
        self._tracker, self._fingerprints = tracker, fingerprints
        self._key = digest("pieces", code_digest(), *base)
        self._stored = cache.get(self._key)
        self._kept: dict[str, _Piece] = {}

    @cached_property
    def _old(self) -> dict[str, _Piece]:
        if self._stored is None:
            return {}
        head, _, rest = unpack(self._stored).partition(b"\n")
        contents = unpack_files(rest)
        return {name: _Piece(names, total, contents[name]) for name, (names, total) in json.loads(head).items()}

    def files(self, name: str, make: Callable[[], Mapping[str, bytes]], inputs: str = "") -> dict[str, bytes]:
        """Files that are made together; ``inputs`` says what they depend on beyond base and catalogue."""
        piece = self._old.get(name)
        if piece is None or self._sum(inputs, piece.names) != piece.sum:
            with self._tracker.listen() as names:
                content = pack_files(make())
            piece = _Piece(sorted(names), self._sum(inputs, names), content)
        self._kept[name] = piece
        return unpack_files(piece.content)

    def _sum(self, inputs: str, names: Iterable[str]) -> str:
        return digest(inputs, self._fingerprints.combined(names)).hex()

    def changed_rows(self) -> dict[bytes, bytes]:
        """The row of the cache, if a group is new, or gone: what the next build wants to read."""
        if self._kept == self._old:
            return {}
        head = json.dumps({name: (piece.names, piece.sum) for name, piece in self._kept.items()}).encode()
        return {self._key: pack(head + b"\n" + pack_files({name: piece.content for name, piece in self._kept.items()}))}
