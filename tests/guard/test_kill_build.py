"""Whole builds killed at any moment: readers have the last good site, and the next run makes the new one."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_run import Project

ROOT = Path(__file__).parents[2]
# KREISLAUFSTADT_ALLES=1 is the long run.
KILLS = 60 if os.environ.get("KREISLAUFSTADT_ALLES") else 4
BUILD = "import sys; sys.path.insert(0, 'scripts'); import build; sys.exit(build.build_site(build.SITE))"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The test network with the project's own build script."""
    project = Project.make(tmp_path / "p")
    shutil.copytree(ROOT / "scripts", project.folder / "scripts")
    (project.folder / ".venv").symlink_to(sys.prefix)
    return project


def start(project: Project) -> subprocess.Popen[bytes]:
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1780272000"}
    command = [sys.executable, "-c", BUILD]
    return subprocess.Popen(command, cwd=project.folder, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def sums(project: Project) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in project.files().items()}


def test_killed_at_any_moment_the_last_good_site_remains(project: Project) -> None:
    dice = random.Random(11)
    entry = min((project.folder / "content" / "beispiele").glob("*.md"))
    text = entry.read_text(encoding="utf-8")
    assert start(project).wait() == 0
    good, early = sums(project), 0
    for number in range(KILLS):
        entry.write_text(f"{text}\nSatz {number} (Testdaten).\n", encoding="utf-8")
        process = start(project)
        time.sleep(dice.uniform(0.1, 2.5) if number else 0.1)  # the first one is killed for certain, however quick builds are
        os.killpg(process.pid, signal.SIGKILL)
        early += process.wait() != 0
        found = sums(project)
        assert start(project).wait() == 0
        new = sums(project)
        assert found in (good, new), number
        assert new != good
        good = new
    print(f"{KILLS} builds, {early} killed before their end")
    assert early
    assert list((project.folder / ".build").glob("site-*")) == []
