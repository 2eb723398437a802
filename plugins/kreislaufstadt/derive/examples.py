"""The catalogue of examples: one short row per example for lists, and the data file that filters work on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kreislaufstadt.derive.facets import example_values
from kreislaufstadt.derive.lists import count_results
from kreislaufstadt.derive.places import german_order
from kreislaufstadt.model.entries import CaseStudy, Municipality

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.derive.facets import Facet
    from kreislaufstadt.model.values import PartialDate

WHOLE_LIST = 300
"""Up to so many examples stand on the overview page itself; beyond, only the newest."""

WITH_TEXT = 1000
"""Up to so many examples the data file carries their short texts."""

_TEXT_LENGTH = 140


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """What a list says of an example."""

    id: str
    title: str
    short: str
    place: str
    place_id: str
    area: str
    status: str
    status_title: str
    since: PartialDate | None
    results: int
    values: Mapping[str, tuple[str, ...]]
    """The example's values by facet."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A generated file beside the pages: its site-relative address and its content."""

    url: str
    content: str


def by_title(rows: Iterable[ExampleRow]) -> tuple[ExampleRow, ...]:
    """The rows in German alphabetical order of their titles."""
    return tuple(sorted(rows, key=lambda row: (german_order(row.title), row.id)))


def newest(rows: Sequence[ExampleRow], count: int = 24) -> tuple[ExampleRow, ...]:
    """The rows that began last."""
    return tuple(sorted(rows, key=lambda row: row.since.iso if row.since else "", reverse=True)[:count])


def derive_row(catalog: Catalog, name: str) -> ExampleRow:
    """The row of one example."""
    example = catalog.find("beispiel", name)
    assert isinstance(example, CaseStudy)  # noqa: S101 - the kind's model
    found = catalog.find("kommune", example.municipality)
    place = found if isinstance(found, Municipality) else None
    area = place and (catalog.find("land", place.state) if place.state else catalog.find("staat", place.country))
    status = catalog.find("status", example.status)
    return ExampleRow(
        id=example.id,
        title=example.title,
        short=_cut(example.short or ""),
        place=place.title if place else example.municipality,
        place_id=example.municipality,
        area=area.title if area else "",
        status=example.status,
        status_title=status.title if status else example.status,
        since=example.since,
        results=count_results(example),
        values=example_values(catalog, example),
    )


def _cut(text: str) -> str:
    if len(text) <= _TEXT_LENGTH:
        return text
    return text[:_TEXT_LENGTH].rsplit(" ", 1)[0].rstrip(",;:–") + " …"


def derive_data_file(rows: Sequence[ExampleRow], facets: Sequence[Facet]) -> DataFile:
    """Everything that filters need, as JSON under a name that changes with the content.

    ``werte`` holds for every facet the ids of its values; a row names values by their
    number. Places stand once each, with name, area and id.
    """
    numbers = {facet.id: {value.id: number for number, value in enumerate(facet.values)} for facet in facets}
    places = sorted({_place(row) for row in rows}, key=lambda place: (german_order(place[0]), place))
    place_numbers = {place: number for number, place in enumerate(places)}
    data: dict[str, Any] = {
        "werte": {facet.id: [value.id for value in facet.values] for facet in facets},
        "orte": places,
        "zeilen": [_record(row, place_numbers, numbers, with_text=len(rows) <= WITH_TEXT) for row in rows],
    }
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    name = hashlib.sha256(content.encode()).hexdigest()[:12]
    return DataFile(f"assets/daten/beispiele.{name}.json", content)


def _place(row: ExampleRow) -> tuple[str, str, str]:
    return row.place, row.area, row.place_id


def _record(
    row: ExampleRow, places: Mapping[tuple[str, str, str], int], numbers: Mapping[str, Mapping[str, int]], *, with_text: bool
) -> list[Any]:
    values = [[known[value] for value in row.values[facet] if value in known] for facet, known in numbers.items()]
    since = row.since.iso if row.since else ""
    return [row.id, row.title, places[_place(row)], since, row.results, values, row.short if with_text else ""]
