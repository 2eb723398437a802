"""The preview as an editor has it open: pages are made when they are asked for, and follow each change."""

from __future__ import annotations

import dataclasses
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from exports.support_exports import make_settings
from support import make_project

from kreislaufstadt.build import Build
from kreislaufstadt.mkdocs_adapter.preview import Preview
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EXAMPLE = "beispiele/muster-leihladen/"
PATIENCE = 120.0
"""Seconds that a busy machine may take."""


@dataclass
class Server:
    """A running preview and its project."""

    folder: Path
    address: str

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode())

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def wait_for(self, path: str, holds: Callable[[str], bool]) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                page = self.get(path)
            except (urllib.error.URLError, ConnectionError):
                page = ""
            if page and holds(page):
                return page
            time.sleep(0.1)
        pytest.fail(f"{path} does not follow the change")

    @contextmanager
    def changed(self, file: str, text: str) -> Iterator[None]:
        """Let a file of the content say something else for a while; nothing takes it away."""
        path = self.folder / "content" / file
        before = path.read_text("utf-8") if path.exists() else None
        if text:
            path.write_text(text, "utf-8")
        else:
            path.unlink()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            if before is not None:
                path.write_text(before, "utf-8")


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = make_project(tmp_path_factory.mktemp("vorschau"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", request.param, "--dev-addr", f"127.0.0.1:{port}"]
    left_over = {"TMPDIR": str(folder), "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, cwd=folder, env={**os.environ, **left_over}) as process:
        found = Server(folder, f"http://127.0.0.1:{port}/")
        try:
            found.wait_for("", lambda page: "<main" in page)
            yield found
        finally:
            process.terminate()


both = pytest.mark.parametrize("server", ["--livereload", "--no-livereload"], indirect=True)
live = pytest.mark.parametrize("server", ["--livereload"], indirect=True)
"""Without reload nothing follows a change."""


@both
def test_pages_data_and_search_are_there_for_who_asks(server: Server) -> None:
    assert "Testdaten" in server.get(EXAMPLE)
    assert 'id="treffer"' in server.get("suche/")
    assert "daten/v1/bestand.json" in server.get("daten/").replace('href="v1/', 'href="daten/v1/')
    assert '"beispiele"' in server.get("daten/v1/bestand.json")
    assert server.get(f"{EXAMPLE}index.md").startswith("---")
    assert "<main" in server.get(EXAMPLE.rstrip("/")), "an address without its slash leads to the page"


@both
def test_what_is_not_there_is_the_error_page(server: Server) -> None:
    for path in ("gibt-es-nicht/", "gibt-es-nicht.html", "../mkdocs.yml", "suche/gibt-es-nicht.js", "daten/v1/fehlt.json"):
        assert server.status(path) == 404, path
    try:
        server.get("gibt-es-nicht/")
    except urllib.error.HTTPError as error:
        assert "<main" in error.read().decode()


@live
def test_a_page_follows_its_file(server: Server) -> None:
    text = (server.folder / "content" / f"{EXAMPLE.rstrip('/')}.md").read_text("utf-8")
    with server.changed(f"{EXAMPLE.rstrip('/')}.md", text + "\nEin neuer Satz der Testdaten.\n"):
        server.wait_for(EXAMPLE, lambda page: "Ein neuer Satz der Testdaten" in page)
        assert "Ein neuer Satz der Testdaten" in server.get(f"{EXAMPLE}index.md"), "what is made of all pages follows too"
    server.wait_for(EXAMPLE, lambda page: "Ein neuer Satz der Testdaten" not in page)


@live
def test_a_fault_is_shown_on_every_page_and_goes_with_its_cause(server: Server) -> None:
    file = f"{EXAMPLE.rstrip('/')}.md"
    text = (server.folder / "content" / file).read_text("utf-8")
    with server.changed(file, text.replace("titel:", "titel", 1)):
        server.wait_for("", lambda page: "Vorschau: 1 Fehler" in page)
        server.wait_for("vorschau/", lambda page: file in page)
    server.wait_for("", lambda page: "Vorschau: 1 Fehler" not in page)
    server.wait_for(EXAMPLE, lambda page: "<main" in page)


@live
def test_a_page_goes_with_its_file(server: Server) -> None:
    file = "glossar/testwort.md"
    server.wait_for("glossar/testwort/", lambda page: "<main" in page)
    with server.changed(file, ""):
        end = time.monotonic() + PATIENCE
        while server.status("glossar/testwort/") != 404:
            assert time.monotonic() < end
            time.sleep(0.2)
    server.wait_for("glossar/testwort/", lambda page: "<main" in page)


def test_what_all_pages_give_is_made_when_it_is_wanted_and_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def make() -> dict[str, Made]:
        asked.append("all")
        return {"suche/index.html": Made.of(b"Testdaten"), "daten/v1/bestand.json": Made.of(b"{}")}

    program = tmp_path / "assets" / "suche" / "start.js"
    program.parent.mkdir(parents=True)
    program.write_text("// Testdaten\n", "utf-8")
    preview = Preview()
    preview.begin(Build(dataclasses.replace(make_settings(), preview=True)), tmp_path, [make])
    for name in ("index.html", f"{EXAMPLE}index.html", "assets/suche/start.js", "favicon.ico", "opensearch.xml"):
        preview.ensure(name)
    assert asked == [], "no page loads what all pages give"
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")} == {"404.html", "index.html", f"{EXAMPLE}index.html"}
    preview.ensure("daten/v1/bestand.json")
    preview.ensure("suche/index.html")
    preview.ensure("daten/v1/fehlt.json")
    assert asked == ["all"]
    assert (tmp_path / "suche" / "index.html").read_bytes() == b"Testdaten"


def test_pages_made_one_by_one_are_those_of_a_whole_build() -> None:
    settings = dataclasses.replace(make_settings(), preview=True)
    whole, single = Build(settings), Build(settings)
    drafts = [draft for draft in single.site.drafts if not single.is_late(draft)]
    assert len(drafts) > 50
    assert {draft.url: single.preview_page(draft) for draft in drafts} == {draft.url: whole.pages[draft.url].html for draft in drafts}
    assert single.preview_late_pages() == {page.draft.file: page.html for page in whole.pages.values() if whole.is_late(page.draft)}
