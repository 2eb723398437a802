"""Bars for the reference values of an indicator: lengths and places as numbers, the drawing stands in a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.model.parts import FigureKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.model.entries import Indicator
    from kreislaufstadt.model.parts import ReferenceValue

WIDTH = 640
"""Width of the drawing; texts stand above their bar, so names may be long."""

BAR_HEIGHT = 22
ROW_HEIGHT = 58
_VALUE_SPACE = 110
"""Room beside the longest bar for its number."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: its name, where it stands and how long it is; ``spread`` is the part between two numbers."""

    name: str
    value: str
    kind: FigureKind
    top: int
    left: float
    length: float
    spread: float = 0.0

    @property
    def end(self) -> float:
        """Where the bar ends, and its number begins."""
        return self.left + self.length + self.spread


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars that share a unit; ``zero`` is where the axis stands."""

    unit: str
    bars: tuple[Bar, ...]
    zero: float
    mixed: bool
    """Whether values of different areas stand beside each other."""

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return ROW_HEIGHT * len(self.bars) + 8

    @property
    def kinds(self) -> tuple[FigureKind, ...]:
        """The kinds of value in the chart, for the legend."""
        return tuple(kind for kind in FigureKind if any(bar.kind is kind for bar in self.bars))


def derive_charts(indicator: Indicator) -> tuple[Chart, ...]:
    """One chart per unit; a unit with a single value needs no drawing."""
    groups: dict[str, list[ReferenceValue]] = {}
    for value in indicator.reference_values:
        if 1 <= len(value.value.numbers) <= 2:
            groups.setdefault(value.unit, []).append(value)
    return tuple(_chart(unit, values) for unit, values in groups.items() if len(values) > 1)


def _chart(unit: str, values: Sequence[ReferenceValue]) -> Chart:
    numbers = [number for value in values for number in value.value.numbers]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    room = WIDTH - _VALUE_SPACE
    scale = room / ((high - low) or 1.0)
    zero = round(-low * scale, 1)
    bars = tuple(_bar(value, number, zero, scale) for number, value in enumerate(values))
    return Chart(unit, bars, zero, len({_place(value.area) for value in values}) > 1)


def _bar(value: ReferenceValue, number: int, zero: float, scale: float) -> Bar:
    first, last = min(value.value.numbers), max(value.value.numbers)
    near = min(first, last, key=abs)
    return Bar(
        name=f"{value.area}, {value.year}" if value.year else f"{value.area}, ohne Jahr",
        value=value.value.german,
        kind=value.kind,
        top=ROW_HEIGHT * number + 26,
        left=round(zero + min(near, 0) * scale, 1),
        length=round(abs(near) * scale, 1),
        spread=round((last - first) * scale, 1),
    )


def _place(area: str) -> str:
    """The area without what stands in brackets: "EU (Ziel)" and "EU" are one place."""
    return area.partition("(")[0].strip()
