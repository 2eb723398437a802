"""Shared by all tests: golden files that only an explicit command may change, and one browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_support import ARGUMENTS, find_browser
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]

# How long an example takes says something about the machine, not about the code.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
expect.set_options(timeout=20_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that accepts the present output as the expected one."""
    parser.addoption("--akzeptieren", action="store_true", help="write what the golden tests see as expected output")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """A function that compares a text with a golden file, or with ``--akzeptieren`` writes it."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--akzeptieren"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        expected = path.read_text(encoding="utf-8") if path.exists() else "(fehlt)\n"
        if text != expected:
            shown = path.relative_to(ROOT).as_posix()
            command = f"python3 scripts/accept.py '{request.node.nodeid}'"
            pytest.fail(f"{shown} differs.\n--- expected\n{expected}\n--- found\n{text}\nIf the found text is right: {command}", pytrace=False)

    return compare


@pytest.fixture(scope="session")
def built_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site built from content/: the folder named by KREISLAUFSTADT_SITE, or a build of its own."""
    given = os.environ.get("KREISLAUFSTADT_SITE")
    if given:
        return Path(given)
    folder = tmp_path_factory.mktemp("site") / "site"
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium of the system."""
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium found; set CHROME_PATH")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield found
        found.close()
