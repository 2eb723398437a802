"""Places and offices in the browser: ten ways to the right office, map, comparison, finder, with and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_support import open_page, own_site
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TASKS = (
    (("Kontakte", "Bereich Standortentwicklung (Klimaschutz und Nachhaltigkeit)"), "braunschweig-zukunft"),
    (("Kommunen", "Braunschweig", "Bereich Standortentwicklung (Klimaschutz und Nachhaltigkeit)"), "braunschweig-zukunft"),
    (("Kommunen", "Kiel", "@kiel-zero-waste"), "kiel-zero-waste"),
    (("Kommunen", "Mannheim", "@mannheim-local-green-deal"), "mannheim-local-green-deal"),
    (("Kontakte", "Nordrhein-Westfalen", "@koeln-koelnbusiness"), "koeln-koelnbusiness"),
    (("Kontakte", "Wirtschaftsförderung", "@osnabrueck-wfo"), "osnabrueck-wfo"),
    (("Kontakte", "Abfallwirtschaft", "@darmstadt-ead"), "darmstadt-ead"),
    (("Kommunen", "Sachsen", "@leipzig-zero-waste"), "leipzig-zero-waste"),
    (("Kommunen", "Wien", "@wien-reparaturnetzwerk"), "wien-reparaturnetzwerk"),
    (("Baden-Württemberg", "@freiburg-fwtm"), "freiburg-fwtm"),
)
"""What is clicked from the start page on (words of a link, or with @ the office), and the office to reach."""


def click(page: Page, words: str) -> None:
    """Follow the first visible link of the page's content or navigation with these words."""
    office = page.locator(f"main a[href*='{words[1:]}/']")
    links = office if words.startswith("@") else page.get_by_role("link", name=words, exact=True)
    links.locator("visible=true").first.click()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (1280, False), (375, True)], ids=["scripts", "no-scripts", "phone"])
@pytest.mark.parametrize(("steps", "office"), TASKS, ids=[f"{office}-{len(steps)}" for steps, office in TASKS])
def test_office_is_three_clicks_away(browser: Browser, site_url: str, steps: tuple[str, ...], office: str, width: int, *, scripts: bool) -> None:
    assert len(steps) <= 3
    with open_page(browser, site_url, width=width, scripts=scripts) as page:
        for words in steps:
            click(page, words)
        assert urlsplit(page.url).path == f"/kontakte/{office}/"


