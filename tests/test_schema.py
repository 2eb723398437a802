"""JSON Schemas: fresh, sound, and in agreement with our own reader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from support import NETZ

from kreislaufstadt.layout import PAGE, TRANSLATION, classify
from kreislaufstadt.model.kinds import KINDS, LISTS, Kind, ListKind
from kreislaufstadt.schema import DIALECT, build_schemas, schema_name, write_schemas
from kreislaufstadt.source import read_source

ROOT = Path(__file__).parents[1]
SCHEMAS = build_schemas()


class CoreLoader(yaml.SafeLoader):
    """Reads YAML as editing programs do (core schema of YAML 1.2): numbers, true, false, null; dates stay text."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(null|Null|NULL|~|)$", ["n", "N", "~", ""]),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(str(node.value), 10))


def content_files() -> list[tuple[Path, Path]]:
    roots = (ROOT / "content", NETZ)
    return [(root, path) for root in roots for path in sorted(root.rglob("*")) if path.suffix in {".md", ".yml"}]


def schema_of(root: Path, path: Path) -> dict[str, Any] | None:
    target = classify(path.relative_to(root).parts)
    if target is None:
        return None
    name = schema_name(target.name) if isinstance(target, (Kind, ListKind)) else "betreiber"
    return SCHEMAS[name]


def test_committed_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    fresh = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.schema.json")}
    assert fresh == committed, "run: kreislaufstadt schema"


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    assert write_schemas(tmp_path)
    assert write_schemas(tmp_path) == []


def test_every_kind_and_list_has_a_schema() -> None:
    assert set(SCHEMAS) == {*KINDS, PAGE.name, TRANSLATION.name, "betreiber", "bild", *(f"liste-{kind}" for kind in LISTS)}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schemas_are_valid_and_german(name: str) -> None:
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["$id"]) == (DIALECT, f"{name}.schema.json")

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if "properties" in part:
                assert part["additionalProperties"] is False
                for field in part["properties"].values():
                    assert field["title"]
                    assert field["description"]
            for value in part.values():
                walk(value)

    walk(schema)


def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema)


def test_all_content_agrees_with_its_schema_as_text_and_as_programs_read_it() -> None:
    faults = []
    for root, path in content_files():
        schema = schema_of(root, path)
        source, _ = read_source(path.name, path.read_bytes())
        if schema is None or source is None:
            continue
        for data in (source.data, yaml.load(source.yaml_text, Loader=CoreLoader)):  # noqa: S506 - a safe loader
            faults += [f"{path}: {error.json_path}: {error.message}" for error in validator(schema).iter_errors(data)]
    assert faults == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("begriff", {}),
        ("begriff", {"titel": "x", "farbe": "rot"}),
        ("begriff", {"titel": "x", "verlinken": "vielleicht"}),
        ("begriff", {"titel": "x", "siehe_auch": "y"}),
        ("begriff", {"titel": "x", "siehe_auch": ["Großes Wort"]}),
        ("begriff", {"titel": "x", "stand": "morgen"}),
        ("begriff", {"titel": "x", "quellen": [{"url": "www.example.org", "titel": "x", "herausgeber": "y", "abgerufen": 2026}]}),
        ("begriff", {"titel": "x", "geprueft": {"datum": "2024-05", "hinweis": "x"}}),
        ("meilenstein", {"titel": "x", "datum": 2024, "ebene": "kreis", "text": "y"}),
        ("publikation", {"titel": "x", "herausgeber": "y", "url": "https://example.org", "jahr": 25}),
        ("liste-status", {"eintraege": [{"titel": "x"}]}),
    ],
)
def test_schemas_refuse_what_the_reader_refuses(kind: str, data: dict[str, Any]) -> None:
    assert not validator(SCHEMAS[kind]).is_valid(data)


@pytest.mark.parametrize(
    "data",
    [
        {"titel": "x", "kurz": None, "quellen": None},
        {"titel": 2024, "stand": 2024},
        {"titel": "x", "stand": "2024-05-22", "verlinken": "nein", "frueher": ["a-b"]},
    ],
)
def test_schemas_accept_what_the_reader_accepts(data: dict[str, Any]) -> None:
    validator(SCHEMAS["begriff"]).validate(data)


def test_the_settings_of_the_editing_program_name_schemas_that_exist() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    for name in settings["yaml.schemas"]:
        assert (ROOT / name).is_file()
    assert len(settings["yaml.schemas"]) == sum(kind.suffix == ".yml" for kind in KINDS.values()) + len(LISTS) + 2


def test_every_file_of_the_content_names_its_schema() -> None:
    without = {"sprache", "karte"}  # words of the search, and where the outlines come from
    content = ROOT / "content"
    files = [path for path in content.rglob("*") if path.suffix in {".md", ".yml"} and path.relative_to(content).parts[0] not in without]
    assert {path.parent.name for path in files} >= {"bilder", "listen", "beispiele", "en"}
    for path in files:
        found = re.search(r"(?m)^# yaml-language-server: \$schema=(\S+)$", path.read_text(encoding="utf-8"))
        assert found, path
        assert (path.parent / found[1]).resolve().is_file(), path
        if path.parent.name == "bilder":
            assert found[1].endswith("/bild.schema.json"), path


def test_modelines_in_content_name_the_schema_of_their_file() -> None:
    for root, path in content_files():
        schema = schema_of(root, path)
        found = re.search(r"(?m)^# yaml-language-server: \$schema=(\S+)$", path.read_text(encoding="utf-8", errors="replace"))
        if found and schema:
            assert (path.parent / found[1]).resolve() == ROOT / "schemas" / schema["$id"], path
