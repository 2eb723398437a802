"""Many files in one temporary file: written by a forked process, read by this one only where somebody wants them."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Place = tuple[int, int, str]
"""Where a file begins, how many bytes it has, the name of its content."""


class Spool:
    """A file without a name, shared with the processes that are forked afterwards; it ends with the last of them."""

    def __init__(self) -> None:
        """Make the file; it is closed with this object."""
        with tempfile.TemporaryFile() as file:
            self._number = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._number)

    def add(self, files: Iterable[tuple[str, bytes]]) -> dict[str, Place]:
        """Write files by path and return where they stand; one process at a time."""
        places = {}
        with open(self._number, "ab", closefd=False) as file:
            for path, content in files:
                places[path] = (file.tell(), len(content), Made.of(content).name)
                file.write(content)
        return places

    def read(self, place: Place) -> bytes:
        """The content of a file."""
        position, size, _ = place
        if not hasattr(os, "pread"):  # where nothing is forked either, so that nobody else moves the position
            with open(self._number, "rb", closefd=False) as file:
                file.seek(position)
                return file.read(size)
        parts = []
        while size and (part := os.pread(self._number, size, position)):
            parts.append(part)
            position, size = position + len(part), size - len(part)
        return b"".join(parts)


class SpooledFiles(Mapping[str, bytes]):
    """Files of a spool by path."""

    def __init__(self, spool: Spool, places: Mapping[str, Place]) -> None:
        """Keep where they stand."""
        self._spool = spool
        self._places = places

    def __getitem__(self, path: str) -> bytes:
        """The content of a file."""
        return self._spool.read(self._places[path])

    def __iter__(self) -> Iterator[str]:
        """The paths in the order in which the files were written."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._places)

    def made(self) -> Iterator[tuple[str, Made]]:
        """Every file by path, its content by name."""
        for path, place in self._places.items():
            yield path, Made(place[2], partial(self._spool.read, place))
