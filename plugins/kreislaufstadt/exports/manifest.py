"""Which data files there are: words, media type, size, checksum; the list behind /daten/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.exports import geojson, package, paths, schemas, vcard
from kreislaufstadt.exports.csv_files import csv_path
from kreislaufstadt.exports.dataset import ENTRY_KIND_LIST, LICENCE, LICENCE_URL, LIST_KINDS, ROOT, VOCABULARY, folder_of, stem_of
from kreislaufstadt.exports.feeds import FEEDS_FOLDER
from kreislaufstadt.exports.openapi import OPENAPI
from kreislaufstadt.exports.records import BUNDLE, write_json
from kreislaufstadt.exports.sqlite_file import DATABASE
from kreislaufstadt.exports.tables import table_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.exports.file_set import FileSet
    from kreislaufstadt.exports.tables import Table

INDEX = f"{ROOT}/index.json"

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "sqlite": "application/vnd.sqlite3",
    "geojson": "application/geo+json",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "atom": "application/atom+xml",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file as readers see it; ``group`` is the German heading it stands under."""

    path: str
    group: str
    title: str
    description: str
    media_type: str
    size: int
    sha256: str
    example: str = ""
    """The beginning of the file, or how to ask it."""

    @property
    def name(self) -> str:
        """The path below the data folder."""
        return self.path.removeprefix(f"{ROOT}/")


def describe_files(data: Dataset, tables: Sequence[Table], files: FileSet) -> tuple[DataFile, ...]:
    """Describe every file but those of single entries, which the pages of the entries name."""
    words = dict(describe_paths(data, tables))
    return tuple(_describe(path, words[path], files) for path in words if path in files)


def name_files(data: Dataset) -> tuple[DataFile, ...]:
    """The files by name and words alone, as long as their contents are not known."""
    return tuple(DataFile(path, *words, media_type(path), 0, "") for path, words in describe_paths(data, table_shapes()))


def write_index(data: Dataset, described: Sequence[DataFile]) -> Iterator[tuple[str, bytes]]:
    """The list of files for programs."""
    rows = [
        {
            "adresse": data.absolute(file.path),
            "titel": file.title,
            "beschreibung": file.description,
            "medientyp": file.media_type,
            "bytes": file.size,
            "sha256": file.sha256,
        }
        for file in described
    ]
    head = {"name": data.facts.name, "quelle": data.facts.base_url, "lizenz": LICENCE, "lizenz_url": LICENCE_URL, "stand": data.as_of}
    yield INDEX, write_json({**head, "dateien": rows})


def media_type(path: str) -> str:
    """The media type of a data file, by its ending."""
    return MEDIA_TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def _describe(path: str, words: tuple[str, str, str], files: FileSet) -> DataFile:
    content = files[path]
    return DataFile(path, *words, media_type(path), len(content), files.sha256(path), _example(path, content))


_QUERY = "SELECT titel, seite FROM eintraege WHERE schluessel IN\n  (SELECT schluessel FROM suche WHERE suche MATCH 'reparatur');"
_LINES, _WIDTH = 6, 110


def _example(path: str, content: bytes) -> str:
    if path == DATABASE:
        return _QUERY
    lines = content[:4000].decode("utf-8", "ignore").splitlines()[:_LINES]
    return "\n".join(line if len(line) <= _WIDTH else f"{line[:_WIDTH]} …" for line in lines)


def describe_paths(data: Dataset, tables: Sequence[Table]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Path, heading, title and words of every file that has any; sizes come later."""
    yield BUNDLE, ("Alles in einer Datei", "Bestand als JSON", "Alle Einträge und Listen, wie sie geprüft sind; daraus lesen andere Netze")
    yield DATABASE, ("Alles in einer Datei", "Bestand als SQLite", "Datenbank mit Fremdschlüsseln, allen Verweisen und Volltextsuche")
    yield package.DATAPACKAGE, ("Beschreibungen", "Data Package", "Beschreibt alle CSV-Dateien: Spalten, Typen, Bezüge, Prüfsummen")
    yield package.CSVW, ("Beschreibungen", "CSVW-Metadaten", "Dieselbe Beschreibung nach W3C „CSV on the Web“")
    yield OPENAPI, ("Beschreibungen", "OpenAPI 3.1", "Alle festen Adressen der Schnittstelle")
    yield paths.TURTLE, ("Beschreibungen", "DCAT-AP.de als Turtle", "Katalog für Open-Data-Portale wie GovData")
    yield paths.JSON_LD, ("Beschreibungen", "DCAT-AP.de als JSON-LD", "Derselbe Katalog als JSON-LD")
    yield schemas.BUNDLE_SCHEMA, ("Beschreibungen", "JSON Schema des Bestands", "Verweist auf die Schemas der einzelnen Arten")
    for kind in ENTRY_KIND_LIST:
        yield f"{ROOT}/{folder_of(kind)}.json", ("JSON", kind.plural, f"Alle Einträge der Art {kind.singular}")
    for values in LIST_KINDS:
        yield f"{ROOT}/listen/{stem_of(values)}.json", ("JSON: Listen", values.plural, f"Werte der Liste {values.plural}")
    for table in tables:
        yield csv_path(table), ("CSV", table.title, table.description)
    yield geojson.PLACES, ("Karten", "Kommunen als GeoJSON", "Punkte mit Land, Einwohnerzahl und Seite")
    yield geojson.EXAMPLES, ("Karten", "Beispiele als GeoJSON", "Punkte am Ort der Kommune, nicht der Maßnahme")
    yield paths.calendar_path(None), ("Kalender", "Alle Meilensteine", "Zum Abonnieren in Kalenderprogrammen")
    for level, name in paths.LEVELS.items():
        yield paths.calendar_path(level), ("Kalender", f"Meilensteine {name}", "Zum Abonnieren in Kalenderprogrammen")
    yield vcard.ADDRESS_BOOK, ("Adressbuch", "Alle Kontaktstellen als vCard 4.0", "Nur Stellen, keine Personen")
    yield f"{FEEDS_FOLDER}/beispiele.atom", ("Feeds", "Beispiele als Atom", "Neue und geänderte Beispiele")
    yield f"{FEEDS_FOLDER}/beispiele.json", ("Feeds", "Beispiele als JSON Feed", "Neue und geänderte Beispiele")
    yield f"{FEEDS_FOLDER}/meilensteine.atom", ("Feeds", "Meilensteine als Atom", "Meilensteine, die neuesten zuerst")
    yield f"{FEEDS_FOLDER}/meilensteine.json", ("Feeds", "Meilensteine als JSON Feed", "Meilensteine, die neuesten zuerst")
    for item in data.items("handlungsfeld"):
        for ending, word in (("atom", "Atom"), ("json", "JSON Feed")):
            yield f"{FEEDS_FOLDER}/handlungsfeld-{item.id}.{ending}", ("Feeds", f"{item.title} als {word}", "Beispiele dieses Handlungsfelds")
    yield VOCABULARY, ("Vokabulare", "Listen und Glossar als SKOS", "Begriffe mit festen Adressen und deutschen Namen")
