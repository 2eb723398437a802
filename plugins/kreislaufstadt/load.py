"""The content folder into entries and list items, or problems; nothing is skipped silently."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kreislaufstadt.foreign import check_pinned, is_foreign, read_provenance
from kreislaufstadt.layout import FOLDERS, FREE_FOLDERS, LIST_FILES, PAGE, TRANSLATION, Target, classify, entry_id, misplaced, shown, to_id
from kreislaufstadt.model.kinds import KINDS, LISTS, Kind, ListKind
from kreislaufstadt.model.operator import Operator
from kreislaufstadt.model.provenance import Provenance
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.source import MAX_BYTES, Source, read_source
from kreislaufstadt.validate import suggest, validate_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.model.lists import Item

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

MAX_FILES = 50_000
"""Files of the content folder; far more than a network of all German municipalities needs."""


@dataclass
class Loaded:
    """Everything that was read: sound entries and items by kind and id, sources, problems.

    ``broken`` names ids whose file has faults, and ``broken_lists`` lists of which
    values may be missing, so that references to them are not reported as dangling on top.
    """

    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    items: dict[str, dict[str, Item]] = field(default_factory=dict)
    sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    broken: set[tuple[str, str]] = field(default_factory=set)
    broken_lists: set[str] = field(default_factory=set)
    operator: Operator | None = None
    pruned: set[tuple[str, str]] = field(default_factory=set)
    """Entries and items from which references to faulty ones were taken out."""
    networks: dict[str, Provenance] = field(default_factory=dict)
    """Other networks that entries were taken over from, by their folder below ``fremd/``."""
    foreign: dict[tuple[str, str], str] = field(default_factory=dict)
    """The network of each entry that was taken over."""
    files: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    memory: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """What was found out about entries from their own file alone."""

    def take(self, part: Loaded) -> None:
        """Add what one file gave."""
        for own, new in ((self.entries, part.entries), (self.items, part.items)):
            for kind, found in new.items():
                own[kind].update(found)  # type: ignore[arg-type]
        self.sources.update(part.sources)
        self.memory.update(part.memory)
        self.broken |= part.broken
        self.broken_lists |= part.broken_lists
        self.networks.update(part.networks)
        self.foreign.update(part.foreign)
        self.operator = part.operator or self.operator
        self.problems += part.problems


class Keeper(Protocol):
    """Knows what files gave before."""

    def find(self, file: str, raw: bytes) -> Loaded | None:
        """What the file gave when it had these bytes."""

    def keep(self, file: str, raw: bytes, part: Loaded) -> None:
        """Remember what the file gave."""


def load_content(root: Path, keeper: Keeper | None = None) -> Loaded:
    """Load the content folder ``root``; places name files relative to its parent. A keeper saves reading unchanged files."""
    loaded = Loaded({name: {} for name in (*KINDS, PAGE.name, TRANSLATION.name)}, {name: {} for name in LISTS})
    files: list[str] = []
    for path in walk_files(root, loaded):
        if len(files) == MAX_FILES:
            message = f"Der Inhaltsordner hat mehr als {MAX_FILES} Dateien; die übrigen wurden nicht gelesen."
            loaded.problems.append(Problem(Place(root.name), "KS122", message, "Bitte überflüssige Dateien löschen."))
            break
        files.append(path.relative_to(root).as_posix())
        _load_file(root, path, loaded, keeper)
    loaded.files = tuple(files)
    return loaded


def walk_files(root: Path, loaded: Loaded) -> Iterator[Path]:
    """Yield the files below ``root`` in a fixed order; what is no file of its own is a problem."""
    resolved = root.resolve()
    waiting = [root]
    while waiting:
        rows = _rows_of(root, waiting.pop(), loaded)
        waiting += [Path(row.path) for row in reversed(rows) if row.is_dir(follow_symlinks=False)]
        for row in rows:
            usual = not row.is_symlink() and (row.is_file() or row.is_dir())
            problem = None if usual else _unusable(root, resolved, Path(row.path))
            if problem:
                loaded.problems.append(problem)
                _mark_broken(Path(row.path).relative_to(root).parts, loaded)
            elif row.is_file():
                yield Path(row.path)


def _rows_of(root: Path, folder: Path, loaded: Loaded) -> list[os.DirEntry[str]]:
    """What lies in a folder, folders first, by name; hidden files are none of ours."""
    try:
        with os.scandir(folder) as found:
            return sorted((row for row in found if not row.name.startswith(".")), key=lambda row: (not row.is_dir(), row.name))
    except OSError as error:
        message = f"Der Ordner lässt sich nicht öffnen ({error.strerror})."
        loaded.problems.append(Problem(Place(shown(root, folder)), "KS118", message, "Bitte die Leserechte prüfen."))
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


def _mark_broken(parts: tuple[str, ...], loaded: Loaded) -> None:
    """Remember which entry or list a file that cannot be used was meant to be."""
    kind = FOLDERS.get(parts[0])
    if len(parts) == 2 and parts[1] in LIST_FILES:
        loaded.broken_lists.add(LIST_FILES[parts[1]].name)
    elif kind and len(parts) > 1:
        loaded.broken.add((kind.name, to_id(Path(parts[-1]).stem)))


def _load_file(root: Path, path: Path, loaded: Loaded, keeper: Keeper | None) -> None:
    file = shown(root, path)
    parts = path.relative_to(root).parts
    target = classify(parts)
    if target is None:
        if parts[0] not in FREE_FOLDERS:
            loaded.problems.append(misplaced(file, parts))
            _mark_broken(parts, loaded)
        return
    raw = _read_bytes(path, file, loaded.problems)
    if raw is None:
        _mark_broken(parts, loaded)
        return
    if target is not Provenance and is_foreign(parts):
        problem = check_pinned(loaded.networks.get(parts[1]), parts, file, raw)
        if problem:
            loaded.problems.append(problem)
            return
    part = keeper.find(file, raw) if keeper else None
    if part is None:
        part = _read_part(target, parts, file, raw)
        if keeper:
            keeper.keep(file, raw, part)
    loaded.take(part)


def _read_part(target: Target, parts: tuple[str, ...], file: str, raw: bytes) -> Loaded:
    """What one file gives; it depends on nothing but its name and bytes."""
    part = Loaded(defaultdict(dict), defaultdict(dict))
    source, problems = read_source(file, raw)
    part.problems += problems
    _add(target, parts, file, source, part)
    part.memory = {key: {} for key in part.sources}
    return part


def _add(target: Target, parts: tuple[str, ...], file: str, source: Source | None, loaded: Loaded) -> None:
    """Hand a read file to what its place makes it."""
    if target is Provenance:
        _add_network(parts[1], source, loaded)
    elif isinstance(target, ListKind):
        _add_items(target, source, loaded)
    elif target is Operator:
        _add_operator(source, loaded)
    elif isinstance(target, Kind):
        if is_foreign(parts):
            loaded.foreign[target.name, entry_id(target, parts)] = parts[1]
        _add_entry(target, entry_id(target, parts), file, source, loaded)


def _read_bytes(path: Path, file: str, problems: list[Problem]) -> bytes | None:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"Die Datei lässt sich nicht öffnen ({error.strerror})."
        problems.append(Problem(Place(file), "KS118", message, "Bitte die Leserechte prüfen."))
        return None


def _add_entry(kind: Kind, name: str, file: str, source: Source | None, loaded: Loaded) -> None:
    loaded.broken.add((kind.name, name))
    if not _ID.fullmatch(name) or len(name) > 80:
        message = f"„{name}“ ist als Dateiname nicht erlaubt."
        advice = f"Bitte nur kleine Buchstaben a bis z, Ziffern und Bindestriche verwenden, z. B. {to_id(name)}{kind.suffix}."
        loaded.broken.add((kind.name, to_id(name)))
        loaded.problems.append(Problem(Place(file), "KS115", message, advice))
        return
    if source is None:
        return
    data = dict(source.data)
    written = data.setdefault("id", name)
    if written != name:
        message = f"Die Kennung „{written}“ ist nicht der Dateiname „{name}“."
        advice = "Bitte die Zeile id: löschen oder die Datei umbenennen."
        loaded.problems.append(Problem(source.place(("id",)), "KS117", message, advice))
        loaded.broken.add((kind.name, str(written)))
        return
    known = _forbid_body(source, data, loaded)
    entry, problems = validate_data(source, {**data, "body": source.body}, kind.model)
    loaded.problems += problems
    if entry is not None and known:
        loaded.entries[kind.name][name] = entry
        loaded.sources[kind.name, name] = source
        loaded.broken.discard((kind.name, name))


def _forbid_body(source: Source, data: dict[str, Any], loaded: Loaded) -> bool:
    if "body" not in data:
        return True
    message = "Das Feld „body“ gibt es hier nicht."
    loaded.problems.append(Problem(source.place(("body",), key=True), "KS202", message, "Bitte den Text unter den Kopf schreiben."))
    return False


def _add_items(kind: ListKind, source: Source | None, loaded: Loaded) -> None:
    if source is None:
        loaded.broken_lists.add(kind.name)
        return
    rows = source.data.get("eintraege")
    for key in source.data:
        if key != "eintraege":
            message = f"Das Feld „{key}“ gibt es hier nicht."
            problem = Problem(source.place((key,), key=True), "KS202", message, suggest(key, ["eintraege"]) or "Eine Liste hat nur das Feld „eintraege“.")
            loaded.problems.append(problem)
    if not isinstance(rows, list):
        loaded.broken_lists.add(kind.name)
        message = "Pflichtfeld „eintraege“ fehlt oder ist keine Liste."
        loaded.problems.append(Problem(source.place(("eintraege",)), "KS201", message, "Bitte eintraege: und darunter die Werte mit „- “ schreiben."))
        return
    for number, row in enumerate(rows):
        _add_item(kind, source, number, row, loaded)


def _add_item(kind: ListKind, source: Source, number: int, row: Any, loaded: Loaded) -> None:
    at = ("eintraege", number)
    item, problems = validate_data(source, row, kind.model, at)
    loaded.problems += problems
    if item is None:
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            loaded.broken.add((kind.name, row["id"]))
        else:
            loaded.broken_lists.add(kind.name)
        return
    if item.id in loaded.items[kind.name]:
        message = f"Die Kennung „{item.id}“ ist in dieser Liste schon vergeben."
        loaded.problems.append(Problem(source.place((*at, "id")), "KS303", message, "Bitte eine andere Kennung wählen."))
        return
    loaded.items[kind.name][item.id] = item
    loaded.sources[kind.name, item.id] = source


def _add_network(name: str, source: Source | None, loaded: Loaded) -> None:
    found, problems = read_provenance(source, name) if source else (None, [])
    loaded.problems += problems
    if found is not None:
        loaded.networks[name] = found


def _add_operator(source: Source | None, loaded: Loaded) -> None:
    if source is None:
        return
    loaded.operator, problems = validate_data(source, source.data, Operator)
    loaded.sources["betreiber", "betreiber"] = source
    loaded.problems += problems
