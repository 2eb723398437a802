"""Descriptions of the CSV files: Frictionless Data Package and CSV on the Web."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.csv_files import SEPARATOR, csv_path
from kreislaufstadt.exports.dataset import LICENCE, LICENCE_TITLE, LICENCE_URL, ROOT
from kreislaufstadt.exports.records import BUNDLE, write_json
from kreislaufstadt.exports.tables import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.exports.file_set import FileSet
    from kreislaufstadt.exports.tables import Column, Table

DATAPACKAGE = f"{ROOT}/datapackage.json"
CSVW = f"{ROOT}/csv-metadata.json"

DATE_PATTERN = r"\d{4}(-\d{2}(-\d{2})?)?"
"""Dates are known to the year, month or day, so they are texts of this form."""

_TABLE_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


def write_packages(data: Dataset, tables: Sequence[Table], files: FileSet) -> Iterator[tuple[str, bytes]]:
    """Both descriptions; ``files`` holds what they describe."""
    yield DATAPACKAGE, write_json(_datapackage(data, tables, files), depth=5)
    yield CSVW, write_json(_csvw(data, tables), depth=5)


def package_name(data: Dataset) -> str:
    """The package's name: the site's, in the signs that the standard allows."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in data.facts.name.lower()).strip("-") or "daten"


def _datapackage(data: Dataset, tables: Sequence[Table], files: FileSet) -> dict[str, Any]:
    bundle = {**_resource(BUNDLE, "bestand", "Bestand", files), "format": "json", "mediatype": "application/json"}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": package_name(data),
        "title": data.facts.name,
        "description": f"{data.facts.description} Texte in CSV-Zellen, die mit = + - @ oder ' beginnen, haben ein ' davor.".strip(),
        "homepage": data.facts.base_url,
        "version": data.as_of.replace("-", "."),
        "created": f"{data.as_of}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": LICENCE_TITLE}],
        "sources": [{"title": data.facts.name, "path": data.facts.base_url}],
        "resources": [bundle, *(_table_resource(table, files) for table in tables)],
    }


def _resource(path: str, name: str, title: str, files: FileSet) -> dict[str, Any]:
    short = path.removeprefix(f"{ROOT}/")
    return {"name": name, "path": short, "title": title, "bytes": len(files[path]), "hash": f"sha256:{files.sha256(path)}"}


def _table_resource(table: Table, files: FileSet) -> dict[str, Any]:
    return {
        **_resource(csv_path(table), table.name.replace("_", "-"), table.title, files),
        "type": "table",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _table_schema(table),
    }


def _table_schema(table: Table) -> dict[str, Any]:
    keys = [_foreign_key(column) for column in table.columns if column.table]
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key), "missingValues": [""]}
    return {**schema, "foreignKeys": keys} if keys else schema


def _foreign_key(column: Column) -> dict[str, Any]:
    field = "schluessel" if column.table == ENTRIES else "id"
    return {"fields": [column.name], "reference": {"resource": column.table.replace("_", "-"), "fields": [field]}}


def _field(column: Column) -> dict[str, Any]:
    kind = "string" if column.many else _TABLE_TYPES.get(column.type, "string")
    field: dict[str, Any] = {"name": column.name, "type": kind, "title": column.title, "description": _words(column)}
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.type == "date" and not column.many:
        limits["pattern"] = DATE_PATTERN
    if column.choices and not column.many:
        limits["enum"] = list(column.choices)
    return {**field, "constraints": limits} if limits else field


def _words(column: Column) -> str:
    if column.many:
        return f"{column.description}. Mehrere Werte sind durch {SEPARATOR} getrennt (im Wert: \\{SEPARATOR})."
    return column.description


def _csvw(data: Dataset, tables: Sequence[Table]) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": data.facts.language}],
        "dc:title": data.facts.name,
        "dc:source": {"@id": data.facts.base_url},
        "dc:license": {"@id": LICENCE_URL},
        "dc:modified": {"@value": data.as_of, "@type": "xsd:date"},
        "tables": [_csvw_table(table) for table in tables],
    }


def _csvw_table(table: Table) -> dict[str, Any]:
    keys = [_csvw_key(column) for column in table.columns if column.table]
    schema: dict[str, Any] = {"columns": [_csvw_column(column) for column in table.columns], "primaryKey": list(table.key)}
    if keys:
        schema["foreignKeys"] = keys
    return {"url": f"{table.name}.csv", "dc:title": table.title, "dc:description": table.description, "tableSchema": schema}


def _csvw_key(column: Column) -> dict[str, Any]:
    field = "schluessel" if column.table == ENTRIES else "id"
    return {"columnReference": column.name, "reference": {"resource": f"{column.table}.csv", "columnReference": field}}


def _csvw_column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "titles": column.name, "dc:title": column.title, "dc:description": column.description}
    described["datatype"] = {"base": _TABLE_TYPES.get(column.type, "string")}
    if column.type == "date":
        described["datatype"]["format"] = DATE_PATTERN
    if column.many:
        described["separator"] = SEPARATOR
    if column.required:
        described["required"] = True
    return described
