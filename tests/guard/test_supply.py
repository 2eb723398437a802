"""What the project takes from others: listed, licensed, and the same bytes as when it was looked at."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_commands import load

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "overrides" / "assets" / "vendor"
EDITOR = ROOT / "overrides" / "admin"
FOLDERS = sorted(path for folder in (VENDOR, EDITOR) for path in folder.iterdir() if path.is_dir())
"""Every part that others wrote: of the pages, and of the editor in the browser."""

_ROW = re.compile(r"^\| (\S+) \| `([0-9a-f]{64})` \|$", re.MULTILINE)
_CODE = {".js", ".mjs", ".css", ".wasm", ".woff2"}


def faults(folder: Path) -> list[str]:
    """What is wrong with a folder of browser code that others wrote."""
    readme = folder / "README.md"
    if not readme.is_file():
        return [f"{folder.name}: README.md fehlt"]
    listed = dict(_ROW.findall(readme.read_text("utf-8")))
    found = [] if list(folder.glob("LICENSE*")) else [f"{folder.name}: Lizenztext fehlt"]
    for path in sorted(folder.rglob("*")):
        if path.suffix in _CODE:
            name = path.relative_to(folder).as_posix()
            if listed.get(name) != hashlib.sha256(path.read_bytes()).hexdigest():
                found.append(f"{folder.name}/{name}: Prüfsumme fehlt oder ist anders")
    return found


def npm_name(folder: Path) -> str:
    """The name that the README of a part begins with."""
    return (folder / "README.md").read_text("utf-8").split()[1]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_browser_code_of_others_is_what_it_was(folder: Path) -> None:
    assert faults(folder) == []


def test_changed_or_unlisted_code_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "teil"
    folder.mkdir()
    assert faults(folder) == ["teil: README.md fehlt"]
    (folder / "teil.js").write_text("1", "utf-8")
    (folder / "README.md").write_text(f"# teil 1\n\n| teil.js | `{hashlib.sha256(b'1').hexdigest()}` |\n", "utf-8")
    assert faults(folder) == ["teil: Lizenztext fehlt"]
    (folder / "LICENSE.txt").write_text("MIT", "utf-8")
    assert faults(folder) == []
    (folder / "teil.js").write_text("2", "utf-8")
    (folder / "mehr.js").write_text("3", "utf-8")
    assert faults(folder) == ["teil/mehr.js: Prüfsumme fehlt oder ist anders", "teil/teil.js: Prüfsumme fehlt oder ist anders"]


def test_every_file_has_a_licence() -> None:
    done = subprocess.run([sys.executable, "-m", "reuse", "lint"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_list_of_parts_names_every_locked_package_and_vendored_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sbom = load("sbom", monkeypatch)
    monkeypatch.setattr(sbom, "prepare", lambda *_locks, **_options: None)
    monkeypatch.setattr(sbom, "python_path", lambda: Path(sys.executable))
    assert sbom.main(["--nach", str(tmp_path / "a.json")]) == 0
    assert sbom.main(["--nach", str(tmp_path / "b.json")]) == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    document = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert document["bomFormat"] == "CycloneDX"
    names = {component["name"].lower().replace("_", "-") for component in document["components"]}
    locked = set(re.findall(r"(?m)^([a-z0-9._-]+)==", (ROOT / "requirements" / "site.txt").read_text("utf-8")))
    assert locked - names == set()
    assert {npm_name(folder).lower() for folder in FOLDERS} <= names
    editor = next(part for part in document["components"] if part["name"] == "@sveltia/cms")
    assert editor["purl"].startswith("pkg:npm/%40sveltia/cms@")
    assert [row["license"]["id"] for row in editor["licenses"]] == ["MIT", "OFL-1.1"]
    assert len(editor["hashes"]) == len([path for path in (EDITOR / "sveltia").rglob("*") if path.is_file() and path.name != "README.md"])


def test_list_of_parts_and_fetching_script_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    editor = load("vendor_editor", monkeypatch)
    for package in editor.PACKAGES:
        assert (EDITOR / package.folder / "README.md").read_text("utf-8") == editor.describe(package)


def test_page_of_licences_names_every_part() -> None:
    page = (ROOT / "content" / "projekt" / "lizenzen.md").read_text("utf-8").lower()
    assert [npm_name(folder) for folder in FOLDERS if npm_name(folder).lower() not in page] == []
