"""Helpers of several tests: the test network, faults laid over it, problems as lines."""

from __future__ import annotations

import datetime as dt
import shutil
import tomllib
from pathlib import Path

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks import check_catalog
from kreislaufstadt.guard.pictures import load_pictures
from kreislaufstadt.load import load_content
from kreislaufstadt.problems import Problem, sort_problems

TESTS = Path(__file__).parent
NETZ = TESTS / "netz" / "content"
"""A small sound content folder with entries of every kind; all of it is invented."""

FAULTS = TESTS / "faults"
TODAY = dt.date(2026, 6, 1)


def copy_netz(folder: Path) -> Path:
    """Copy the test network below ``folder`` and return its content folder."""
    return Path(shutil.copytree(NETZ, folder / "content"))


def lay_over(case: Path, content: Path) -> None:
    """Lay the files of a fault example over a content folder.

    ``aufbau.toml`` of the example names what cannot be kept in a repository as
    a plain file: files to delete, symbolic links, very large files.
    """
    for path in sorted(case.rglob("*")):
        if path.is_file() and path.name not in {"erwartet.txt", "aufbau.toml"}:
            target = content / path.relative_to(case)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    plan = case / "aufbau.toml"
    steps = tomllib.loads(plan.read_text(encoding="utf-8")) if plan.exists() else {}
    for name in steps.get("loeschen", ()):
        (content / name).unlink()
    for name, target in steps.get("verweise", {}).items():
        (content / name).symlink_to(target)
    for name, size in steps.get("gross", {}).items():
        (content / name).write_text("---\ntitel: Groß (Testdaten)\n---\n\n" + "Testdaten " * (size // 10), encoding="utf-8")


def find_problems(content: Path, today: dt.date = TODAY) -> list[Problem]:
    """Load and check a content folder; all problems, sorted."""
    loaded = load_content(content)
    return sort_problems([*loaded.problems, *check_catalog(Catalog(loaded), today), *load_pictures(content, loaded.files)[1]])


def as_lines(problems: list[Problem]) -> str:
    """One line per problem, each ended."""
    return "".join(f"{problem}\n" for problem in problems)
