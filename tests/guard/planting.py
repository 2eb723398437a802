"""Put a text into every text field of every entry of the test network."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kreislaufstadt.layout import classify
from kreislaufstadt.model.kinds import Kind, ListKind
from kreislaufstadt.model.operator import Operator
from kreislaufstadt.model.pictures import Picture

if TYPE_CHECKING:
    from pydantic import BaseModel

CORPUS = Path(__file__).parent / "corpus.txt"
TEXT_LENGTHS = {320, 400, 5000}
"""The lengths by which the schema tells free text from ids, addresses and numbers."""


def read_corpus() -> list[str]:
    """The inputs of the corpus."""
    lines = CORPUS.read_text("utf-8").splitlines()
    return [unescape(line) for line in lines if line and not line.startswith("# ")]


def unescape(line: str) -> str:
    r"""Read ``\n`` and ``\uXXXX``; doubled backslashes stand for one."""

    def sign(found: re.Match[str]) -> str:
        return {"n": "\n", "\\": "\\"}.get(found[1]) or chr(int(found[1][1:], 16))

    text = re.sub(r"\\(n|\\|u[0-9a-f]{4})", sign, line)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The model's JSON Schema, references included."""
    return model.model_json_schema(by_alias=True)


def plant(content: Path, text: str) -> int:
    """Replace every text of every file below ``content``; the number of fields."""
    count = 0
    for path in sorted(content.rglob("*")):
        if path.suffix in {".md", ".yml"}:
            count += _plant_file(path, path.relative_to(content).parts, text)
    return count


def _plant_file(path: Path, parts: tuple[str, ...], text: str) -> int:
    found = classify(parts)
    model: Any = found.model if isinstance(found, Kind | ListKind) else Operator if found is Operator else Picture if parts[0] == "bilder" else None
    if model is None:
        return 0
    raw = path.read_text("utf-8")
    head, body = raw, ""
    if path.suffix == ".md":
        _, head, body = raw.split("---\n", 2)
    schema = schema_of(model)
    data = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    if isinstance(found, ListKind):
        schema = {"properties": {"eintraege": {"type": "array", "items": schema}}, "$defs": schema.get("$defs", {})}
    counter = [0]
    data = _replace(data, schema, schema, text, counter)
    head = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    if path.suffix == ".md":
        counter[0] += 1
        head = f"---\n{head}---\n{body}\n\n{text}\n\nText {text} Text\n"
    path.write_bytes(head.encode("utf-8", "surrogatepass"))
    return counter[0]


def _replace(value: Any, schema: dict[str, Any], root: dict[str, Any], text: str, counter: list[int]) -> Any:
    schema = _resolve(schema, root, value)
    if isinstance(value, dict):
        return {key: _replace(item, schema.get("properties", {}).get(key, {}), root, text, counter) for key, item in value.items()}
    if isinstance(value, list):
        return [_replace(item, schema.get("items", {}), root, text, counter) for item in value]
    if schema.get("type") == "string" and schema.get("maxLength") in TEXT_LENGTHS and "pattern" not in schema:
        counter[0] += 1
        return text
    return value


def _resolve(schema: dict[str, Any], root: dict[str, Any], value: Any) -> dict[str, Any]:
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            schema = {**schema, **option}
    if "$ref" in schema:
        schema = root.get("$defs", {})[schema["$ref"].rpartition("/")[2]]
    del value
    return schema
