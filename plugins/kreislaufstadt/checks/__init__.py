"""What must hold across entries: one generator of problems per rule, one list of all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.checks.consistency import check_consistency
from kreislaufstadt.checks.dates import check_dates
from kreislaufstadt.checks.fields import check_fields
from kreislaufstadt.checks.operator import check_operator
from kreislaufstadt.checks.placeholders import check_placeholders
from kreislaufstadt.checks.references import check_former_ids, check_references
from kreislaufstadt.checks.reviews import check_reviews
from kreislaufstadt.checks.slips import check_slips
from kreislaufstadt.checks.sources import check_sources
from kreislaufstadt.checks.text import check_texts
from kreislaufstadt.problems import Problem, sort_problems

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from kreislaufstadt.catalog import Catalog

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


def check_catalog(catalog: Catalog, today: dt.date) -> list[Problem]:
    """Run every check and return all problems, sorted."""
    return sort_problems(problem for check in CHECKS for problem in check(catalog, today))