def test_office_shows_how_to_reach_it_and_that_nobody_checked(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kontakte/braunschweig-zukunft/") as page:
        assert page.locator("main a[href='tel:+495314703462']").inner_text() == "0531 4703462"
        text = page.locator(".contact-box").inner_text()
    assert "Sack 17" in text
    assert "38100 Braunschweig" in text
    assert "ungeprüft" in text


def test_person_without_valid_check_is_not_named(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kontakte/braunschweig-zukunft/") as page:
        assert "Blank" not in page.content()


def test_finder_by_keyboard(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kontakte/") as page:
        page.locator("#finder-ort").focus()
        page.keyboard.type("koeln")
        assert page.locator("[data-stelle]:visible").count() == 2
        assert page.locator("#finder-zahl").inner_text().startswith("2 von ")
        assert parse_qs(urlsplit(page.url).query) == {"ort": ["koeln"]}
        page.keyboard.press("Enter")
        assert urlsplit(page.url).path == "/kontakte/"
        page.locator("#finder-rolle").focus()
        page.keyboard.type("Wirtschaft")
        page.keyboard.press("Tab")
        assert parse_qs(urlsplit(page.url).query) == {"ort": ["koeln"], "rolle": ["wirtschaftsfoerderung"]}
        assert page.locator("[data-stelle]:visible a").first.inner_text()


def test_finder_goes_back_and_says_when_nothing_fits(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kontakte/?land=niedersachsen") as page:
        shown = page.locator("[data-stelle]:visible").count()
        page.locator("#finder-land").select_option("hessen")
        assert page.locator("[data-gebiet='niedersachsen']:visible").count() == 0
        page.go_back()
        expect(page.locator("[data-stelle]:visible")).to_have_count(shown)
        page.locator("#finder-ort").fill("gibt es nicht")
        assert page.locator("#finder-leer").is_visible()
        page.get_by_role("button", name="Alle zeigen").click()
        expect(page.locator("[data-stelle]:visible")).to_have_count(page.locator("[data-stelle]").count())


def test_finder_without_scripts_is_a_full_list(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kontakte/", scripts=False) as page:
        assert page.locator("#kontakt-finder").is_hidden()
        assert page.locator("[data-stelle]:visible").count() == page.locator("[data-stelle]").count() > 50
        page.get_by_role("link", name="Niedersachsen", exact=True).click()
        assert page.url.endswith("#gebiet-niedersachsen")


def test_comparison_from_address(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kommunen/vergleich/?k=kiel&k=koeln&k=amsterdam&k=atlantis") as page:
        table = page.locator(".compare-table")
        assert [head.strip() for head in table.locator("thead th").all_inner_texts()] == ["Kiel", "Köln", "Amsterdam"]
        assert "verschiedene Stichtage" in table.inner_text()
        assert "Nicht gefunden: atlantis." in page.locator("#vergleich-stand").inner_text()


def test_a_fifth_place_of_the_address_is_named(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kommunen/vergleich/?k=kiel&k=koeln&k=amsterdam&k=bonn&k=bremen&k=leipzig") as page:
        assert page.locator(".compare-table thead th").count() == 4
        missing = " und ".join(own_site().catalog.find("kommune", name).title for name in ("bremen", "leipzig"))  # type: ignore[union-attr]
        assert f"Mehr als vier Kommunen passen nicht nebeneinander. Nicht gezeigt: {missing}." in page.locator("#vergleich-stand").inner_text()
        page.locator("#kommune-1").select_option("")
        assert "Nicht gezeigt" not in page.locator("#vergleich-stand").inner_text()


def test_offices_of_a_topic_are_found_without_scripts(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kontakte/?thema=verpackung") as page:
        expected = {link.get_attribute("href") for link in page.locator("[data-stelle]:visible .card-title a").all()}
    with open_page(browser, f"{site_url}beispiele/handlungsfeld/verpackung/", scripts=False) as page:
        listed = {link.get_attribute("href") for link in page.locator("section[aria-labelledby=stellen] li a:nth-of-type(2)").all()}
    assert {(address or "").strip("./").removeprefix("kontakte/") for address in listed} == {(address or "").strip("./") for address in expected}
    assert expected


def test_comparison_by_choice(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kommunen/vergleich/") as page:
        assert page.locator("#vergleich-ergebnis").is_hidden()
        page.locator("#kommune-1").select_option("kiel")
        page.locator("#kommune-2").select_option("koeln")
        assert parse_qs(urlsplit(page.url).query) == {"k": ["kiel", "koeln"]}
        assert "verschiedene Stichtage" not in page.locator(".compare-table").inner_text()
        page.go_back()
        assert page.locator("#vergleich-ergebnis").is_hidden()


def test_comparison_without_scripts_has_all_facts(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}kommunen/vergleich/", scripts=False) as page:
        assert page.locator("#eckdaten tbody tr:visible").count() > 40
        assert page.locator("#vergleich-auswahl").is_hidden()


@pytest.mark.parametrize("width", [1280, 375])
def test_map_reaches_every_place_by_keyboard(browser: Browser, site_url: str, width: int) -> None:
    """Every mark is a link with a name; groups lead to the names of their places below the map."""
    with open_page(browser, f"{site_url}kommunen/", width=width) as page:
        marks = page.locator(".map-marks:visible a")
        reached = set()
        for number in range(marks.count()):
            mark = marks.nth(number)
            mark.focus()
            assert mark.evaluate("element => element === document.activeElement")
            assert mark.get_attribute("aria-label")
            target = mark.get_attribute("href") or ""
            inner = page.locator(f"{target} a") if target.startswith("#") else mark
            reached |= {link.get_attribute("href") for link in inner.all()}
        listed = {link.get_attribute("href") for link in page.locator("section[aria-labelledby='nach-land'] .area-places a").all()}
        abroad = {"amsterdam/", "kopenhagen/", "wien/", "ljubljana/", "zuerich/"}
        assert reached == listed - abroad


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_marks_of_the_map_keep_apart(browser: Browser, site_url: str, width: int) -> None:
    """Neighbouring marks are 24 pixels apart, so that each can be hit."""
    with open_page(browser, f"{site_url}kommunen/", width=width) as page:
        boxes = [box for ring in page.locator(".map-marks:visible .map-ring").all() if (box := ring.bounding_box())]
        middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    gaps = [((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 for n, (ax, ay) in enumerate(middles) for bx, by in middles[n + 1 :]]
    assert min(gaps) >= 24


def test_focus_on_a_mark_is_seen_in_forced_colours(browser: Browser, site_url: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{site_url}kommunen/")
    mark = page.locator(".map-marks:visible a").first
    mark.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    ring = mark.locator(".map-ring").evaluate("element => [getComputedStyle(element).strokeWidth, getComputedStyle(element).stroke]")
    context.close()
    assert ring[0] == "3px"
    assert ring[1] != "none"
