"""``kreislaufstadt check``: say what is wrong in the content folder."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks import check_catalog
from kreislaufstadt.checks.losses import check_losses
from kreislaufstadt.checks.renewals import check_renewals
from kreislaufstadt.cli.revision import RevisionError, load_revision
from kreislaufstadt.coverage import derive_coverage, format_coverage
from kreislaufstadt.fix import fix_files
from kreislaufstadt.guard.pictures import load_pictures
from kreislaufstadt.load import load_content
from kreislaufstadt.problems import Problem, Severity, sort_problems
from kreislaufstadt.report import FORMATS, format_summary

if TYPE_CHECKING:
    import argparse

    from kreislaufstadt.loaded import Loaded


BY_TIME = frozenset({"KS402"})
"""Codes of what happens without a change to any file."""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    check = commands.add_parser("check", help="Inhalte prüfen", description="Inhalte prüfen und alle Probleme nennen.")
    check.add_argument("pfade", nargs="*", type=Path, help="nur Probleme dieser Dateien oder Ordner zeigen")
    check.add_argument("--inhalt", type=Path, default=Path("content"), help="Inhaltsordner (üblich: content)")
    check.add_argument("--format", choices=sorted(FORMATS), default="text", help="Form der Ausgabe")
    check.add_argument("--hinweise", action="store_true", help="auch Hinweise zeigen")
    check.add_argument("--streng", action="store_true", help="auch bei Warnungen mit Fehler enden, außer bei überfälligen Prüfungen")
    check.add_argument("--heute", type=dt.date.fromisoformat, default=None, help="Tag der Prüfung (üblich: heute)")
    check.add_argument("--fix", action="store_true", help="vorher reparieren, was sicher ist: Leerzeichen, Zeilenenden, Reihenfolge, „…“")
    check.add_argument("--bericht", action="store_true", help="danach zeigen, wie vollständig der Bestand ist")
    check.add_argument("--gegen", metavar="FASSUNG", help="auch prüfen, was sich seit dieser Fassung in git geändert hat, z. B. main")
    check.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Check the content folder and print what was found."""
    root: Path = options.inhalt if options.inhalt.name else options.inhalt.resolve()
    wrong = _wrong_use(root, options.pfade)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    if options.fix:
        for path in fix_files(root, options.pfade or [root]):
            print(f"Repariert: {path.as_posix()}", file=sys.stderr)
    today = options.heute or dt.datetime.now(dt.UTC).date()
    loaded = load_content(root)
    catalog = Catalog(loaded)
    try:
        problems = _find_problems(root, loaded, catalog, today, options.gegen)
    except RevisionError as error:
        print(error, file=sys.stderr)
        return 2
    problems = _select(problems, options.pfade, root)
    shown = [problem for problem in problems if options.hinweise or problem.severity is not Severity.HINT]
    text = FORMATS[options.format](shown)
    if text:
        print(text)
    beside = sys.stderr if options.format != "text" else sys.stdout
    print(format_summary(problems), file=beside)
    if options.bericht:
        print(f"\n{format_coverage(derive_coverage(catalog, today))}", file=beside)
    return int(any(_fails(problem, strict=options.streng) for problem in problems))


def _fails(problem: Problem, *, strict: bool) -> bool:
    """Say whether a problem stops a change: what only time has brought about stops none, or one day all would be stopped."""
    return problem.severity is Severity.ERROR or (strict and problem.severity is Severity.WARNING and problem.code not in BY_TIME)


def _wrong_use(root: Path, paths: list[Path]) -> str:
    """Say what is wrong with the named paths, if anything is."""
    if not root.is_dir():
        return f"Den Inhaltsordner „{root}“ gibt es nicht."
    outside = [path for path in paths if not _is_inside(path, root)]
    return f"„{outside[0]}“ gibt es nicht oder liegt nicht im Inhaltsordner „{root}“." if outside else ""


def _find_problems(root: Path, loaded: Loaded, catalog: Catalog, today: dt.date, revision: str | None) -> list[Problem]:
    """Everything that is wrong, and on request what is wrong with the change since another version."""
    problems = [*loaded.problems, *check_catalog(catalog, today), *load_pictures(root, loaded.files)[1]]
    if revision:
        before = Catalog(load_revision(root, revision))
        problems += [*check_renewals(before, catalog), *check_losses(before, catalog)]
    return sort_problems(problems)


def _is_inside(path: Path, root: Path) -> bool:
    return path.exists() and path.resolve().is_relative_to(root.resolve())


def _select(problems: list[Problem], paths: list[Path], root: Path) -> list[Problem]:
    if not paths:
        return problems
    base = root.resolve()
    wanted = [f"{root.name}/{path.resolve().relative_to(base).as_posix()}".removesuffix("/.") for path in paths]
    return [
        problem
        for problem in problems
        if any(problem.place.file == path or problem.place.file.startswith(f"{path}/") for path in wanted)
    ]
