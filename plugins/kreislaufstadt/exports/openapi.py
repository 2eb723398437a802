"""OpenAPI 3.1 description of the data's fixed addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import ENTRY_KIND_LIST, LICENCE, LICENCE_TITLE, LIST_KINDS, ROOT, folder_of, stem_of
from kreislaufstadt.exports.records import BUNDLE, write_json
from kreislaufstadt.exports.schemas import BUNDLE_SCHEMA, schema_path
from kreislaufstadt.model.entries import Contact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kreislaufstadt.exports.dataset import Dataset

OPENAPI = f"{ROOT}/openapi.json"

Node = dict[str, Any]


def write_openapi(data: Dataset, described: Sequence[tuple[str, str, str]], media_types: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The description; ``described`` names path, title and words of the files that are no JSON of entries."""
    paths: dict[str, Node] = {}
    for kind in ENTRY_KIND_LIST:
        folder, schema = folder_of(kind), _reference(data, schema_path(kind))
        paths[f"/{folder}.json"] = _get(kind.plural, f"Alle Einträge der Art {kind.singular}", _collection(schema))
        ids = [entry.id for entry in data.entries(kind.name)]
        if ids:
            paths[f"/{folder}/{{id}}.json"] = {**_get(kind.singular, "Ein Eintrag", schema), "parameters": [_parameter(ids)]}
    paths.update(_cards(data))
    for values in LIST_KINDS:
        schema = _reference(data, schema_path(values))
        paths[f"/listen/{stem_of(values)}.json"] = _get(values.plural, "Eine Liste mit ihren Werten", _collection(schema))
    bundle = _reference(data, BUNDLE_SCHEMA)
    for path, title, words in described:
        short = path.removeprefix(ROOT)
        if short not in paths and path != OPENAPI:
            paths[short] = _get(title, words, bundle if path == BUNDLE else None, media_types.get(path.rpartition(".")[2], "application/octet-stream"))
    yield OPENAPI, write_json(_document(data, dict(sorted(paths.items()))), depth=3)


def _cards(data: Dataset) -> Iterator[tuple[str, Node]]:
    """The cards of single offices and of the offices of a municipality."""
    offices = [entry for entry in data.entries("kontakt") if isinstance(entry, Contact)]
    if offices:
        yield "/kontakte/{id}.vcf", {**_get("vCard einer Stelle", "vCard 4.0", None, "text/vcard"), "parameters": [_parameter([offices[0].id])]}
        node = _get("vCards einer Kommune", "Alle Stellen der Kommune; fehlt, wenn es keine gibt", None, "text/vcard")
        yield "/kommunen/{id}.vcf", {**node, "parameters": [_parameter([offices[0].municipality])]}


def _document(data: Dataset, paths: dict[str, Node]) -> Node:
    info = {
        "title": f"{data.facts.name}: offene Daten",
        "version": "1",
        "summary": "Feste Dateien, nur lesen, ohne Anmeldung",
        "description": "Jede Adresse ist eine Datei. Felder ohne Angabe fehlen. Änderungen, die Lesende stören, erhalten einen neuen Ordner.",
        "license": {"name": LICENCE_TITLE, "identifier": LICENCE},
    }
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": data.absolute(ROOT)}], "paths": paths}


def _reference(data: Dataset, path: str) -> Node:
    return {"$ref": data.absolute(path)}


def _collection(schema: Node) -> Node:
    properties = {
        "art": {"type": "string"},
        "lizenz": {"const": LICENCE},
        "quelle": {"type": "string", "format": "uri"},
        "anzahl": {"type": "integer", "minimum": 0},
        "eintraege": {"type": "array", "items": schema},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _get(summary: str, words: str, schema: Node | None, media_type: str = "application/json") -> Node:
    content: Node = {media_type: {"schema": schema} if schema else {}}
    responses = {"200": {"description": "Die Datei", "content": content}, "404": {"description": "Gibt es nicht"}}
    return {"get": {"summary": summary, "description": words, "responses": responses}}


def _parameter(ids: Sequence[str]) -> Node:
    schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "examples": [ids[0]]}
    return {"name": "id", "in": "path", "required": True, "description": "Kennung des Eintrags", "schema": schema}
