"""Problems as text for people and as files for forges; one list, several outputs."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from kreislaufstadt.problems import CODES, Problem, Severity, count_by_severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PLURAL = {Severity.ERROR: "Fehler", Severity.WARNING: "Warnungen", Severity.HINT: "Hinweise"}


def format_text(problems: Sequence[Problem]) -> str:
    """One line per problem."""
    return "\n".join(map(str, problems))


def format_summary(problems: Sequence[Problem]) -> str:
    """The count that ends a report: ``2 Fehler, 1 Warnung, 0 Hinweise``."""
    counts = count_by_severity(problems)
    parts = (f"{number} {severity if number == 1 else _PLURAL[severity]}" for severity, number in counts.items())
    return ", ".join(parts)


def format_json(problems: Sequence[Problem]) -> str:
    """A JSON array with one object per problem."""
    rows = [
        {
            "datei": problem.place.file,
            "zeile": problem.place.line,
            "spalte": problem.place.column,
            "schwere": problem.severity,
            "code": problem.code,
            "meldung": problem.message,
            "rat": problem.advice,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def format_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that GitHub and Gitea show beside the changed line."""
    return "\n".join(_github_line(problem) for problem in problems)


def _github_line(problem: Problem) -> str:
    place = problem.place
    position = f",line={place.line},col={place.column}" if place.line else ""
    file = _escape_property(place.file)
    title = _escape_property(f"{problem.code} {CODES[problem.code].title}")
    text = f"{problem.message} {problem.advice}".strip()
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{_GITHUB_LEVEL[problem.severity]} file={file}{position},title={title}::{escaped}"


def _escape_property(text: str) -> str:
    pairs = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"))
    for sign, code in pairs:
        text = text.replace(sign, code)
    return text


_GITLAB_LEVEL = {Severity.ERROR: "blocker", Severity.WARNING: "major", Severity.HINT: "info"}


def format_gitlab(problems: Sequence[Problem]) -> str:
    """GitLab's Code Quality report; fingerprints do not depend on the line."""
    return json.dumps([_gitlab_row(problem) for problem in problems], ensure_ascii=False, indent=2)


def _gitlab_row(problem: Problem) -> dict[str, Any]:
    return {
        "description": f"{problem.message} {problem.advice}".strip(),
        "check_name": problem.code,
        "fingerprint": fingerprint(problem),
        "severity": _GITLAB_LEVEL[problem.severity],
        "location": {"path": problem.place.file, "lines": {"begin": max(problem.place.line, 1)}},
    }


def fingerprint(problem: Problem) -> str:
    """A stable name of a problem: file, code and message, but not the line."""
    return hashlib.sha256(f"{problem.place.file}\0{problem.code}\0{problem.message}".encode()).hexdigest()[:40]


_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def format_sarif(problems: Sequence[Problem]) -> str:
    """SARIF 2.1.0, as read by code scanning."""
    rules = [
        {"id": code.name, "shortDescription": {"text": code.title}, "defaultConfiguration": {"level": _SARIF_LEVEL[code.severity]}}
        for code in CODES.values()
        if any(problem.code == code.name for problem in problems)
    ]
    driver = {"name": "kreislaufstadt", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_sarif_row(problem) for problem in problems]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _sarif_row(problem: Problem) -> dict[str, Any]:
    place = problem.place
    region = {"startLine": max(place.line, 1), "startColumn": max(place.column, 1)}
    location = {"artifactLocation": {"uri": place.file}, "region": region}
    return {
        "ruleId": problem.code,
        "level": _SARIF_LEVEL[problem.severity],
        "message": {"text": f"{problem.message} {problem.advice}".strip()},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"kreislaufstadt/v1": fingerprint(problem)},
    }


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": format_text,
    "json": format_json,
    "github": format_github,
    "gitlab": format_gitlab,
    "sarif": format_sarif,
}
