"""One list of problems, five outputs."""

from __future__ import annotations

import json

import pytest

from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.report import FORMATS, fingerprint, format_github, format_gitlab, format_json, format_sarif, format_summary, format_text

PROBLEMS = [
    Problem(Place("content/a,b.md", 7, 3), "KS201", "Pflichtfeld „rolle“ fehlt: 100 %.", "Bitte ergänzen."),
    Problem(Place("content/c.md"), "KS402", "Die Prüfung war fällig.", "Bitte prüfen."),
    Problem(Place("content/d.md", 1, 1), "KS411", "Nur „2026“ ist bekannt."),
]


def test_text_has_one_line_each() -> None:
    assert format_text(PROBLEMS).splitlines() == [str(problem) for problem in PROBLEMS]


@pytest.mark.parametrize(("count", "expected"), [(0, "0 Fehler, 0 Warnungen, 0 Hinweise"), (3, "1 Fehler, 1 Warnung, 1 Hinweis")])
def test_the_summary_counts_in_german(count: int, expected: str) -> None:
    assert format_summary(PROBLEMS[:count]) == expected


def test_json_has_every_part() -> None:
    rows = json.loads(format_json(PROBLEMS))
    assert rows[0] == {
        "datei": "content/a,b.md",
        "zeile": 7,
        "spalte": 3,
        "schwere": "Fehler",
        "code": "KS201",
        "meldung": "Pflichtfeld „rolle“ fehlt: 100 %.",
        "rat": "Bitte ergänzen.",
    }
    assert len(rows) == 3


def test_github_lines_escape_what_would_end_a_property() -> None:
    first, second, third = format_github(PROBLEMS).splitlines()
    assert first == "::error file=content/a%2Cb.md,line=7,col=3,title=KS201 Pflichtfeld fehlt::Pflichtfeld „rolle“ fehlt: 100 %25. Bitte ergänzen."
    assert second.startswith("::warning file=content/c.md,title=KS402")
    assert third.startswith("::notice ")


def test_gitlab_rows_have_what_code_quality_needs() -> None:
    rows = json.loads(format_gitlab(PROBLEMS))
    assert [row["severity"] for row in rows] == ["blocker", "major", "info"]
    assert all(row["location"]["lines"]["begin"] >= 1 for row in rows)
    assert len({row["fingerprint"] for row in rows}) == 3


def test_a_fingerprint_survives_a_moved_line() -> None:
    moved = Problem(Place("content/a,b.md", 99, 1), PROBLEMS[0].code, PROBLEMS[0].message)
    assert fingerprint(moved) == fingerprint(PROBLEMS[0])


def test_sarif_names_each_rule_once_and_its_results() -> None:
    run = json.loads(format_sarif([*PROBLEMS, PROBLEMS[0]]))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["KS201", "KS402", "KS411"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error"]
    assert all(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"] if "ruleIndex" in result)
    for result in run["results"]:
        location = result["locations"][0]["physicalLocation"]
        assert result["message"]["text"]
        assert location["artifactLocation"]["uri"].startswith("content/")
        assert all(value >= 1 for value in location.get("region", {}).values())


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_problems_are_no_failure(name: str) -> None:
    text = FORMATS[name]([])
    assert text == "" or json.loads(text) is not None
