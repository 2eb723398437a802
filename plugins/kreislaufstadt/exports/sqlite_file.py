"""One SQLite file: a table per kind with foreign keys, every link, and a full-text table.

The file is made in memory from sorted rows, so the same catalogue and the same
SQLite version give the same bytes.
"""

from __future__ import annotations

import contextlib
import sqlite3
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import ROOT
from kreislaufstadt.exports.tables import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.exports.tables import Column, Table

DATABASE = f"{ROOT}/bestand.sqlite"

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}


def write_sqlite(data: Dataset, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """The database file."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute("PRAGMA journal_mode = OFF")  # nothing is ever rolled back
        database.execute("PRAGMA foreign_keys = OFF")  # rows refer to tables that are filled later
        for table in tables:
            _add_table(database, table)
        _add_lists(database, tables)
        _add_links(database, data)
        _add_search(database, data)
        _add_facts(database, data)
        database.commit()
        yield DATABASE, database.serialize()


def _add_table(database: sqlite3.Connection, table: Table) -> None:
    columns = [column for column in table.columns if not column.many]
    lines = [_declare(column) for column in columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quote, table.key))})")
    lines += [_foreign(column) for column in columns if column.table]
    database.execute(f"CREATE TABLE {_quote(table.name)} ({', '.join(lines)})")
    places = [number for number, column in enumerate(table.columns) if not column.many]
    marks = ", ".join("?" * len(places))
    rows = map(itemgetter(*places), table.rows) if len(places) < len(table.columns) else table.rows
    database.executemany(f"INSERT INTO {_quote(table.name)} VALUES ({marks})", rows)  # noqa: S608 - our own names


def _declare(column: Column) -> str:
    need = " NOT NULL" if column.required else ""
    return f"{_quote(column.name)} {_TYPES.get(column.type, 'TEXT')}{need}"


def _foreign(column: Column) -> str:
    target = "schluessel" if column.table == ENTRIES else "id"
    return f"FOREIGN KEY ({_quote(column.name)}) REFERENCES {_quote(column.table)} ({_quote(target)})"


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _add_lists(database: sqlite3.Connection, tables: Iterable[Table]) -> None:
    """The values of list columns, one row each."""
    key = f"REFERENCES {ENTRIES} (schluessel)"
    columns = f"eintrag TEXT NOT NULL {key}, feld TEXT NOT NULL, nummer INTEGER NOT NULL, wert TEXT NOT NULL"
    database.execute(f"CREATE TABLE listenwerte ({columns}, PRIMARY KEY (eintrag, feld, nummer))")
    for table in tables:
        for place, column in enumerate(table.columns):
            if column.many:
                filled = [(f"{table.kind}:{row[0]}", row[place]) for row in table.rows if row[place]]
                rows = [(owner, column.name, number, text) for owner, texts in filled for number, text in enumerate(texts, 1)]
                database.executemany("INSERT INTO listenwerte VALUES (?, ?, ?, ?)", rows)


def _add_links(database: sqlite3.Connection, data: Dataset) -> None:
    """Every link between entries and values, from fields and from texts."""
    key = f"TEXT NOT NULL REFERENCES {ENTRIES} (schluessel)"
    database.execute(f"CREATE TABLE verweise (von {key}, feld TEXT NOT NULL, nach {key}, PRIMARY KEY (von, feld, nach))")
    rows = [(f"{kind}:{name}", field, f"{target_kind}:{target}") for (kind, name), field, (target_kind, target) in data.catalog.links]
    database.executemany("INSERT INTO verweise VALUES (?, ?, ?)", rows)
    database.execute("CREATE INDEX verweise_nach ON verweise (nach)")


def _add_search(database: sqlite3.Connection, data: Dataset) -> None:
    """Full text of all entries; umlauts are found with and without dots."""
    database.execute("CREATE VIRTUAL TABLE suche USING fts5(schluessel UNINDEXED, titel, kurz, text, tokenize = 'unicode61 remove_diacritics 2')")
    database.execute("INSERT INTO suche (suche, rank) VALUES ('hashsize', 268435456)")  # one segment, so nothing is merged and thrown away
    rows: list[tuple[Any, ...]] = []
    for key, entry in data.all_entries():
        text = "\n".join(part for part in (getattr(entry, "text", ""), entry.body) if part)
        rows.append((":".join(key), entry.title, entry.short or "", text))
    database.executemany("INSERT INTO suche VALUES (?, ?, ?, ?)", rows)


def _add_facts(database: sqlite3.Connection, data: Dataset) -> None:
    database.execute("CREATE TABLE angaben (name TEXT PRIMARY KEY, wert TEXT NOT NULL)")
    facts = {"name": data.facts.name, "quelle": data.facts.base_url, "lizenz": "CC-BY-4.0", "stand": data.as_of}
    database.executemany("INSERT INTO angaben VALUES (?, ?)", sorted(facts.items()))
