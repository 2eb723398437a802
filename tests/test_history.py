"""When a page was last changed: from the whole history in git, or not said at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support import NETZ, TODAY, copy_netz, git

from kreislaufstadt.history import history_address, read_history
from kreislaufstadt.site import Settings, Site

TERM = "content/glossar/testwort.md"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "projekt"
    content = copy_netz(folder)
    (content / "glossar" / "größe.txt").write_text("Testdaten", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Testdaten")
    (folder / TERM).write_text((folder / TERM).read_text(encoding="utf-8") + "\nTestdaten.\n", encoding="utf-8")
    git(folder, "commit", "-q", "-a", "-m", "Testdaten", day="2026-03-20")
    return folder


def test_every_file_has_the_day_of_its_last_change(repository: Path) -> None:
    days = read_history(repository / "content")
    assert days[TERM] == dt.date(2026, 3, 20)
    assert days["content/betreiber.yml"] == dt.date(2026, 1, 15)
    assert "content/glossar/größe.txt" in days


def test_a_shallow_clone_and_a_plain_folder_say_nothing(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "flach")
    assert read_history(tmp_path / "flach" / "content") == {}
    assert read_history(copy_netz(tmp_path / "ohne-git")) == {}
    assert read_history(tmp_path / "fehlt") == {}


def test_pages_know_the_day_of_their_file() -> None:
    settings = Settings("Testnetz", "https://example.org/", NETZ, (), TODAY, changed={TERM: dt.date(2026, 3, 20)})
    days = {draft.url: draft.changed for draft in Site(settings).drafts}
    assert days["glossar/testwort/"] == dt.date(2026, 3, 20)
    assert days["glossar/testbegriff/"] is None
    assert "2026, 3, 20" not in repr(settings), "the day of one page must not make all others new"


@pytest.mark.parametrize(
    ("edit", "history"),
    [
        ("edit/main", "https://forge.example/a/b/commits/main/{path}"),
        ("-/edit/main", "https://forge.example/a/b/-/commits/main/{path}"),
        ("_edit/main", "https://forge.example/a/b/commits/branch/main/{path}"),
        ("blob/main", ""),
        ("", ""),
    ],
)
def test_the_history_of_a_page_is_found_from_its_editor(edit: str, history: str) -> None:
    assert history_address("https://forge.example/a/b", edit) == history
