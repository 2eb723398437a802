"""Lists for overview pages: glossary by letter, publications by year, evidenced examples, next dates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kreislaufstadt.derive.places import german_order
from kreislaufstadt.derive.timeline import is_past, milestones_in_order
from kreislaufstadt.model.entries import CaseStudy, Milestone, Publication, Term
from kreislaufstadt.model.parts import FigureKind

if TYPE_CHECKING:
    import datetime as dt

    from kreislaufstadt.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Letter:
    """The glossary terms that begin with one letter."""

    letter: str
    terms: tuple[Term, ...]

    @property
    def anchor(self) -> str:
        """The anchor of the letter's section."""
        return f"buchstabe-{self.letter.lower()}" if self.letter != "0–9" else "buchstabe-ziffer"


def derive_letters(catalog: Catalog) -> tuple[Letter, ...]:
    """Group the terms by first letter, umlauts with their base letters, digits together."""
    terms = [entry for entry in catalog.entries("begriff") if isinstance(entry, Term)]
    terms.sort(key=lambda term: (german_order(term.title), term.id))
    return tuple(Letter(letter, tuple(found)) for letter, found in groupby(terms, key=_first_letter))


def _first_letter(term: Term) -> str:
    first = german_order(term.title)[:1].upper()
    return first if first.isalpha() else "0–9"


def derive_publications(catalog: Catalog) -> tuple[Publication, ...]:
    """Publications, the newest first."""
    found = [entry for entry in catalog.entries("publikation") if isinstance(entry, Publication)]
    return tuple(sorted(found, key=lambda entry: (-(entry.year or 0), german_order(entry.title), entry.id)))


def count_results(example: CaseStudy) -> int:
    """How many measured results the example has; each stands in a source."""
    return sum(figure.kind is FigureKind.RESULT for figure in example.figures)


def count_measured(catalog: Catalog) -> int:
    """How many examples have at least one measured result."""
    return sum(isinstance(entry, CaseStudy) and count_results(entry) > 0 for entry in catalog.entries("beispiel"))


def derive_best_evidenced(catalog: Catalog, limit: int = 6) -> tuple[CaseStudy, ...]:
    """The examples with most measured results and sources, at most one per municipality."""
    examples = [entry for entry in catalog.entries("beispiel") if isinstance(entry, CaseStudy)]
    ranked = sorted(examples, key=lambda entry: (-count_results(entry), -len(entry.sources), entry.id))
    chosen: dict[str, CaseStudy] = {}
    for example in ranked:
        if count_results(example):
            chosen.setdefault(example.municipality, example)
    return tuple(chosen.values())[:limit]


def derive_excerpt(catalog: Catalog, today: dt.date, count: int = 3) -> tuple[tuple[Milestone, ...], tuple[Milestone, ...]]:
    """The last milestones up to today (newest first) and the next ones (soonest first)."""
    ordered = milestones_in_order(catalog)
    past = [entry for entry in ordered if is_past(entry, today)]
    coming = [entry for entry in ordered if not is_past(entry, today)]
    return tuple(reversed(past[-count:])), tuple(coming[:count])
