"""New entries from templates that follow the models: every field with its explanation.

A template is text to be edited, not data: required fields stand open, optional
ones behind ``# ``, so that whoever fills it in only deletes or uncovers lines.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic import AfterValidator

from kreislaufstadt.checks.placeholders import SAMPLE_AGS, SAMPLE_MAIL, SAMPLE_PHONE, SAMPLE_PLZ, SAMPLE_URL, TEXT_TO_FILL_IN, TO_FILL_IN
from kreislaufstadt.checks.sources import NEED_SOURCES
from kreislaufstadt.model.entries import Entry
from kreislaufstadt.model.kinds import LISTS
from kreislaufstadt.model.parts import Citation
from kreislaufstadt.model.values import Ags, Email, PartialDate, Pattern, Phone, PostalCode, Quantity, Ref, SdgId
from kreislaufstadt.schema import INTRODUCTIONS, constraints, unwrap
from kreislaufstadt.validate import enum_choices, submodel

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from kreislaufstadt.model.kinds import Kind

_FIRST = ("id", "titel", "kurz")
_LAST = ("stand", "geprueft", "quellen", "ungeprueft", "hinweise", "suchbegriffe", "frueher")
_SAMPLES = ((Ags, SAMPLE_AGS), (PostalCode, SAMPLE_PLZ), (Email, SAMPLE_MAIL), (Phone, SAMPLE_PHONE), (SdgId, "12.5"))
_PATTERN_SAMPLES = {
    part.pattern: sample for annotation, sample in _SAMPLES for part in typing.get_args(annotation) if isinstance(part, Pattern)
}


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be known to write a new entry: key, what to ask, values to choose from."""

    key: str
    title: str
    description: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a template is filled with: the day, given values by key, and ids to show as examples by list."""

    today: dt.date
    values: Mapping[str, str] = field(default_factory=dict)
    list_values: Mapping[str, Sequence[str]] = field(default_factory=dict)


def key_order(model: type[BaseModel]) -> list[str]:
    """The keys of an entry in the order that people read: title, what is special to the kind, evidence."""
    keys = [info.alias or name for name, info in model.model_fields.items() if name != "body"]
    if not issubclass(model, Entry):
        return keys
    own = [key for key in keys if key not in {*_FIRST, *_LAST}]
    return [*_FIRST, *own, *_LAST]


def questions(kind: Kind, list_values: Mapping[str, Sequence[str]]) -> list[Question]:
    """What ``new`` asks for an entry of the kind: required fields and, where facts are stated, one source."""
    fields = _fields(kind.model)
    asked = [_question(key, fields[key], list_values) for key in key_order(kind.model) if fields[key].is_required() and key != "id"]
    if issubclass(kind.model, NEED_SOURCES):
        parts = _fields(Citation)
        asked += [
            Question(f"quelle.{key}", f"Quelle: {parts[key].title}", str(parts[key].description)) for key in ("url", "titel", "herausgeber")
        ]
    return asked


def _question(key: str, info: FieldInfo, list_values: Mapping[str, Sequence[str]]) -> Question:
    annotation, metadata = unwrap(info.annotation, tuple(info.metadata))
    choices: Sequence[str] = ("ja", "nein") if annotation is bool else enum_choices(annotation)
    for part in constraints(metadata):
        if isinstance(part, Ref) and part.kinds[0] in LISTS:
            choices = list_values.get(part.kinds[0], ())
    return Question(key, str(info.title), str(info.description), tuple(choices))


def build_template(kind: Kind, draft: Draft, *, complete: bool = False) -> str:
    """The text of a new file of the kind; with ``complete`` also the optional fields stand open."""
    fields = _fields(kind.model)
    lines = [f"# yaml-language-server: $schema=../../schemas/{kind.name}.schema.json", f"## {INTRODUCTIONS[kind.name]}"]
    lines += ["## Zeilen mit ## erklären. Zeilen mit # sind freiwillig: zum Benutzen das # und das Leerzeichen dahinter löschen.", ""]
    for key in key_order(kind.model):
        if key == "id":
            continue
        info = fields[key]
        needed = info.is_required() or key in draft.values or (key == "quellen" and issubclass(kind.model, NEED_SOURCES))
        lines.append(f"## {info.description}{' (Pflicht)' if needed else ''}")
        block = _block(key, info, draft, hide=needed and not complete, top=True)
        lines += block if needed or complete else [f"# {line}" for line in block]
    text = "\n".join(lines) + "\n"
    return f"---\n{text}---\n\n{TEXT_TO_FILL_IN}\n" if kind.suffix == ".md" else text


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in model.model_fields.items() if name != "body"}


def _block(key: str, info: FieldInfo, draft: Draft, *, hide: bool, top: bool = False) -> list[str]:
    """The lines of one field: ``key: value``, a list, or its parts one step in.

    With ``hide`` the optional parts stand behind ``# ``.
    """
    note = "" if top else f"  # {info.description}"
    given = draft.values.get(key) if top else None
    if given is not None:
        return [f"{key}: {quote(given)}{note}"]
    annotation, metadata = unwrap(info.annotation, tuple(info.metadata))
    is_list = typing.get_origin(annotation) is tuple
    if is_list:
        annotation, metadata = unwrap(typing.get_args(annotation)[0], ())
    model = submodel(annotation)
    if model is None:
        value = quote(_sample(annotation, metadata, draft))
        return [f"{key}:{note}", f"  - {value}"] if is_list else [f"{key}: {value}{note}"]
    part = list(_part_lines(model, draft, "quelle." if model is Citation else "", hide=hide))
    if is_list:
        part = [f"{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(part)]
    return [f"{key}:{note}", *(f"  {line}" for line in part)]


def _part_lines(model: type[BaseModel], draft: Draft, prefix: str, *, hide: bool) -> Iterator[str]:
    for key, info in _fields(model).items():
        given = draft.values.get(prefix + key) if prefix else None
        if given is not None:
            yield f"{key}: {quote(given)}  # {info.description}"
        else:
            block = _block(key, info, draft, hide=False)
            yield from (f"# {line}" for line in block) if hide and not info.is_required() else block


def _sample(annotation: Any, metadata: tuple[Any, ...], draft: Draft) -> str:
    """A value that shows the form of the field."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return enum_choices(annotation)[0]
    fixed = {bool: "ja", float: "51,5", Quantity: "mehr als 60", PartialDate: draft.today.isoformat()}
    if annotation in fixed:
        return fixed[annotation]
    found = list(constraints(metadata))
    if annotation is int:
        return str(draft.today.year) if any(getattr(part, "ge", 0) == 1900 for part in found) else "1"
    for part in found:
        if isinstance(part, Ref):
            listed = draft.list_values.get(part.kinds[0], ())
            return listed[0] if listed else "12" if part.kinds[0] == "sdg-ziel" else "12.5" if part.kinds[0] == "sdg-unterziel" else f"kennung-{part.kinds[0]}"
        if isinstance(part, AfterValidator):
            return SAMPLE_URL
    patterns = [part.pattern for part in found if isinstance(part, Pattern)]
    return _PATTERN_SAMPLES.get(patterns[0], "kurzname") if patterns else TO_FILL_IN


