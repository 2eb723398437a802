"""The offline copy: unpacked, opened from disk, every request to a net refused; pages, search, filters and tools work.

``KREISLAUFSTADT_OFFLINE`` names a finished archive to test instead of building one.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from browser_support import ROOT
from playwright.sync_api import expect

from kreislaufstadt.offline.pack import write_archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

DAY = dt.date(2026, 1, 2)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked folder of the copy."""
    folder = tmp_path_factory.mktemp("offline")
    archive = Path(os.environ.get("KREISLAUFSTADT_OFFLINE", folder / "kopie.zip"))
    if not archive.exists():
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--no-directory-urls", "--site-dir", str(folder / "gebaut")]
        apart = {"KREISLAUFSTADT_CACHE": ".cache/kreislaufstadt-offline.sqlite", "KREISLAUFSTADT_SERVER": str(folder / "server")}
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **apart}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        write_archive(folder / "gebaut", ROOT, archive, DAY)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "mit Leerzeichen und ü")
    return next((folder / "mit Leerzeichen und ü").iterdir())


class Watch:
    """What went wrong in a browser context: console errors, failed scripts, requests to a net."""

    def __init__(self, context: BrowserContext) -> None:
        """Refuse everything that is no file."""
        self.faults: list[str] = []
        context.route("**/*", self._decide)
        context.on("console", self._note)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("requestfailed", self._note_failure)

    def _decide(self, route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            self.faults.append(f"request to {route.request.url}")
            route.abort()

    def _note_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page was opened before the icon or the print style came
            self.faults.append(f"{request.url} {request.failure}")

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.type}: {message.text}")


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """One page for all tests of this file, and its faults."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    watch = Watch(context)
    yield context.new_page(), watch
    context.close()


@pytest.fixture
def page(watched: tuple[Page, Watch]) -> Iterator[Page]:
    """The page; whatever a test does on it must leave no fault."""
    page, watch = watched
    watch.faults.clear()
    yield page
    assert watch.faults == []


def test_readme_and_licences_lie_beside_the_start_page(copy: Path) -> None:
    text = (copy / "LIESMICH.txt").read_text("utf-8")
    assert "index.html" in text
    assert "Offline-Fassung" in text.splitlines()[0]
    assert {path.name for path in (copy / "LIZENZEN").iterdir()} >= {"LICENSE", "CC-BY-4.0.txt", "EUPL-1.2.txt"}
    assert not (copy / "404.html").exists()
    assert not (copy / "admin").exists()
    assert not list(copy.glob("_*"))


def test_every_script_of_every_page_is_classic_and_there(copy: Path) -> None:
    for path in copy.rglob("*.html"):
        text = path.read_text("utf-8")
        assert 'type="module"' not in text, path
        for address in re.findall(r'<script[^>]* src="([^"]+)"', text):
            assert (path.parent / address).is_file(), (path, address)


def test_ways_between_pages(page: Page, copy: Path) -> None:
    page.goto((copy / "index.html").as_uri())
    page.locator(".main-nav").get_by_role("link", name="Modell", exact=True).click()
    assert page.url == (copy / "modell" / "index.html").as_uri()
    page.locator("main a[href*='strategie/index.html']").first.click()
    assert page.url == (copy / "modell" / "strategie" / "index.html").as_uri()
    page.locator("a.brand").click()
    assert page.url == (copy / "index.html").as_uri()


def test_search_answers(page: Page, copy: Path) -> None:
    page.goto((copy / "modell" / "index.html").as_uri())
    page.locator("#suchfeld").fill("Reparaturbonus")
    page.keyboard.press("Enter")
    expect(page.locator("#treffer > li").first).to_be_visible()
    page.locator("#treffer > li h3 a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith(copy.as_uri())
    assert page.url.partition("#")[0].endswith("/index.html")


def test_catalogue_filters_and_draws_the_map(page: Page, copy: Path) -> None:
    page.goto((copy / "beispiele" / "index.html").as_uri())
    number = page.locator("#treffer-zahl strong")
    before = int(number.inner_text())
    page.locator(".facet input:not([disabled])").first.wait_for(state="attached")
    page.locator(".facet input:not([disabled])").first.evaluate("box => box.click()")
    expect(number).not_to_have_text(str(before))
    assert 0 < int(number.inner_text()) < before
    page.locator("[data-view='karte']").click()
    expect(page.locator("#treffer-karte svg").first).to_be_visible()


def test_comparison_shows_two_places_side_by_side(page: Page, copy: Path) -> None:
    page.goto(f"{(copy / 'kommunen' / 'vergleich' / 'index.html').as_uri()}?k=kiel&k=koeln")
    expect(page.locator("#vergleich-ergebnis table")).to_be_visible()
    assert page.locator("#vergleich-ergebnis thead th").count() == 2


def test_finder_of_offices_filters(page: Page, copy: Path) -> None:
    page.goto((copy / "kontakte" / "index.html").as_uri())
    before = page.locator("#finder-zahl").inner_text()
    page.locator("#finder-land").select_option("bayern")
    expect(page.locator("#finder-zahl")).not_to_have_text(before)


def test_marked_entries_become_a_council_paper(page: Page, copy: Path, tmp_path: Path) -> None:
    page.goto((copy / "beispiele" / "stuttgart-strategie-stoffstrom" / "index.html").as_uri())
    page.get_by_role("button", name="Auf die Merkliste").click()
    page.get_by_role("link", name="Merkliste öffnen (1)").click()
    expect(page.locator(".merk-eintrag")).to_have_count(1)
    with page.expect_download() as started:
        page.get_by_role("button", name="Word (.docx)", exact=True).click()
    started.value.save_as(tmp_path / "vorlage.docx")
    assert any("Stuttgart" in paragraph.text for paragraph in docx.Document(str(tmp_path / "vorlage.docx")).paragraphs)
    page.get_by_role("button", name="Liste löschen").click()
    expect(page.locator("#merkliste-leer")).to_be_visible()


def test_template_becomes_a_file_and_english_pages_open(page: Page, copy: Path, tmp_path: Path) -> None:
    page.goto((copy / "vorlagen" / "grundsatzbeschluss" / "index.html").as_uri())
    with page.expect_download() as started:
        page.get_by_role("button", name="Als Word-Datei (.docx)").click()
    started.value.save_as(tmp_path / "vorlage.docx")
    assert any("Rechtsstand" in paragraph.text for paragraph in docx.Document(str(tmp_path / "vorlage.docx")).paragraphs)
    page.goto((copy / "en" / "contacts" / "index.html").as_uri())
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_label("Place or office").fill("Braunschweig")
    expect(page.locator("#finder-zahl")).to_contain_text("offices")
    page.goto((copy / "beispiele" / "index.html").as_uri())
    page.get_by_role("button", name="Merken: ").first.click()
    expect(page.get_by_role("link", name="Merkliste öffnen (1)")).to_be_visible()


def test_self_check_finds_examples(page: Page, copy: Path) -> None:
    page.goto((copy / "werkzeuge" / "selbstcheck" / "index.html").as_uri())
    for level in page.locator("[data-aussage]").all()[:5]:
        level.locator("input").first.check()
    expect(page.locator("#check-schritte a[href*='beispiele']").first).to_be_visible()
    expect(page.locator("#check-profil svg")).to_be_visible()


def test_towns_figures_and_plan_work(page: Page, copy: Path) -> None:
    tools = copy / "werkzeuge"
    page.goto((tools / "staedte-wie-wir" / "index.html").as_uri() + "?land=bayern")
    page.locator("#staedte-ergebnis .card a").first.click()
    assert page.url.startswith((copy / "beispiele").as_uri())
    page.goto((tools / "kennzahlen" / "index.html").as_uri() + "?indikator=bioabfall-getrennt-pro-kopf")
    expect(page.locator("#kennzahlen-ergebnis svg")).to_be_visible()
    page.goto((tools / "aktionsplan" / "index.html").as_uri() + "#liste=beispiel:stuttgart-strategie-stoffstrom")
    expect(page.get_by_label("Maßnahme, Zeile 1")).to_have_value(re.compile("Stuttgart"))


def test_no_page_with_a_script_of_its_own_complains(page: Page, copy: Path) -> None:
    pages: dict[tuple[str, ...], Path] = {}
    for path in sorted(copy.rglob("*.html")):
        scripts = tuple(part.partition('"')[0].rpartition("../")[2] for part in path.read_text("utf-8").split('<script defer src="')[1:])
        pages.setdefault(scripts, path)
    assert len(pages) > 5
    for path in pages.values():
        page.goto(path.as_uri(), wait_until="load")


def test_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "assets" / "js").mkdir(parents=True)
    (site / "index.html").write_text('<title>Testdaten – Start</title><script type="module" src="assets/js/a.js"></script><p data-source="daten.json">', "utf-8")
    (site / "assets" / "js" / "a.js").write_text('import { b } from "./b.js";\nfetch(b);\n', "utf-8")
    (site / "assets" / "js" / "b.js").write_text('export const b = "daten.json";\n', "utf-8")
    (site / "daten.json").write_text('{"testdaten": "ü </script>"}', "utf-8")
    (site / "_headers").write_text("x", "utf-8")
    archives = [tmp_path / "eins" / "kopie.zip", tmp_path / "zwei" / "kopie.zip"]
    for archive in archives:
        write_archive(site, ROOT, archive, DAY)
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as packed:
        names = [name.removeprefix("kopie/") for name in packed.namelist() if "LIZENZEN" not in name]
        assert names == ["LIESMICH.txt", "assets/js/a.js", "daten.json", "daten.json.js", "index.html"]
        assert "Stand: 2.1.2026" in packed.read("kopie/LIESMICH.txt").decode()
