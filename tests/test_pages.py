"""The content and its pages: every file has one, nothing else of content/ gets out, no address is taken twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support import NETZ

from kreislaufstadt.model.kinds import KINDS, Kind
from kreislaufstadt.pages import Draft, check_pages
from kreislaufstadt.site import NavItem, Settings, Site

CONTENT = Path(__file__).parents[1] / "content"
AT_LEAST = {"komponente": 6, "kommune": 44, "beispiel": 163, "meilenstein": 60, "indikator": 44, "rahmen": 33, "begriff": 60, "publikation": 5}
"""What the project promises to hold (README)."""


def names_of(kind: Kind) -> set[str]:
    """The files of a kind, counted on the disk and not by our reader."""
    return {path.stem for path in (CONTENT / kind.folder).iterdir() if path.suffix in {".md", ".yml"}} - {"index"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_content_file_has_its_page(kind: Kind, built_folder: Path) -> None:
    names = names_of(kind)
    assert len(names) >= AT_LEAST.get(kind.name, 1)
    assert {name for name in names if not (built_folder / kind.folder / name / "index.html").is_file()} == set()


def test_no_source_file_is_published(built_folder: Path) -> None:
    published = {path.relative_to(built_folder).as_posix() for path in built_folder.rglob("*") if path.is_file()}
    assert {name for name in published if name.endswith((".yml", ".yaml", ".po", ".py"))} == set()
    sources = {path.read_bytes() for path in CONTENT.rglob("*.md")}
    assert {name for name in published if name.endswith(".md") and (built_folder / name).read_bytes() in sources} == set()


def test_two_pages_at_one_address_are_named() -> None:
    drafts = [Draft("glossar/", title, "x.html", "Seite", source=f"content/{title}.md") for title in ("eins", "zwei")]
    assert [(str(problem.place), problem.code) for problem in check_pages(drafts)] == [("content/zwei.md", "KS501")]
    assert list(check_pages(drafts[:1])) == []


def test_a_navigation_that_leads_nowhere_is_named() -> None:
    rows = (NavItem("Beispiele", "beispiele/", (NavItem("Fehlt", "gibt-es-nicht/"),)),)
    site = Site(Settings("Testnetz", "https://example.org/", NETZ, (), dt.date(2026, 6, 1), navigation=rows))
    assert [(problem.code, "gibt-es-nicht/" in problem.message) for problem in site.problems if problem.code.startswith("KS5")] == [("KS502", True)]
