"""Rows and data file of the catalogue of examples, and the static pages of its facets."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support import NETZ, copy_netz

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.derive.examples import WITH_TEXT, ExampleRow, by_title, derive_data_file, derive_row, newest
from kreislaufstadt.derive.facets import derive_facets
from kreislaufstadt.load import load_content
from kreislaufstadt.model.values import PartialDate
from kreislaufstadt.pages import PAGE_LENGTH, Draft, draft_pages

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_content(NETZ))


@pytest.fixture
def row(catalog: Catalog) -> ExampleRow:
    return derive_row(catalog, "muster-leihladen")


def test_a_row_says_where_what_and_how_well_measured(row: ExampleRow) -> None:
    assert (row.place, row.area, row.status, row.results) == ("Musterstadt (Testdaten)", "Musterland (Testdaten)", "laufend", 1)
    assert row.values["handlungsfeld"] == ("leihen",)
    assert row.values["ergebnis"] == ("ja",)


def test_rows_stand_in_german_order(row: ExampleRow) -> None:
    rows = [replace(row, id=title, title=title) for title in ("Zebra", "Übung", "Apfel", "Ähre")]
    assert [found.title for found in by_title(rows)] == ["Ähre", "Apfel", "Übung", "Zebra"]


def test_the_newest_come_first_and_those_without_date_last(row: ExampleRow) -> None:
    dates = {"alt": PartialDate(2019), "neu": PartialDate(2024, 5), "ohne": None, "mittel": PartialDate(2024)}
    rows = [replace(row, id=name, since=date) for name, date in dates.items()]
    assert [found.id for found in newest(rows)] == ["neu", "mittel", "alt", "ohne"]
    assert [found.id for found in newest(rows, 2)] == ["neu", "mittel"]


def test_the_data_file_names_every_value_of_every_example(catalog: Catalog) -> None:
    rows = by_title(derive_row(catalog, name) for name in catalog.names("beispiel"))
    file = derive_data_file(rows, derive_facets(catalog))
    data = json.loads(file.content)
    facets = list(data["werte"])
    for row, record in zip(rows, data["zeilen"], strict=True):
        identifier, title, place, since, results, values, short = record
        assert (identifier, title, results, short) == (row.id, row.title, row.results, row.short)
        assert data["orte"][place] == [row.place, row.area, row.place_id]
        assert since == (row.since.iso if row.since else "")
        named = {facet: tuple(data["werte"][facet][number] for number in values[index]) for index, facet in enumerate(facets)}
        assert named == dict(row.values)


def test_the_name_of_the_data_file_follows_its_content(row: ExampleRow, catalog: Catalog) -> None:
    facets = derive_facets(catalog)
    one, same, other = (derive_data_file([found], facets) for found in (row, row, replace(row, title="Anders (Testdaten)")))
    assert one == same
    assert one.url != other.url
    assert one.url.startswith("assets/daten/beispiele.")


def test_large_data_files_leave_the_short_texts_out(row: ExampleRow, catalog: Catalog) -> None:
    rows = [replace(row, id=f"test-{number}") for number in range(WITH_TEXT + 1)]
    data = json.loads(derive_data_file(rows, derive_facets(catalog)).content)
    assert {record[6] for record in data["zeilen"]} == {""}


def test_every_facet_value_has_static_pages_that_list_each_example_once(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    plan = (content / "beispiele" / "gau-plan.md").read_text(encoding="utf-8")
    for number in range(2 * PAGE_LENGTH):
        (content / "beispiele" / f"test-{number}.md").write_text(plan, encoding="utf-8")
    catalog = Catalog(load_content(content))
    pages = [draft for draft in draft_pages(catalog) if draft.template == "beispiele-auswahl.html"]
    by_value: dict[tuple[str, str], list[Draft]] = {}
    for draft in pages:
        by_value.setdefault((draft.data["facet"].id, draft.data["value"].id), []).append(draft)
    assert len(by_value) == sum(len(facet.values) for facet in derive_facets(catalog))
    for drafts in by_value.values():
        listed = [name for draft in drafts for name in draft.data["names"]]
        assert sorted(listed) == sorted(drafts[0].data["value"].examples)
        assert max(len(draft.data["names"]) for draft in drafts) <= PAGE_LENGTH
    planned = by_value["status", "geplant"]
    assert [draft.url for draft in planned] == [f"beispiele/status/geplant/{page}" for page in ("", "seite-2/", "seite-3/")]
    assert len({draft.title for draft in planned}) == 3
