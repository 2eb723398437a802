"""JSON: nothing of an entry is lost, every file is valid against the published schemas."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from exports.support_exports import AWKWARD, BASE, dataset_with, netz
from hypothesis import given, settings
from openapi_spec_validator import validate as validate_openapi
from referencing import Registry, Resource

from kreislaufstadt.exports.bundle import BundleError, read_bundle
from kreislaufstadt.exports.dataset import ENTRY_KIND_LIST, LIST_KINDS, folder_of, stem_of
from kreislaufstadt.exports.manifest import MEDIA_TYPES, describe_paths
from kreislaufstadt.exports.openapi import OPENAPI, write_openapi
from kreislaufstadt.exports.record_text import write_record
from kreislaufstadt.exports.records import BUNDLE, write_json, write_records
from kreislaufstadt.exports.schemas import BUNDLE_SCHEMA, schema_path, write_schemas
from kreislaufstadt.exports.tables import make_tables
from kreislaufstadt.exports.write import write_data

FILES = dict(write_records(netz()))
SCHEMAS = {path: json.loads(content) for path, content in write_schemas(netz())}
REGISTRY: Registry[Any] = Registry().with_resources([(schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()])


def as_text(value: Any) -> Any:
    """A record as a content file would say it."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dict):
        return {key: as_text(found) for key, found in value.items()}
    if isinstance(value, list):
        return [as_text(found) for found in value]
    return str(value)


def validator(path: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(SCHEMAS[path], registry=REGISTRY)


@pytest.mark.parametrize("kind", ENTRY_KIND_LIST, ids=lambda kind: kind.name)
def test_every_entry_can_be_read_back_whole(kind: Any) -> None:
    bundle = json.loads(FILES[BUNDLE])["eintraege"][kind.name]
    for entry, record in zip(netz().entries(kind.name), bundle, strict=True):
        fields = {key: value for key, value in record.items() if key != "seite"}
        assert kind.model.model_validate(as_text(fields)) == entry


@pytest.mark.parametrize("kind", LIST_KINDS, ids=lambda kind: kind.name)
def test_every_list_value_can_be_read_back_whole(kind: Any) -> None:
    rows = json.loads(FILES[f"daten/v1/listen/{stem_of(kind)}.json"])["eintraege"]
    for item, record in zip(netz().items(kind.name), rows, strict=True):
        assert kind.model.model_validate(as_text({key: value for key, value in record.items() if key != "seite"})) == item


def test_kind_files_and_entry_files_say_what_the_bundle_says() -> None:
    bundle = json.loads(FILES[BUNDLE])["eintraege"]
    for kind in ENTRY_KIND_LIST:
        listed = json.loads(FILES[f"daten/v1/{folder_of(kind)}.json"])
        assert listed["eintraege"] == bundle[kind.name]
        assert listed["anzahl"] == len(bundle[kind.name])
        for record in bundle[kind.name]:
            assert json.loads(FILES[f"daten/v1/{folder_of(kind)}/{record['id']}.json"]) == record


def test_files_are_valid_against_the_published_schemas() -> None:
    assert not list(validator(BUNDLE_SCHEMA).iter_errors(json.loads(FILES[BUNDLE])))
    for kind in (*ENTRY_KIND_LIST, *LIST_KINDS):
        jsonschema.Draft202012Validator.check_schema(SCHEMAS[schema_path(kind)])


@pytest.mark.parametrize("spoilt", [{"titel": 3}, {"erfunden": "x"}, {"quellen": "keine Liste"}])
def test_the_schemas_can_say_no(spoilt: dict[str, Any]) -> None:
    record = {**json.loads(FILES["daten/v1/beispiele/muster-leihladen.json"]), **spoilt}
    assert list(validator("daten/v1/schemas/beispiele.schema.json").iter_errors(record))


def test_schemas_speak_german_to_their_readers() -> None:
    text = json.dumps(SCHEMAS)
    for english in ("A source", "The schema", "Postal address", "What a figure says"):
        assert english not in text


def test_openapi_description_is_valid_and_names_real_files() -> None:
    data = netz()
    words = [(path, title, text) for path, (_, title, text) in describe_paths(data, make_tables(data))]
    document = json.loads(dict(write_openapi(data, words, MEDIA_TYPES))[OPENAPI])
    local = json.loads(json.dumps(document).replace(f'"$ref": "{BASE}', '"x-ref": "'))
    validate_openapi(local)
    files = write_data(data, "Testbetreiber").files
    for path, node in document["paths"].items():
        for name in (node["parameters"][0]["schema"]["examples"] if "{id}" in path else [""]):
            assert "daten/v1" + path.replace("{id}", name) in files


@settings(max_examples=60, deadline=None)
@given(AWKWARD)
def test_awkward_texts_survive(text: str) -> None:
    entry = netz().catalog.find("beispiel", "muster-leihladen")
    assert entry is not None
    changed = entry.model_copy(update={"title": text, "body": text})
    written = dict(write_records(dataset_with("beispiel", changed)))
    record = json.loads(written["daten/v1/beispiele/muster-leihladen.json"])
    assert record["titel"] == record["body"] == text


def test_json_has_one_line_per_field_so_that_changes_can_be_read() -> None:
    assert write_json({"a": [1, 2], "b": {"c": "ü"}}) == '{\n"a": [\n1,\n2\n],\n"b": {\n"c": "ü"\n}\n}\n'.encode()


def filled(value: Any) -> Any:
    """A dump without what is empty."""
    if not isinstance(value, dict):
        return [filled(found) for found in value] if isinstance(value, list) else value
    return {key: filled(found) for key, found in value.items() if found not in (None, "", [], {}) and filled(found) != {}}


def test_records_say_what_pydantic_says_and_leave_out_empty_fields() -> None:
    for kind in (*ENTRY_KIND_LIST, *LIST_KINDS):
        for entry in (*netz().entries(kind.name),) if kind in ENTRY_KIND_LIST else netz().items(kind.name):
            dumped = filled(entry.model_dump(mode="json", by_alias=True))
            line, laid_out = write_record(entry, {"seite": None, "x": {"y": "ü", "z": ""}})
            assert line == json.dumps({**dumped, "x": {"y": "ü"}}, ensure_ascii=False)
            assert laid_out.encode() == write_json({**dumped, "x": {"y": "ü"}})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff", "kein JSON"),
        (b"[" * 100_000, "kein JSON"),
        (b"[]", "kein Bestand"),
        (b'{"format": "kreislaufstadt-bestand/2"}', "kein Bestand"),
        (b'{"format": "kreislaufstadt-bestand/1"}', "name"),
        (FILES[BUNDLE].replace(b'"id": "muster-leihladen"', b'"id": "../../boese"'), "Kennung"),
        (FILES[BUNDLE].replace(b'"listen": {', b'"listen": [], "x": {'), "listen"),
    ],
)
def test_what_is_no_bundle_is_refused_with_a_reason(content: bytes, words: str) -> None:
    with pytest.raises(BundleError, match=words):
        read_bundle(content)
