"""CSV, its descriptions and SQLite: read back by others' programs and compared with the catalogue."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import frictionless
import pytest
from exports.support_exports import AWKWARD, dataset_with, netz
from hypothesis import given, settings

from kreislaufstadt.exports.csv_files import defuse, restore, split_list, write_csv, write_csv_files
from kreislaufstadt.exports.package import CSVW, DATAPACKAGE
from kreislaufstadt.exports.sqlite_file import DATABASE, write_sqlite
from kreislaufstadt.exports.tables import ENTRIES, Table, make_tables
from kreislaufstadt.exports.write import write_data

if TYPE_CHECKING:
    from pathlib import Path

TABLES = make_tables(netz())
DATA = write_data(netz(), "Testbetreiber").files


def read_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def value_of(cell: str, table: Table, place: int) -> Any:
    """What a cell stands for, by its column's type."""
    column = table.columns[place]
    if column.many:
        return split_list(cell)
    if cell == "":
        return None
    readers: dict[str, Any] = {"integer": int, "number": float, "boolean": lambda text: text == "true"}
    return readers.get(column.type, restore)(cell)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_holds_every_value(table: Table) -> None:
    head, *rows = read_rows(write_csv(table))
    assert head == [column.name for column in table.columns]
    found = [tuple(value_of(cell, table, place) for place, cell in enumerate(row)) for row in rows]
    assert found == [tuple(row) for row in table.rows]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_follows_rfc_4180(table: Table) -> None:
    content = write_csv(table)
    assert content.endswith(b"\r\n")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert len({len(row) for row in read_rows(content)}) == 1


def test_every_entry_and_figure_has_a_row() -> None:
    rows = {table.name: table.rows for table in TABLES}
    entries = dict(netz().all_entries())
    values = sum(len(netz().items(kind)) for kind in ("status", "handlungsfeld"))
    assert len(rows[ENTRIES]) >= len(entries) + values
    assert len(rows["quellen"]) == sum(len(entry.sources) for entry in entries.values())
    assert len(rows["kennzahlen"]) == sum(len(getattr(entry, "figures", ())) for entry in entries.values())


@given(AWKWARD)
def test_no_cell_is_run_as_a_formula_and_none_is_lost(text: str) -> None:
    cell = defuse(text)
    assert not cell.lstrip(" \n").startswith(("=", "+", "-", "@"))
    assert restore(cell) == text


@settings(max_examples=60, deadline=None)
@given(AWKWARD, AWKWARD)
def test_awkward_texts_survive_in_cells_and_lists(one: str, two: str) -> None:
    entry = netz().catalog.find("beispiel", "muster-leihladen")
    assert entry is not None
    changed = entry.model_copy(update={"title": one, "actors": (one, two)})
    table = next(table for table in make_tables(dataset_with("beispiel", changed)) if table.name == "beispiele")
    rows = read_rows(write_csv(table))
    names = rows[0]
    row = next(row for row in rows if row[0] == "muster-leihladen")
    assert restore(row[names.index("titel")]) == one
    assert split_list(row[names.index("beteiligte")]) == (one, two)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All data files on disk."""
    root = tmp_path_factory.mktemp("daten")
    for path, content in DATA.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    report = frictionless.validate(str(folder / DATAPACKAGE))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) >= len(TABLES)


@pytest.mark.filterwarnings("ignore")
def test_frictionless_would_find_a_broken_reference(folder: Path) -> None:
    file = folder / "daten/v1/beispiele.csv"
    before = file.read_bytes()
    file.write_bytes(before.replace(b",musterstadt,", b",atlantis,"))
    try:
        assert not frictionless.validate(str(folder / DATAPACKAGE)).valid
    finally:
        file.write_bytes(before)


def test_csvw_names_the_columns_of_each_file() -> None:
    described = {table["url"]: table for table in json.loads(DATA[CSVW])["tables"]}
    for path, content in write_csv_files(TABLES):
        columns = described[path.rpartition("/")[2]]["tableSchema"]["columns"]
        assert [column["titles"] for column in columns] == read_rows(content)[0]
        assert all(column["datatype"]["base"] and column["dc:description"] for column in columns)


@pytest.fixture
def database() -> Any:
    """The published database, opened."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(DATA[DATABASE])
        yield connection


def test_database_is_sound_and_its_foreign_keys_hold(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA foreign_key_list(beispiele)").fetchall()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_database_holds_every_value(table: Table, database: sqlite3.Connection) -> None:
    single = [place for place, column in enumerate(table.columns) if not column.many]
    rows = database.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid').fetchall()
    assert rows == [tuple(row[place] for place in single) for row in table.rows]
    for place, column in enumerate(table.columns):
        if column.many:
            query = "SELECT wert FROM listenwerte WHERE eintrag = ? AND feld = ? ORDER BY nummer"
            for row in table.rows:
                found = database.execute(query, (f"{table.kind}:{row[0]}", column.name)).fetchall()
                assert tuple(value for (value,) in found) == row[place]


def test_database_holds_every_link(database: sqlite3.Connection) -> None:
    found = set(database.execute("SELECT von, feld, nach FROM verweise").fetchall())
    assert found == {(":".join(link.source), link.field, ":".join(link.target)) for link in netz().catalog.links}


def test_full_text_finds_umlauts_with_and_without_dots(database: sqlite3.Connection) -> None:
    query = "SELECT schluessel FROM suche WHERE suche MATCH ?"
    assert ("beispiel:muster-leihladen",) in database.execute(query, ("verleiht",)).fetchall()
    assert database.execute(query, ("fur OR uber OR prufen",)).fetchall() == database.execute(query, ("für OR über OR prüfen",)).fetchall()


def test_database_is_the_same_each_time() -> None:
    assert dict(write_sqlite(netz(), TABLES)) == {DATABASE: DATA[DATABASE]}


@settings(max_examples=15, deadline=None)
@given(AWKWARD, AWKWARD)
def test_awkward_texts_survive_in_the_database(title: str, body: str) -> None:
    entry = netz().catalog.find("beispiel", "muster-leihladen")
    assert entry is not None
    data = dataset_with("beispiel", entry.model_copy(update={"title": title, "body": body}))
    written = dict(write_sqlite(data, make_tables(data)))[DATABASE]
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(written)
        assert connection.execute("SELECT titel, body FROM beispiele WHERE id = 'muster-leihladen'").fetchone() == (title, body)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
