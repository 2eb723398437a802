"""Checklist A: axe finds nothing on any kind of page, in any width and colour scheme, with menus closed and open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browser_support import ROOT, TEMPLATES, find_violations, open_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Page

WIDTHS = (1280, 375, 320)
COLOUR_RULES = ("color-contrast", "link-in-text-block")
"""The rules that look at colours; to all others dark is the same page as light."""

LAYOUT_RULES = ("target-size", "scrollable-region-focusable")
"""The rules that look at sizes; to all others 320 px is the same page as 375 px, since no style changes between them."""

REPEATED = {"exclude": [["[data-repeated]"]]}
MARK_REPEATED = """
() => {
  const seen = new Map();
  const name = (element) => `${element.tagName}.${element.getAttribute('class') ?? ''}`;
  const place = (element) => (element === document.body ? '' : `${name(element)}<${place(element.parentElement)}`);
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('[data-repeated]')) continue;
    const shape = [place(element), ...[...element.querySelectorAll('*')].map(name)].join();
    seen.set(shape, (seen.get(shape) ?? 0) + 1);
    if (seen.get(shape) > 2) element.dataset.repeated = '';
  }
}
"""
"""Marks what has place and shape (elements and classes) of two others before it."""


def open_menu(page: Page) -> None:
    """Open the drawer, or on wide screens a submenu, and every closed block."""
    button = page.locator("#menue-knopf")
    if button.is_visible():
        button.click()
    toggle = page.locator(".nav-toggle").last
    if toggle.count():
        toggle.click()
    page.evaluate("for (const block of document.querySelectorAll('details')) block.open = true")


def look(page: Page, state: str, *rules: str) -> dict[str, str]:
    """Violations in light and dark, of all rules or of some; what only repeats a shape is left out."""
    page.evaluate(MARK_REPEATED)
    found = dict.fromkeys(find_violations(page, rules=rules, context=REPEATED), state)
    if not rules:
        page.emulate_media(color_scheme="dark")
        found |= dict.fromkeys(find_violations(page, rules=COLOUR_RULES, context=REPEATED), f"{state}, dark")
        page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_axe_finds_nothing(browser: Browser, site_url: str, samples: Mapping[str, str], template: str) -> None:
    """Zero violations at rest and with menu and details open; once element by element."""
    found: dict[str, str] = {}
    with open_page(browser, site_url + samples[template]) as page:
        found |= dict.fromkeys(find_violations(page, without=COLOUR_RULES), "every element")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.reload(wait_until="load")
            rules = LAYOUT_RULES if width == WIDTHS[-1] else ()
            found |= look(page, f"{width} px", *rules)
            open_menu(page)
            found |= look(page, f"{width} px, open", *rules)
    assert not found, "\n".join(f"{state}: {line}" for line, state in found.items())


ANSWERS = {
    "reparatur": "many hits and filters",
    "Reperaturbonus": "a correction",
    "Quantenphysik Vorlesung Fenster": "a substitute",
    "qqqqqxx": "nothing",
    "%22Stadt Abfall%22": "a phrase that is checked on the best pages only",
}
"""Questions to the real site, and what their answers show."""


@pytest.mark.parametrize("question", ANSWERS)
def test_axe_finds_nothing_in_answers(browser: Browser, site_url: str, question: str) -> None:
    """The results as readers see them, with their style, filters open; nothing is wider than the window."""
    found: dict[str, str] = {}
    with open_page(browser, f"{site_url}suche/?q={question}") as page:
        page.wait_for_function("() => document.getElementById('treffer-status').textContent && !document.getElementById('treffer').hasAttribute('aria-busy')")
        assert (page.locator("#treffer").get_attribute("data-ersatz") == "ja") is (ANSWERS[question] == "a substitute")
        assert ("ist auf den 60 Seiten geprüft" in page.locator("#treffer-hinweise").inner_text()) is question.startswith("%22")
        page.evaluate("document.getElementById('register').remove()")  # the same links on every search page, looked at above
        for width in WIDTHS[:2]:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("for (const block of document.querySelectorAll('details')) block.open = true")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            found |= look(page, f"{width} px")
    assert not found, "\n".join(f"{state}: {line}" for line, state in found.items())


@pytest.mark.parametrize("width", WIDTHS[:2])
def test_axe_finds_nothing_in_suggestions(browser: Browser, site_url: str, width: int) -> None:
    with open_page(browser, site_url, width=width) as page:
        page.locator("#suchfeld").press_sequentially("reparatur")
        page.locator(".suche-vorschlaege a").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = look(page, f"{width} px")
    assert not found, "\n".join(f"{state}: {line}" for line, state in found.items())


def test_no_style_changes_between_the_narrow_widths() -> None:
    """What lets the narrowest width do with the rules about sizes."""
    sheets = "".join(file.read_text("utf-8") for file in (ROOT / "overrides" / "assets").rglob("*.css"))
    borders = [float(size) * (1 if unit == "px" else 16) for size, unit in re.findall(r"\(m[a-z]+-width\s*:\s*([\d.]+)(em|rem|px)", sheets)]
    assert len(borders) > 10
    assert [border for border in borders if WIDTHS[2] < border <= WIDTHS[1]] == []


def test_colours_are_looked_at_in_the_dark(browser: Browser, site_url: str) -> None:
    """A text that only the dark page makes hard to read is found, and only there."""
    planted = "sheet => { sheet.replaceSync('@media (prefers-color-scheme: dark) { main p { color: #222 !important; background: #111 !important } }'); document.adoptedStyleSheets = [sheet] }"
    with open_page(browser, f"{site_url}modell/") as page:
        page.evaluate(f"({planted})(new CSSStyleSheet())")
        found = look(page, "planted")
    assert {line.partition(":")[0]: state for line, state in found.items()} == {"color-contrast": "planted, dark"}
