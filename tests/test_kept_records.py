"""After an edit only the records of changed entries are written anew, and every file is as a clean build writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support import copy_netz
from test_incremental import settings

from kreislaufstadt.build import Build
from kreislaufstadt.exports import records
from kreislaufstadt.model.entries import Entry
from kreislaufstadt.site_folder import SiteFolder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic import BaseModel

EXAMPLE = "muster-leihladen"
OWN = f"daten/v1/beispiele/{EXAMPLE}.json"
LISTED = "daten/v1/beispiele.json"

_WRITE = records.write_record


class Project:
    """Content, cache and output folders; notes which records a build writes."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Begin with the content of the test network."""
        self.content = copy_netz(folder)
        self.cache, self.site = folder / "cache.sqlite", folder / "site"
        self.example = self.content / "beispiele" / f"{EXAMPLE}.md"
        self.written: list[str] = []
        monkeypatch.setattr(records, "write_record", self._note)

    def _note(self, value: BaseModel, extra: Mapping[str, object]) -> tuple[str, str]:
        if isinstance(value, Entry):
            self.written.append(value.id)
        return _WRITE(value, extra)

    def build(self, site: Path | None = None) -> list[str]:
        """Publish, compare with a clean build, and return the ids of the entries whose records were written."""
        self.written.clear()
        build = Build(settings(self.content, self.cache))
        build.folder = SiteFolder(site or self.site, build.cache)
        names = build.published.standing
        build.folder.complete()
        build.cache.close()
        found = sorted(self.written)
        clean = Build(settings(self.content, None)).published.files
        assert {path: ((site or self.site) / path).read_bytes() for path in names} == clean
        return found

    def edit(self, sentence: str) -> None:
        self.example.write_text(f"{self.example.read_text('utf-8')}\n{sentence}\n", encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path, monkeypatch)


def test_only_changed_records_are_written(project: Project) -> None:
    assert EXAMPLE in project.build()
    assert project.build() == []
    project.edit("Ein neuer Satz.")
    assert project.build() == [EXAMPLE]


def test_entries_come_and_go(project: Project) -> None:
    project.build()
    new = project.example.with_name("aaa-neu.md")
    new.write_text(re.sub(r"frueher:\n(  - .*\n)*", "", project.example.read_text("utf-8")).replace("titel: ", "titel: Neu ", 1), encoding="utf-8")
    assert project.build() == ["aaa-neu"]
    new.unlink()
    assert project.build() == []


@pytest.mark.parametrize("content", [None, b"{}"])
def test_a_file_that_is_gone_or_was_touched_is_made_anew(project: Project, content: bytes | None) -> None:
    all_records = project.build()
    for path in (OWN, LISTED):
        file = project.site / path
        file.unlink()
        if content:
            file.write_bytes(content)
        written = project.build()
        assert EXAMPLE in written
        assert len(written) < len(all_records)


def test_what_stands_in_another_folder_does_not_count(project: Project, tmp_path: Path) -> None:
    project.build()
    project.edit("Ein neuer Satz.")
    assert EXAMPLE in project.build(tmp_path / "anders")
    assert EXAMPLE in project.build()
