"""Problems as values: codes, order, one line each."""

from __future__ import annotations

import re

import pytest

from kreislaufstadt.problems import CODES, Place, Problem, Severity, count_by_severity, sort_problems


def test_codes_are_well_formed_and_titled() -> None:
    for name, code in CODES.items():
        assert name == code.name
        assert re.fullmatch(r"KS[1-69]\d\d", name)
        assert code.title == code.title.strip()
        assert not code.title.endswith(".")


def test_a_problem_is_one_line_with_place_severity_and_advice() -> None:
    problem = Problem(Place("content/a.md", 7, 3), "KS201", "Pflichtfeld „rolle“ fehlt.", "Bitte ergänzen.")
    assert str(problem) == "content/a.md:7:3: Fehler KS201: Pflichtfeld „rolle“ fehlt. Bitte ergänzen."


def test_a_problem_of_the_whole_file_has_no_line() -> None:
    assert str(Problem(Place("content/a.md"), "KS104", "Zu groß.")) == "content/a.md: Fehler KS104: Zu groß."


def test_severity_belongs_to_the_code() -> None:
    assert Problem(Place("a"), "KS402", "").severity is Severity.WARNING
    assert Problem(Place("a"), "KS411", "").severity is Severity.HINT


def test_an_unknown_code_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        _ = Problem(Place("a"), "KS999", "").severity


def test_problems_are_sorted_by_place_as_numbers_and_doubles_dropped() -> None:
    late, early = (Problem(Place("a", line, 1), "KS201", "x") for line in (10, 9))
    assert sort_problems([late, early, late]) == [early, late]


def test_counts_name_every_severity() -> None:
    assert count_by_severity([]) == {Severity.ERROR: 0, Severity.WARNING: 0, Severity.HINT: 0}
