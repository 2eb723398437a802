"""Entries that went away or were renamed: their old addresses still lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import copy_netz

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks.losses import check_losses
from kreislaufstadt.load import load_content

if TYPE_CHECKING:
    from pathlib import Path

SAID = "gibt es keinen Eintrag mehr: Die alte Adresse führt ins Leere."


@pytest.fixture
def before(tmp_path: Path) -> Catalog:
    return Catalog(load_content(copy_netz(tmp_path / "before")))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_netz(tmp_path / "after")


def find(before: Catalog, content: Path) -> list[str]:
    return [str(problem) for problem in check_losses(before, Catalog(load_content(content)))]


def test_unchanged_content_loses_nothing(before: Catalog, content: Path) -> None:
    assert find(before, content) == []


def test_a_deleted_entry_is_named_with_its_own_former_ids(before: Catalog, content: Path) -> None:
    (content / "beispiele" / "muster-leihladen.md").unlink()
    found = find(before, content)
    assert [line.partition(" gibt")[0] for line in found] == [
        "content/beispiele/muster-leihladen.md: Warnung KS420: Unter der früheren Kennung „muster-leihladen“",
        "content/beispiele/muster-leihladen.md: Warnung KS420: Unter der früheren Kennung „muster-verleih“",
    ]
    assert all(SAID in line and line.endswith("oder die Löschung im Vorschlag begründen.") for line in found)


def test_a_renamed_entry_is_told_where_the_old_id_belongs(before: Catalog, content: Path) -> None:
    path = content / "glossar" / "testwort.md"
    new = path.rename(path.with_name("neues-wort.md"))
    assert find(before, content) == [
        f"content/glossar/neues-wort.md:2:1: Warnung KS420: Unter der früheren Kennung „testwort“ {SAID} Bitte hier unter frueher: die Zeile „- testwort“ ergänzen."
    ]
    new.write_text(new.read_text("utf-8").replace("verlinken: nein", "verlinken: nein\nfrueher:\n  - testwort"), "utf-8")
    assert find(before, content) == []


def test_a_former_id_that_is_taken_out_again_is_missed(before: Catalog, content: Path) -> None:
    path = content / "beispiele" / "muster-leihladen.md"
    path.write_text(path.read_text("utf-8").replace("frueher:\n  - muster-verleih\n", ""), "utf-8")
    assert len(found := find(before, content)) == 1
    assert found[0].startswith("content/beispiele/muster-leihladen.md:2:1: Warnung KS420: Unter der früheren Kennung „muster-verleih“ ")


def test_a_broken_file_is_not_lost(before: Catalog, content: Path) -> None:
    (content / "glossar" / "testwort.md").write_text("---\ntitell: Testdaten\n---\n", "utf-8")
    assert find(before, content) == []
