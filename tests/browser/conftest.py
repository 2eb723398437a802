"""One built site for all browser tests.

The site is built once per session into a temporary folder and served on the
loopback interface. ``KREISLAUFSTADT_SITE`` names a finished site to test
instead, ``CHROME_PATH`` the browser to use.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_support import ROOT, samples_of, serve
from visit_support import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the built site; parallel workers share one build."""
    given = os.environ.get("KREISLAUFSTADT_SITE")
    if given:
        return Path(given)
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "site"
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.fail(f"The site cannot be built:\n{done.stdout}{done.stderr}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The name of the parallel worker, ``master`` without any."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "master"))


@pytest.fixture(scope="session")
def site_url(site_folder: Path) -> Iterator[str]:
    """The address of the served site, ending in a slash."""
    with serve(site_folder) as address:
        yield address


@pytest.fixture(scope="session")
def samples(site_folder: Path) -> Mapping[str, str]:
    """For each template the address of the page with most content that it renders."""
    return samples_of(site_folder)


@pytest.fixture(params=[1280, 375])
def visit(request: pytest.FixtureRequest, browser: Browser, site_url: str, tmp_path: Path) -> Iterator[Visit]:
    """A visit to the site, on a wide and on a narrow screen; nothing may be asked for elsewhere."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, accept_downloads=True, reduced_motion="reduce")
    found = Visit(context.new_page(), site_url, tmp_path)
    yield found
    context.close()
    assert found.foreign == []
