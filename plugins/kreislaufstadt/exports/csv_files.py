"""CSV by RFC 4180: UTF-8, CRLF, header row, no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

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
    """A table as CSV; a table has at least two columns, so that no line is empty."""
    cells = _Cells()
    lines = [",".join([column.name for column in table.columns]).encode()]
    lines += [",".join(map(cells.__getitem__, row)).encode() for row in table.rows]
    return b"\r\n".join([*lines, b""])


class _Cells(dict[Any, str]):
    """Cells by value: most values stand in many rows, and each text or list is written once.

    Numbers are written each time, because equal ones of other types (1, 1.0 and true) would be taken for each other.
    """

    def __missing__(self, value: Any) -> str:
        cell = _quote(_CELLS[type(value)](value))
        if not isinstance(value, int | float):
            self[value] = cell
        return cell


def _quote(cell: str) -> str:
    """The cell between quotation marks, if something in it would end it."""
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


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
