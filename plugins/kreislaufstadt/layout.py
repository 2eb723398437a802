"""What a file of the content folder is, by its place; which ids and folders there are."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kreislaufstadt.foreign import FOLDER as FOREIGN
from kreislaufstadt.foreign import RECORD, is_foreign
from kreislaufstadt.model.entries import Article, Translation
from kreislaufstadt.model.kinds import KINDS, LISTS, Kind, ListKind
from kreislaufstadt.model.operator import Operator
from kreislaufstadt.model.provenance import Provenance
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.validate import suggest

if TYPE_CHECKING:
    from pathlib import Path

PAGE = Kind("seite", "", ".md", Article, "Seite", "Seiten")
"""The kind of the overview texts: ``index.md`` of the content folder or of one of its folders."""

TRANSLATION = Kind("uebersetzung", "en", ".md", Translation, "Übersetzung", "Übersetzungen")
"""The kind of the pages in a further language; its folder is named after the language."""

FREE_FOLDERS = ("bilder", "karte", "sprache")
"""Folders whose files are not entries: pictures, outlines for the map, the search's word lists."""

Target = Kind | ListKind | type[Operator | Provenance]
"""What a content file can be."""

FOLDERS = {kind.folder: kind for kind in (*KINDS.values(), TRANSLATION)}
LIST_FILES = {kind.file: kind for kind in LISTS.values()}


def shown(root: Path, path: Path) -> str:
    """The path that editors see: from the content folder's name on, with ``/``."""
    return f"{root.name}/{path.relative_to(root).as_posix()}"


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def to_id(text: str) -> str:
    """The id that a German title or file name suggests: ``Größe & Maß`` becomes ``groesse-mass``."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "eintrag"


def classify(parts: tuple[str, ...]) -> Target | None:
    """Decide by its place what a content file is."""
    if parts == ("betreiber.yml",):
        return Operator
    if is_foreign(parts):
        return Provenance if parts[2:] == (RECORD,) else _classify_foreign(parts)
    if parts[-1] == "index.md" and len(parts) <= 2:
        return PAGE
    if len(parts) == 2 and parts[0] == "listen":
        return LIST_FILES.get(parts[1])
    kind = FOLDERS.get(parts[0]) if len(parts) == 2 else None
    return kind if kind and parts[1].endswith(kind.suffix) else None


def _classify_foreign(parts: tuple[str, ...]) -> Kind | None:
    """An entry of another network begins with the network's name, so that ids never collide with ours."""
    kind = FOLDERS.get(parts[2]) if len(parts) == 4 else None
    return kind if kind and parts[3].startswith(f"{parts[1]}-") and parts[3].endswith(kind.suffix) else None


def entry_id(kind: Kind, parts: tuple[str, ...]) -> str:
    """The id that a file's name gives its entry; an overview text is named after its folder."""
    if kind is PAGE:
        return parts[0] if len(parts) == 2 else "start"
    return parts[-1].removesuffix(kind.suffix)


def misplaced(file: str, parts: tuple[str, ...]) -> Problem:
    """Make the problem of a file that has no use where it lies."""
    kind = FOLDERS.get(parts[0])
    if kind and len(parts) == 2:
        message = f"Im Ordner „{parts[0]}“ stehen nur Dateien mit der Endung {kind.suffix}."
        return Problem(Place(file), "KS116", message, f"Bitte in {parts[1].partition('.')[0]}{kind.suffix} umbenennen.")
    advice = _better_place(parts) or "Bitte in den passenden Ordner verschieben."
    return Problem(Place(file), "KS116", "Für diese Datei gibt es an dieser Stelle keine Verwendung.", advice)


def _better_place(parts: tuple[str, ...]) -> str:
    if len(parts) == 1:
        return suggest(parts[0], ["betreiber.yml", "index.md"])
    if parts[0] == "listen":
        return suggest(parts[-1], list(LIST_FILES))
    if parts[0] in FOLDERS:
        return f"Bitte die Datei unmittelbar in den Ordner „{parts[0]}“ legen."
    return suggest(parts[0], [*FOLDERS, "listen", FOREIGN, *FREE_FOLDERS])
