"""Entries as JSON: the German field names of the content files, one entry, one kind, or all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import ENTRY_KIND_LIST, LICENCE, LICENCE_URL, LIST_KINDS, ROOT, folder_of, stem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from kreislaufstadt.exports.dataset import Dataset

BUNDLE = f"{ROOT}/bestand.json"
BUNDLE_FORMAT = "kreislaufstadt-bestand/1"
"""Says what a bundle is; :mod:`kreislaufstadt.federation` reads no other."""

Record = dict[str, Any]


def to_record(value: BaseModel) -> Record:
    """The fields of an entry or value under their German names; what is empty is left out."""
    dumped: Record = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {key: rest for key, found in dumped.items() if (rest := _drop_empty(found)) not in ("", [], {})}


def _drop_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _drop_empty(found) for key, found in value.items()}
        return {key: found for key, found in kept.items() if found not in ("", [], {})}
    if isinstance(value, list):
        return [_drop_empty(found) for found in value]
    return value


def entry_record(data: Dataset, kind: str, entry: BaseModel) -> Record:
    """An entry's or value's record with the address of its page and, if it is not ours, where it comes from."""
    record = to_record(entry)
    page = data.page(kind, record["id"])
    extra = {} if page is None else {"seite": page}
    origin = data.catalog.provenance((kind, record["id"]))
    if origin is not None:
        return {**record, **extra, "uebernommen_von": to_record(origin)}
    return {**record, **extra}


class _Written(str):
    """A value that is JSON already, so that records in several files are written out once."""

    __slots__ = ()


def write_json(value: Any, depth: int = 2) -> bytes:
    """JSON as people and programs read it: UTF-8, one line per field and item down to ``depth``."""
    return (_layout(value, depth) + "\n").encode()


def _layout(value: Any, depth: int) -> str:
    if isinstance(value, _Written):
        return value
    if depth and isinstance(value, dict) and value:
        lines = (f"{_compact(key)}: {_layout(found, depth - 1)}" for key, found in value.items())
        return "{\n" + ",\n".join(lines) + "\n}"
    if depth and isinstance(value, list) and value:
        return "[\n" + ",\n".join(_layout(found, depth - 1) for found in value) + "\n]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def kind_records(data: Dataset) -> dict[str, list[Record]]:
    """The records of every kind, by the kind's name."""
    return {kind.name: [entry_record(data, kind.name, entry) for entry in data.entries(kind.name)] for kind in ENTRY_KIND_LIST}


def list_records(data: Dataset) -> dict[str, list[Record]]:
    """The records of every controlled list, by the list's name."""
    return {kind.name: [entry_record(data, kind.name, item) for item in data.items(kind.name)] for kind in LIST_KINDS}


def write_records(data: Dataset) -> Iterator[tuple[str, bytes]]:
    """One file per entry, per kind and per list, and the bundle of all."""
    entries, lists = kind_records(data), list_records(data)
    yield from _entry_files(entries)
    written, written_lists = _write_all(entries), _write_all(lists)
    for kind in ENTRY_KIND_LIST:
        yield f"{ROOT}/{folder_of(kind)}.json", write_json(_collection(data, kind.name, written[kind.name]))
    for name in LIST_KINDS:
        yield f"{ROOT}/listen/{stem_of(name)}.json", write_json(_collection(data, name.name, written_lists[name.name]))
    yield BUNDLE, write_json(_bundle(data, written, written_lists), depth=3)


def _entry_files(entries: dict[str, list[Record]]) -> Iterator[tuple[str, bytes]]:
    for kind in ENTRY_KIND_LIST:
        for record in entries[kind.name]:
            yield f"{ROOT}/{folder_of(kind)}/{record['id']}.json", write_json(record)


def _write_all(groups: dict[str, list[Record]]) -> dict[str, list[_Written]]:
    return {kind: [_Written(_compact(record)) for record in records] for kind, records in groups.items()}


def _collection(data: Dataset, kind: str, records: list[_Written]) -> Record:
    return {"art": kind, "lizenz": LICENCE, "quelle": data.facts.base_url, "anzahl": len(records), "eintraege": records}


def _bundle(data: Dataset, entries: dict[str, list[_Written]], lists: dict[str, list[_Written]]) -> Record:
    return {
        "format": BUNDLE_FORMAT,
        "name": data.facts.name,
        "quelle": data.facts.base_url,
        "lizenz": LICENCE,
        "lizenz_url": LICENCE_URL,
        "stand": data.as_of,
        "eintraege": entries,
        "listen": lists,
    }
