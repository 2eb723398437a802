"""What changed between two bundles: entries added, changed field by field, removed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kreislaufstadt.layout import PAGE
from kreislaufstadt.model.kinds import KINDS, LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kreislaufstadt.exports.bundle import Bundle
    from kreislaufstadt.exports.records import Record

ADDED, CHANGED, REMOVED = "neu", "geändert", "entfernt"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its old and new value (None: not there)."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """An entry or value that is new, gone, or has changed fields."""

    what: str
    kind: str
    id: str
    title: str
    fields: tuple[FieldChange, ...] = ()


def compare(old: Bundle, new: Bundle) -> tuple[Change, ...]:
    """Every change, by kind and id; addresses of pages do not count."""
    found: list[Change] = []
    for before, after in ((old.entries, new.entries), (old.lists, new.lists)):
        for kind in sorted({*before, *after}):
            found += _compare_kind(kind, before.get(kind, {}), after.get(kind, {}))
    return tuple(found)


def _compare_kind(kind: str, before: dict[str, Record], after: dict[str, Record]) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        one, two = before.get(name), after.get(name)
        title = str((two or one or {}).get("titel", name))
        if one is None:
            yield Change(ADDED, kind, name, title)
        elif two is None:
            yield Change(REMOVED, kind, name, title)
        else:
            fields = tuple(_fields(one, two))
            if fields:
                yield Change(CHANGED, kind, name, title, fields)


def _fields(one: Record, two: Record) -> Iterator[FieldChange]:
    for field in sorted({*one, *two} - {"seite"}):
        if one.get(field) != two.get(field):
            yield FieldChange(field, one.get(field), two.get(field))


def _plural(kind: str) -> str:
    known = KINDS.get(kind) or LISTS.get(kind) or (PAGE if kind == PAGE.name else None)
    return known.plural if known else kind


def _short(value: Any, limit: int = 100) -> str:
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return f"„{text}“" if len(text) <= limit else f"„{text[: limit - 1]}…“"


def format_text(changes: tuple[Change, ...]) -> str:
    """One line per change, then one per field."""
    lines = []
    for change in changes:
        lines.append(f"{change.what}: {change.kind}:{change.id} ({change.title})")
        lines += [f"    {field.field}: {_short(field.old)} → {_short(field.new)}" for field in change.fields]
    counts = {what: sum(change.what == what for change in changes) for what in (ADDED, CHANGED, REMOVED)}
    return "\n".join([*lines, ", ".join(f"{number} {what}" for what, number in counts.items())])


def format_markdown(changes: tuple[Change, ...]) -> str:
    """A changelog by kind."""
    lines = markdown_lines(to_rows(changes), "##")
    return "\n".join(["# Änderungen der Daten", "", *(lines or ["Keine."])]).rstrip()


def markdown_lines(rows: Sequence[Record], heading: str) -> list[str]:
    """The changes by kind, each kind below a heading."""
    lines: list[str] = []
    for kind in dict.fromkeys(row["art"] for row in rows):
        lines += [f"{heading} {_plural(kind)}", ""]
        for row in rows:
            if row["art"] == kind:
                fields = ", ".join(f"`{field['feld']}`" for field in row["felder"])
                lines.append(f"- {row['was']}: {_plain(row['titel'])} (`{row['id']}`)" + (f", Felder: {fields}" if fields else ""))
        lines.append("")
    return lines


def _plain(title: str) -> str:
    """A title in one line, with Markdown's signs as text."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", " ".join(title.split()))


def to_rows(changes: tuple[Change, ...]) -> list[Record]:
    """One object per change under German names."""
    return [
        {
            "was": change.what,
            "art": change.kind,
            "id": change.id,
            "titel": change.title,
            "felder": [{"feld": field.field, "alt": field.old, "neu": field.new} for field in change.fields],
        }
        for change in changes
    ]


def format_json(changes: tuple[Change, ...]) -> str:
    """A JSON array with one object per change."""
    return json.dumps(to_rows(changes), ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[tuple[Change, ...]], str]] = {"text": format_text, "markdown": format_markdown, "json": format_json}
"""Forms of output by name."""
