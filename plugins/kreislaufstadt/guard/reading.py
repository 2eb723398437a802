"""How finished pages are read: at once where all is known, by a walk over them elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.guard.known import read_known
from kreislaufstadt.guard.walk import walk_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kreislaufstadt.guard.page import Page


def read_page(text: str) -> Page:
    """Read a finished page."""
    return read_known(text.encode("utf-8", "surrogatepass")) or walk_page(text)


def read_file(raw: bytes) -> Page | None:
    """Read the bytes of a page; nothing if they are not UTF-8."""
    try:
        return read_known(raw) or walk_page(raw.decode())
    except UnicodeDecodeError:
        return None


def read_files(paths: Sequence[Path]) -> Iterator[Page | None]:
    """Read pages one after another."""
    return (read_file(path.read_bytes()) for path in paths)
