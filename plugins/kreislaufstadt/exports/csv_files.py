"""CSV by RFC 4180: UTF-8, CRLF, header row, no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kreislaufstadt.exports.tables import Table

SEPARATOR = "|"
"""Between the values of a list in one cell; in a value it is written ``\\|``, a backslash ``\\\\``."""

_FORMULA = tuple("=+-@\t\r＝＋－＠'")  # noqa: RUF001 - spreadsheets also run the wide forms
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
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return stream.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    if isinstance(value, tuple):
        return defuse(SEPARATOR.join(_escape(item) for item in value))
    return defuse(value) if isinstance(value, str) else str(value)


def _escape(item: str) -> str:
    return item.replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}")


def defuse(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip(" \n").startswith(_FORMULA[:4]) else text


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
