"""Write all data files: pure, the same catalogue, facts and day give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kreislaufstadt.exports.csv_files import write_csv_files
from kreislaufstadt.exports.dataset import ENTRY_KIND_LIST, LIST_KINDS
from kreislaufstadt.exports.dcat import write_dcat
from kreislaufstadt.exports.feeds import write_feeds
from kreislaufstadt.exports.file_set import FileSet
from kreislaufstadt.exports.geojson import write_geojson
from kreislaufstadt.exports.manifest import MEDIA_TYPES, DataFile, describe_files, describe_paths, write_index
from kreislaufstadt.exports.openapi import write_openapi
from kreislaufstadt.exports.package import write_packages
from kreislaufstadt.exports.records import write_records
from kreislaufstadt.exports.schemas import write_schemas
from kreislaufstadt.exports.skos import write_skos
from kreislaufstadt.exports.sqlite_file import write_sqlite
from kreislaufstadt.exports.tables import make_tables
from kreislaufstadt.exports.vcard import write_vcards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.exports.tables import Table


@dataclass(frozen=True)
class DataFiles:
    """All data files by path, and the words for those that /daten/ names."""

    files: Mapping[str, bytes]
    described: tuple[DataFile, ...]
    sha256_of: Callable[[str], str]
    """The SHA-256 of a file by its path, in hexadecimal digits."""


def write_data(data: Dataset, publisher: str) -> DataFiles:
    """Write every data file; ``publisher`` is who runs the site, or the site's name."""
    tables = make_tables(data)
    files = FileSet()
    for written in (
        write_records(data),
        write_csv_files(table for table in tables if table.has_texts),
        data.kept_files("tabellen", partial(_write_plain_tables, tables), rules=data.rules),
        write_sqlite(data, tables),
        data.kept_files("karten", write_geojson),
        data.kept_files("feeds", write_feeds, "beispiel", "meilenstein"),
        data.kept_files("schemas", write_schemas),
        data.kept_files("kalender", _write_calendars, "meilenstein"),
        data.kept_files("kontakte", write_vcards, "kontakt"),
        data.kept_files("vokabular", write_skos),
    ):
        files.update(written)
    files.update(write_packages(data, tables, files))
    words = [(path, title, text) for path, (_, title, text) in describe_paths(data, tables)]
    files.update(write_openapi(data, words, MEDIA_TYPES))
    known = describe_files(data, tables, files)
    files.update(write_dcat(data, publisher, known))
    described = describe_files(data, tables, files)
    files.update(write_index(data, described))
    return DataFiles(dict(sorted(files.items())), described, files.sha256)


def _write_plain_tables(tables: Sequence[Table], data: Dataset) -> Iterator[tuple[str, bytes]]:
    """The tables without the entries' texts, which depend on all entries and lists."""
    for kind in ENTRY_KIND_LIST:
        data.entries(kind.name)
    for values in LIST_KINDS:
        data.items(values.name)
    return write_csv_files(table for table in tables if not table.has_texts)


def _write_calendars(data: Dataset) -> Iterator[tuple[str, bytes]]:
    from kreislaufstadt.exports.calendar import write_calendars  # noqa: PLC0415 - a library that takes longer to load than most files to write

    return write_calendars(data)
