"""Entries of another network as content files of ours: read-only, with their provenance, checked like our own.

A bundle is data; nothing in it is run. Ids get the network's name in front, so
they never collide; links that lead nowhere here become plain text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from kreislaufstadt.exports.fields import FieldDoc, fields_of
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.references import MARKDOWN_LINK, WIKI_LINK

if TYPE_CHECKING:
    import datetime as dt

    from pydantic import BaseModel

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.exports.bundle import Bundle
    from kreislaufstadt.exports.records import Record

KINDS_TAKEN = ("kommune", "beispiel", "meilenstein", "kontakt", "indikator", "rahmen", "publikation")
"""Kinds that are taken over; the model, glossary and texts of another site stay there."""

LICENCES = frozenset({"CC-BY-4.0", "CC0-1.0"})
"""Licences under which entries may be shown here."""

_LEFT_BEHIND = frozenset({"id", "seite", "body", "frueher", "uebernommen_von"})
_PERSONAL = frozenset({"person", "telefon", "fax", "email"})


@dataclass
class Taken:
    """Files below the network's folder, and what could not be taken along, in German lines."""

    files: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def take_over(bundle: Bundle, network: str, own: Catalog) -> Taken:
    """Turn a bundle's entries into content files."""
    return _Taker(bundle, network, own).take()


def write_provenance(bundle: Bundle, network: str, today: dt.date, checksum: str, files: dict[str, str]) -> str:
    """The network's ``herkunft.yml``, with the checksum of every file."""
    sums = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in sorted(files.items())}
    record = {
        "netz": network,
        "name": bundle.name,
        "adresse": bundle.url,
        "lizenz": bundle.licence,
        "stand": bundle.as_of,
        "uebernommen": today.isoformat(),
        "pruefsumme": checksum,
        "dateien": sums,
    }
    return "# Geschrieben von „kreislaufstadt import“; nicht von Hand ändern.\n" + _dump(record)


class _Plain(yaml.SafeDumper):
    """Writes no anchors and aliases: our reader refuses them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _dump(record: Record) -> str:
    text: str = yaml.dump(record, Dumper=_Plain, allow_unicode=True, sort_keys=False, default_flow_style=False, width=110)
    return text


class _Taker:
    def __init__(self, bundle: Bundle, network: str, own: Catalog) -> None:
        self._bundle = bundle
        self._network = network
        self._own = own
        self._taken = Taken()
        self._keys = {(kind, name) for kind in KINDS_TAKEN for name, record in bundle.entries.get(kind, {}).items() if "uebernommen_von" not in record}

    def take(self) -> Taken:
        for kind in KINDS_TAKEN:
            for name, record in sorted(self._bundle.entries.get(kind, {}).items()):
                if (kind, name) in self._keys:
                    path, text = self._file(kind, name, record)
                    self._taken.files[path] = text
        return self._taken

    def _file(self, kind: str, name: str, record: Record) -> tuple[str, str]:
        declared = KINDS[kind]
        where = f"{kind}:{name}"
        kept = {key: value for key, value in record.items() if key not in _LEFT_BEHIND}
        if kind == "kontakt" and record.get("art") == "person":
            kept = {**{key: value for key, value in kept.items() if key not in _PERSONAL}, "art": "funktion"}
        fields = _dump(self._convert(declared.model, kept, where))
        path = f"{declared.folder}/{self._network}-{name}{declared.suffix}"
        if declared.suffix != ".md":
            return path, fields
        body = str(record.get("body", ""))
        return path, f"---\n{fields}---\n\n{self._body(body)}\n"

    def _convert(self, model: type[BaseModel], value: Record, where: str) -> Record:
        """The fields of a record as our reader expects them: texts, lists, mappings."""
        docs = {doc.name: doc for doc in fields_of(model)}
        converted = {}
        for key, found in value.items():
            doc = docs.get(key)
            result = self._field(doc, found, f"{where}, Feld {key}") if doc else _as_text(found)
            if result not in (None, "", [], {}):
                converted[key] = result
        return converted

    def _field(self, doc: FieldDoc, found: Any, where: str) -> Any:
        items = found if isinstance(found, list) else [found]
        if doc.part is not None:
            rows = [self._convert(doc.part, item, where) if isinstance(item, dict) else _as_text(item) for item in items]
        elif doc.kinds:
            rows = [name for item in items if (name := self._reference(doc, str(item), where))]
        else:
            rows = [_as_text(item) for item in items]
        if isinstance(found, list):
            return rows
        return rows[0] if rows else None

    def _reference(self, doc: FieldDoc, name: str, where: str) -> str:
        """The id under which the target is known here; what is unknown is left out unless it is needed."""
        if any((kind, name) in self._keys for kind in doc.kinds):
            return f"{self._network}-{name}"
        if any(kind not in KINDS_TAKEN and self._own.find(kind, name) for kind in doc.kinds) or doc.telling:
            return name
        self._taken.notes.append(f"{where}: Den Verweis auf „{name}“ gibt es hier nicht.")
        return ""

    def _body(self, body: str) -> str:
        text = WIKI_LINK.sub(self._wiki_link, body)
        return MARKDOWN_LINK.sub(_outer_link, text).strip()

    def _wiki_link(self, found: re.Match[str]) -> str:
        kind, _, name = found["target"].strip().rpartition(":")
        name = name.partition("#")[0].strip()
        label = (found["label"] or "").strip()
        targets = [key for key in self._keys if key[1] == name and kind.strip() in ("", key[0])]
        if len(targets) == 1:
            target = targets[0]
            words = label or str(self._bundle.entries[target[0]][name].get("titel", name))
            return f"[[{target[0]}:{self._network}-{name}|{re.sub('[][|]', ' ', words)}]]"
        if kind and kind.strip() not in KINDS_TAKEN and self._own.find(kind.strip(), name):
            return found[0]
        return label or self._title(kind.strip(), name)

    def _title(self, kind: str, name: str) -> str:
        groups = {**self._bundle.entries, **self._bundle.lists}
        record = next((rows[name] for key, rows in groups.items() if kind in ("", key) and name in rows), {})
        return str(record.get("titel", name))


def _outer_link(found: re.Match[str]) -> str:
    """Links to the web stay; pictures and files of the other site do not come along."""
    if not found["image"] and found["url"].lstrip("<").startswith(("https://", "http://", "mailto:", "tel:")):
        return found[0]
    return "" if found["image"] else found["label"]


def _as_text(value: Any) -> Any:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        return f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _as_text(item) for key, item in value.items()}
    return "" if value is None else str(value)
