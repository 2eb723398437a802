"""The geometry of the model ring: one arrow-shaped segment per component, clockwise from the top."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.derive.matrix import components_in_order

if TYPE_CHECKING:
    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import Component

CENTRE = 200.0
OUTER = 196.0
INNER = 84.0
TIP = 0.13
"""How far, in radians, a segment's tip reaches beyond its outer corner."""
GAP = 0.045
"""The angle, in radians, left free between two segments."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of the ring in a square of 400 by 400: its corners, label lines and their middle."""

    component: Component
    outer_start: Point
    outer_end: Point
    tip: Point
    inner_end: Point
    inner_start: Point
    notch: Point
    label: Point
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """The ring: its segments and the two radii that their arcs have."""

    segments: tuple[Segment, ...]
    outer: float = OUTER
    inner: float = INNER


def derive_ring(catalog: Catalog) -> Ring:
    """Lay out one segment per component; the first one begins at the top."""
    components = components_in_order(catalog)
    step = 2 * math.pi / max(len(components), 1)
    return Ring(tuple(_segment(component, number * step, step) for number, component in enumerate(components)))


def _segment(component: Component, start: float, step: float) -> Segment:
    begin, end = start + GAP / 2, start + step - GAP / 2
    middle = (OUTER + INNER) / 2
    return Segment(
        component,
        outer_start=_point(OUTER, begin),
        outer_end=_point(OUTER, end),
        tip=_point(middle, end + TIP),
        inner_end=_point(INNER, end),
        inner_start=_point(INNER, begin),
        notch=_point(middle, begin + TIP),
        label=_point(middle, (begin + end + TIP) / 2),
        lines=wrap_words(component.title),
    )


def _point(radius: float, angle: float) -> Point:
    """A point of the circle; the angle runs clockwise from the top."""
    return round(CENTRE + radius * math.sin(angle), 1), round(CENTRE - radius * math.cos(angle), 1)


def wrap_words(text: str, width: int = 12) -> tuple[str, ...]:
    """Break a title into lines of at most ``width`` signs where words allow it."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
