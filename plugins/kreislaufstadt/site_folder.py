"""The folder that is published: only what changed is written, what is no longer made goes.

A record of what was written last (content, size, time of change) stands in the cache.
A file that was touched since, by whomever, is written again.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import Cache, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Row = tuple[str, int, int]
"""Digest of the content, size, time of change in nanoseconds."""


_HIDDEN = frozenset({".well-known", ".nojekyll"})
"""Hidden names at the top of the folder that are ours."""


class Made(NamedTuple):
    """The content of a file: its digest in hexadecimal, and how to get it."""

    name: str
    read: Callable[[], bytes]

    @classmethod
    def of(cls, content: bytes) -> Made:
        """Content that is at hand."""
        return cls(digest(content).hex(), lambda: content)


class SiteFolder:
    """One output folder; files in it are replaced, never changed in place, so that links to the old ones stay good."""

    def __init__(self, folder: Path, cache: Cache) -> None:
        """Remember the folder; the record is read from the cache."""
        self._folder = folder
        self._cache = cache
        self._key = digest("site folder", folder.name)
        self._rows: dict[str, Row] = {}

    def write(self, files: Iterable[tuple[str, Made]]) -> None:
        """Let the folder hold these files and no others, except hidden ones at its top that are not ours."""
        before, there = self._record(), dict(self._walk())
        same = {row[0]: self._path(name) for name, row in before.items() if there.get(name) == row[1:]}
        self._rows = {}
        folders: set[str] = set()
        for name, made in files:
            path = self._path(name)
            row = before.get(name)
            if row and row[0] == made.name and there.get(name) == row[1:]:
                self._rows[name] = row
                continue
            parent = os.path.dirname(path)
            if parent not in folders:
                os.makedirs(parent, exist_ok=True)
                folders.add(parent)
            self._replace(path, made, same.get(made.name), exists=name in there)
            self._rows[name] = (made.name, *_facts(path))
        self._remove(name for name in there if name not in self._rows)

    def complete(self) -> str:
        """Take in what others wrote beside, keep the record, and name the state of the folder."""
        for name, facts in self._walk():
            if name not in self._rows:
                self._rows[name] = (digest(self._read(name)).hex(), *facts)
        self._cache.put(self._key, json.dumps(self._rows).encode())
        return self._state(self._rows)

    def name_of(self, name: str) -> str | None:
        """The digest of a file's content, if it stands as it was written here."""
        row = self._rows.get(name)
        return row[0] if row and _facts(self._path(name)) == row[1:] else None

    def is_in_state(self, state: str) -> bool:
        """Whether the folder holds, byte by byte, what it held when it was named so."""
        rows = self._record()
        if not rows or self._state(rows) != state:
            return False
        there = dict(self._walk())
        return there.keys() == rows.keys() and all(digest(self._read(name)).hex() == row[0] for name, row in rows.items())

    def _record(self) -> dict[str, Row]:
        stored = self._cache.get(self._key)
        return {name: tuple(row) for name, row in json.loads(stored).items()} if stored else {}

    @staticmethod
    def _state(rows: dict[str, Row]) -> str:
        return digest("\n".join(f"{name}\0{row[0]}" for name, row in sorted(rows.items()))).hex()

    def _walk(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Every file with its size and time; a link counts as a file that is not ours."""
        if not os.path.isdir(self._folder):
            return
        folders = [""]
        while folders:
            prefix = folders.pop()
            with os.scandir(os.path.join(self._folder, prefix)) as found:
                for one in found:
                    if not prefix and one.name.startswith(".") and one.name not in _HIDDEN:
                        continue
                    if one.is_dir(follow_symlinks=False):
                        folders.append(f"{prefix}{one.name}/")
                    else:
                        facts = one.stat(follow_symlinks=False)
                        yield prefix + one.name, (facts.st_size, facts.st_mtime_ns)

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, name)

    def _read(self, name: str) -> bytes:
        with open(self._path(name), "rb") as stream:
            return stream.read()

    @staticmethod
    def _replace(path: str, made: Made, same: str | None, *, exists: bool) -> None:
        """Write a file; one that stands elsewhere already (the search moves with every change) is only linked."""
        target = os.path.join(os.path.dirname(path), f".neu-{os.path.basename(path)}") if exists else path
        if not (same and _link(same, target)):
            with open(target, "wb") as stream:
                stream.write(made.read())
        if exists:
            os.replace(target, path)

    def _remove(self, names: Iterable[str]) -> None:
        parents = set()
        for name in names:
            os.unlink(self._path(name))
            parents.add(os.path.dirname(self._path(name)))
        for parent in sorted(parents, key=len, reverse=True):
            folder = parent
            while folder != str(self._folder) and os.path.isdir(folder) and not os.listdir(folder):
                os.rmdir(folder)
                folder = os.path.dirname(folder)


def _link(old: str, new: str) -> bool:
    """Give a file a second name, if the file system can."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False
    return True


def _facts(path: str) -> tuple[int, int]:
    found = os.lstat(path)
    return found.st_size, found.st_mtime_ns
