"""Entries as JSON: the German field names of the content files, one entry, one kind, or all."""

from __future__ import annotations

import json
from functools import partial
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

_EMPTY: tuple[Any, ...] = ("", [], {})


def to_record(value: BaseModel) -> Record:
    """The fields of an entry or value under their German names; what is empty is left out."""
    dumped: Record = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return _drop_empty(dumped)


def _drop_empty(fields: Record) -> Record:
    kept = {}
    for key, value in fields.items():
        rest = value
        if isinstance(value, dict):
            rest = _drop_empty(value)
        elif isinstance(value, list):
            rest = [_drop_empty(item) if isinstance(item, dict) else item for item in value]
        if rest not in _EMPTY:
            kept[key] = rest
    return kept


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


_compact = json.JSONEncoder(ensure_ascii=False).encode


def write_json(value: Any, depth: int = 2) -> bytes:
    """JSON as people and programs read it: UTF-8, one line per field and item down to ``depth``."""
    parts: list[str] = []
    _lay_out(value, depth, parts)
    parts.append("\n")
    return "".join(parts).encode()


def _lay_out(value: Any, depth: int, parts: list[str]) -> None:
    """Add the parts in order: they are joined once, however deep they stand."""
    if isinstance(value, _Written):
        parts.append(value)
    elif depth and isinstance(value, dict) and value:
        before = "{\n"
        for key, found in value.items():
            parts.append(f"{before}{_compact(key)}: ")
            _lay_out(found, depth - 1, parts)
            before = ",\n"
        parts.append("\n}")
    elif depth and isinstance(value, list) and value:
        before = "[\n"
        for found in value:
            parts.append(before)
            _lay_out(found, depth - 1, parts)
            before = ",\n"
        parts.append("\n]")
    else:
        parts.append(_compact(value))


def write_record(record: Record) -> tuple[str, str]:
    """A record in one line, and laid out as :func:`write_json` does; each value is written out once for both."""
    line, laid_out = [], []
    for key, value in record.items():
        name = _compact(key)
        if value and isinstance(value, list | dict):
            listed = isinstance(value, list)
            parts = [_compact(item) for item in value] if listed else [f"{_compact(inner)}: {_compact(value[inner])}" for inner in value]
            start, end = "[]" if listed else "{}"
            line.append(f"{name}: {start}{', '.join(parts)}{end}")
            laid_out.append(f"{name}: {start}\n" + ",\n".join(parts) + f"\n{end}")
        else:
            line.append(f"{name}: {_compact(value)}")
            laid_out.append(line[-1])
    return "{" + ", ".join(line) + "}", "{\n" + ",\n".join(laid_out) + "\n}\n"


def _both_forms(data: Dataset, kind: str, entry: BaseModel) -> str:
    return "\n".join(write_record(entry_record(data, kind, entry)))


def write_records(data: Dataset) -> Iterator[tuple[str, bytes]]:
    """One file per entry, per kind and per list, and the bundle of all."""
    entries: dict[str, list[_Written]] = {}
    for kind in ENTRY_KIND_LIST:
        entries[kind.name] = []
        for entry in data.entries(kind.name):
            line, _, laid_out = data.kept_text(kind.name, entry, partial(_both_forms, data, kind.name, entry)).partition("\n")
            entries[kind.name].append(_Written(line))
            yield f"{ROOT}/{folder_of(kind)}/{entry.id}.json", laid_out.encode()
        yield f"{ROOT}/{folder_of(kind)}.json", write_json(_collection(data, kind.name, entries[kind.name]))
    lists: dict[str, list[_Written]] = {}
    for values in LIST_KINDS:
        lists[values.name] = [_Written(write_record(entry_record(data, values.name, item))[0]) for item in data.items(values.name)]
        yield f"{ROOT}/listen/{stem_of(values)}.json", write_json(_collection(data, values.name, lists[values.name]))
    yield BUNDLE, write_json(_bundle(data, entries, lists), depth=3)


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
