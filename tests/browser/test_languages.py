"""The English layer in use: switch, search and finder answer in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from browser_support import open_page
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_search_and_finder_answer_in_english(browser: Browser, site_url: str) -> None:
    with open_page(browser, site_url + "modell/strategie/", width=375) as page:
        page.get_by_role("button", name="Menü").click()
        page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="English").click()
        page.wait_for_url(f"{site_url}en/model/strategy/")
        assert page.locator("h1").inner_text() == "Strategy"
        page.get_by_role("link", name="Search").first.click()
        page.locator("#suche-q").fill("Leihladen")
        page.locator("#suche-q").press("Enter")
        expect(page.locator("#treffer-status")).to_contain_text("results for")
        assert page.locator("#treffer > li").count() > 0
        assert page.locator("#treffer h3 a:not([lang=de])").count() == 0
        labels = page.locator("#suche-filter label").count()
        assert labels > 0
        assert page.locator("#suche-filter label > span[lang=de]").count() == labels
        page.goto(f"{site_url}en/contacts/")
        page.get_by_label("Place or office").fill("Braunschweig")
        expect(page.locator("#finder-zahl")).to_have_text(re.compile(r"^\d+ of \d+ offices$"))
        assert page.locator("[data-stelle]:visible").count() > 0
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("navigation", name="Main navigation").get_by_role("link", name="Deutsch").click()
        page.wait_for_url(f"{site_url}kontakte/")
