"""What must hold across entries: one generator of problems per rule, one list of all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks.consistency import check_consistency
from kreislaufstadt.checks.dates import check_dates, dates_in_short
from kreislaufstadt.checks.fields import check_fields, may_hold_marks
from kreislaufstadt.checks.operator import check_operator
from kreislaufstadt.checks.placeholders import check_placeholders, may_hold_placeholders
from kreislaufstadt.checks.references import are_plain, check_former_ids, check_references
from kreislaufstadt.checks.reviews import check_reviews
from kreislaufstadt.checks.slips import check_slips, slips_of
from kreislaufstadt.checks.sources import check_sources, faults_of_sources
from kreislaufstadt.checks.text import check_texts, is_plain_text
from kreislaufstadt.problems import Problem, sort_problems

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from kreislaufstadt.catalog import Key
    from kreislaufstadt.model.entries import Entry

CHECKS: tuple[Callable[[Catalog, dt.date], Iterator[Problem]], ...] = (
    check_references,
    check_former_ids,
    check_texts,
    check_slips,
    check_fields,
    check_placeholders,
    check_sources,
    check_dates,
    check_consistency,
    check_operator,
    check_reviews,
)


ALONE: tuple[Callable[[Catalog, Key, Entry], object], ...] = (
    Catalog.text_links,
    Catalog.pointers,
    are_plain,
    is_plain_text,
    slips_of,
    may_hold_marks,
    may_hold_placeholders,
    faults_of_sources,
    dates_in_short,
)
"""What checks find out about an entry from its own file alone; the catalogue remembers it."""


def check_catalog(catalog: Catalog, today: dt.date) -> list[Problem]:
    """Run every check and return all problems, sorted."""
    return sort_problems(problem for check in CHECKS for problem in check(catalog, today))
