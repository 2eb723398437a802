"""Reading a bundle that somebody else may have written: only data, every shape checked, nothing run."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from kreislaufstadt.exports.records import BUNDLE_FORMAT, Record

MAX_BYTES = 200 * 1024 * 1024
"""Largest bundle that is read."""

ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", re.ASCII)


class BundleError(Exception):
    """Why a file cannot be read as a bundle, in a German sentence with a next step."""


@dataclass(frozen=True)
class Bundle:
    """A bundle: who published it when, its entries by kind and id, its lists, its SHA-256."""

    name: str
    url: str
    licence: str
    as_of: str
    entries: dict[str, dict[str, Record]]
    lists: dict[str, dict[str, Record]]
    sha256: str


def read_bundle(content: bytes) -> Bundle:
    """Read the bytes of a bundle file."""
    if len(content) > MAX_BYTES:
        message = f"Die Datei ist größer als {MAX_BYTES // 1024 // 1024} MB. Bitte prüfen, ob es die richtige ist."
        raise BundleError(message)
    try:
        data = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        message = "Die Datei ist kein JSON. Bitte die Datei bestand.json des anderen Netzes angeben."
        raise BundleError(message) from None
    if not isinstance(data, dict) or data.get("format") != BUNDLE_FORMAT:
        message = f"Die Datei ist kein Bestand (format: {BUNDLE_FORMAT}). Bitte die Datei bestand.json oder datapackage.json angeben."
        raise BundleError(message)
    return Bundle(
        name=_text(data, "name"),
        url=_text(data, "quelle"),
        licence=_text(data, "lizenz"),
        as_of=_text(data, "stand"),
        entries=_groups(data, "eintraege"),
        lists=_groups(data, "listen"),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _text(data: Record, name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value or len(value) > 2000:
        raise BundleError(f"Im Bestand fehlt die Angabe „{name}“. Bitte bei der Stelle nachfragen, die ihn veröffentlicht.")
    return value


def _groups(data: Record, name: str) -> dict[str, dict[str, Record]]:
    groups = data.get(name)
    if not isinstance(groups, dict) or not all(isinstance(rows, list) for rows in groups.values()):
        raise BundleError(f"Im Bestand hat „{name}“ nicht die erwartete Form. Bitte bei der Stelle nachfragen, die ihn veröffentlicht.")
    return {str(kind): dict(_row(row) for row in rows) for kind, rows in groups.items()}


def _row(row: Any) -> tuple[str, Record]:
    name = row.get("id") if isinstance(row, dict) else None
    if not isinstance(name, str) or not ID.fullmatch(name) or len(name) > 80:
        raise BundleError("Im Bestand steht ein Eintrag ohne gültige Kennung. Bitte bei der Stelle nachfragen, die ihn veröffentlicht.")
    return name, row
