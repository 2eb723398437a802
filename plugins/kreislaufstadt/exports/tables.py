"""The catalogue as tables, once, for CSV, SQLite and their descriptions.

A table per kind and list holds every scalar field; fields of a single part are
columns named ``part_field``. Lists of ids and texts stay one column. Lists of parts
(sources, figures …) are tables of their own, one per part, across kinds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import ENTRY_KIND_LIST, LIST_KINDS, folder_of, stem_of
from kreislaufstadt.exports.fields import FieldDoc, fields_of
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.model.parts import Citation, Figure, Membership, ReferenceValue
from kreislaufstadt.model.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pydantic import BaseModel

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.model.kinds import Kind, ListKind

ENTRIES = "eintraege"
"""The table of all entries and values, which the others refer to by ``schluessel``."""

PARTS: dict[str, tuple[type[BaseModel], str, str]] = {
    "quellen": (Citation, "Quellen", "Die Belege aller Einträge, in der Reihenfolge der Seite"),
    "kennzahlen": (Figure, "Kennzahlen", "Werte der Beispiele mit Einheit, Zeitraum und Quelle"),
    "mitgliedschaften": (Membership, "Mitgliedschaften", "Kommunen in Netzwerken"),
    "vergleichswerte": (ReferenceValue, "Vergleichswerte", "Veröffentlichte Werte der Indikatoren"),
}
"""The tables of parts: model, title, description."""


_KINDS: tuple[Kind | ListKind, ...] = (*LIST_KINDS, *ENTRY_KIND_LIST)


@dataclass(frozen=True)
class Column:
    """A column: name, type (see :data:`kreislaufstadt.exports.fields.WORDS`), words, what it refers to."""

    name: str
    type: str
    title: str
    description: str
    required: bool = False
    many: bool = False
    table: str = ""
    """The table whose ``id`` (or ``schluessel``) the column holds, if it is always the same."""
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table with its rows; values are text, number, truth value, tuple of texts or nothing."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    kind: str = ""

    @property
    def has_texts(self) -> bool:
        """Whether the texts of entries stand in it."""
        return any(column.name == "body" for column in self.columns)


def table_name(kind: str) -> str:
    """The name of the table that holds a kind or list."""
    if kind in LISTS:
        return f"liste_{stem_of(LISTS[kind]).replace('-', '_')}"
    return folder_of(KINDS[kind]) if kind in KINDS else "seiten"


def make_tables(data: Dataset) -> tuple[Table, ...]:
    """All tables, those that are referred to first."""
    return tuple(replace(table, rows=tuple(_rows(data, table))) for table in table_shapes())


@cache
def table_shapes() -> tuple[Table, ...]:
    """All tables without their rows: they say what a table holds."""
    kinds = [_kind_table(kind.name, kind.model, kind.plural) for kind in _KINDS]
    return (_entries_table(), *kinds, *map(_part_table, PARTS))


def _rows(data: Dataset, table: Table) -> Iterable[tuple[Any, ...]]:
    if table.name == ENTRIES:
        return _entry_rows(data)
    return _kind_rows(data, table.kind) if table.kind else _part_rows(data, PARTS[table.name][0])


_KEY = Column("schluessel", "text", "Schlüssel", "Art und Kennung, z. B. kommune:aachen", required=True)
_OWNER = Column("eintrag", "text", "Eintrag", "Schlüssel des Eintrags, z. B. kommune:aachen", required=True, table=ENTRIES)


def _entries_table() -> Table:
    columns = (
        _KEY,
        Column("art", "text", "Art", "Art des Eintrags oder Name der Liste", required=True),
        Column("id", "text", "Kennung", "Kennung innerhalb der Art", required=True),
        Column("titel", "text", "Titel", "Überschrift", required=True),
        Column("kurz", "text", "Kurzfassung", "Ein bis zwei Sätze"),
        Column("stand", "date", "Stand", "Auf welchen Stand sich der Inhalt bezieht"),
        Column("seite", "text", "Seite", "Adresse der Seite"),
        Column("herkunft", "text", "Herkunft", "Netz, aus dem der Eintrag übernommen ist; leer bei eigenen"),
    )
    return Table(ENTRIES, "Einträge", "Alle Einträge und Listenwerte mit Titel und Seite", columns, ("schluessel",), ())


def _entry_rows(data: Dataset) -> Iterable[tuple[Any, ...]]:
    rows = [_entry_row(data, kind, entry) for (kind, _), entry in data.all_entries()]
    rows += [_entry_row(data, kind.name, item) for kind in LIST_KINDS for item in data.items(kind.name)]
    return sorted(rows)


def _entry_row(data: Dataset, kind: str, entry: Any) -> tuple[Any, ...]:
    stand = getattr(entry, "as_of", None)
    origin = data.catalog.provenance((kind, entry.id))
    own = (entry.title, entry.short, str(stand) if stand else None, data.page(kind, entry.id), origin.name if origin else None)
    return (f"{kind}:{entry.id}", kind, entry.id, *own)


def _kind_table(kind: str, model: type[BaseModel], title: str) -> Table:
    columns = tuple(_column(path, doc) for path, doc in _flatten(model))
    page = Column("seite", "text", "Seite", "Adresse der Seite")
    return Table(table_name(kind), title, f"{title}, eine Zeile je Eintrag", (*columns, page), ("id",), (), kind)


def _kind_rows(data: Dataset, kind: str) -> Iterator[tuple[Any, ...]]:
    found: Iterable[Any] = data.items(kind) if kind in LISTS else data.entries(kind)
    read = _reader(next(known.model for known in _KINDS if known.name == kind))
    for entry in found:
        yield (*read(entry), data.page(kind, entry.id))


def _flatten(model: type[BaseModel], path: tuple[FieldDoc, ...] = ()) -> Iterator[tuple[tuple[FieldDoc, ...], FieldDoc]]:
    """Every column of a model with the way to it; lists of parts have tables of their own."""
    for doc in fields_of(model):
        if doc.part is None:
            yield path, doc
        elif not doc.many:
            yield from _flatten(doc.part, (*path, doc))


def _column(path: tuple[FieldDoc, ...], doc: FieldDoc) -> Column:
    single = doc.kinds[0] if len(doc.kinds) == 1 and not doc.many else ""
    return Column(
        name="_".join((*(step.name for step in path), doc.name)),
        type=doc.form,
        title=": ".join((*(step.title for step in path), doc.title)),
        description=" – ".join((*(step.description for step in path), doc.description)),
        required=doc.required and all(step.required for step in path),
        many=doc.many,
        table=table_name(single) if single else "",
        kinds=doc.kinds,
        choices=doc.choices,
    )


@cache
def _reader(model: type[BaseModel]) -> Callable[[Any], list[Any]]:
    """How the values of a model's columns are read, in their order: all fields of the entry, or of a part of it, in one step."""
    groups = [(path, [doc for _, doc in found]) for path, found in groupby(_flatten(model), key=itemgetter(0))]
    steps = [([step.attribute for step in path], _read_all([doc.attribute for doc in docs]), _nothing(docs)) for path, docs in groups]

    def read(value: Any) -> list[Any]:
        row: list[Any] = []
        for path, read_fields, nothing in steps:
            owner = value
            for attribute in path:
                owner = getattr(owner, attribute, None)
            row += nothing if owner is None else read_fields(owner)
        return [text if text is None or (type(text) is str and text) else _plain(text) for text in row]

    return read


