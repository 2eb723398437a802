"""A content-addressed cache on disk: whatever it lacks or cannot vouch for is made anew.

Values are plain bytes under keys that name everything they depend on. Each row
carries a checksum, so damage is found; a file that is no cache of ours is
replaced. SQLite keeps two processes from disturbing each other.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from contextlib import closing
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MAX_BYTES = 512 * 1024 * 1024
"""Size above which rows that the last run did not use are dropped; what it used always stays."""

_SCHEMA = 4
_LEVEL = 1
"""Compression of large values: a quarter of the size for a fraction of a millisecond a page."""

_LIBRARIES = ("jinja2", "markdown", "pydantic", "pyyaml", "nh3", "segno", "icalendar")


SIZE = 20
"""Bytes of a digest."""

_PAGE = 16_384
"""Bytes of a page of the file: most rows have some thousand."""

_SUM = 16
"""Bytes of a row's checksum."""


def digest(*parts: bytes | str) -> bytes:
    """A name for the parts; their borders count."""
    sums = hashlib.sha256()  # processors of these years have instructions for it: half the time of BLAKE2
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        sums.update(len(raw).to_bytes(8, "little"))
        sums.update(raw)
    return sums.digest()[:SIZE]


def content_name(content: bytes) -> str:
    """The name of a file's content: the beginning of its SHA-256, which the open data name as well."""
    return name_by_sum(hashlib.sha256(content).hexdigest())


def name_by_sum(sha256: str) -> str:
    """The name of a content whose SHA-256 is known in hexadecimal digits."""
    return sha256[: 2 * SIZE]


@cache
def code_digest() -> bytes:
    """The name of this version of our code and of the libraries that shape its output."""
    package = Path(__file__).parent
    files = sorted(package.rglob("*.py"))
    code = [part for file in files for part in (file.relative_to(package).as_posix(), file.read_bytes())]
    return digest(sys.version, *map(_version, _LIBRARIES), *code)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def folder_digest(folders: Iterable[Path], patterns: tuple[str, ...] = ("*.html", "*.svg", "*.css", "*.js", "*.po")) -> bytes:
    """The name of the files below the folders that match one of the patterns."""
    parts: list[bytes | str] = []
    for folder in folders:
        files = sorted({file for pattern in patterns for file in folder.rglob(pattern)})
        for file in files:
            parts += [file.relative_to(folder).as_posix(), file.read_bytes()]
    return digest(*parts)


_compressor = zstd.ZstdCompressor(_LEVEL)
"""One for all values: to set one up takes a fifth of the time that a page takes."""


def pack(content: bytes) -> bytes:
    """A large content as a short value."""
    return _compressor.compress(content, zstd.ZstdCompressor.FLUSH_FRAME)


def unpack(stored: bytes) -> bytes:
    """The content of a value that :func:`pack` made."""
    return zstd.decompress(stored)


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """Many files as one value."""
    head = json.dumps([(path, len(content)) for path, content in files.items()])
    return head.encode() + b"\n" + b"".join(files.values())


def unpack_files(stored: bytes) -> dict[str, bytes]:
    """The files of one value."""
    head, _, rest = stored.partition(b"\n")
    files, position = {}, 0
    for path, size in json.loads(head):
        files[path] = rest[position : position + size]
        position += size
    return files


