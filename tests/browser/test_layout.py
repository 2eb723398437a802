"""Narrow screens, large text, no scripts, paper: every kind of page stays usable."""

from __future__ import annotations

import html
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from browser_support import TEMPLATES, open_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page

WIDER = """
() => {
  const wide = document.documentElement.scrollWidth > innerWidth;
  if (!wide) return [];
  return [...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.rahmen-scroll > *'))
    .map(element => element.outerHTML.slice(0, 90)).slice(-5).concat(`${document.documentElement.scrollWidth} px`);
}
"""


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways, if it does."""
    found: list[str] = page.evaluate(WIDER)
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_sideways_scrolling(browser: Browser, site_url: str, samples: Mapping[str, str], template: str) -> None:
    """Neither at 320 px (400 % zoom) nor with text of twice the size."""
    with open_page(browser, site_url + samples[template], width=320) as page:
        assert too_wide(page) == []
    with open_page(browser, site_url + samples[template]) as page:
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        assert too_wide(page) == []


@pytest.mark.parametrize("template", ["beispiel", "indikator"])
def test_tables_of_figures_need_no_scrolling_on_a_phone(browser: Browser, site_url: str, samples: Mapping[str, str], template: str) -> None:
    """On small screens a row becomes a block whose values name their column; nothing is cut off."""
    with open_page(browser, site_url + samples[template], width=375) as page:
        table = page.locator(".figures").first
        cells = table.locator("td").evaluate_all("cells => cells.map(cell => [cell.dataset.label, getComputedStyle(cell, '::before').content])")
        scrolls = table.evaluate("table => table.parentElement.scrollWidth > table.parentElement.clientWidth")
    assert len(cells) >= 4
    assert [content for label, content in cells if not label or label not in content] == []
    assert not scrolls


@pytest.mark.parametrize("template", TEMPLATES)
def test_works_without_scripts(browser: Browser, site_url: str, samples: Mapping[str, str], template: str) -> None:
    """Without JavaScript the page is readable, and the menu is a link to the list of all areas."""
    with open_page(browser, site_url + samples[template], width=375, scripts=False) as page:
        assert page.locator("h1").is_visible()
        assert page.locator("#menue-knopf").is_hidden()
        assert page.locator("#menue-link").get_attribute("href") == "#verzeichnis"
        areas = page.locator("#verzeichnis a")
        assert areas.count() >= (3 if template.startswith("uebersetzung") else 11)
        assert areas.first.is_visible()
        form = page.locator("form[role=search]").first
        assert form.get_attribute("method") == "get"


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_foreign_nothing_stored(browser: Browser, site_url: str, samples: Mapping[str, str], template: str) -> None:
    """Loading a page asks no other host, stores nothing and logs no error."""
    asked: list[str] = []
    logged: list[str] = []
    context = browser.new_context()
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.goto(site_url + samples[template], wait_until="networkidle")
    stored = page.evaluate("async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]")
    cookies = context.cookies()
    context.close()
    assert [url for url in asked if not url.startswith((site_url, "data:", "blob:"))] == []
    assert (stored, cookies, logged) == ([0, 0, 0, 0], [], [])
    assert len(asked) <= 20


@pytest.mark.parametrize("template", ["kommune", "beispiel", "komponente", "indikator"])
def test_print_has_sources_and_no_navigation(browser: Browser, site_url: str, samples: Mapping[str, str], template: str, tmp_path: Path) -> None:
    """On paper: title, text, sources written out; no menu, no footer."""
    with open_page(browser, site_url + samples[template]) as page:
        title = page.locator("h1").inner_text()
        address = page.locator(".sources a").first.get_attribute("href") or "-"
        page.pdf(path=tmp_path / "seite.pdf", format="A4")
    command = ["pdftotext", "-layout", str(tmp_path / "seite.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    plain = "".join(text.replace("\N{SOFT HYPHEN}", "").split())
    assert "".join(title.split())[:20] in plain.replace("-", "") or "".join(title.split())[:20] in plain
    assert "Quellen" in text
    assert address[:40] in plain
    assert "Alle Bereiche" not in text
    assert "Mitmachen\n" not in text


PAPER = {"kontakte/braunschweig-zukunft/": 0, "zeitstrahl/": 0, "matrix/": 1, "kommunen/vergleich/": 7, "beispiele/": 0}
"""Pages with long lists and wide tables, and how many sheets their table fills; words of the same rows may stand on more."""


def bare(text: str) -> str:
    """A text without spaces and hyphens, which paper sets anew."""
    return re.sub(r"[\s\N{SOFT HYPHEN}-]", "", html.unescape(text))


def sheets_of(file: Path) -> list[str]:
    """The words on each sheet of a PDF; every one stands inside its sheet."""
    done = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True)
    found = []
    for sheet in done.stdout.split("<page ")[1:]:
        width = float(sheet.split('"')[1])
        words = re.findall(r'xMin="([-\d.]+)"[^>]*xMax="([-\d.]+)"[^>]*>([^<]*)<', sheet)
        assert [word for left, right, word in words if float(left) < 0 or float(right) > width] == []
        found.append(bare("".join(word for _, _, word in words)))
    return found


@pytest.mark.parametrize("address", PAPER)
def test_nothing_is_cut_off_on_paper_and_heads_repeat(browser: Browser, site_url: str, address: str, tmp_path: Path) -> None:
    """What the page says arrives on paper, and every sheet with rows of a table has its heads."""
    with open_page(browser, site_url + address, scripts=False) as page:
        page.emulate_media(media="print")
        texts = page.locator("main :is(h1, h2, h3, .event-text, .hit-text, dd):visible:not(.unsichtbar, .nur-vorlesen)").all_text_contents()
        rows, heads = (page.locator(f"main {part}:visible").all_text_contents() for part in ("tbody th", "thead th"))
        page.pdf(path=tmp_path / "seite.pdf", format="A4")
    sheets = sheets_of(tmp_path / "seite.pdf")
    printed = "".join(sheets)
    assert texts
    assert [word for text in texts for word in text.split() if bare(word) not in printed] == []
    assert [row for row in rows if bare(row.split()[0]) not in printed] == []
    assert "AlleBereiche" not in printed
    filled = [sheet for sheet in sheets if sum(bare(row.split()[0]) in sheet for row in rows) > 2]
    assert len(filled) >= PAPER[address]
    assert [head for head in heads for sheet in filled[: PAPER[address]] for word in head.split() if bare(word) not in sheet] == []
