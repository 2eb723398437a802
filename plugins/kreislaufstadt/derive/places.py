"""Places: order, size class, examples, grouping by Land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.model.entries import CaseStudy, Municipality
from kreislaufstadt.model.lists import SizeClass

if TYPE_CHECKING:
    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.lists import Item


_FOLD = str.maketrans("äöü", "aou", "") | {ord("ß"): "ss"}


def municipalities(catalog: Catalog) -> tuple[Municipality, ...]:
    """All municipalities in German alphabetical order."""
    found = [entry for entry in catalog.entries("kommune") if isinstance(entry, Municipality)]
    return tuple(sorted(found, key=lambda entry: german_order(entry.title)))


def german_order(text: str) -> str:
    """A sort key that puts umlauts beside their base letters."""
    return text.lower().translate(_FOLD)


def size_class_of(catalog: Catalog, municipality: Municipality) -> SizeClass | None:
    """The size class that the number of inhabitants falls into, if it is known."""
    if municipality.population is None:
        return None
    for item in catalog.items("groessenklasse"):
        if isinstance(item, SizeClass) and _fits(item, municipality.population.value):
            return item
    return None


def _fits(size: SizeClass, inhabitants: int) -> bool:
    return size.least <= inhabitants and (size.below is None or inhabitants < size.below)


def examples_of(catalog: Catalog, municipality: Municipality) -> tuple[CaseStudy, ...]:
    """The examples of a municipality, by title."""
    found = [entry for entry in catalog.linked_from("kommune", municipality.id, "beispiel") if isinstance(entry, CaseStudy)]
    return tuple(sorted((entry for entry in found if entry.municipality == municipality.id), key=lambda entry: german_order(entry.title)))


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Municipalities of one Land, or of one foreign country."""

    item: Item
    kind: str
    places: tuple[Municipality, ...]


def derive_groups(catalog: Catalog) -> tuple[PlaceGroup, ...]:
    """Group municipalities by Land, then those abroad by country; empty groups are left out."""
    places = municipalities(catalog)
    groups = [
        PlaceGroup(item, "land", tuple(place for place in places if place.state == item.id)) for item in catalog.items("land")
    ]
    groups += [
        PlaceGroup(item, "staat", tuple(place for place in places if place.country == item.id))
        for item in catalog.items("staat")
        if item.id != "de"
    ]
    return tuple(group for group in groups if group.places)
