"""What fields a model has: one description that tables, schemas and the field reference share."""

from __future__ import annotations

import typing
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.model.values import PartialDate, Quantity, Ref
from kreislaufstadt.validate import enum_choices, submodel

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from kreislaufstadt.model.kinds import Kind, ListKind

WORDS = {"text": "Text", "integer": "ganze Zahl", "number": "Zahl", "boolean": "ja oder nein", "date": "Datum", "quantity": "Wert", "part": "Unterfelder"}
"""German words for the types of fields."""


@dataclass(frozen=True)
class FieldDoc:
    """A field: German name, Python attribute, words for readers, type, what it may refer to.

    ``form`` is a key of :data:`WORDS`; ``many`` says that the field is a list.
    """

    name: str
    attribute: str
    title: str
    description: str
    form: str
    required: bool
    many: bool
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    part: type[BaseModel] | None = None
    telling: bool = False
    """Whether leaving the field out says something: it is required, or another value would be assumed."""

    @property
    def german_type(self) -> str:
        """The type in German words."""
        word = "Kennung" if self.kinds else "Auswahl" if self.choices else WORDS[self.form]
        return f"Liste: {word}" if self.many else word


@cache
def fields_of(model: type[BaseModel]) -> tuple[FieldDoc, ...]:
    """The fields of a model in order."""
    return tuple(_describe(name, info) for name, info in model.model_fields.items())


def _describe(name: str, info: FieldInfo) -> FieldDoc:
    part = submodel(info.annotation)
    return FieldDoc(
        name=info.alias or name,
        attribute=name,
        title=info.title or name,
        description=info.description or "",
        form="part" if part else _type(info.annotation),
        required=info.is_required(),
        many=typing.get_origin(info.annotation) is tuple,
        kinds=_kinds(info.metadata) or _inner_kinds(info.annotation),
        choices=tuple(enum_choices(info.annotation)),
        part=part,
        telling=info.is_required() or bool(info.default),
    )


_TYPES: dict[Any, str] = {bool: "boolean", int: "integer", float: "number", PartialDate: "date", Quantity: "quantity", str: "text"}


def _type(annotation: Any) -> str:
    if annotation in _TYPES:
        return _TYPES[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "text"
    found = (_type(part) for part in typing.get_args(annotation) if part not in (type(None), Ellipsis))
    return next((name for name in found if name), "")


def _kinds(metadata: Any) -> tuple[str, ...]:
    return next((mark.kinds for mark in metadata if isinstance(mark, Ref)), ())


def _inner_kinds(annotation: Any) -> tuple[str, ...]:
    own = _kinds(getattr(annotation, "__metadata__", ()))
    return own or next((kinds for part in typing.get_args(annotation) if (kinds := _inner_kinds(part))), ())


@dataclass(frozen=True)
class KindFields:
    """A kind, list or part with its fields, for the field reference."""

    name: str
    title: str
    fields: tuple[FieldDoc, ...]


def field_reference() -> tuple[KindFields, ...]:
    """The fields of every kind and list, then of every part they use, each part once."""
    kinds: list[Kind | ListKind] = [*KINDS.values(), *LISTS.values()]
    found = [KindFields(kind.name, kind.plural, fields_of(kind.model)) for kind in kinds]
    parts: dict[type[BaseModel], str] = {}
    waiting = [doc for listed in found for doc in listed.fields]
    while waiting:
        doc = waiting.pop(0)
        if doc.part is not None and doc.part not in parts:
            parts[doc.part] = doc.title
            waiting += fields_of(doc.part)
    return (*found, *(KindFields(f"teil-{model.__name__.lower()}", title, fields_of(model)) for model, title in parts.items()))
