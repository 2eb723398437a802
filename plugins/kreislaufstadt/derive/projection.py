"""From degrees to the plane of a drawing: Lambert's conformal conic projection on a sphere.

Usual for areas in middle latitudes: angles are kept, and distances are true along two
parallels. They are put at one sixth and five sixths of the area's height and the
central meridian into its middle; for Germany that is within a few minutes of arc of
the parameters of official maps (48° 40' and 53° 40', 10° 30').
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kreislaufstadt.outlines import Degrees, Outline


class Spot(NamedTuple):
    """A place in a drawing: x to the right, y downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Cone:
    """The projection's constants; see Snyder, Map Projections, 1987, chapter 15."""

    meridian: float
    exponent: float
    factor: float

    @classmethod
    def over(cls, points: Iterable[Degrees]) -> Cone:
        """The cone that suits an area."""
        longitudes, latitudes = zip(*points, strict=True)
        low, high = min(latitudes), max(latitudes)
        one, two = (math.radians(low + (high - low) * part / 6) for part in (1, 5))
        exponent = math.sin(one)
        if not math.isclose(one, two):
            exponent = math.log(math.cos(one) / math.cos(two)) / math.log(_slope(two) / _slope(one))
        factor = math.cos(one) * _slope(one) ** exponent / exponent
        return cls((min(longitudes) + max(longitudes)) / 2, exponent, factor)

    def project(self, point: Degrees) -> Spot:
        """Longitude and latitude onto the plane of a sphere with radius 1."""
        radius = self.factor / _slope(math.radians(point[1])) ** self.exponent
        angle = self.exponent * math.radians(point[0] - self.meridian)
        return Spot(radius * math.sin(angle), radius * math.cos(angle))


def _slope(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing of a given width that shows all outlines with a margin around them."""

    cone: Cone
    origin: Spot
    scale: float
    margin: float
    width: float
    height: float

    @classmethod
    def of(cls, outlines: Sequence[Outline], width: float, margin: float) -> Sheet:
        """The sheet for the outlines; its height follows from the area."""
        points = [point for outline in outlines for ring in outline.rings for point in ring]
        cone = Cone.over(points)
        spots = [cone.project(point) for point in points]
        left, right = min(spot.x for spot in spots), max(spot.x for spot in spots)
        top, bottom = min(spot.y for spot in spots), max(spot.y for spot in spots)
        scale = (width - 2 * margin) / (right - left)
        return cls(cone, Spot(left, top), scale, margin, width, round((bottom - top) * scale + 2 * margin))

    def place(self, point: Degrees) -> Spot:
        """Where a point stands on the sheet."""
        spot = self.cone.project(point)
        return Spot(self.margin + (spot.x - self.origin.x) * self.scale, self.margin + (spot.y - self.origin.y) * self.scale)


def path_data(rings: Iterable[Iterable[Spot]], steps: int = 1) -> str:
    """The ``d`` of an SVG path on a grid of whole numbers, ``steps`` to a unit; rings that shrink to less than a triangle are left out."""
    parts = []
    for ring in rings:
        points = list(dict.fromkeys((round(spot.x * steps), round(spot.y * steps)) for spot in ring))
        if len(points) > 2:
            moves = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(points)]
            parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(moves)}z")
    return "".join(parts).replace(" -", "-")
