"""Killed at any moment, on a full or read-only disk, two at once: the last good site remains, the next run recovers."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from test_commands import load

SCRIPT = Path(__file__).parent / "kill_swap.py"
FILES = 12
KILLS = 110
"""Per way of swapping; two ways, and forty more by the clock."""


def start_site(folder: Path) -> None:
    for name in range(FILES):
        path = folder / "site" / f"ordner-{name % 3}" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1", "utf-8")


def state(site: Path) -> str | None:
    """The generation that all files of a complete site have; nothing if there is no site."""
    if not site.exists():
        return None
    found = {path.read_text("utf-8") for path in site.rglob("*.html")}
    assert len(list(site.rglob("*.html"))) == FILES
    assert len(found) == 1
    return found.pop()


def run(folder: Path, at: int, mode: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-S", "-E", str(SCRIPT), str(folder), str(at), mode], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("mode", ["tausch", "paar"])
def test_killed_at_any_step_the_last_good_site_remains(mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap = load("swap", monkeypatch)
    whole = tmp_path / "whole"
    start_site(whole)
    steps = int(run(whole, 10**9, mode).stdout.split()[1])
    assert state(whole / "site") == "4"
    dice = random.Random(steps)
    kills = seen_gap = 0
    for number, at in enumerate(sorted(dice.sample(range(1, steps), KILLS))):
        folder = tmp_path / str(number)
        start_site(folder)
        kills += run(folder, at, mode).returncode == -9
        if mode == "tausch":
            assert state(folder / "site") in {"1", "2", "3", "4"}, at
        elif not (folder / "site").exists():
            seen_gap += 1
        swap.recover(folder / "site", folder / "work")
        assert state(folder / "site") in {"1", "2", "3", "4"}, at
        if number % 10 == 0:
            assert run(folder, 0, mode).returncode == 0
            assert state(folder / "site") == "4"
            assert list((folder / "work").iterdir()) == []
    assert kills == KILLS


def test_killed_by_the_clock_the_last_good_site_remains(tmp_path: Path) -> None:
    start_site(tmp_path)
    dice = random.Random(7)
    for _ in range(40):
        process = subprocess.Popen([sys.executable, "-S", "-E", str(SCRIPT), str(tmp_path), "0", "tausch"], stdout=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.02, 0.12))
        process.kill()
        process.wait()
        assert state(tmp_path / "site") in {"1", "2", "3", "4"}


def fake_build(build: object, monkeypatch: pytest.MonkeyPatch, work: Path, run_mkdocs: object) -> None:
    monkeypatch.setattr(build, "WORK", work)
    monkeypatch.setattr(build, "run_mkdocs", run_mkdocs)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_system_that_refuses_is_described_and_the_site_remains(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = load("build", monkeypatch)
    start_site(tmp_path)

    def refuse(fresh: Path) -> int:
        fresh.mkdir(exist_ok=True)
        raise OSError(number, os.strerror(number), str(fresh / "index.html"))

    fake_build(build, monkeypatch, tmp_path / "work", refuse)
    with pytest.raises(OSError, match=os.strerror(number)) as caught:
        build.build_site(tmp_path / "site")
    assert {errno.ENOSPC: "voll", errno.EROFS: "schreibgeschützt", errno.EACCES: "Schreibrechte"}[number] in build._describe(caught.value)
    assert state(tmp_path / "site") == "1"
    assert list((tmp_path / "work").iterdir()) == []


def test_really_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
        pytest.skip("a small disk needs root and mount")
    try:
        build = load("build", monkeypatch)
        start_site(disk)

        def fill(fresh: Path) -> int:
            fresh.mkdir(exist_ok=True)
            for number in range(1000):
                (fresh / f"{number}.html").write_bytes(b"x" * 4096)
            return 0

        fake_build(build, monkeypatch, disk / "work", fill)
        with pytest.raises(OSError, match="No space left"):
            build.build_site(disk / "site")
        assert state(disk / "site") == "1"
        assert list((disk / "work").iterdir()) == []
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(OSError, match="Read-only"):
            build.build_site(disk / "site")
        assert state(disk / "site") == "1"
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_two_builds_at_once_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = load("build", monkeypatch)
    environment = sys.modules["environment"]
    monkeypatch.setattr(environment, "WORK", tmp_path)
    start_site(tmp_path)
    inside: list[str] = []

    def slow(number: str) -> None:
        with environment.exclusive("build"):
            inside.append(number)
            assert len(inside) == 1

            def write(fresh: Path) -> int:
                for name in range(FILES):
                    path = fresh / f"ordner-{name % 3}" / f"{name}.html"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(number, "utf-8")
                    time.sleep(0.005)
                return 0

            monkeypatch.setattr(build, "run_mkdocs", write)
            assert build.build_site(tmp_path / "site") == 0
            inside.remove(number)

    monkeypatch.setattr(build, "WORK", tmp_path / "work")
    threads = [threading.Thread(target=slow, args=(str(number),)) for number in range(5, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state(tmp_path / "site") in {"5", "6", "7", "8"}


def test_new_folder_begins_with_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap = load("swap", monkeypatch)
    start_site(tmp_path)
    (tmp_path / "site" / "a").mkdir()
    (tmp_path / "site" / "a" / "b.html").write_text("b")
    (tmp_path / "site" / "a" / "b.html.gz").write_text("z")
    swap.link_copy(tmp_path / "site", tmp_path / "neu")
    names = {path.relative_to(tmp_path / "neu").as_posix() for path in (tmp_path / "neu").rglob("*") if path.is_file()}
    assert "a/b.html" in names
    assert "a/b.html.gz" not in names
    assert (tmp_path / "neu" / "a" / "b.html").samefile(tmp_path / "site" / "a" / "b.html")


def test_without_links_the_new_folder_begins_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap = load("swap", monkeypatch)
    start_site(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refuse)
    swap.link_copy(tmp_path / "site", tmp_path / "neu")
    assert not (tmp_path / "neu").exists()
