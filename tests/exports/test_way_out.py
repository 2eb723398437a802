"""All pages as plain Markdown: stock MkDocs and Zensical build them without our plugins, addresses unchanged."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from exports.support_exports import BASE, NETZ, netz_build

from kreislaufstadt.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported Markdown with its configuration."""
    root = tmp_path_factory.mktemp("ausweg")
    configuration = root / "quelle.yml"
    configuration.write_text(f"site_name: Testnetz (Testdaten)\nsite_url: {BASE}\n", encoding="utf-8")
    arguments = ["export", "--nur-markdown", "--to", str(root / "neu"), "--inhalt", str(NETZ), "--konfiguration", str(configuration), "--heute", "2026-06-01"]
    assert main(arguments) == 0
    return root / "neu"


def run(program: str, project: Path, *extra: str) -> Path:
    """Build the exported site with another generator."""
    finished = subprocess.run([sys.executable, "-m", program, "build", *extra], cwd=project, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "WARNING" not in finished.stderr
    return project / "site"


@pytest.mark.parametrize(("program", "extra"), [("mkdocs", ["--strict", "--theme", "mkdocs"]), ("zensical", ["--clean"])])
def test_another_generator_builds_every_page_at_its_address(project: Path, program: str, extra: list[str]) -> None:
    pytest.importorskip(program)
    site = run(program, project, *extra)
    for draft in netz_build().site.drafts:
        if draft.listed:
            html = (site / draft.file).read_text(encoding="utf-8")
            title = draft.title.replace("&", "&amp;")
            assert re.search(rf"<h1[^>]*>\s*{re.escape(title)}", html), draft.url
    html = (site / "beispiele/muster-leihladen/index.html").read_text(encoding="utf-8")
    assert 'href="../../kommunen/musterstadt/"' in html
    assert "<table>" in html and "mehr als 60" in html
    assert (site / "bilder/testbild.svg").is_file()
