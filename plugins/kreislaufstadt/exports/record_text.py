"""An entry or value as JSON text: fields under their German names, what is empty left out, each value written once.

Written straight from the models: by way of pydantic's dictionaries the same text takes three times as long.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import chain
from json.encoder import encode_basestring
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from kreislaufstadt.exports.fields import fields_of
from kreislaufstadt.model.values import PartialDate, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

compact = json.JSONEncoder(ensure_ascii=False).encode
"""A value in one line."""

_NUMBERS = (bool, int, float)
"""Types whose values say something even if Python takes them for false."""


def write_record(value: BaseModel, extra: Mapping[str, object]) -> tuple[str, str]:
    """A value with further fields in one line, and laid out with a line per field and item."""
    starts, read = _plan(type(value))
    line, laid_out = [], []
    for start, found in chain(zip(starts, read(value), strict=True), ((_start(name), found) for name, found in extra.items())):
        if not found and type(found) not in _NUMBERS:
            continue
        split = _PARTS[type(found)]
        if split is None:
            text = start + _WRITERS[type(found)](found)
            line.append(text)
            laid_out.append(text)
        elif parts := split[2](found):
            begin, end, _ = split
            inner, lines = ", ".join(parts), ",\n".join(parts)
            line.append(f"{start}{begin}{inner}{end}")
            laid_out.append(f"{start}{begin}\n{lines}\n{end}")
    return "{" + ", ".join(line) + "}", "{\n" + ",\n".join(laid_out) + "\n}\n"


def _start(name: str) -> str:
    """How a field begins."""
    return f"{encode_basestring(name)}: "


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, ...], Callable[[Any], Sequence[Any]]]:
    """How the fields of a model begin, and how they are read all at once."""
    docs = fields_of(model)
    read: Callable[[Any], Any] = attrgetter(*[doc.attribute for doc in docs])
    return tuple(_start(doc.name) for doc in docs), read if len(docs) > 1 else lambda value: (read(value),)


def _write_fields(fields: Iterable[tuple[str, Any]]) -> list[str]:
    """The fields that hold something."""
    lines = [start + _WRITERS[type(found)](found) for start, found in fields if found or type(found) in _NUMBERS]
    return [line for line in lines if not line.endswith(": {}")]  # no text ends so: it would end in a quotation mark


def _write_model(value: BaseModel) -> list[str]:
    starts, read = _plan(type(value))
    return _write_fields(zip(starts, read(value), strict=True))


def _write_items(items: tuple[object, ...]) -> list[str]:
    return [_WRITERS[type(item)](item) for item in items]


class _Parts(dict[type, "tuple[str, str, Callable[[Any], list[str]]] | None"]):
    """The brackets around values of a type and how they fall into parts; nothing for those that are one piece."""

    def __missing__(self, kind: type) -> tuple[str, str, Callable[[Any], list[str]]] | None:
        found: tuple[str, str, Callable[[Any], list[str]]] | None = None
        if issubclass(kind, tuple):
            found = ("[", "]", _write_items)
        elif issubclass(kind, BaseModel):
            found = ("{", "}", _write_model)
        elif issubclass(kind, dict):
            found = ("{", "}", lambda value: _write_fields((_start(name), inner) for name, inner in value.items()))
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
