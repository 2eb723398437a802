"""Entries as JSON: the German field names of the content files, one entry, one kind, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import ENTRY_KIND_LIST, LICENCE, LICENCE_URL, LIST_KINDS, ROOT, folder_of, rule_of, stem_of
from kreislaufstadt.exports.record_text import compact, write_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kreislaufstadt.exports.dataset import Dataset

BUNDLE = f"{ROOT}/bestand.json"
BUNDLE_FORMAT = "kreislaufstadt-bestand/1"
"""Says what a bundle is; :mod:`kreislaufstadt.federation` reads no other."""

Record = dict[str, Any]
Line = bytes | memoryview
"""A record as it stands in a file of many."""

_FIRST, _NEXT = b'"eintraege": [\n', b",\n"
"""What stands before the first record in the file of a kind (see :func:`_collection`), and between two."""


def write_json(value: Any, depth: int = 2) -> bytes:
    """JSON as people and programs read it: UTF-8, one line per field and item down to ``depth``."""
    parts: list[str] = []
    _lay_out(value, depth, parts)
    parts.append("\n")
    return "".join(parts).encode()


def _lay_out(value: Any, depth: int, parts: list[str]) -> None:
    """Add the parts in order: they are joined once, however deep they stand."""
    if depth and isinstance(value, dict) and value:
        before = "{\n"
        for key, found in value.items():
            parts.append(f"{before}{compact(key)}: ")
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
        parts.append(compact(value))


def _both_forms(data: Dataset, kind: str, entry: Any) -> tuple[bytes, bytes]:
    """An entry or value with the address of its page and, if it is not ours, where it comes from: in one line, and laid out."""
    extra = {"seite": data.page(kind, entry.id), "uebernommen_von": data.catalog.provenance((kind, entry.id))}
    line, laid_out = write_record(entry, extra)
    return line.encode(), laid_out.encode()


def _kept_lines(data: Dataset, kind: str, stem: str) -> Mapping[str, memoryview]:
    """The lines that an earlier build wrote into the file of a kind and that still hold, by the ids of their entries."""
    if data.records is None:
        return {}
    inputs = {entry.id: f"{data.page(kind, entry.id)} {rule_of(entry)}" for entry in data.entries(kind)}
    return data.records.lines(stem, kind, inputs, _FIRST, _NEXT)


def write_records(data: Dataset) -> Iterator[tuple[str, bytes]]:
    """One file per entry, per kind and per list, and the bundle of all; each record is written once for all of them."""
    entries: dict[str, list[Line]] = {}
    for kind in ENTRY_KIND_LIST:
        lines: list[Line] = []
        stem = f"{ROOT}/{folder_of(kind)}"
        kept = _kept_lines(data, kind.name, stem)
        for entry in data.entries(kind.name):
            line: Line | None = kept.get(entry.id)
            if line is None or not (data.records and data.records.stay(stem, entry.id)):
                line, laid_out = _both_forms(data, kind.name, entry)
                yield f"{stem}/{entry.id}.json", laid_out
            lines.append(line)
        entries[kind.name] = lines
        if data.records:
            data.records.measure(stem, lines)
        yield f"{stem}.json", _collection(data, kind.name, lines)
    lists: dict[str, list[Line]] = {}
    for values in LIST_KINDS:
        lines = lists[values.name] = [_both_forms(data, values.name, item)[0] for item in data.items(values.name)]
        yield f"{ROOT}/listen/{stem_of(values)}.json", _collection(data, values.name, lines)
    yield BUNDLE, _bundle(data, entries, lists)


def _listed(lines: list[Line]) -> Iterator[Line]:
    """The parts of a list of records as :func:`write_json` lays it out; many megabytes, so they are joined once, when the file is whole."""
    before = b"[\n"
    for line in lines:
        yield before
        yield line
        before = _NEXT
    yield b"\n]" if lines else b"[]"


def _grouped(lists: dict[str, list[Line]]) -> Iterator[Line]:
    before = "{\n"
    for name, lines in lists.items():
        yield f'{before}"{name}": '.encode()
        yield from _listed(lines)
        before = ",\n"
    yield b"\n}"


def _with_fields(head: Record, *fields: tuple[str, Iterable[Line]]) -> bytes:
    """A laid out file with fields behind its head whose parts are written already."""
    parts: list[Line] = [write_json(head).removesuffix(b"\n}\n")]
    for name, written in fields:
        parts.append(f',\n"{name}": '.encode())
        parts += written
    return b"".join([*parts, b"\n}\n"])


def _collection(data: Dataset, kind: str, lines: list[Line]) -> bytes:
    return _with_fields({"art": kind, "lizenz": LICENCE, "quelle": data.facts.base_url, "anzahl": len(lines)}, ("eintraege", _listed(lines)))


def _bundle(data: Dataset, entries: dict[str, list[Line]], lists: dict[str, list[Line]]) -> bytes:
    head = {
        "format": BUNDLE_FORMAT,
        "name": data.facts.name,
        "quelle": data.facts.base_url,
        "lizenz": LICENCE,
        "lizenz_url": LICENCE_URL,
        "stand": data.as_of,
    }
    return _with_fields(head, ("eintraege", _grouped(entries)), ("listen", _grouped(lists)))
