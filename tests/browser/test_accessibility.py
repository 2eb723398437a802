"""Checklist A: axe finds nothing on any kind of page, in any width and colour scheme, with menus closed and open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser_support import TEMPLATES, find_violations, open_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Page

WIDTHS = (1280, 375, 320)


def open_menu(page: Page) -> None:
    """Open the drawer, or on wide screens a submenu, and every closed block."""
    button = page.locator("#menue-knopf")
    if button.is_visible():
        button.click()
    toggle = page.locator(".nav-toggle").last
    if toggle.count():
        toggle.click()
    page.evaluate("for (const block of document.querySelectorAll('details')) block.open = true")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_axe_finds_nothing(browser: Browser, site_url: str, samples: Mapping[str, str], template: str, *, dark: bool) -> None:
    """Zero violations at rest and with menu and details open."""
    found: dict[str, str] = {}
    for width in WIDTHS:
        with open_page(browser, site_url + samples[template], width=width, dark=dark) as page:
            at_rest = find_violations(page)
            open_menu(page)
            opened = find_violations(page)
        found |= dict.fromkeys(opened, f"{width} px, open") | dict.fromkeys(at_rest, f"{width} px")
    assert not found, "\n".join(f"{state}: {line}" for line, state in found.items())
