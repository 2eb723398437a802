"""The real site's open data, read by programs of others: what they find is what the catalogue holds, entry by entry."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import feedparser
import frictionless
import geojson
import pytest
import vobject
from browser_support import own_site
from icalendar import Calendar
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, SKOS

from kreislaufstadt.exports.calendar import LEVELS, calendar_path
from kreislaufstadt.exports.dataset import ENTRY_KIND_LIST, LIST_KINDS, Dataset, folder_of
from kreislaufstadt.exports.feeds import LIMIT
from kreislaufstadt.exports.skos import concept
from kreislaufstadt.model.entries import Milestone
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.open_data import dataset_of

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = "tests/exports/shapes"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of readers that are not ours


@pytest.fixture(scope="module")
def data() -> Dataset:
    """The catalogue behind the site."""
    return dataset_of(own_site())


@pytest.fixture(scope="module")
def v1(built_folder: Path) -> Path:
    """The folder of the built site's data."""
    return built_folder / "daten/v1"


def ids(data: Dataset, kind: str) -> list[str]:
    return [entry.id for entry in data.entries(kind)]


def pages(data: Dataset, kind: str) -> set[str | None]:
    return {data.page(kind, name) for name in ids(data, kind)}


def test_calendars_hold_every_milestone_on_its_day(data: Dataset, v1: Path) -> None:
    milestones = [entry for entry in data.entries("meilenstein") if isinstance(entry, Milestone)]
    for level in (None, *LEVELS):
        events = Calendar.from_ical((v1.parent.parent / calendar_path(level)).read_bytes()).walk("VEVENT")
        chosen = [entry for entry in milestones if level in (None, entry.level)]
        expected = {(str(data.page("meilenstein", entry.id)), entry.date.first_day) for entry in chosen}
        assert {(str(event["URL"]), event["DTSTART"].dt) for event in events} == expected
        assert len({str(event["UID"]) for event in events}) == len(events) == len(chosen)


def test_the_address_book_holds_every_office(data: Dataset, v1: Path) -> None:
    cards = list(vobject.readComponents((v1 / "kontakte.vcf").read_text("utf-8")))
    assert {card.source.value.rpartition("/")[2].removesuffix(".vcf") for card in cards} == set(ids(data, "kontakt"))
    assert len(cards) == len(ids(data, "kontakt")) == len(list((v1 / "kontakte").glob("*.vcf")))
    offices: list[Any] = list(data.entries("kontakt"))
    mailboxes = {card.email.value for card in cards if "email" in card.contents}
    assert mailboxes == {office.email for office in offices if office.email}
    assert {path.stem for path in (v1 / "kommunen").glob("*.vcf")} == {office.municipality for office in offices}


def test_feeds_hold_the_newest_examples_and_milestones(data: Dataset, v1: Path) -> None:
    for name, kind in (("beispiele", "beispiel"), ("meilensteine", "meilenstein")):
        feed = feedparser.parse((v1 / f"feeds/{name}.atom").read_bytes())
        assert not feed.bozo
        assert len(feed.entries) == len({entry.id for entry in feed.entries}) == min(LIMIT, len(ids(data, kind)))
        assert {entry.link for entry in feed.entries} <= pages(data, kind)
        days = [entry.updated[:10] for entry in feed.entries]
        assert days == sorted(days, reverse=True)
        newest = data.newest(kind)
        assert newest is None or days[0] == newest.isoformat()


def test_maps_hold_every_place_and_example(data: Dataset, v1: Path) -> None:
    for name, kind in (("kommunen", "kommune"), ("beispiele", "beispiel")):
        collection = geojson.loads((v1 / f"{name}.geojson").read_text("utf-8"))
        assert collection.is_valid, collection.errors()
        assert sorted(feature["id"] for feature in collection["features"]) == sorted(f"{kind}:{name}" for name in ids(data, kind))


def test_the_database_holds_every_entry_and_finds_it(data: Dataset, v1: Path) -> None:
    with contextlib.closing(sqlite3.connect(f"file:{v1 / 'bestand.sqlite'}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for kind in KINDS.values():
            table = folder_of(kind).replace("-", "_")
            assert [row[0] for row in database.execute(f"SELECT id FROM {table} ORDER BY id")] == sorted(ids(data, kind.name))
        assert database.execute("SELECT count(*) FROM quellen").fetchone()[0] == sum(len(entry.sources) for _, entry in data.all_entries())
        assert database.execute("SELECT count(*) FROM suche").fetchone()[0] == len(list(data.all_entries()))


def test_the_package_and_its_tables_are_valid_and_whole(data: Dataset, v1: Path) -> None:
    package = json.loads((v1 / "datapackage.json").read_bytes())
    assert own_site().settings.description in package["description"]
    report = frictionless.validate(str(v1 / "datapackage.json"), limit_errors=3)
    assert report.valid, report.flatten(["type", "message"])[:3]
    for kind in ENTRY_KIND_LIST:
        rows = list(csv.DictReader(io.StringIO((v1 / f"{folder_of(kind)}.csv").read_bytes().decode(), newline="")))
        assert [row["id"] for row in rows] == ids(data, kind.name)
    csvw = json.loads((v1 / "csv-metadata.json").read_bytes())
    assert {table["url"] for table in csvw["tables"]} == {name for resource in package["resources"] if (name := resource["path"]).endswith(".csv")}


def test_the_catalogue_for_portals_keeps_its_rules_and_names_every_kind(data: Dataset, v1: Path) -> None:
    graph = Graph().parse(v1 / "dcat.ttl")
    valid, _, text = validate(graph, shacl_graph=Graph().parse(f"{SHAPES}/dcat.ttl"), advanced=True)
    assert valid, text
    assert len(list(graph.objects(None, DCAT.dataset))) == 1 + sum(bool(ids(data, kind)) for kind in KINDS)
    catalogue = next(graph.subjects(RDF.type, DCAT.Catalog))
    assert str(graph.value(catalogue, DCTERMS.description)) == own_site().settings.description


def test_the_vocabulary_keeps_its_rules_and_holds_every_value_and_term(data: Dataset, v1: Path) -> None:
    graph = Graph().parse(v1 / "vokabular.ttl")
    expected = {URIRef(concept(data, kind.name, item.id)) for kind in LIST_KINDS for item in data.items(kind.name)}
    expected |= {URIRef(concept(data, "begriff", name)) for name in ids(data, "begriff")}
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == expected
    assert all(graph.value(subject, SKOS.prefLabel) for subject in expected)


def test_programs_that_look_for_a_description_find_one(built_folder: Path) -> None:
    description = own_site().settings.description
    assert f"<Description>{description}</Description>" in (built_folder / "opensearch.xml").read_text("utf-8")
    assert f"\n> {description}\n" in (built_folder / "llms.txt").read_text("utf-8")
