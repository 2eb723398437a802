"""The command ``new``: right place, right id, today's date, no overwriting."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from support import as_lines, copy_netz, find_problems

from kreislaufstadt.cli import main
from kreislaufstadt.model.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = ("--feld", "quelle.url=https://www.example.org/neu", "--feld", "quelle.titel=Quelle (Testdaten)", "--feld", "quelle.herausgeber=Testnetz")
CASE = ("new", "beispiel", "--titel", "Gläserne Werkstatt: Testdaten", "--feld", "kommune=musterstadt", "--feld", "status=laufend", *SOURCE)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_netz(tmp_path)


def test_a_new_example_passes_the_check_once_its_text_is_written(content: Path) -> None:
    assert main([*CASE, "--inhalt", str(content), "--heute", "2026-06-01"]) == 0
    path = content / "beispiele" / "glaeserne-werkstatt-testdaten.md"
    assert [problem.code for problem in find_problems(content)] == ["KS203"]
    text = path.read_text(encoding="utf-8")
    assert "abgerufen: 2026-06-01" in text
    path.write_text(text.replace("Hier beginnt der Text.", "Eine erfundene Werkstatt."), encoding="utf-8")
    assert as_lines(find_problems(content)) == ""


def test_nothing_is_overwritten(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [*CASE, "--inhalt", str(content)]
    assert main(command) == 0
    assert main(command) == 2
    assert "gibt es schon" in capsys.readouterr().err


def test_missing_answers_are_named_when_nobody_can_be_asked(content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["new", "begriff", "--inhalt", str(content)]) == 2
    assert "titel" in capsys.readouterr().err


def test_questions_are_repeated_until_the_answer_is_possible(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["Neues Amt (Testdaten)", "", "behörde", "funktion", "Auskunft", "musterstadt", "Testen", "https://www.example.org/neu", "Quelle", "Testnetz"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert main(["new", "kontakt", "--inhalt", str(content), "--heute", "2026-06-01"]) == 0
    assert "KS409" in as_lines(find_problems(content))
    assert next(answers, None) is None


def test_a_wrong_id_gets_a_better_one(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "begriff", "--titel", "Wort", "--kennung", "Neues Wort", "--inhalt", str(content)]) == 2
    assert "neues-wort" in capsys.readouterr().err


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_templates_are_shown_without_writing(kind: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(content.rglob("*"))
    assert main(["new", kind, "--vorlage", "--inhalt", str(content)]) == 0
    assert "titel: Hier eintragen" in capsys.readouterr().out
    assert sorted(content.rglob("*")) == before


def test_no_network_is_opened(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert main([*CASE, "--inhalt", str(content)]) == 0
