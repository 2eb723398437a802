"""The timeline: milestones by date, grouped by year, past and next told apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kreislaufstadt.model.entries import Milestone

if TYPE_CHECKING:
    import datetime as dt

    from kreislaufstadt.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the timeline with its milestones in order."""

    year: int
    milestones: tuple[Milestone, ...]


def milestones_in_order(catalog: Catalog) -> tuple[Milestone, ...]:
    """All milestones by date, then by id."""
    found = [entry for entry in catalog.entries("meilenstein") if isinstance(entry, Milestone)]
    return tuple(sorted(found, key=lambda entry: (entry.date.first_day, entry.date.iso, entry.id)))


def derive_years(catalog: Catalog) -> tuple[Year, ...]:
    """Group the milestones by year, oldest first."""
    ordered = milestones_in_order(catalog)
    return tuple(Year(year, tuple(found)) for year, found in groupby(ordered, key=lambda entry: entry.date.year))


def is_past(milestone: Milestone, today: dt.date) -> bool:
    """Say whether a milestone's date has begun by ``today``."""
    return milestone.date.first_day <= today
