"""CSV by RFC 4180: UTF-8, CRLF, header row, no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kreislaufstadt.exports.tables import Table

SEPARATOR = "|"
"""Between the values of a list in one cell; in a value it is written ``\\|``, a backslash ``\\\\``."""

_FORMULA = re.compile("[=+@\t\r＝＋－＠'-]|(?<![ \n])[ \n]+[=+@-]")  # noqa: RUF001 - spreadsheets also run the wide forms
"""Texts that begin like this get an apostrophe in front; those that begin with one get another."""


def csv_path(table: Table) -> str:
    """Where a table's file is."""
    return f"{ROOT}/{table.name}.csv"


def write_csv_files(tables: Iterable[Table]) -> Iterator[tuple[str, bytes]]:
    """One file per table."""
    for table in tables:
        yield csv_path(table), write_csv(table)


def write_csv(table: Table) -> bytes:
    """A table as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_CELLS[type(value)](value) for value in row] for row in table.rows)
    return stream.getvalue().encode()


def _list_cell(items: tuple[str, ...]) -> str:
    return defuse(SEPARATOR.join([item.replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}") for item in items]))


def defuse(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run."""
    return f"'{text}" if not text[:1].isalnum() and _FORMULA.match(text) else text


_CELLS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",
    int: str,
    float: lambda value: f"{value:.9f}".rstrip("0").rstrip("."),
    str: defuse,
    tuple: _list_cell,
}
"""How a value of each type is written."""


def restore(cell: str) -> str:
    """The text that a cell stands for: the apostrophe of :func:`defuse` taken away."""
    return cell.removeprefix("'")


def split_list(cell: str) -> tuple[str, ...]:
    """The values of a list cell."""
    values, current, escaped = [], "", False
    for sign in restore(cell):
        if escaped or sign not in {"\\", SEPARATOR}:
            current, escaped = current + sign, False
        elif sign == "\\":
            escaped = True
        else:
            values.append(current)
            current = ""
    return (*values, current) if cell else ()
