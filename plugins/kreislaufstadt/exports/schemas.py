"""JSON Schemas (2020-12) of the published JSON, from the same models that check the content."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from kreislaufstadt.exports.dataset import ENTRY_KIND_LIST, LICENCE, LIST_KINDS, ROOT, folder_of, stem_of
from kreislaufstadt.exports.records import BUNDLE_FORMAT, write_json
from kreislaufstadt.model.kinds import ListKind
from kreislaufstadt.model.provenance import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.model.kinds import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BUNDLE_SCHEMA = f"{ROOT}/schemas/bestand.schema.json"

Schema = dict[str, Any]


def schema_path(kind: Kind | ListKind) -> str:
    """The file of a kind's schema."""
    stem = f"liste-{stem_of(kind)}" if isinstance(kind, ListKind) else folder_of(kind)
    return f"{ROOT}/schemas/{stem}.schema.json"


def write_schemas(data: Dataset) -> Iterator[tuple[str, bytes]]:
    """One schema per kind and list, and that of the bundle."""
    kinds: tuple[Kind | ListKind, ...] = (*ENTRY_KIND_LIST, *LIST_KINDS)
    for kind in kinds:
        path = schema_path(kind)
        head = {"$schema": DIALECT, "$id": data.absolute(path)}
        yield path, write_json({**head, **record_schema(kind.model, kind.singular)}, depth=3)
    yield BUNDLE_SCHEMA, write_json({"$schema": DIALECT, "$id": data.absolute(BUNDLE_SCHEMA), **_bundle_schema()})


def record_schema(model: type[BaseModel], title: str) -> Schema:
    """The schema of one published entry: the model's fields, its page, and where it was taken from."""
    schema = _model_schema(model)
    extra = {"title": "Seite", "description": "Adresse der Seite dieses Eintrags", "type": "string", "format": "uri"}
    schema["properties"] = {**schema["properties"], "seite": extra, "uebernommen_von": _origin_schema()}
    return {"title": title, **schema}


@cache
def _origin_schema() -> Schema:
    """The schema of where an entry was taken from, the same for every kind."""
    words = {"title": "Übernommen von", "description": "Das Netz, aus dem der Eintrag stammt; fehlt bei eigenen"}
    return {**_model_schema(Provenance), **words}


def _model_schema(model: type[BaseModel]) -> Schema:
    """The schema of a model with German words only: those of the classes are for programmers."""
    schema: Schema = _clean(TypeAdapter(model).json_schema(by_alias=True, mode="serialization"))
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("title", None)
        part.pop("description", None)
    return schema


_RENAMED = {"ge": "minimum", "le": "maximum"}


def _clean(schema: Any) -> Any:
    """Drop what concerns empty fields (they are left out, so nothing is null), name limits as the standard does."""
    if isinstance(schema, list):
        return [_clean(value) for value in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {_RENAMED.get(key, key): _clean(value) for key, value in schema.items() if key != "default" or isinstance(value, dict)}
    choices = kept.get("anyOf")
    if isinstance(choices, list):
        real = [choice for choice in choices if choice != {"type": "null"}]
        if len(real) == 1:
            return {**real[0], **{key: value for key, value in kept.items() if key != "anyOf"}}
    return kept


def _bundle_schema() -> Schema:
    def listing(kinds: tuple[Any, ...]) -> Schema:
        properties = {kind.name: {"type": "array", "items": {"$ref": schema_path(kind).rpartition("/")[2]}} for kind in kinds}
        return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}

    text = {"type": "string", "minLength": 1}
    properties = {
        "format": {"const": BUNDLE_FORMAT},
        "name": text,
        "quelle": {**text, "format": "uri"},
        "lizenz": {"const": LICENCE},
        "lizenz_url": {**text, "format": "uri"},
        "stand": {**text, "format": "date"},
        "eintraege": listing(ENTRY_KIND_LIST),
        "listen": listing(LIST_KINDS),
    }
    return {"title": "Bestand", "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
