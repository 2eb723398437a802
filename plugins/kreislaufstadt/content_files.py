"""The files of the content folder, in a fixed order; what cannot be used is a problem."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.layout import shown
from kreislaufstadt.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class ContentFile(NamedTuple):
    """A file of the content folder: the parts of its path below the folder, the path that editors see, the whole path, and what it holds, if that is known."""

    parts: tuple[str, ...]
    shown: str
    path: str
    raw: bytes | None = None

    @property
    def name(self) -> str:
        """The path below the folder, with ``/``."""
        return "/".join(self.parts)


def walk_files(
    root: Path, problems: list[Problem], mark: Callable[[tuple[str, ...]], None] = lambda _parts: None, read: Mapping[str, bytes] | None = None
) -> Iterator[ContentFile]:
    """Yield the files below ``root`` in a fixed order; what is no file of its own is a problem and is marked. ``read`` are contents by whole path."""
    resolved = root.resolve()
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        above = waiting.pop()
        rows = _rows_of(root, root.joinpath(*above), problems)
        waiting += [(*above, row.name) for row in reversed(rows) if row.is_dir(follow_symlinks=False)]
        for row in rows:
            parts = (*above, row.name)
            usual = not row.is_symlink() and (row.is_file() or row.is_dir())
            problem = None if usual else _unusable(root, resolved, Path(row.path))
            if problem:
                problems.append(problem)
                mark(parts)
            elif row.is_file():
                yield ContentFile(parts, "/".join((root.name, *parts)), row.path, read.get(row.path) if read else None)


def _rows_of(root: Path, folder: Path, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """What lies in a folder, folders first, by name; hidden files are none of ours."""
    try:
        with os.scandir(folder) as found:
            return sorted((row for row in found if not row.name.startswith(".")), key=lambda row: (not row.is_dir(), row.name))
    except OSError as error:
        message = f"Der Ordner lässt sich nicht öffnen ({error.strerror})."
        problems.append(Problem(Place(shown(root, folder)), "KS118", message, "Bitte die Leserechte prüfen."))
        return []


def _unusable(root: Path, resolved: Path, path: Path) -> Problem | None:
    """Say why a link, or something that is neither file nor folder, cannot be used."""
    place = Place(shown(root, path))
    if path.is_symlink():
        if not path.resolve().is_relative_to(resolved):
            message = f"Der Verweis „{path.name}“ führt aus dem Inhaltsordner hinaus."
            return Problem(place, "KS113", message, "Bitte durch die Datei selbst ersetzen.")
        if not path.is_file():
            message = f"Der Verweis „{path.name}“ führt nicht zu einer Datei."
            return Problem(place, "KS118", message, "Bitte löschen oder durch die Datei selbst ersetzen.")
    elif not path.is_file() and not path.is_dir():
        return Problem(place, "KS118", f"„{path.name}“ ist keine gewöhnliche Datei.", "Bitte löschen.")
    return None
