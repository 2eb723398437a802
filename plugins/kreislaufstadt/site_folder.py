"""The folder that is published: only what changed is written, what is no longer made goes.

A record of what was written last (content, size, time of change) stands in the cache.
A file that was touched since, by whomever, is written again.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import Cache, content_name, digest
from kreislaufstadt.folder_files import ROW_BYTES, facts_of, link_file, list_files, look_at, read_record, see, write_file, write_record
from kreislaufstadt.parallel import in_chunks, start_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kreislaufstadt.folder_files import Row, Seen


_MOST_KEPT = 0.5
"""Share of a folder's files that must have stood together before for the old folder to become the new one."""


class Made(NamedTuple):
    """The content of a file: its digest in hexadecimal, and how to get it."""

    name: str
    read: Callable[[], bytes]

    @classmethod
    def of(cls, content: bytes) -> Made:
        """Content that is at hand."""
        return cls(content_name(content), lambda: content)


class SiteFolder:
    """One output folder; files in it are replaced, never changed in place, so that links to the old ones stay good."""

    def __init__(self, folder: Path, cache: Cache) -> None:
        """Remember the folder; the record is read from the cache."""
        self._folder = folder
        self._cache = cache
        self._key = digest("site folder", folder.name)
        self._begun = False
        self._look: Callable[[], Seen] = self._see
        self._before: dict[str, Row] = {}
        self._there: dict[str, tuple[int, int]] = {}
        self._found: dict[str, str] = {}
        self._same: dict[str, str] = {}
        self._parents: set[str] = set()
        self._rows: dict[str, Row] = {}
        self._others: dict[str, Row] = {}
        self._others_are_known = False

    def write(self, files: Iterable[tuple[str, Made]]) -> None:
        """Let the folder hold these files and those that were put before, and no others, except hidden ones at its top that are not ours."""
        self.begin()
        for name, made in files:
            self.take(name, self.put(name, made))
        self._remove(name for name in self._there if name not in self._rows)

    def begin_early(self) -> None:
        """Let another process look at what stands there, if it can be; :meth:`begin` waits for it."""
        stored = self._stored()
        self._look = start_aside(partial(see, self._folder, stored), range(len(stored) // ROW_BYTES))

    def _see(self) -> Seen:
        return see(self._folder, self._stored())

    def _stored(self) -> bytes:
        return self._cache.get(self._key) or b""

    def begin(self) -> None:
        """Look at what stands there, once a run and before the first file is put."""
        if not self._begun:
            self._begun = True
            self._before, gone, changed = self._look()
            self._there = {name: row[1:] for name, row in self._before.items()} | changed
            for name in gone:
                del self._there[name]
            self._found = {name: row[0] for name, row in self._before.items() if self._there.get(name) == row[1:]}
            self._same = {content: name for name, content in self._found.items()}

    def put(self, name: str, made: Made) -> Row:
        """Write a file unless it stands already; a forked process tells the row to its parent, which takes it."""
        row = self._standing(name, made)
        if row:
            return row
        path = self._path(name)
        parent = os.path.dirname(path)
        if parent not in self._parents:
            os.makedirs(parent, exist_ok=True)
            self._parents.add(parent)
        exists = name in self._there or name in self._rows
        target = os.path.join(parent, f".neu-{os.path.basename(path)}") if exists else path
        linked = self._link(made, target)
        facts = linked or write_file(target, made.read())
        if exists:
            os.replace(target, path)
        if exists and linked and os.path.lexists(target):
            os.unlink(target)  # both were names of one file already; then replacing does nothing
        return made.name, *facts

    def _standing(self, name: str, made: Made) -> Row | None:
        """The row of a file that has just this content already."""
        row = self._rows.get(name) or self._before.get(name)
        return row if row and row[0] == made.name and (name in self._rows or self._there.get(name) == row[1:]) else None

    def _moved(self, files: Sequence[tuple[str, Made]]) -> Iterator[tuple[str, str]]:
        """Folders that were not there, and for each the one that holds most of its files under the same names (the search moves with every change)."""
        for new, group in groupby(files, key=lambda file: os.path.dirname(file[0])):
            if os.path.isdir(self._path(new)):
                continue
            members = [(os.path.basename(name), made.name) for name, made in group]
            old = Counter(os.path.dirname(same) for base, name in members if (same := self._same.get(name)) and os.path.basename(same) == base)
            for folder, count in old.most_common(1):
                if folder and count > _MOST_KEPT * len(members) and not any(name.startswith(f"{folder}/") for name in self._rows):
                    yield folder, new

    def _move(self, old: str, new: str) -> None:
        """Give a folder another name, if the system can; what stands in it stands there."""
        os.makedirs(os.path.dirname(self._path(new)), exist_ok=True)
        try:
            os.rename(self._path(old), self._path(new))
        except OSError:
            return
        for name in [name for name in self._there if name.startswith(f"{old}/")]:
            moved = f"{new}{name.removeprefix(old)}"
            self._there[moved] = self._there.pop(name)
            if name in self._before:
                self._before[moved] = self._before.pop(name)
                self._same[self._before[moved][0]] = moved

    def _link(self, made: Made, target: str) -> tuple[int, int] | None:
        """Give content that stands elsewhere (the search moves with every change) a second name, if the system can."""
        old = self._same.get(made.name)
        if old is None or not link_file(self._path(old), target):
            return None
        facts = facts_of(target)
        if facts == self._there[old]:
            return facts
        os.unlink(target)  # the other file has been replaced meanwhile
        return None

    def take(self, name: str, row: Row) -> None:
        """Know of a file that was put."""
        self._rows[name] = row

    def expect(self, rows: Mapping[str, Row]) -> None:
        """Know of files that were put under names that are not their last: when all of a folder are put under their last, it is moved."""
        for name, row in rows.items():
            self._there[name], self._before[name], self._same[row[0]] = row[1:], row, name

    def clear(self, folder: str) -> None:
        """Remove whatever stands in a folder."""
        names = [name for name in self._there if name.startswith(f"{folder}/")]
        self._remove(names)
        for name in names:
            del self._there[name]

    def put_all(self, files: Sequence[tuple[str, Made]]) -> dict[str, Row]:
        """Put many files, on all cores, and return their rows; forked processes must be able to read their contents."""
        self.begin()
        for folder in self._moved(files):
            self._move(*folder)
        standing = {name: row for name, made in files if (row := self._standing(name, made))}
        for rows in in_chunks(self._put_chunk, [file for file in files if file[0] not in standing]):
            standing.update(rows)
        self._rows.update(standing)
        return standing

    def _put_chunk(self, files: Sequence[tuple[str, Made]]) -> dict[str, Row]:
        return {name: self.put(name, made) for name, made in files}

    def complete(self) -> str:
        """Take in what others wrote beside, keep the record, and name the state of the folder.

        After :meth:`contents` has looked everywhere, only the top is looked at again, where the files for servers have been put since.
        """
        self._rows = {**{name: row for name, row in self._others.items() if "/" in name}, **self._rows}
        for name, one in list_files(self._folder, deep=not self._others_are_known):
            if name not in self._rows:
                self._rows[name] = (content_name(self.read(name)), *facts_of(one.path))
        self._cache.put(self._key, write_record(self._rows))
        return _state(self._rows)

    def before(self) -> dict[str, str]:
        """The files that stood there, as they were written, when this run began: digests of their contents."""
        return self._found

    def standing(self, name: str) -> Row | None:
        """The row of a file that stood there, as it was written, when this run began."""
        return self._before[name] if name in self._found else None

    def written(self) -> dict[str, tuple[str, int]]:
        """Every file that was put: the digest of its content, and its size; nobody has looked whether it is still so."""
        return {name: (content, size) for name, (content, size, _) in self._rows.items()}

    def start_checking(self) -> Callable[[], bool]:
        """Have another process look whether all stands as it was put, if it can be; return how to wait for its word."""
        wait = start_aside(self.is_as_written, range(len(self._rows)))

        def receive() -> bool:
            self._others_are_known = wait()
            return self._others_are_known

        return receive

    def is_as_written(self) -> bool:
        """Whether every file stands as it was put, and there is no other one, hidden or not, and no link to another."""
        count = 0
        for name, one in list_files(self._folder, hidden=True):
            row, facts = self._rows.get(name), one.stat(follow_symlinks=False)
            if one.is_symlink() or row is None or row[1:] != (facts.st_size, facts.st_mtime_ns):
                return False
            count += 1
        self._others_are_known = count == len(self._rows)
        return self._others_are_known

    def contents(self) -> dict[str, tuple[str, int]]:
        """Every file that stands there now: the digest of its content, and its size."""
        found = {}
        for name, facts in look_at(self._folder):
            row = self._rows.get(name)
            found[name] = (row[0] if row and row[1:] == facts else content_name(self.read(name)), facts[0])
            if row is None:
                self._others[name] = (found[name][0], *facts)
        self._others_are_known = True
        return found

    def read(self, name: str) -> bytes:
        """The content of a file that stands there."""
        with open(self._path(name), "rb") as stream:
            return stream.read()

    def name_of(self, name: str) -> str | None:
        """The digest of a file's content, if it stands as it was written here."""
        row = self._rows.get(name)
        return row[0] if row and facts_of(self._path(name)) == row[1:] else None

    def is_in_state(self, state: str) -> bool:
        """Whether the folder holds, byte by byte, what it held when it was named so."""
        rows = read_record(self._stored())
        if not rows or _state(rows) != state:
            return False
        there = dict(look_at(self._folder))
        return there.keys() == rows.keys() and all(content_name(self.read(name)) == row[0] for name, row in rows.items())

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, name)

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


def state_of(names: Mapping[str, str]) -> str:
    """The name of a folder's state: its files and the digests of their contents."""
    return digest("\n".join(f"{file}\0{name}" for file, name in sorted(names.items()))).hex()


def _state(rows: Mapping[str, Row]) -> str:
    return state_of({name: row[0] for name, row in rows.items()})
