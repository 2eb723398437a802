"""The commands that README and CONTRIBUTING name exist, and the scripts keep their promises."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load a script as a module, with its folder in reach as when it is started."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    for known in ("environment", "build", "serve", "test"):
        monkeypatch.delitem(sys.modules, known, raising=False)
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


def commands() -> list[str]:
    """Every call of a script or of our command in the documents, with its sub-command."""
    text = "".join(path.read_text("utf-8") for path in DOCUMENTS)
    calls = set(re.findall(r"python3 scripts/\w+\.py", text))
    calls |= set(re.findall(r"\.venv/bin/(kreislaufstadt(?: [a-z-]+)?)", text))
    return sorted(calls)


@pytest.mark.parametrize("call", commands())
def test_documented_command_answers(call: str) -> None:
    words = call.split()
    start = [sys.executable, "-m", "kreislaufstadt.cli"] if words[0] == "kreislaufstadt" else [sys.executable, words[1]]
    rest = words[1:] if words[0] == "kreislaufstadt" else words[2:]
    done = subprocess.run([*start, *rest, "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_documented_paths_exist() -> None:
    for document in DOCUMENTS:
        targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text("utf-8"))
        assert [target for target in targets if not (ROOT / target).exists()] == []


def test_stamp_changes_with_lock_version_and_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = load("environment", monkeypatch)
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1\n", "utf-8")
    first = environment.stamp_of("lock.txt", root=tmp_path, version="3.11.7")
    assert environment.stamp_of("lock.txt", root=tmp_path, version="3.11.7") == first
    assert environment.stamp_of("lock.txt", root=tmp_path, version="3.12.0") != first
    lock.write_text("a==2\n", "utf-8")
    assert environment.stamp_of("lock.txt", root=tmp_path, version="3.11.7") != first


def test_environment_of_programs_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = load("environment", monkeypatch)
    monkeypatch.setenv("HOME", "")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PIP_TARGET", "/nowhere")
    variables = environment.child_environment({"EXTRA": "1"})
    assert not {"HOME", "PYTHONPATH", "PIP_TARGET"} & set(variables)
    assert variables["EXTRA"] == "1"
    assert variables["PATH"].split(os.pathsep)[0] == str(environment.python_path().parent)


def test_missing_venv_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = load("environment", monkeypatch)
    monkeypatch.setattr(environment, "ENVIRONMENT", ROOT / ".build" / "nowhere")
    monkeypatch.setattr(environment, "_environment_version", lambda: "")
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda _name, **_more: None)
    with pytest.raises(environment.SetupError, match=r"apt-get install python3\.\d+-venv"):
        environment._make_environment()


def test_failed_build_keeps_last_good_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = load("build", monkeypatch)
    monkeypatch.setattr(build, "WORK", tmp_path / "work")
    site = tmp_path / "site"

    def write(text: str, code: int) -> int:
        def run(target: Path) -> int:
            target.mkdir(parents=True, exist_ok=True)
            (target / "index.html").unlink(missing_ok=True)  # a file is replaced, never changed in place
            (target / "index.html").write_text(text, "utf-8")
            return code

        monkeypatch.setattr(build, "run_mkdocs", run)
        return int(build.build_site(site))

    assert write("eins", 0) == 0
    assert write("zwei", 1) == 1
    assert (site / "index.html").read_text("utf-8") == "eins"
    assert write("drei", 0) == 0
    assert (site / "index.html").read_text("utf-8") == "drei"
    assert list((tmp_path / "work").iterdir()) == []


def test_interrupted_swap_is_repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = load("build", monkeypatch)
    monkeypatch.setattr(build, "WORK", tmp_path)
    (tmp_path / "site-alt").mkdir()
    (tmp_path / "site-alt" / "index.html").write_text("gut", "utf-8")
    monkeypatch.setattr(build, "run_mkdocs", lambda _target: 1)
    assert build.build_site(tmp_path / "site") == 1
    assert (tmp_path / "site" / "index.html").read_text("utf-8") == "gut"


def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    script = load("test", monkeypatch)
    monkeypatch.setattr(script, "find_browser", lambda: None)
    monkeypatch.setattr(script.shutil, "which", lambda _name, **_more: None)
    with pytest.raises(script.SetupError, match="apt-get install chromium poppler-utils"):
        script.ensure_programs()


def test_failed_step_fails_the_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    script = load("test", monkeypatch)
    monkeypatch.setattr(script, "prepare", lambda *_locks: None)
    monkeypatch.setattr(script, "ensure_programs", lambda: None)
    monkeypatch.setattr(script, "STEPS", (script.Step("stil", "Stil", lambda: 1), script.Step("typen", "Typen", lambda: 0)))
    monkeypatch.setattr(script, "run_pytest", lambda _arguments, failed: 0 if failed == ["Stil"] else 9)
    assert script.main([]) == 1
    assert script.main(["--nur", "typen"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 0 failed"
