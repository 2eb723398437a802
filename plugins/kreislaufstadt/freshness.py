"""What has to be checked again: overdue, soon due, never checked, and statements marked as unverified."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kreislaufstadt.checks.dates import HALF_LIFE_DAYS, due_date, last_checked
from kreislaufstadt.derive.places import german_order
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.urls import page_url

if TYPE_CHECKING:
    import datetime as dt

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import Entry

REVIEW_FILE = "pruefen/daten.json"
"""The list for programs, beside the page."""

SOON_DAYS = 60
"""From how many days before its end on a check counts as due."""


class State(StrEnum):
    """How an entry's last check stands today."""

    OVERDUE = "ueberfaellig"
    DUE = "bald-faellig"
    NEVER = "nie-geprueft"
    CURRENT = "aktuell"


@dataclass(frozen=True, slots=True)
class Review:
    """An entry with its last check and the day by which the next is due."""

    kind: str
    id: str
    title: str
    state: State
    checked: dt.date | None
    due: dt.date | None
    unverified: int

    @property
    def url(self) -> str:
        """The address of the entry's page."""
        return page_url(self.kind, self.id) or ""


@dataclass(frozen=True, slots=True)
class KindReviews:
    """The entries of one kind: longest overdue first, then by title."""

    kind: str
    title: str
    days: int
    reviews: tuple[Review, ...]

    def in_state(self, state: str) -> tuple[Review, ...]:
        """The entries in a state."""
        return tuple(review for review in self.reviews if review.state == state)

    @property
    def unverified(self) -> tuple[Review, ...]:
        """The entries with statements that are marked as unverified."""
        return tuple(review for review in self.reviews if review.unverified)


@dataclass(frozen=True, slots=True)
class Freshness:
    """All kinds whose entries are checked again and again, on a day."""

    today: dt.date
    kinds: tuple[KindReviews, ...]

    def count(self, state: str) -> int:
        """How many entries are in a state."""
        return sum(len(kind.in_state(state)) for kind in self.kinds)

    @property
    def unverified(self) -> int:
        """How many entries have statements that are marked as unverified."""
        return sum(len(kind.unverified) for kind in self.kinds)


def review_of(kind: str, entry: Entry, today: dt.date) -> Review:
    """How the last check of an entry stands on a day; kinds without a half-life are never due."""
    checked, due = last_checked(entry), due_date(kind, entry)
    state = State.NEVER if checked is None and kind in HALF_LIFE_DAYS else State.CURRENT
    if due is not None:
        state = State.OVERDUE if due < today else State.DUE if (due - today).days <= SOON_DAYS else State.CURRENT
    return Review(kind, entry.id, entry.title, state, checked, due, len(entry.unverified))


def derive_freshness(catalog: Catalog, today: dt.date) -> Freshness:
    """Everything that has to be checked again, by kind."""
    kinds = []
    for kind in KINDS.values():
        reviews = [review_of(kind.name, entry, today) for entry in catalog.entries(kind.name)]
        wanted = [review for review in reviews if kind.name in HALF_LIFE_DAYS or review.unverified]
        if wanted:
            kinds.append(KindReviews(kind.name, kind.plural, HALF_LIFE_DAYS.get(kind.name, 0), tuple(sorted(wanted, key=_rank))))
    return Freshness(today, tuple(kinds))


def _rank(review: Review) -> tuple[str, str, str]:
    return (review.due.isoformat() if review.due else "9999", german_order(review.title), review.id)


def freshness_json(freshness: Freshness) -> str:
    """The list for programs: every entry with its state, without personal data."""
    rows = ",\n  ".join("{\n   " + _flat(_row(review))[1:-1] + "\n  }" for kind in freshness.kinds for review in kind.reviews)
    days = {kind.kind: kind.days for kind in freshness.kinds if kind.days}
    head = json.dumps({"stand": freshness.today.isoformat(), "tage_bis_zur_naechsten_pruefung": days, "eintraege": []}, ensure_ascii=False, indent=1)
    return (head.removesuffix("[]\n}") + f"[\n  {rows}\n ]\n}}" if rows else head) + "\n"


_flat = json.JSONEncoder(ensure_ascii=False, separators=(",\n   ", ": ")).encode
"""Writes a row as an indented text has it: without asking for indentation, which the library does in slow steps."""


def _row(review: Review) -> dict[str, Any]:
    return {
        "art": review.kind,
        "id": review.id,
        "titel": review.title,
        "adresse": review.url,
        "zustand": review.state,
        "geprueft": review.checked.isoformat() if review.checked else None,
        "faellig": review.due.isoformat() if review.due else None,
        "ungepruefte_angaben": review.unverified,
    }