def field_table(kind: Kind) -> str:
    """The fields of a kind as a Markdown table: key, whether it is required, what belongs there."""
    rows = ["| Feld | Pflicht | Was hineingehört |", "|---|---|---|"]
    fields = _fields(kind.model)
    for key in key_order(kind.model):
        rows += _table_rows(key, fields[key], needed=issubclass(kind.model, NEED_SOURCES) and key == "quellen")
    return "\n".join(rows) + "\n"


def _table_rows(key: str, info: FieldInfo, *, needed: bool) -> Iterator[str]:
    required = info.is_required() and key != "id"
    text = str(info.description).replace("[Q:kuerzel]", "`[Q:kuerzel]`")
    yield f"| `{key}` | {'ja' if required or needed else 'nein'} | {text} |"
    model = submodel(info.annotation)
    for part, inner in _fields(model).items() if model else ():
        yield from _table_rows(f"{key} → {part}", inner, needed=False)


_NEEDS_QUOTES = ("- ", "? ", ": ", "!", "&", "*", "#", "%", "@", "`", "'", '"', "[", "]", "{", "}", ",", "|", ">", "---")


def quote(text: str) -> str:
    """Write a value so that YAML reads it back as this very text."""
    plain = " ".join(text.split())
    risky = plain.startswith(_NEEDS_QUOTES) or ": " in plain or " #" in plain or plain.endswith(":") or plain in {"", "-", "?"}
    return "'{}'".format(plain.replace("'", "''")) if risky else plain
