"""The files of a folder: which there are and how they are written, linked and remembered."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from kreislaufstadt.cache import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Row = tuple[str, int, int]
"""Digest of the content, size, time of change in nanoseconds."""

ROW_BYTES = 50
"""What a row takes in a record, roughly."""

Facts = tuple[int, int]
"""Size and time of change."""

Seen = tuple[dict[str, Row], list[str], dict[str, Facts]]
"""The rows of a record, the files of it that are gone, and those that stand there otherwise."""

_HIDDEN = frozenset({".well-known", ".nojekyll"})
"""Hidden names at the top of a folder that are ours."""


def list_files(folder: Path, *, deep: bool = True, hidden: bool = False) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file, not yet looked at; else only those at the top. Hidden ones at the top that are not ours only if asked for."""
    if not os.path.isdir(folder):
        return
    folders = [""]
    while folders:
        prefix = folders.pop()
        with os.scandir(os.path.join(folder, prefix)) as found:
            for one in found:
                if not hidden and not prefix and one.name.startswith(".") and one.name not in _HIDDEN:
                    continue
                if one.is_dir(follow_symlinks=False):
                    folders += [f"{prefix}{one.name}/"] if deep else []
                else:
                    yield prefix + one.name, one


def look_at(folder: Path) -> Iterator[tuple[str, Facts]]:
    """Every file with its size and time; a link counts as a file that is not ours."""
    for name, one in list_files(folder):
        facts = one.stat(follow_symlinks=False)
        yield name, (facts.st_size, facts.st_mtime_ns)


def see(folder: Path, stored: bytes) -> Seen:
    """What has become of the files of a record; most stand as they did, so little is to be told."""
    rows, there = read_record(stored), dict(look_at(folder))
    gone = [name for name in rows if name not in there]
    return rows, gone, {name: facts for name, facts in there.items() if name not in rows or rows[name][1:] != facts}


def read_record(stored: bytes) -> dict[str, Row]:
    """The rows of a record."""
    return {name: tuple(row) for name, row in json.loads(unpack(stored)).items()} if stored else {}


def write_record(rows: Mapping[str, Row]) -> bytes:
    """The record of files by name."""
    return pack(json.dumps(rows).encode())


def write_file(path: str, content: bytes) -> Facts:
    """Write a file that is not there yet, or anew."""
    with open(path, "wb", buffering=0) as stream:
        rest = memoryview(content)
        while rest:
            rest = rest[stream.write(rest) :]
        found = os.fstat(stream.fileno())
    return found.st_size, found.st_mtime_ns


def link_file(old: str, new: str) -> bool:
    """Give a file a second name, if the file system can."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False
    return True


def facts_of(path: str) -> Facts:
    """Size and time of a file."""
    found = os.lstat(path)
    return found.st_size, found.st_mtime_ns
