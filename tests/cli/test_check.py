"""The command ``check`` as an editor or a forge runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import NETZ, TESTS, copy_netz

from kreislaufstadt.cli import COMMANDS, build_parser, command_name, main

TODAY = ("--heute", "2026-06-01")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_netz(tmp_path)


def break_term(content: Path) -> Path:
    path = content / "glossar" / "testwort.md"
    path.write_text("---\ntitel: Testwort\nfarbe: rot\n---\n\n<b>Testdaten</b>\n", encoding="utf-8")
    return path


def test_sound_content_ends_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--inhalt", str(NETZ), *TODAY]) == 0
    assert capsys.readouterr().out == "0 Fehler, 0 Warnungen, 0 Hinweise\n"


def test_errors_end_with_one_and_are_told_with_place(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_term(content)
    assert main(["check", "--inhalt", str(content), *TODAY]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("content/glossar/testwort.md:3:1: Fehler KS202: ")
    assert out[-1] == "1 Fehler, 0 Warnungen, 0 Hinweise"


def test_warnings_fail_only_when_strict(content: Path) -> None:
    (content / "x.txt").write_text("Testdaten")
    assert main(["check", "--inhalt", str(content), *TODAY]) == 0
    assert main(["check", "--inhalt", str(content), *TODAY, "--streng"]) == 1


def test_what_only_time_has_brought_about_is_shown_and_fails_nothing(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", "--inhalt", str(content), "--streng"]
    assert main([*arguments, "--heute", "2036-06-01"]) == 0
    out = capsys.readouterr().out
    assert "content/kontakte/musterstadt-testamt.yml:18:14: Warnung KS402: Die Prüfung war am 10.01.2027 fällig." in out
    assert {line.split(": ")[1] for line in out.splitlines()[:-1]} == {"Warnung KS402"}
    (content / "x.txt").write_text("Testdaten")
    assert main([*arguments, "--heute", "2036-06-01"]) == 1


def test_hints_are_counted_but_shown_only_on_request(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / "beispiele" / "gau-plan.md"
    path.write_text(path.read_text(encoding="utf-8").replace("abgerufen: 2026-01-15", "abgerufen: 2026"), encoding="utf-8")
    assert main(["check", "--inhalt", str(content), *TODAY]) == 0
    assert capsys.readouterr().out == "0 Fehler, 0 Warnungen, 1 Hinweis\n"
    main(["check", "--inhalt", str(content), *TODAY, "--hinweise"])
    assert "KS411" in capsys.readouterr().out


def test_only_the_named_files_and_folders_are_shown(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = break_term(content)
    (content / "beispiele" / "gau-plan.md").write_bytes(b"")
    assert main(["check", "--inhalt", str(content), *TODAY, str(path)]) == 1
    assert "gau-plan" not in capsys.readouterr().out
    assert main(["check", "--inhalt", str(content), *TODAY, str(content / "kommunen")]) == 0
    assert main(["check", "--inhalt", str(content), *TODAY, str(content)]) == 1


def test_a_path_that_is_not_content_is_a_wrong_use_and_not_a_success(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--inhalt", str(content), str(content / "glossar" / "fehlt.md")]) == 2
    assert main(["check", "--inhalt", str(content), __file__]) == 2
    assert main(["check", "--inhalt", str(content / "fehlt")]) == 2
    assert "gibt es nicht" in capsys.readouterr().err


def test_machine_formats_go_to_stdout_and_the_count_to_stderr(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_term(content)
    main(["check", "--inhalt", str(content), *TODAY, "--format", "json"])
    out, err = capsys.readouterr()
    assert json.loads(out)[0]["code"] == "KS202"
    assert err.startswith("1 Fehler")


def test_every_command_explains_itself_in_german(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        name = command_name(command)
        with pytest.raises(SystemExit) as caught:
            build_parser().parse_args([name, "--help"])
        assert caught.value.code == 0
        assert len(capsys.readouterr().out) > 200


def test_our_own_bug_is_told_as_one_with_its_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: object) -> None:
        msg = "Testdaten"
        raise RuntimeError(msg)

    monkeypatch.setattr("kreislaufstadt.cli.check.load_content", fail)
    assert main(["check", "--inhalt", str(NETZ)]) == 3
    err = capsys.readouterr().err
    assert "RuntimeError: Testdaten" in err
    assert err.splitlines()[-1].startswith("kreislaufstadt: Fehler KS901: ")


def test_the_module_can_be_run() -> None:
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent / "plugins"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "kreislaufstadt.cli", "check", "--inhalt", str(NETZ), *TODAY]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    assert (result.returncode, result.stdout) == (0, "0 Fehler, 0 Warnungen, 0 Hinweise\n")
