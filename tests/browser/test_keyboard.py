"""The site by keyboard: order, visible focus, nothing off screen, Escape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser_support import TEMPLATES, open_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Page

STEPS = 120
"""Enough for header, navigation and the beginning of every kind of content."""

DESCRIBE = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const shape = element.matches('.card-title a') ? getComputedStyle(element, '::after') : getComputedStyle(element);
  const inner = element.querySelector('path, circle');
  const stroke = inner && element.namespaceURI.endsWith('svg') ? parseFloat(getComputedStyle(inner).strokeWidth) : 0;
  const box = element.getBoundingClientRect();
  const line = element.getClientRects()[0] ?? box;
  const x = Math.min(Math.max((line.left + line.right) / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max((line.top + line.bottom) / 2, 0), innerHeight - 1);
  const forward = !window.before || Boolean(window.before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  const again = element.matches('.skip-link') && Boolean(window.before);
  window.before = element;
  return {
    name: element.outerHTML.slice(0, 90),
    forward,
    again,
    ring: Math.max(shape.outlineStyle === 'none' ? 0 : parseFloat(shape.outlineWidth), stroke),
    shown: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
    top: document.elementsFromPoint(x, y).some(found => found === element || element.contains(found)),
  };
}
"""


BACK_STEPS = 40
"""Enough for the footer and the end of the content, walked from behind."""


def walk(page: Page, key: str = "Tab", steps: int = STEPS) -> list[dict[str, Any]]:
    """Press the key until the focus leaves the page; what had the focus, in order."""
    found: list[dict[str, Any]] = []
    for _ in range(steps):
        page.keyboard.press(key)
        element = page.evaluate(DESCRIBE)
        if element is None or element["again"]:
            break
        found.append(element)
    return found


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("template", TEMPLATES)
def test_tab_walk(browser: Browser, site_url: str, samples: Mapping[str, str], template: str, width: int) -> None:
    """The skip link comes first; the focus follows the document, is visible and never covered."""
    with open_page(browser, site_url + samples[template], width=width) as page:
        steps = walk(page)
    assert "skip-link" in steps[0]["name"]
    assert [step for step in steps if not step["forward"]] == [], "the focus jumps back"
    assert [step for step in steps if not step["shown"]] == [], "focus off screen"
    assert [step for step in steps if not step["top"]] == [], "focus covered"
    assert [step for step in steps if step["ring"] < 3] == [], "focus not visible enough"


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("template", ["start", "kommune", "beispiele", "kontakte", "zeitstrahl"])
def test_walk_backwards_from_the_end(browser: Browser, site_url: str, samples: Mapping[str, str], template: str, width: int) -> None:
    """From the last link of the page back: the focus follows the document, is visible and never covered by what sticks."""
    with open_page(browser, site_url + samples[template], width=width) as page:
        last = page.locator("a:visible").last
        last.focus()
        page.evaluate("window.before = document.activeElement")
        steps = walk(page, "Shift+Tab", BACK_STEPS)
    assert len(steps) == BACK_STEPS
    assert [step for step in steps if step["forward"]] == [], "the focus jumps ahead"
    assert [step for step in steps if not step["shown"] or not step["top"]] == [], "focus off screen or covered"
    assert [step for step in steps if step["ring"] < 3] == [], "focus not visible enough"


def test_walk_through_the_open_drawer(browser: Browser, site_url: str) -> None:
    """Every link of the open drawer is reached, there and back, and each is seen while it has the focus."""
    with open_page(browser, f"{site_url}modell/", width=375) as page:
        page.locator("#menue-knopf").focus()
        page.keyboard.press("Enter")
        inside = page.locator("#hauptnavigation :is(a, button):visible").count()
        steps = walk(page, steps=inside)
        assert page.evaluate("document.querySelector('#hauptnavigation').contains(document.activeElement)")
        back = walk(page, "Shift+Tab", inside)
        assert page.evaluate("document.activeElement.id") == "menue-knopf"
    assert len(steps) == len(back) == inside > 5
    assert [step for step in steps if not step["forward"]] == []
    assert [step for step in back if step["forward"]] == []
    assert [step for step in (*steps, *back) if not (step["shown"] and step["top"] and step["ring"] >= 3)] == []


def test_skip_link_leads_to_content(browser: Browser, site_url: str) -> None:
    """Enter on the skip link moves the focus behind the header."""
    with open_page(browser, f"{site_url}modell/") as page:
        page.keyboard.press("Tab")
        assert page.locator(".skip-link").is_visible()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_drawer_opens_and_closes(browser: Browser, site_url: str) -> None:
    """On small screens a real button opens the menu; Escape closes it and the focus returns."""
    with open_page(browser, f"{site_url}modell/", width=375) as page:
        button, nav = page.locator("#menue-knopf"), page.locator("#hauptnavigation")
        assert not nav.is_visible()
        assert page.locator("#menue-link").is_hidden()
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert nav.is_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('#hauptnavigation').contains(document.activeElement)")
        page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
        assert not nav.is_visible()
        assert page.evaluate("document.activeElement.id") == "menue-knopf"


def test_submenu_opens_and_closes(browser: Browser, site_url: str) -> None:
    """A submenu opens by its button, closes by Escape (focus returns) and when the focus leaves it."""
    with open_page(browser, f"{site_url}modell/") as page:
        toggle = page.locator(".nav-toggle").first
        menu = page.locator(f"#{toggle.get_attribute('aria-controls')}")
        toggle.focus()
        page.keyboard.press("Enter")
        assert menu.is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not menu.is_visible()
        assert page.evaluate("document.activeElement.classList.contains('nav-toggle')")
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        assert not menu.is_visible()