def _read_all(attributes: Sequence[str]) -> Callable[[Any], Iterable[Any]]:
    if len(attributes) == 1:
        return lambda owner: [getattr(owner, attributes[0])]
    found: Callable[[Any], Iterable[Any]] = attrgetter(*attributes)
    return found


def _nothing(docs: Iterable[FieldDoc]) -> list[Any]:
    """The values of a part that an entry does not have."""
    return [() if doc.many else None for doc in docs]


@lru_cache(maxsize=20_000)
def _as_text(value: Any) -> str:
    """A date, amount or choice as text; the same ones stand in many rows."""
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(str, value)) if value else value
    return value if isinstance(value, (bool, int, float)) else _as_text(value) or None


def _part_table(name: str) -> Table:
    model, title, words = PARTS[name]
    number = Column("nummer", "integer", "Nummer", "Platz in der Liste des Eintrags, ab 1", required=True)
    columns = (_OWNER, number, *(_column((), doc) for doc in fields_of(model)))
    if _amount_of(model):
        columns += (Column("zahl", "number", "Zahl", "Der Wert als Zahl, falls er genau eine enthält"),)
    return Table(name, title, words, columns, ("eintrag", "nummer"), ())


def _part_rows(data: Dataset, model: type[BaseModel]) -> Iterator[tuple[Any, ...]]:
    read, amount = _reader(model), _amount_of(model)
    for key, entry in data.all_entries():
        if _lists_of(type(entry), model):
            owner = ":".join(key)
            for count, part in enumerate(_parts(entry, model), 1):
                row = (owner, count, *read(part))
                yield (*row, _number(part, amount)) if amount else row


def _amount_of(model: type[BaseModel]) -> FieldDoc | None:
    """The field that holds a number with its words, if the part has one."""
    return next((doc for doc in fields_of(model) if doc.form == "quantity"), None)


def _parts(entry: BaseModel, model: type[BaseModel]) -> Iterator[BaseModel]:
    """The parts of one model in an entry's own lists."""
    for attribute in _lists_of(type(entry), model):
        yield from getattr(entry, attribute)


@cache
def _lists_of(owner: type[BaseModel], model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that are lists of the parts."""
    return tuple(doc.attribute for doc in fields_of(owner) if doc.part is model and doc.many)


def _number(part: BaseModel, doc: FieldDoc) -> float | None:
    value = getattr(part, doc.attribute)
    return value.number if isinstance(value, Quantity) else None
