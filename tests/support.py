"""Helpers of several tests: the test network, faults laid over it, problems as lines."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import material

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks import check_catalog
from kreislaufstadt.guard.pictures import load_pictures
from kreislaufstadt.load import load_content
from kreislaufstadt.problems import Problem, sort_problems
from kreislaufstadt.render import Renderer
from kreislaufstadt.site import Settings, Site

TESTS = Path(__file__).parent
NETZ = TESTS / "netz" / "content"
"""A small sound content folder with entries of every kind; all of it is invented."""

FAULTS = TESTS / "faults"
TODAY = dt.date(2026, 6, 1)
TEMPLATES = (TESTS.parent / "overrides", Path(material.__file__).parent / "templates")

CONFIGURATION = f"""
site_name: Testnetz
site_url: https://example.org/
docs_dir: content
theme: {{name: material, language: de, custom_dir: {TEMPLATES[0]}}}
plugins:
  - kreislaufstadt/catalog: {{today: "2026-06-01", navigation: [Beispiele: beispiele/], footer: [Daten: daten/]}}
  - kreislaufstadt/search
  - kreislaufstadt/exports
  - kreislaufstadt/guard
"""
"""The test network as a project of its own, with every plugin that a site has."""


def copy_netz(folder: Path) -> Path:
    """Copy the test network below ``folder`` and return its content folder."""
    return Path(shutil.copytree(NETZ, folder / "content"))


def make_project(folder: Path) -> Path:
    """Make a project with the test network in a folder, and return the folder."""
    copy_netz(folder)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    return folder


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


def render_page(url: str, content: Path = NETZ, today: dt.date = TODAY, **settings: Any) -> str:
    """The finished page of a content folder at an address."""
    site = Site(Settings("Testnetz", "https://example.org/", content, TEMPLATES, today, **settings))
    draft = next(draft for draft in site.drafts if draft.url == url)
    return Renderer(site).render(draft).html


def git(folder: Path, *arguments: str, day: str = "2026-01-15") -> None:
    """Run git as an invented person on a fixed day."""
    moment = f"{day}T12:00:00+00:00"
    names = ("-c", "user.name=Testdaten", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always")
    environment = {**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    subprocess.run(["git", *names, "-C", str(folder), *arguments], check=True, capture_output=True, env=environment)
