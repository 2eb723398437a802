"""The map: outlines as SVG path data, municipalities as marks, nearby ones gathered.

Only geometry is computed here; the SVG itself stands in partials/karte.html. The map
is laid out twice, for a wide and for a narrow display, because marks that touch each
other on a phone are well apart on a screen. All of it depends on nothing but the
catalogue and the outlines.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.derive.labels import Label, place_labels
from kreislaufstadt.derive.places import german_order, municipalities
from kreislaufstadt.derive.projection import Sheet, Spot, path_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import Municipality
    from kreislaufstadt.outlines import Outline

WIDTH, MARGIN = 560.0, 14.0
STEPS = 2
"""Path data is written in half units."""

MINI_WIDTH, MINI_MARGIN = 160.0, 4.0
WIDE_GAP, NARROW_GAP = 25.0, 50.0
"""Least distance of two marks: at least 24 pixels on displays of 544 and 272 pixels."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of a Land."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the map: one municipality, or several that stand close together.

    It stands where the largest of them lies. ``label`` is missing where no room is left.
    """

    x: int
    y: int
    places: tuple[Municipality, ...]
    label: Label | None = None

    @property
    def id(self) -> str:
        """The id of the largest municipality, which names the mark."""
        return self.places[0].id

    @property
    def name(self) -> str:
        """The name that stands beside the mark."""
        more = len(self.places) - 1
        short = self.places[0].title.partition(" (")[0]
        return f"{short} +{more}" if more else short

    @property
    def members(self) -> tuple[Municipality, ...]:
        """The municipalities in alphabetical order."""
        return tuple(sorted(self.places, key=lambda place: german_order(place.title)))


@dataclass(frozen=True, slots=True)
class Map:
    """Everything that the map's template draws."""

    width: int
    height: int
    steps: int
    shapes: tuple[Shape, ...]
    wide: tuple[Mark, ...]
    narrow: tuple[Mark, ...]
    absent: tuple[Municipality, ...]
    """Municipalities inside the area of which no position is known."""


def derive_map(catalog: Catalog, outlines: Sequence[Outline]) -> Map | None:
    """Lay the map out; without outlines there is none."""
    if not outlines:
        return None
    sheet = Sheet.of(outlines, WIDTH, MARGIN)
    known = {outline.id for outline in outlines}
    inside = [place for place in municipalities(catalog) if place.state in known]
    spots = {place.id: spot_of(sheet, place) for place in inside if place.position}
    placed = [place for place in inside if place.id in spots]
    wide = gather(placed, spots, WIDE_GAP)
    names = [mark.name for mark in wide]
    labels = place_labels([Spot(mark.x, mark.y) for mark in wide], names, sheet.width, sheet.height)
    return Map(
        round(sheet.width),
        round(sheet.height),
        STEPS,
        tuple(Shape(outline.id, _path(sheet, outline, STEPS)) for outline in outlines),
        _ordered(Mark(mark.x, mark.y, mark.places, label) for mark, label in zip(wide, labels, strict=True)),
        _ordered(gather(placed, spots, NARROW_GAP)),
        tuple(place for place in inside if place.position is None),
    )


def spot_of(sheet: Sheet, place: Municipality) -> Spot:
    """Where a municipality with a known position lies on the sheet."""
    assert place.position is not None  # noqa: S101 - asked by the caller
    return sheet.place((place.position.longitude, place.position.latitude))


def gather(places: Iterable[Municipality], spots: Mapping[str, Spot], gap: float) -> list[Mark]:
    """Gather municipalities that are closer than ``gap``; the largest takes in those around it.

    Going from the largest to the smallest keeps all marks at least ``gap`` apart; a grid
    of cells as wide as the gap keeps the work in proportion to the number of places.
    """
    cells: dict[tuple[int, int], list[Municipality]] = defaultdict(list)
    ranked = sorted(places, key=lambda place: (-_size(place), place.id))
    for place in ranked:
        cells[_cell(spots[place.id], gap)].append(place)
    taken: set[str] = set()
    marks = []
    for place in ranked:
        if place.id not in taken:
            spot = spots[place.id]
            near = [other for other in _around(cells, spot, gap) if other.id not in taken and _is_near(spot, spots[other.id], gap)]
            taken |= {other.id for other in near}
            near.sort(key=lambda other: (-_size(other), other.id))
            marks.append(Mark(round(spot.x), round(spot.y), (place, *(other for other in near if other.id != place.id))))
    return marks


def _size(place: Municipality) -> int:
    return place.population.value if place.population else 0


def _cell(spot: Spot, gap: float) -> tuple[int, int]:
    return math.floor(spot.x / gap), math.floor(spot.y / gap)


def _around(cells: Mapping[tuple[int, int], list[Municipality]], spot: Spot, gap: float) -> list[Municipality]:
    column, row = _cell(spot, gap)
    beside = [(column + right, row + down) for right in (-1, 0, 1) for down in (-1, 0, 1)]
    return [place for cell in beside for place in cells.get(cell, ())]


def _is_near(one: Spot, other: Spot, gap: float) -> bool:
    return math.dist(one, other) < gap + 1  # marks are rounded to whole units


def _ordered(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """From north to south, so that the Tab key goes down the map."""
    return tuple(sorted(marks, key=lambda mark: (mark.y, mark.x, mark.id)))


def _path(sheet: Sheet, outline: Outline, steps: int) -> str:
    return path_data(((sheet.place(point) for point in ring) for ring in outline.rings), steps)


@dataclass(frozen=True, slots=True)
class MiniMap:
    """The small map of one municipality: all outlines and one spot."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    x: int
    y: int


class MiniMaps:
    """Draws the small maps; outlines are projected once for all of them."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        """Prepare the sheet; without outlines there are no maps."""
        self._sheet = Sheet.of(outlines, MINI_WIDTH, MINI_MARGIN) if outlines else None
        self._shapes = tuple(Shape(outline.id, _path(self._sheet, outline, 1)) for outline in outlines) if self._sheet else ()
        self._known = {shape.id for shape in self._shapes}

    def draw(self, place: Municipality) -> MiniMap | None:
        """The small map of a municipality; none for places abroad or without position."""
        if self._sheet is None or place.position is None or place.state not in self._known:
            return None
        spot = spot_of(self._sheet, place)
        return MiniMap(round(self._sheet.width), round(self._sheet.height), self._shapes, round(spot.x), round(spot.y))
