"""Renewed dates of checking: many at once need a note each; compared with a version in git."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import copy_netz, git

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks.renewals import MANY, check_renewals
from kreislaufstadt.cli import main
from kreislaufstadt.load import load_content
from kreislaufstadt.problems import CODES

TERM = "---\ntitel: Wort {number} (Testdaten)\ngeprueft:\n  datum: {date}\n  hinweis: {note}\n---\n\nTestdaten.\n"


def write_terms(content: Path, date: str, *, count: int = MANY, note: str = "Testdaten gelesen") -> Path:
    for number in range(count):
        text = TERM.format(number=number, date=date, note=note.format(number))
        (content / "glossar" / f"wort-{number}.md").write_text(text, encoding="utf-8")
    return content


def find(before: Path, after: Path) -> list[str]:
    return [str(problem) for problem in check_renewals(Catalog(load_content(before)), Catalog(load_content(after)))]


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return write_terms(copy_netz(tmp_path / "before"), "2026-01-15")


def test_many_renewed_dates_without_a_note_are_warned_of_one_by_one(before: Path, tmp_path: Path) -> None:
    after = write_terms(copy_netz(tmp_path / "after"), "2026-05-20")
    found = find(before, after)
    assert len(found) == MANY
    assert found[0].startswith(f"content/glossar/wort-0.md:4:10: {CODES['KS417'].severity} KS417: In {MANY} Einträgen ")


def test_a_note_of_its_own_or_a_changed_text_is_enough(before: Path, tmp_path: Path) -> None:
    assert find(before, write_terms(copy_netz(tmp_path / "noted"), "2026-05-20", note="Nummer {} gelesen")) == []


def test_few_renewed_dates_are_no_matter(before: Path, tmp_path: Path) -> None:
    after = write_terms(write_terms(copy_netz(tmp_path / "few"), "2026-01-15"), "2026-05-20", count=MANY - 1)
    assert find(before, after) == []


def test_new_entries_are_no_renewals(tmp_path: Path) -> None:
    assert find(copy_netz(tmp_path / "before"), write_terms(copy_netz(tmp_path / "after"), "2026-05-20")) == []


def test_the_command_compares_with_a_version_in_git(before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(before.parent, "init", "-q")
    git(before.parent, "add", ".")
    git(before.parent, "commit", "-q", "-m", "Testdaten")
    arguments = ["check", "--inhalt", str(before), "--heute", "2026-06-01", "--gegen"]
    assert main([*arguments, "HEAD"]) == 0
    assert "KS417" not in capsys.readouterr().out
    write_terms(before, "2026-05-20")
    assert main([*arguments, "HEAD"]) == 0
    assert main([*arguments, "HEAD", "--streng"]) == 1
    assert capsys.readouterr().out.count("KS417") == 2 * MANY


@pytest.mark.parametrize("name", ["gibt-es-nicht", "--help", ""])
def test_an_unknown_version_is_a_wrong_use(before: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    git(before.parent, "init", "-q")
    expected = 2 if name else 0
    assert main(["check", "--inhalt", str(before), "--heute", "2026-06-01", f"--gegen={name}"]) == expected
    assert ("kennt git hier nicht" in capsys.readouterr().err) is bool(name)
