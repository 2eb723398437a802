"""The content folder into entries and list items, or problems; nothing is skipped silently."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kreislaufstadt.content_files import ContentFile, walk_files
from kreislaufstadt.foreign import check_pinned, is_foreign, read_provenance
from kreislaufstadt.layout import FOLDERS, FREE_FOLDERS, LIST_FILES, Target, classify, entry_id, misplaced, to_id
from kreislaufstadt.loaded import Keeper, Loaded, nothing_loaded
from kreislaufstadt.model.kinds import Kind, ListKind
from kreislaufstadt.model.operator import Operator
from kreislaufstadt.model.provenance import Provenance
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.source import MAX_BYTES, Source, read_source
from kreislaufstadt.validate import suggest, validate_data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

MAX_FILES = 50_000
"""Files of the content folder; far more than a network of all German municipalities needs."""


def load_content(root: Path, keeper: Keeper | None = None, read: Mapping[str, bytes] | None = None) -> Loaded:
    """Load the content folder ``root``; places name files relative to its parent.

    A keeper saves understanding unchanged files, and ``read`` has what files hold, by path, as far as somebody has read them already.
    """
    loaded = nothing_loaded()
    files = _list_files(root, loaded, read)
    early = _read_early(files, keeper) if keeper else {}
    for file in files:
        _load_file(file, loaded, keeper, early)
    loaded.files = tuple(file.name for file in files)
    return loaded


def _list_files(root: Path, loaded: Loaded, read: Mapping[str, bytes] | None) -> list[ContentFile]:
    files: list[ContentFile] = []
    for file in walk_files(root, loaded.problems, partial(_mark_broken, loaded), read):
        if len(files) == MAX_FILES:
            message = f"Der Inhaltsordner hat mehr als {MAX_FILES} Dateien; die übrigen wurden nicht gelesen."
            loaded.problems.append(Problem(Place(root.name), "KS122", message, "Bitte überflüssige Dateien löschen."))
            break
        files.append(file)
    return files


def _read_early(files: Sequence[ContentFile], keeper: Keeper) -> dict[str, Loaded]:
    """What files gave that are read here while others are read elsewhere."""
    alone = [file for file in files if _stands_alone(file)]
    elsewhere = keeper.share(alone)
    found = {file.shown: read_alone(file, keeper) for file in alone if file.shown not in elsewhere} if elsewhere else {}
    early = {name: part for name, part in found.items() if part is not None}
    keeper.find_out(early.values())
    return early


def _stands_alone(file: ContentFile) -> bool:
    """Whether a file belongs to something and no other says what it has to be."""
    return classify(file.parts) is not None and not is_foreign(file.parts)


def read_alone(file: ContentFile, keeper: Keeper | None = None) -> Loaded | None:
    """What a file gives of which nothing is known before; nothing if it cannot be opened."""
    target, raw = classify(file.parts), _read_bytes(file, [])
    return _find_or_read(target, file.parts, file.shown, raw, keeper) if target is not None and raw is not None else None


def _mark_broken(loaded: Loaded, parts: tuple[str, ...]) -> None:
    """Remember which entry or list a file that cannot be used was meant to be."""
    kind = FOLDERS.get(parts[0])
    if len(parts) == 2 and parts[1] in LIST_FILES:
        loaded.broken_lists.add(LIST_FILES[parts[1]].name)
    elif kind and len(parts) > 1:
        loaded.broken.add((kind.name, to_id(Path(parts[-1]).stem)))


def _load_file(file: ContentFile, loaded: Loaded, keeper: Keeper | None, early: Mapping[str, Loaded]) -> None:
    if file.shown in early:
        loaded.take(early[file.shown])
        return
    parts = file.parts
    target = classify(parts)
    if target is None:
        if parts[0] not in FREE_FOLDERS:
            loaded.problems.append(misplaced(file.shown, parts))
            _mark_broken(loaded, parts)
        return
    pinned = target is not Provenance and is_foreign(parts)
    part = keeper.recall(file.shown, file.path) if keeper and not pinned else None
    if part is None:
        raw = _read_bytes(file, loaded.problems)
        if raw is None:
            _mark_broken(loaded, parts)
            return
        problem = check_pinned(loaded.networks.get(parts[1]), parts, file.shown, raw) if pinned else None
        if problem:
            loaded.problems.append(problem)
            return
        part = _find_or_read(target, parts, file.shown, raw, keeper)
    loaded.take(part)


def _find_or_read(target: Target, parts: tuple[str, ...], file: str, raw: bytes, keeper: Keeper | None) -> Loaded:
    part = keeper.find(file, raw) if keeper else None
    if part is None:
        part = _read_part(target, parts, file, raw)
        if keeper:
            keeper.keep(file, raw, part)
    return part


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


def _read_bytes(file: ContentFile, problems: list[Problem]) -> bytes | None:
    if file.raw is not None:
        return file.raw
    try:
        with open(file.path, "rb") as stream:  # noqa: PTH123 - thousands of files: no object for each path
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"Die Datei lässt sich nicht öffnen ({error.strerror})."
        problems.append(Problem(Place(file.shown), "KS118", message, "Bitte die Leserechte prüfen."))
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
        if source.body.startswith(entry.body):
            source.body = entry.body  # places in the text are the same, and the long text is kept once
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
