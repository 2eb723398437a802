"""What an earlier build wrote, entry by entry: after an edit only the parts that the edit touches are made anew.

Each part keeps the trace it was made from (:mod:`kreislaufstadt.trace`). Parts stand in
a few rows of the cache, so that a change writes few of them; only what is used again is kept.
"""

from __future__ import annotations

import json
import zlib
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import code_digest, digest, pack, pack_files, unpack, unpack_files
from kreislaufstadt.trace import with_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kreislaufstadt.cache import Cache
    from kreislaufstadt.trace import Fingerprints, Tracker

_ROWS = 64


class _Piece(NamedTuple):
    names: list[str]
    sum: str
    content: bytes


class Pieces:
    """The parts of one family of files; ``base`` names everything but the catalogue that all of them depend on."""

    def __init__(self, cache: Cache, tracker: Tracker, fingerprints: Fingerprints, base: Iterable[str]) -> None:
        """Fetch what the last build kept; it is read in the process that asks for the first part."""
        self._tracker, self._fingerprints = tracker, fingerprints
        whole = digest(code_digest(), *base)
        self._keys = [digest("pieces", whole, str(number)) for number in range(_ROWS)]
        self._stored = [cache.get(key) for key in self._keys]
        self._kept: dict[str, _Piece] = {}

    @cached_property
    def _old(self) -> dict[str, _Piece]:
        return {name: piece for stored in self._stored for name, piece in _read(stored).items()}

    def text(self, name: str, inputs: str, make: Callable[[], str]) -> str:
        """The part of that name; ``inputs`` says what it depends on beyond base and catalogue."""
        return self._get(name, inputs, lambda: make().encode()).decode()

    def files(self, name: str, make: Callable[[], Mapping[str, bytes]], inputs: str = "") -> dict[str, bytes]:
        """Files that are made together; ``inputs`` as for :meth:`text`."""
        return unpack_files(self._get(name, inputs, lambda: pack_files(make())))

    def _get(self, name: str, inputs: str, make: Callable[[], bytes]) -> bytes:
        piece = self._old.get(name)
        if piece is None or self._sum(inputs, piece.names) != piece.sum:
            with self._tracker.listen() as names:
                content = make()
            whole = with_texts(names)
            piece = _Piece(sorted(whole), self._sum(inputs, whole), content)
        self._kept[name] = piece
        return piece.content

    def _sum(self, inputs: str, names: Iterable[str]) -> str:
        return digest(inputs, self._fingerprints.combined(names)).hex()

    def changed_rows(self) -> dict[bytes, bytes]:
        """The rows of the cache in which a part is new, or gone: what the next build wants to read."""
        rows: list[dict[str, _Piece]] = [{} for _ in range(_ROWS)]
        changed = {_row(name) for name in self._old.keys() - self._kept.keys()}
        for name, piece in self._kept.items():
            rows[_row(name)][name] = piece
            if self._old.get(name) is not piece:
                changed.add(_row(name))
        return {self._keys[number]: _write(rows[number]) for number in sorted(changed)}


def _row(name: str) -> int:
    return zlib.crc32(name.encode()) % _ROWS


def _write(pieces: Mapping[str, _Piece]) -> bytes:
    head = json.dumps({name: (piece.names, piece.sum) for name, piece in pieces.items()}).encode()
    return pack(head + b"\n" + pack_files({name: piece.content for name, piece in pieces.items()}))


def _read(stored: bytes | None) -> dict[str, _Piece]:
    if stored is None:
        return {}
    head, _, rest = unpack(stored).partition(b"\n")
    contents = unpack_files(rest)
    return {name: _Piece(names, total, contents[name]) for name, (names, total) in json.loads(head).items()}
