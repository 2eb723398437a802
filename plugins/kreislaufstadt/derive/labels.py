"""Names beside the marks of the map: where there is room, the largest places first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.derive.projection import Spot

TEXT_HEIGHT = 13.0
LETTER_WIDTH = 7.4
"""A generous mean for semi-bold text of that height."""

MARK_RADIUS = 9.0
DISTANCE = 13.0
"""From the middle of a mark to its name."""


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands: baseline point and ``text-anchor``."""

    x: int
    y: int
    anchor: str


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float


def place_labels(spots: Sequence[Spot], names: Sequence[str], width: float, height: float) -> list[Label | None]:
    """Find room for each name: right, left, below, above; no room, no label.

    Marks keep a distance from each other, so their number is bounded by the
    drawing's size, and comparing all of them with each other is bounded as well.
    """
    marks = [Box(spot.x - MARK_RADIUS, spot.y - MARK_RADIUS, spot.x + MARK_RADIUS, spot.y + MARK_RADIUS) for spot in spots]
    sheet = Box(0, 0, width, height)
    placed: list[Box] = []
    labels: list[Label | None] = []
    for spot, name, own in zip(spots, names, marks, strict=True):
        taken = [*placed, *(mark for mark in marks if mark != own)]
        found = next(((label, box) for label, box in _candidates(spot, name) if _is_free(box, taken, sheet)), None)
        labels.append(found[0] if found else None)
        if found:
            placed.append(found[1])
    return labels


def _candidates(spot: Spot, name: str) -> list[tuple[Label, Box]]:
    length = LETTER_WIDTH * len(name)
    half, middle = TEXT_HEIGHT / 2, round(spot.y + TEXT_HEIGHT * 0.36)
    below, above = round(spot.y + DISTANCE + TEXT_HEIGHT * 0.8), round(spot.y - DISTANCE)
    right, left = spot.x + DISTANCE, spot.x - DISTANCE
    return [
        (Label(round(right), middle, "start"), Box(right, spot.y - half, right + length, spot.y + half)),
        (Label(round(left), middle, "end"), Box(left - length, spot.y - half, left, spot.y + half)),
        (Label(round(spot.x), below, "middle"), Box(spot.x - length / 2, below - TEXT_HEIGHT, spot.x + length / 2, below + 2)),
        (Label(round(spot.x), above, "middle"), Box(spot.x - length / 2, above - TEXT_HEIGHT, spot.x + length / 2, above + 2)),
    ]


def _is_free(box: Box, taken: Sequence[Box], sheet: Box) -> bool:
    inside = box.left >= sheet.left and box.right <= sheet.right and box.top >= sheet.top and box.bottom <= sheet.bottom
    return inside and not any(_overlap(box, other) for other in taken)


def _overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
