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


@pytest.mark.parametrize("folder", sorted(path for path in VENDOR.iterdir() if path.is_dir()), ids=lambda path: path.name)
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
    assert {path.name for path in VENDOR.iterdir() if path.is_dir()} <= names
