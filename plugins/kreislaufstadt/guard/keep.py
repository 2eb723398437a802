"""What files of the site said, kept by their content: an unchanged file is not read again."""

from __future__ import annotations

import json
import zlib
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from kreislaufstadt.cache import Cache, code_digest, content_name, digest, pack_files, unpack_files
from kreislaufstadt.guard.page import Finding, Loaded, Page
from kreislaufstadt.guard.reading import read_file
from kreislaufstadt.parallel import in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

_ROWS = 64


class KeptFiles:
    """Reads pages like :class:`kreislaufstadt.guard.whole.Reading`; the result depends on nothing but the bytes of the files.

    ``name_of`` gives the digest of a file's content where somebody knows it, by path below the folder;
    ``inspected`` holds what :func:`inspect_page` said of new contents, by the same digest, ``said`` those pages of it
    that somebody has kept already; ``quiet`` of which new scripts of data somebody found that they ask for nothing.
    """

    def __init__(
        self,
        cache: Cache,
        name_of: Callable[[str], str | None] = lambda _: None,
        inspected: Mapping[str, bytes] | None = None,
        quiet: Collection[str] = (),
        said: Mapping[str, Page | None] | None = None,
    ) -> None:
        """Read what was kept."""
        self._cache = cache
        self._name_of = name_of
        self._inspected = inspected or {}
        self._said = said or {}
        self._keys = [digest("guard", code_digest(), str(number)) for number in range(_ROWS)]
        self._quiet_key = digest("guard quiet", code_digest())
        self._quiet_before = frozenset(json.loads(cache.get(self._quiet_key) or "[]"))
        self._known_quiet = self._quiet_before.union(quiet)
        self._quiet: set[str] = set()

    @property
    def keys(self) -> frozenset[bytes]:
        """The rows of the cache for what pages said."""
        return frozenset(self._keys)

    def pages(self, folder: Path, files: Sequence[str]) -> Iterator[Page | None]:
        """Take what the pages said before; those that were never read are read on all cores."""
        names = {file: self._name(folder, file) for file in files}
        before = [unpack_files(stored) if (stored := self._cache.get(key)) else {} for key in self._keys]
        known = {name: before[_row(name)].get(name) or self._inspected.get(name) for name in names.values()}
        missing = [file for file in files if known[names[file]] is None]
        read = (packed for chunk in in_chunks(partial(_read, folder), missing) for packed in chunk)
        made = {names[file]: packed for file, packed in zip(missing, read, strict=True)}
        pages = {name: packed or made[name] for name, packed in known.items()}
        self._keep(before, {name: packed for name, packed in pages.items() if name not in self._said})
        return (self._said.get(name) or _unpack(pages[name]) for name in names.values())

    def some(self, folder: Path, files: Sequence[str], unused: Collection[str] = ()) -> list[Page | None]:
        """What some of the pages say; what others said stays, except of contents that are ``unused`` now."""
        names = [self._name(folder, file) for file in files]
        numbers = sorted({_row(name) for name in (*names, *unused)})
        rows = {number: unpack_files(stored) if (stored := self._cache.get(self._keys[number])) else {} for number in numbers}
        before = {number: set(row) for number, row in rows.items()}
        pages = []
        for file, name in zip(files, names, strict=True):
            row = rows[_row(name)]
            row[name] = row.get(name) or self._inspected.get(name) or inspect_page((folder / file).read_bytes())
            pages.append(_unpack(row[name]))
        for number, row in rows.items():
            if row.keys() != before[number] or not row.keys().isdisjoint(unused):
                self._cache.put(self._keys[number], pack_files({name: row[name] for name in sorted(row.keys() - set(unused))}))
        self._quiet |= self._quiet_before - set(unused)
        if self._quiet != self._quiet_before:
            self._cache.put(self._quiet_key, json.dumps(sorted(self._quiet)).encode())
        return pages

    def is_quiet(self, folder: Path, file: str) -> bool:
        """Whether a script of data is known to ask for nothing and to hold nothing else."""
        name = self._name(folder, file)
        if name in self._known_quiet:
            self._quiet.add(name)
        return name in self._quiet

    def note_quiet(self, folder: Path, file: str) -> None:
        """Remember that about a script of data."""
        self._quiet.add(self._name(folder, file))

    def _name(self, folder: Path, file: str) -> str:
        return self._name_of(file) or content_name((folder / file).read_bytes())

    def _keep(self, before: Sequence[Mapping[str, bytes]], pages: Mapping[str, bytes]) -> None:
        """Hand the rows in which something is new, or gone, to the cache."""
        rows: list[dict[str, bytes]] = [{} for _ in range(_ROWS)]
        for name in sorted(pages):
            rows[_row(name)][name] = pages[name]
        for key, old, new in zip(self._keys, before, rows, strict=True):
            if old.keys() != new.keys():
                self._cache.put(key, pack_files(new))
        if self._quiet != self._quiet_before:
            self._cache.put(self._quiet_key, json.dumps(sorted(self._quiet)).encode())


def _row(name: str) -> int:
    return zlib.crc32(name.encode()) % _ROWS


def _read(folder: Path, files: Sequence[str]) -> list[bytes]:
    return [inspect_page((folder / file).read_bytes()) for file in files]


def inspect_page(raw: bytes) -> bytes:
    """Read the bytes of a page, and keep what it says in short."""
    return _pack(read_file(raw))


def _pack(page: Page | None) -> bytes:
    return to_json(page and {**vars(page), "ids": sorted(page.ids), "links": sorted(page.links), "loaded": _written(page.loaded)})


def _unpack(stored: bytes) -> Page | None:
    record = from_json(stored)
    if record is None:
        return None
    record["ids"], record["links"] = set(record["ids"]), set(record["links"])
    record["loaded"] = _loaded(record["loaded"])
    record["findings"] = [Finding(*row) for row in record["findings"]]
    return Page(**record)


@lru_cache(maxsize=1000)
def _written(loaded: tuple[Loaded, ...]) -> str:
    return to_json(loaded).decode()


@lru_cache(maxsize=1000)
def _loaded(written: str) -> tuple[Loaded, ...]:
    """What pages load; many load the same."""
    return tuple(map(Loaded._make, from_json(written)))
