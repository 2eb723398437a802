"""Runs of MkDocs one after the other: nothing to do, a changed file, a folder touched by hand."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import make_project
from test_incremental import edit

ROOT = Path(__file__).parents[1]
RUNS = int(os.environ.get("EDITS", "6"))
"""EDITS=200 is the long run; each edit is built twice."""
STAYS = "Nichts hat sich geändert"


@dataclass
class Project:
    """A project with the test network, built by the command that everybody has."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> Project:
        return cls(make_project(folder))

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def build(self, engine: str = "mkdocs") -> str:
        done = self.try_to_build("--strict", "--verbose", engine=engine)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stderr

    def try_to_build(self, *options: str, engine: str = "mkdocs") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", engine, "build", *options, "--config-file", "mkdocs.yml"]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, env=environment)

    def clean_build(self) -> dict[str, bytes]:
        """What a build without anything from earlier ones gives, elsewhere."""
        other = Project(self.folder.with_name(f"{self.folder.name}-neu"))
        shutil.copytree(self.folder, other.folder, ignore=shutil.ignore_patterns("site", ".cache", "dist"))
        other.build()
        return other.files()

    def files(self) -> dict[str, bytes]:
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in sorted(self.site.rglob("*")) if path.is_file()}

    def server_files(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in (self.folder / "dist" / "server").iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.make(tmp_path_factory.mktemp("lauf") / "p")
    project.build()
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy of the built project, with the times of its files."""
    return Project(Path(shutil.copytree(built.folder, tmp_path / "p")))


def test_an_unchanged_project_is_left_alone(project: Project) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.site.rglob("*.html")}
    shutil.rmtree(project.folder / "dist")
    assert STAYS in project.build()
    assert {path: path.stat().st_mtime_ns for path in project.site.rglob("*.html")} == before
    assert (project.folder / "dist" / "server").is_dir()


def test_properdocs_builds_the_same_bytes(project: Project) -> None:
    before = project.files()
    for name in ("site", ".cache", "dist"):
        shutil.rmtree(project.folder / name)
    assert STAYS not in project.build("properdocs")
    assert project.files() == before


def test_a_changed_entry_gives_what_a_clean_build_gives(project: Project) -> None:
    entry = min((project.folder / "content" / "beispiele").glob("*.md"))
    entry.write_text(entry.read_text(encoding="utf-8") + "\nEin weiterer Satz (Testdaten).\n", encoding="utf-8")
    times = {path: path.stat().st_mtime_ns for path in project.site.rglob("index.html")}
    assert STAYS not in project.build()
    assert project.files() == project.clean_build()
    same = [path for path, time in times.items() if path.exists() and path.stat().st_mtime_ns == time]
    assert len(same) > len(times) / 2


def test_a_deleted_entry_leaves_nothing_behind(project: Project) -> None:
    (project.folder / "content" / "mitmachen" / "neu.md").write_text("---\ntitel: Neue Seite (Testdaten)\nkurz: Testdaten.\n---\n\nText.\n", encoding="utf-8")
    project.build()
    assert (project.site / "mitmachen" / "neu" / "index.html").is_file()
    (project.folder / "content" / "mitmachen" / "neu.md").unlink()
    project.build()
    assert not (project.site / "mitmachen" / "neu").exists()
    assert project.files() == project.clean_build()


@pytest.mark.parametrize("damage", ["changed", "missing", "added"])
def test_a_touched_folder_is_put_right(project: Project, damage: str) -> None:
    before = project.files()
    page = project.site / "index.html"
    {"changed": lambda: page.write_text("von Hand"), "missing": page.unlink, "added": lambda: (project.site / "x.html").write_text("x")}[damage]()
    assert STAYS not in project.build()
    assert project.files() == before


@pytest.mark.parametrize("first", [True, False])
def test_what_others_write_into_the_folder_is_inspected_as_well(project: Project, *, first: bool) -> None:
    (project.folder / "haken.py").write_text(
        "from pathlib import Path\n\n\ndef on_post_build(config):\n    Path(config.site_dir, 'fremd.html').write_text('<a href=\"fehlt/\">Testdaten</a>')\n",
        encoding="utf-8",
    )
    configuration = project.folder / "mkdocs.yml"
    configuration.write_text(f"{configuration.read_text(encoding='utf-8')}\nhooks: [haken.py]\n", encoding="utf-8")
    if first:
        shutil.rmtree(project.folder / ".cache")
    done = project.try_to_build()
    assert done.returncode != 0
    assert "site/fremd.html:1" in done.stderr
    assert "KS605" in done.stderr


def test_another_version_of_a_template_builds_anew(project: Project) -> None:
    shutil.copytree(ROOT / "overrides", project.folder / "overrides")
    configuration = project.folder / "mkdocs.yml"
    configuration.write_text(configuration.read_text(encoding="utf-8").replace(str(ROOT / "overrides"), "overrides"), encoding="utf-8")
    project.build()
    assert STAYS in project.build()
    footer = project.folder / "overrides" / "partials" / "footer.html"
    footer.write_text(footer.read_text(encoding="utf-8").replace("</footer>", "<p>Testdaten</p></footer>"), encoding="utf-8")
    assert STAYS not in project.build()
    assert "<p>Testdaten</p>" in (project.site / "index.html").read_text(encoding="utf-8")


def test_a_failed_build_keeps_the_last_good_folder(project: Project) -> None:
    before = project.files()
    broken = min((project.folder / "content" / "beispiele").glob("*.md"))
    broken.write_text("kaputt (Testdaten)", encoding="utf-8")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=project.folder, capture_output=True, check=False, env=environment)
    assert done.returncode
    assert project.files() == before


def test_random_edits_give_the_folder_of_a_clean_build(project: Project) -> None:
    """Pages, data, search and server files; faults stop both builds alike."""
    rng = random.Random(20261129)
    for number in range(RUNS):
        edit(rng, project.folder / "content", number)
        fresh = Project(project.folder.with_name(f"neu-{number}"))
        shutil.copytree(project.folder, fresh.folder, ignore=shutil.ignore_patterns("site", ".cache", "dist"))
        kept, clean = project.try_to_build(), fresh.try_to_build()
        assert kept.returncode == clean.returncode, (number, kept.stderr[-2000:], clean.stderr[-2000:])
        if kept.returncode == 0:
            assert project.files() == fresh.files(), number
            assert project.server_files() == fresh.server_files(), number
        shutil.rmtree(fresh.folder)