class Cache:
    """Rows of bytes by key; what is put can be got at once and is written by :meth:`save`. One object serves one run."""

    def __init__(self, file: Path | None, limit: int = MAX_BYTES) -> None:
        """Open the cache ``file``; with None rows live as long as this object."""
        self._file = file
        self._limit = limit
        self._rows: dict[bytes, bytes] = {}
        self._unwritten: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self._late: list[Callable[[], None]] = []
        self._turn = 0
        self._written = False
        self._connection = self._open() if file else None

    def get(self, key: bytes) -> bytes | None:
        """The value of the key, unless it is missing or damaged."""
        if key in self._rows:
            return self._rows[key]
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT value, sum FROM rows WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._discard()
            return None
        if row is None or not isinstance(row[0], bytes) or _sum(key, row[0]) != row[1]:
            return None
        self._used.add(key)
        return row[0]

    @property
    def unsaved(self) -> Mapping[bytes, bytes]:
        """The rows that have been put and not written yet."""
        return self._unwritten

    def is_empty(self) -> bool:
        """Whether no run has left anything yet."""
        if self._rows or self._connection is None:
            return not self._rows
        try:
            return self._connection.execute("SELECT 1 FROM rows LIMIT 1").fetchone() is None
        except sqlite3.Error:
            self._discard()
            return True

    def use(self, key: bytes) -> None:
        """Say that a row will be wanted, if there is one, so that it stays."""
        self._used.add(key)

    def put(self, key: bytes, value: bytes) -> None:
        """Remember the value; :meth:`save` writes it."""
        self._rows[key] = self._unwritten[key] = value

    def put_late(self, put: Callable[[], None]) -> None:
        """Have ``put`` called by the next :meth:`save`, the latest first: for rows that nobody needs sooner."""
        self._late.append(put)

    def save(self) -> None:
        """Write all rows, late ones too, and hold them no longer."""
        if self._connection is None:
            return
        self.gather()
        self.write()
        self._rows.clear()

    def gather(self) -> None:
        """Have the late rows put, if there is a file for them."""
        while self._late and self._connection is not None:
            self._late.pop()()

    def write(self) -> None:
        """Write the rows that have been put, and note which were used; until :meth:`save` they are held as well."""
        if self._connection is None:
            return
        try:
            with self._connection as connection:
                self._turn = turn = self._turn or connection.execute("SELECT coalesce(max(used), 0) + 1 FROM turns").fetchone()[0]
                rows = ((key, value, _sum(key, value)) for key, value in self._unwritten.items())
                connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", rows)
                sizes = ((key, turn, len(value)) for key, value in self._unwritten.items())
                connection.executemany("INSERT OR REPLACE INTO turns VALUES (?, ?, ?)", sizes)
                connection.executemany("UPDATE turns SET used = ? WHERE key = ?", ((turn, key) for key in self._used))
            self._written = self._written or bool(self._unwritten)
        except sqlite3.Error:
            self._discard()
        self._unwritten.clear()
        self._used.clear()

    def close(self) -> None:
        """Save, and let go of the file; a run that wrote something drops the least recently used rows above the limit."""
        self.save()
        if self._connection is not None and self._written:
            try:
                with self._connection as connection:
                    self._shrink(connection)
            except sqlite3.Error:
                self._discard()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _shrink(self, connection: sqlite3.Connection) -> None:
        turns = connection.execute("SELECT used, sum(size) FROM turns GROUP BY used ORDER BY used").fetchall()
        total = sum(size for _, size in turns)
        for turn, size in turns:
            if total <= self._limit or turn >= self._turn:
                break
            connection.execute("DELETE FROM rows WHERE key IN (SELECT key FROM turns WHERE used = ?)", (turn,))
            connection.execute("DELETE FROM turns WHERE used = ?", (turn,))
            total -= size

    def _open(self) -> sqlite3.Connection | None:
        for _ in range(2):
            try:
                return self._connect()
            except (sqlite3.Error, OSError):
                self._remove()
        return None

    def _connect(self) -> sqlite3.Connection:
        assert self._file is not None  # noqa: S101 - asked by the caller
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._file, timeout=30, check_same_thread=False)  # a preview's threads take turns
        try:
            schema = connection.execute("PRAGMA user_version").fetchone()[0]
            if schema not in (0, _SCHEMA):
                message = "another version of the cache"
                raise sqlite3.DatabaseError(message)
            connection.execute(f"PRAGMA page_size = {_PAGE}")  # of a new file only
            connection.execute(f"PRAGMA journal_mode = {'WAL' if schema else 'MEMORY'}")  # a new file has nothing to lose, so all is written once
            connection.execute("PRAGMA synchronous = OFF")
            with connection:
                connection.execute("CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, value BLOB, sum BLOB)")
                connection.execute("CREATE TABLE IF NOT EXISTS turns (key BLOB PRIMARY KEY, used INTEGER, size INTEGER) WITHOUT ROWID")
                connection.execute(f"PRAGMA user_version = {_SCHEMA}")
            connection.execute("SELECT rows.key, value, sum, used, size FROM rows LEFT JOIN turns USING (key) LIMIT 1").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _discard(self) -> None:
        """Go on without the cache and leave none behind."""
        if self._connection is not None:
            with closing(self._connection):
                self._connection = None
        self._remove()

    def _remove(self) -> None:
        if self._file:
            for suffix in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)


def _sum(key: bytes, value: bytes) -> bytes:
    sums = hashlib.sha256(key)
    sums.update(value)
    return sums.digest()[:_SUM]
