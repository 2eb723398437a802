"""An entry or value as JSON text: fields under their German names, what is empty left out, each value written once.

Written straight from the models: by way of pydantic's dictionaries the same text takes three times as long.
"""

from __future__ import annotations

import json
from functools import cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from kreislaufstadt.exports.fields import fields_of
from kreislaufstadt.model.values import PartialDate, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_EMPTY = ('""', "[]", "{}")

compact = json.JSONEncoder(ensure_ascii=False).encode
"""A value in one line."""


def write_record(value: BaseModel, extra: Mapping[str, object]) -> tuple[str, str]:
    """A value with further fields in one line, and laid out with a line per field and item."""
    line, laid_out = [], []
    for start, found in (*_fields(value), *((f"{encode_basestring(name)}: ", found) for name, found in extra.items())):
        if found is None:
            continue
        split = _PARTS[type(found)]
        if split is None:
            text = _WRITERS[type(found)](found)
            if text not in _EMPTY:
                line.append(start + text)
                laid_out.append(line[-1])
        elif parts := split[2](found):
            begin, end = split[:2]
            inner, lines = ", ".join(parts), ",\n".join(parts)
            line.append(f"{start}{begin}{inner}{end}")
            laid_out.append(f"{start}{begin}\n{lines}\n{end}")
    return "{" + ", ".join(line) + "}", "{\n" + ",\n".join(laid_out) + "\n}\n"


def _fields(value: BaseModel) -> list[tuple[str, object]]:
    """How each field begins, and its content."""
    return [(start, getattr(value, attribute)) for start, attribute in _starts(type(value))]


@cache
def _starts(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{encode_basestring(doc.name)}: ", doc.attribute) for doc in fields_of(model))


class _Parts(dict[type, "tuple[str, str, Callable[[Any], list[str]]] | None"]):
    """The brackets around values of a type and how they fall into parts; nothing for those that are one piece."""

    def __missing__(self, kind: type) -> tuple[str, str, Callable[[Any], list[str]]] | None:
        found: tuple[str, str, Callable[[Any], list[str]]] | None = None
        if issubclass(kind, tuple):
            found = ("[", "]", _items)
        elif issubclass(kind, BaseModel):
            found = ("{", "}", lambda value: _kept(_fields(value)))
        elif issubclass(kind, dict):
            found = ("{", "}", lambda value: _kept([(f"{encode_basestring(name)}: ", inner) for name, inner in value.items()]))
        self[kind] = found
        return found


class _Writers(dict[type, "Callable[[Any], str]"]):
    """How values of a type are written in one line."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        split = _PARTS[kind]
        if split is not None:
            begin, end, parts = split
            self[kind] = lambda value: f"{begin}{', '.join(parts(value))}{end}"
        elif issubclass(kind, PartialDate | Quantity):
            self[kind] = lambda value: encode_basestring(str(value))
        else:
            self[kind] = encode_basestring if issubclass(kind, str) else compact
        return self[kind]


_PARTS, _WRITERS = _Parts(), _Writers()


def _items(items: tuple[object, ...]) -> list[str]:
    return [_WRITERS[type(item)](item) for item in items]


def _kept(fields: list[tuple[str, object]]) -> list[str]:
    """The fields that hold something."""
    texts = [(start, _WRITERS[type(found)](found)) for start, found in fields if found is not None]
    return [start + text for start, text in texts if text not in _EMPTY]
