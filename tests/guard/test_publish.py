"""Publishing: only what changed, pages last, drafts and foreign folders refused; compressed copies always the same."""

from __future__ import annotations

import gzip
import json
import shutil
from typing import TYPE_CHECKING

import brotli
import pytest
from guard.small_site import change, write_site
from test_commands import load

from kreislaufstadt.guard.compress import compress_site

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    script = load("publish", monkeypatch)
    monkeypatch.setattr(script, "SITE", write_site(tmp_path / "site"))
    (tmp_path / "site" / "_headers").write_text("/*\n", "utf-8")
    return script


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_dry_run_lists_and_writes_nothing(publish: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish.main([str(tmp_path / "ziel"), "--trocken"]) == 0
    assert not (tmp_path / "ziel").exists()
    lines = capsys.readouterr().out.splitlines()
    assert "+ index.html" in lines
    assert lines[-2:] == [f"{len(names(tmp_path / 'site'))} neu, 0 geändert, 0 entfernt", "Nur geprüft, nichts geändert."]


def test_only_changed_files_are_written(publish: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site, target = tmp_path / "site", tmp_path / "ziel"
    assert publish.main([str(target)]) == 0
    before = {name: (target / name).stat().st_mtime_ns for name in names(target)}
    change(site, "zwei/index.html", "Ein Absatz", "Ein anderer Absatz")
    (site / "zwei" / "drei" / "index.html").unlink()
    (site / "neu.html").write_text("neu", "utf-8")
    capsys.readouterr()
    assert publish.main([str(target)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "+ neu.html", "~ zwei/index.html", "- zwei/drei/index.html", "1 neu, 1 geändert, 1 entfernt", "Fertig.",
    ]  # fmt: skip
    assert names(target) == names(site)
    assert not (target / "zwei" / "drei").exists()
    assert {name for name in before if (target / name).exists() and (target / name).stat().st_mtime_ns != before[name]} == {"zwei/index.html"}


def publish_data(site: Path, title: str) -> None:
    """Put a bundle with one term into the site (test data)."""
    bundle = {"format": "kreislaufstadt-bestand/1", "name": "Testnetz", "quelle": "https://testnetz.example/", "lizenz": "CC-BY-4.0", "stand": "2026-06-01"}
    (site / "daten" / "v1").mkdir(parents=True, exist_ok=True)
    content = {**bundle, "eintraege": {"begriff": [{"id": "testwort", "titel": title}]}, "listen": {}}
    (site / "daten/v1/bestand.json").write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize("far", [False, pytest.param(True, marks=pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is missing: apt-get install rsync"))])
def test_each_publication_adds_to_the_changelog_of_the_data(publish: ModuleType, tmp_path: Path, far: bool) -> None:
    site, target = tmp_path / "site", tmp_path / "ziel"

    def again(title: str) -> list[str]:
        publish_data(site, title)
        assert (publish.rsync(site, f"{target}/", dry=False) if far else publish.main([str(target)])) == 0
        file = target / "daten/v1/aenderungen.json"
        releases = json.loads(file.read_bytes())["fassungen"] if file.is_file() else []
        return [row["felder"][0]["neu"] for release in releases for row in release["aenderungen"]]

    assert again("Eins") == []
    assert not (target / "daten/v1/aenderungen.md").exists()
    assert again("Zwei") == ["Zwei"]
    assert again("Zwei") == ["Zwei"]
    assert again("Drei") == ["Drei", "Zwei"]
    assert "- geändert: Drei (`testwort`), Felder: `titel`" in (target / "daten/v1/aenderungen.md").read_text("utf-8")
    assert not list(tmp_path.rglob(".aenderungen*"))


def test_pages_come_after_what_they_ask_for(publish: ModuleType, tmp_path: Path) -> None:
    order = publish.compare(tmp_path / "site", tmp_path / "ziel").new
    assert [name for name in order if name.endswith(".html")] == order[-4:]


def test_draft_is_refused(publish: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(tmp_path / "site", "index.html", "Ein Absatz", "Entwurf ohne Betreiber")
    assert publish.main([str(tmp_path / "ziel")]) == 2
    assert "betreiber.yml" in capsys.readouterr().out
    assert publish.main([str(tmp_path / "ziel"), "--entwurf"]) == 0


def test_half_a_site_is_refused(publish: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site" / "404.html").unlink()
    assert publish.main([str(tmp_path / "ziel")]) == 2
    assert "404.html" in capsys.readouterr().out


def test_foreign_folder_is_refused(publish: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "ziel"
    target.mkdir()
    (target / "brief.txt").write_text("wichtig", "utf-8")
    assert publish.main([str(target)]) == 2
    assert names(target) == ["brief.txt"]
    assert publish.main([str(tmp_path)]) == 2
    assert publish.main([str(tmp_path / "site" / "x")]) == 2


def test_full_target_keeps_its_files(publish: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "ziel"
    assert publish.main([str(target)]) == 0
    change(tmp_path / "site", "assets/stil.css", "#111", "#222")
    before = (target / "assets" / "stil.css").read_bytes()

    def full(_source: Path, waiting: Path) -> None:
        waiting.write_text("halb", "utf-8")
        raise OSError(28, "No space left on device", str(waiting))

    monkeypatch.setattr(publish.shutil, "copyfile", full)
    assert publish.main([str(target)]) == 1
    assert "No space left" in capsys.readouterr().out
    assert (target / "assets" / "stil.css").read_bytes() == before
    assert not list(target.rglob(".*"))


def test_copies_hold_the_same_and_are_always_the_same(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    assert compress_site(site) >= 4
    first = {name: (site / name).read_bytes() for name in names(site)}
    page = first["index.html"]
    assert gzip.decompress(first["index.html.gz"]) == page
    assert brotli.decompress(first["index.html.br"]) == page
    assert first["index.html.gz"][4:8] == bytes(4)
    compress_site(site)
    assert {name: (site / name).read_bytes() for name in names(site)} == first


def test_copies_of_unchanged_files_are_taken_over(tmp_path: Path) -> None:
    last, site = write_site(tmp_path / "last"), write_site(tmp_path / "site")
    compress_site(last)
    (last / "index.html.gz").write_bytes(b"kept")
    change(site, "zwei/index.html", "Ein Absatz", "Ein anderer Absatz")
    compress_site(site, last)
    assert (site / "index.html.gz").read_bytes() == b"kept"
    assert gzip.decompress((site / "zwei" / "index.html.gz").read_bytes()) == (site / "zwei" / "index.html").read_bytes()


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is missing: apt-get install rsync")
def test_rsync_transfers_only_what_changed(publish: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    site, target = tmp_path / "site", tmp_path / "ziel"
    assert publish.rsync(site, f"{target}/", dry=True) == 0
    assert not target.exists()
    assert publish.rsync(site, f"{target}/", dry=False) == 0
    assert {name: (target / name).read_bytes() for name in names(target)} == {name: (site / name).read_bytes() for name in names(site)}
    capfd.readouterr()
    change(site, "zwei/index.html", "<title>", "<title>Neu ")
    (target / "alt.html").write_text("weg damit")
    (site / "index.html").touch()
    assert publish.rsync(site, f"{target}/", dry=False) == 0
    lines = [line for line in capfd.readouterr().out.splitlines() if line.startswith((">f", "*deleting"))]
    assert [line.split()[-1] for line in lines] == ["zwei/index.html", "alt.html"]
    assert names(target) == names(site)


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is missing: apt-get install rsync")
def test_rsync_deletes_nothing_in_a_foreign_folder(publish: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "ziel"
    target.mkdir()
    publish.check_far_folder(f"{target}/")
    publish.check_far_folder(f"{target}/fehlt/")
    (target / "brief an alle.txt").write_text("wichtig", "utf-8")
    with pytest.raises(publish.RefusedError, match="nicht leer"):
        publish.rsync(tmp_path / "site", f"{target}/", dry=False)
    assert names(target) == ["brief an alle.txt"]
