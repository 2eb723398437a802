"""Timeline, indicators and laws in a browser: filters of lists, the line for today, no scripts, on paper."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from browser_support import ROOT, find_violations, open_page
from playwright.sync_api import expect

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.load import load_content
from kreislaufstadt.model.entries import Framework, Indicator, Milestone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The project's own content."""
    return Catalog(load_content(ROOT / "content"))


def visible_entries(page: Page, box: str) -> int:
    """How many entries of the list can be seen."""
    return page.locator(f"#{box} li:is([data-filter-ebene], [data-filter-stufe]):visible").count()


def test_the_timeline_can_be_filtered_by_level_and_place(browser: Browser, site_url: str, catalog: Catalog) -> None:
    found = [entry for entry in catalog.entries("meilenstein") if isinstance(entry, Milestone)]
    with open_page(browser, f"{site_url}zeitstrahl/") as page:
        assert visible_entries(page, "zeitstrahl") == len(found)
        page.select_option("#wahl-ebene", "eu")
        assert visible_entries(page, "zeitstrahl") == sum(entry.level.value == "eu" for entry in found)
        assert page.url.endswith("?ebene=eu")
        assert page.inner_text(".list-filter-count") == f"{sum(entry.level.value == 'eu' for entry in found)} von {len(found)} Meilensteine"
        page.go_back()
        assert visible_entries(page, "zeitstrahl") == len(found)
        page.select_option("#wahl-kommune", "tuebingen")
        assert visible_entries(page, "zeitstrahl") == sum(entry.municipality == "tuebingen" for entry in found)
        assert find_violations(page) == []
        page.click(".list-filter button")
        expect(page.locator(".list-filter.is-filtered")).to_have_count(0)
        assert visible_entries(page, "zeitstrahl") == len(found)


def test_the_line_for_today_parts_past_from_future(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}zeitstrahl/") as page:
        today = page.get_attribute("#heute time", "datetime") or ""
        order = page.evaluate("[...document.querySelectorAll('.event, .event-today')].map(item => item.querySelector('time').dateTime)")
        place = order.index(today)
        assert all(date <= today for date in order[:place])
        assert all(date > today for date in order[place + 1 :])
        assert page.locator("#heute").evaluate("line => line.closest('.timeline-year').querySelector('h2').textContent") <= today[:4]
        assert page.locator(".event-coming").count() == len(order) - place - 1


def test_every_milestone_names_its_date_level_and_source(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}zeitstrahl/", scripts=False) as page:
        assert not page.locator(".list-filter").is_visible()
        events = page.locator(".event").count()
        assert page.locator(".event > .event-over > time:first-child").count() == events
        assert page.locator(".event:has(> .event-over > .badge)").count() == events
        assert page.locator(".event > .event-end a.extern").count() == events
        years = page.locator(".year-nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert all(page.locator(f"[id='{year[1:]}']").count() == 1 for year in years)


def test_indicators_and_laws_can_be_filtered(browser: Browser, site_url: str, catalog: Catalog) -> None:
    indicators = [entry for entry in catalog.entries("indikator") if isinstance(entry, Indicator)]
    frameworks = [entry for entry in catalog.entries("rahmen") if isinstance(entry, Framework)]
    with open_page(browser, f"{site_url}indikatoren/?verfuegbarkeit=kommunal&sdg=12.5") as page:
        fitting = [entry for entry in indicators if entry.availability.value == "kommunal" and "12.5" in entry.sdg_targets]
        assert visible_entries(page, "indikatoren-liste") == len(fitting) > 0
        assert find_violations(page) == []
    with open_page(browser, f"{site_url}rahmen/?ebene=bund") as page:
        assert visible_entries(page, "rahmen-liste") == sum(entry.level.value == "bund" for entry in frameworks) > 0
        assert page.locator("#rahmen-liste section:visible").count() == 1


def test_charts_name_their_values_in_words(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}indikatoren/rohstoff-fussabdruck/") as page:
        chart = page.locator("svg[role=img]").first
        words = chart.locator("desc").text_content() or ""
        cells = page.locator("table.figures td.number").all_inner_texts()
        assert all(cell in words for cell in cells)
        assert page.get_by_text("kein Vergleich zwischen verschiedenen Gebieten").count() == 1


def print_page(browser: Browser, address: str, folder: Path) -> str:
    """Print a page into a file and read the words on paper."""
    file = folder / "seite.pdf"
    with open_page(browser, address) as page:
        page.pdf(path=str(file), format="A4")
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return done.stdout


PRINTED = ("beispiel", "indikator", "rahmen", "meilenstein", "sdg-ziel")


@pytest.mark.parametrize("template", PRINTED)
def test_paper_shows_sources_in_full_and_no_navigation(
    browser: Browser, site_url: str, samples: Mapping[str, str], template: str, tmp_path: Path
) -> None:
    text = re.sub(r"\s+", "", print_page(browser, site_url + samples[template], tmp_path))
    with open_page(browser, site_url + samples[template]) as page:
        addresses = page.locator("#quellen a.extern").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert addresses
    assert [address for address in addresses if address not in text] == []
    assert "Hauptnavigation" not in text
    assert "AlleBereiche" not in text
