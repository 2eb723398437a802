"""JSON Schema 2020-12 of every kind and list, generated from the models.

The schemas let an editor's program complete and check fields while typing. Such
a program reads ``2024`` or ``12.5`` as a number where we read text, so every text
may be a number too, and every optional field may be left empty.
"""

from __future__ import annotations

import json
import typing
from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic import AfterValidator

from kreislaufstadt.layout import PAGE, TRANSLATION
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.model.operator import Operator
from kreislaufstadt.model.pictures import Picture
from kreislaufstadt.model.values import PartialDate, Pattern, Ref
from kreislaufstadt.validate import enum_choices, submodel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

INTRODUCTIONS = {
    "uebersetzung": "Eine Seite in einer weiteren Sprache.",
    "komponente": "Ein Baustein des Modellansatzes.",
    "kommune": "Steckbrief einer Kommune oder Region.",
    "beispiel": "Eine Maßnahme einer Kommune.",
    "meilenstein": "Ein Ereignis mit Datum für den Zeitstrahl.",
    "kontakt": "Eine Stelle, an die man sich wenden kann.",
    "indikator": "Ein Kennzahlenblatt: was gemessen wird und wie.",
    "rahmen": "Ein Gesetz, Programm, Netzwerk oder eine Norm.",
    "begriff": "Ein Begriff des Glossars.",
    "publikation": "Eine Veröffentlichung.",
    "leitfaden": "Eine Seite des Leitfadens.",
    "vorlage": "Ein Text zum Übernehmen: Antrag, Kriterien, Stellenprofil.",
    "werkzeug": "Die Seite eines Werkzeugs.",
    "mitmachen": "Eine Seite für alle, die Inhalte schreiben.",
    "projekt": "Eine Seite über diese Website.",
    "seite": "Der Text einer Übersichtsseite (index.md).",
}
"""What each kind is, in one German sentence, for schemas and templates."""


def schema_name(kind: str) -> str:
    """The name of the schema of a kind or list, without ending."""
    return f"liste-{kind}" if kind in LISTS else kind


def build_schemas() -> dict[str, Schema]:
    """All schemas by name: one per kind, one per list, one for the operator, one for picture credits."""
    schemas = {}
    for kind in (*KINDS.values(), PAGE, TRANSLATION):
        schemas[kind.name] = _document(kind.name, kind.singular, INTRODUCTIONS[kind.name], model_schema(kind.model))
    for listed in LISTS.values():
        name = schema_name(listed.name)
        rows: Schema = {"type": "array", "title": listed.plural, "description": "Die Werte in der Reihenfolge, in der sie gezeigt werden"}
        rows["items"] = model_schema(listed.model)
        body = {"type": "object", "additionalProperties": False, "required": ["eintraege"], "properties": {"eintraege": rows}}
        schemas[name] = _document(name, f"Liste: {listed.plural}", f"Die zugelassenen Werte ({listed.plural}).", body)
    schemas["bild"] = _document("bild", "Bildnachweis", "Wer ein Bild gemacht hat und wie es benutzt werden darf.", model_schema(Picture))
    schemas["betreiber"] = _document("betreiber", "Betreiber", "Angaben zum Betreiber der Website.", model_schema(Operator))
    return schemas


def _document(name: str, title: str, description: str, body: Schema) -> Schema:
    head = {"$schema": DIALECT, "$id": f"{name}.schema.json", "title": title, "description": description}
    return {**head, **body}


def model_schema(model: type[BaseModel]) -> Schema:
    """The schema of a model's fields under their German keys."""
    fields = {info.alias or name: info for name, info in model.model_fields.items() if name != "body"}
    required = [key for key, info in fields.items() if info.is_required() and key != "id"]
    if "id" in fields and not _is_file(model):
        required = ["id", *required]
    schema: Schema = {"type": "object", "additionalProperties": False}
    if required:
        schema["required"] = required
    schema["properties"] = {key: _field(info, optional=key not in required) for key, info in fields.items()}
    return schema


def _is_file(model: type[BaseModel]) -> bool:
    """Say whether entries of the model are files of their own, whose name is the id."""
    return "body" in model.model_fields


def _field(info: FieldInfo, *, optional: bool) -> Schema:
    schema = {"title": info.title, "description": info.description, **_type(info.annotation, tuple(info.metadata))}
    default = info.default
    if isinstance(default, bool):
        schema["default"] = "ja" if default else "nein"
    if optional:
        _allow_empty(schema)
    return schema


def _allow_empty(schema: Schema) -> None:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    schema["type"] = [*kinds, "null"]
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]


def _type(annotation: Any, metadata: tuple[Any, ...] = ()) -> Schema:
    """The schema of a type with its constraints."""
    annotation, metadata = unwrap(annotation, metadata)
    if typing.get_origin(annotation) is tuple:
        return {"type": "array", "items": _type(typing.get_args(annotation)[0])}
    model = submodel(annotation)
    if model:
        return model_schema(model)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {"type": "string", "enum": enum_choices(annotation)}
    if annotation is bool:
        return {"type": "string", "enum": ["ja", "nein"]}
    if annotation is PartialDate:
        whole = any(getattr(part, "func", None) for part in metadata if isinstance(part, AfterValidator))
        return {"type": ["string", "integer"], "pattern": r"^\d{4}-\d{2}-\d{2}$" if whole else r"^\d{4}(-\d{2}(-\d{2})?)?$"}
    if annotation in {int, float}:
        return _number(annotation, metadata)
    return _text(metadata)


def unwrap(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Take ``Annotated`` and ``| None`` off a type and collect their constraints."""
    while True:
        if hasattr(annotation, "__metadata__"):
            metadata = (*metadata, *annotation.__metadata__)
            annotation = typing.get_args(annotation)[0]
            continue
        parts = [part for part in typing.get_args(annotation) if part is not type(None)]
        if typing.get_origin(annotation) is tuple or len(parts) != 1:
            return annotation, metadata
        annotation = parts[0]


def _number(annotation: Any, metadata: tuple[Any, ...]) -> Schema:
    schema: Schema = {"type": ["string", "number"]}
    schema["pattern"] = r"^(\d{1,3}(\.\d{3})+|\d{1,12})$" if annotation is int else r"^-?\d{1,9}([.,]\d{1,9})?$"
    for part in constraints(metadata):
        schema.update({key: limit for name, key in (("ge", "minimum"), ("le", "maximum")) if (limit := getattr(part, name, None)) is not None})
    return schema


def _text(metadata: tuple[Any, ...]) -> Schema:
    schema: Schema = {"type": ["string", "number"]}
    for part in constraints(metadata):
        if isinstance(part, Pattern):
            schema["pattern"] = f"^(?:{part.pattern})$"
        elif isinstance(part, Ref):
            schema["x-verweis"] = list(part.kinds)
        elif isinstance(part, AfterValidator):
            schema |= {"format": "uri", "pattern": "^https?://"}
        lengths = ((getattr(part, "min_length", None), "minLength", max), (getattr(part, "max_length", None), "maxLength", min))
        for limit, key, tighter in lengths:
            if limit is not None:
                schema[key] = tighter(limit, schema.get(key, limit))
    return schema


def constraints(metadata: tuple[Any, ...]) -> Iterator[Any]:
    """Constraints one by one; a ``Field`` inside ``Annotated`` holds several."""
    for part in metadata:
        yield part
        yield from getattr(part, "metadata", ())


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas as files and return those that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, schema in build_schemas().items():
        path = folder / f"{name}.schema.json"
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed
