"""Facets of the examples: which values there are, and which examples have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.derive.places import size_class_of
from kreislaufstadt.model.entries import CaseStudy, Component, Municipality
from kreislaufstadt.model.parts import FigureKind
from kreislaufstadt.urls import LIST_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.catalog import Catalog


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, the examples that have it, and its static page."""

    id: str
    title: str
    short: str
    examples: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its id (German, as in the URL), its title, its values in order."""

    id: str
    title: str
    values: tuple[FacetValue, ...]


def example_values(catalog: Catalog, example: CaseStudy) -> dict[str, tuple[str, ...]]:
    """The values of one example for every facet."""
    return _own_values(example) | place_values(catalog, example.municipality)


def place_values(catalog: Catalog, municipality: str) -> dict[str, tuple[str, ...]]:
    """The values that an example has from its municipality."""
    place = catalog.find("kommune", municipality)
    if not isinstance(place, Municipality):
        return {"land": (), "staat": (), "groessenklasse": ()}
    size = size_class_of(catalog, place)
    return {"land": (place.state,) if place.state else (), "staat": (place.country,), "groessenklasse": (size.id,) if size else ()}


def _own_values(example: CaseStudy) -> dict[str, tuple[str, ...]]:
    measured = any(figure.kind is FigureKind.RESULT for figure in example.figures)
    return {
        "komponente": example.mapping.components,
        "handlungsfeld": example.mapping.fields_of_action,
        "r-strategie": example.mapping.r_strategies,
        "status": (example.status,),
        "sdg": example.mapping.sdg_goals,
        "ergebnis": ("ja" if measured else "nein",),
    }


FACET_TITLES = {
    "komponente": "Komponente",
    "handlungsfeld": "Handlungsfeld",
    "r-strategie": "R-Strategie",
    "status": "Status",
    "land": "Land",
    "staat": "Staat",
    "groessenklasse": "Größenklasse",
    "sdg": "Nachhaltigkeitsziel",
    "ergebnis": "Gemessene Ergebnisse",
}

_LIST_OF = {"sdg": "sdg-ziel"}
_YES_NO = (("ja", "mit belegten Ergebnissen"), ("nein", "ohne belegte Ergebnisse"))


def derive_facets(catalog: Catalog) -> tuple[Facet, ...]:
    """All facets with all values, also those that no example has."""
    found: dict[tuple[str, str], list[str]] = {}
    places: dict[str, dict[str, tuple[str, ...]]] = {}
    for example in catalog.entries("beispiel"):
        assert isinstance(example, CaseStudy)  # noqa: S101 - the kind's model
        if example.municipality not in places:
            places[example.municipality] = place_values(catalog, example.municipality)
        for facet, values in (_own_values(example) | places[example.municipality]).items():
            for value in dict.fromkeys(values):
                found.setdefault((facet, value), []).append(example.id)
    return tuple(
        Facet(
            facet,
            title,
            tuple(
                FacetValue(value, name, short, tuple(found.get((facet, value), ())), facet_url(facet, value))
                for value, name, short in _values(catalog, facet)
            ),
        )
        for facet, title in FACET_TITLES.items()
    )


def facet_url(facet: str, value: str) -> str:
    """The URL of a facet value's static page of examples."""
    return f"beispiele/{facet}/{value}/"


def _values(catalog: Catalog, facet: str) -> Sequence[tuple[str, str, str]]:
    if facet == "ergebnis":
        return [(value, title, "") for value, title in _YES_NO]
    if facet == "komponente":
        components = [entry for entry in catalog.entries("komponente") if isinstance(entry, Component)]
        return [(entry.id, entry.title, entry.short or "") for entry in sorted(components, key=lambda entry: entry.order)]
    return [(item.id, item.title, item.short or "") for item in catalog.items(_LIST_OF.get(facet, facet))]


assert all(LIST_FOLDERS[facet] == f"beispiele/{facet}" for facet in ("handlungsfeld", "r-strategie", "status", "groessenklasse"))  # noqa: S101 - list pages are facet pages
