"""The search in a browser: results, facets, address, keyboard, screen reader, file://."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Request

DONE = "() => document.getElementById('treffer-status').textContent && !document.getElementById('treffer').hasAttribute('aria-busy')"


def search(page: Page, site: str, query: str) -> None:
    """Open the result page of a query and wait for the answer."""
    page.goto(f"{site}suche/?q={query}")
    page.wait_for_function(DONE)


def titles(page: Page) -> list[str]:
    """The titles of the shown results."""
    return page.locator("#treffer > li h3").all_inner_texts()


def notes(page: Page) -> str:
    """What the page says about the answer."""
    return page.locator("#treffer-hinweise").inner_text()


def test_result_has_the_form_that_tools_rely_on(page: Page, small_site: str) -> None:
    search(page, small_site, "reparaturbonus")
    first = page.locator("ol#treffer > li").first
    assert first.get_attribute("data-art") == "Begriff"
    assert first.locator("a").first.get_attribute("href") == f"{small_site}seiten/0/"
    assert page.locator("#treffer-status").inner_text().startswith("2 Treffer")
    assert page.locator("#treffer").get_attribute("data-ersatz") is None


def test_results_link_to_sections_and_mark_word_parts(page: Page, small_site: str) -> None:
    search(page, small_site, "becher")
    item = page.locator("#treffer > li").first
    assert item.locator("h3 mark").inner_text() == "becher"
    assert [link.get_attribute("href") for link in item.locator(".treffer-stellen a").all()] == [
        f"{small_site}seiten/1/#einordnung",
        f"{small_site}seiten/1/#ablauf",
    ]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Groesse", "Größe der Flächen"),
        ("flache gewerbe", "Größe der Flächen"),
        ("Reperaturbonus", "Reparaturbonus"),
        ("Reparaturprämie", "Reparaturbonus"),
        ("bauteil börse", "Bauteilbörse Musterstadt"),
        ("Börse", "Bauteilbörse Musterstadt"),
        ("secondhand", "Second-Hand-Kaufhaus"),
        ("KPI", "Kennzahlen"),
        ("Was ist eine Abfallberatung?", "Abfallberatung"),
        ("Reparaturberatung", "Abfallberatung"),
    ],
)
def test_german_spellings_and_words_find_the_page(page: Page, small_site: str, query: str, first: str) -> None:
    search(page, small_site, query)
    assert titles(page)[0] == first


def test_phrase_needs_words_side_by_side(page: Page, small_site: str) -> None:
    search(page, small_site, "„aus zweiter Hand“")
    assert titles(page) == ["Second-Hand-Kaufhaus"]
    search(page, small_site, "„zweiter aus Hand“")
    assert titles(page) == []


def test_misspelt_word_is_named_and_corrected_on_request(page: Page, small_site: str) -> None:
    search(page, small_site, "Reperaturbonus")
    expect(page.locator("#treffer-status")).to_have_text("2 Treffer für „Reparaturbonus“ statt „Reperaturbonus“")
    assert "Keine Treffer für „Reperaturbonus“. Meinten Sie „Reparaturbonus“?" in notes(page)
    page.get_by_role("button", name="„Reparaturbonus“").click()
    expect(page.locator("#treffer-status")).to_have_text("2 Treffer für „Reparaturbonus“")
    assert "q=Reparaturbonus" in page.url


def test_synonyms_are_named_and_can_be_left_out(page: Page, small_site: str) -> None:
    search(page, small_site, "Reparaturprämie")
    assert "Gesucht auch nach: Reparaturbonus" in notes(page)
    page.get_by_role("button", name="Nur die eigenen Wörter suchen").click()
    expect(page.get_by_role("button", name="Verwandte Wörter mitsuchen")).to_be_visible()
    assert "synonyme=nein" in page.url


def test_missing_word_is_named_and_the_list_is_a_substitute(page: Page, small_site: str) -> None:
    search(page, small_site, "Quantenphysik Vorlesung Fenster")
    assert page.locator("#treffer").get_attribute("data-ersatz") == "ja"
    assert page.locator("#treffer-status").inner_text().startswith("Keine Treffer für „Quantenphysik Vorlesung Fenster“. Ersatzweise 1 Seite")
    assert "Keine Treffer für „Quantenphysik“, „Vorlesung“." in notes(page)
    assert "Nicht gefunden: „Quantenphysik“, „Vorlesung“" in page.locator("#treffer > li").first.inner_text()


@pytest.mark.parametrize("query", ["xqzvkwp", "was ist das", "%22%22", "'; DROP--", "<script>"])
def test_query_without_answer_gives_an_empty_list_and_the_register(page: Page, small_site: str, query: str) -> None:
    search(page, small_site, query)
    assert titles(page) == []
    assert page.locator("#register").is_visible()


def test_query_is_only_ever_text(page: Page, small_site: str) -> None:
    search(page, small_site, "<img src=x onerror=alert(1)> Pfand")
    assert page.locator("main img").count() == 0
    assert "<img src=x onerror=alert(1)>" in page.locator("#treffer-status").inner_text()


def test_facets_count_and_narrow_and_stand_in_the_address(page: Page, small_site: str) -> None:
    search(page, small_site, "Pfand")
    status = page.locator("#treffer-status")
    assert status.inner_text().startswith("15 Treffer")
    box = page.get_by_label(re.compile("Nordland"))
    assert page.locator("label", has=box).inner_text().strip() == "Nordland (8)"
    box.check()
    expect(status).to_have_text("8 Treffer für „Pfand“ mit den gewählten Filtern")
    assert "land=Nordland" in page.url
    assert page.locator("label", has=page.get_by_label(re.compile("Südland"))).inner_text().strip() == "Südland (7)"
    assert page.get_by_label(re.compile("Kommune")).is_disabled()
    page.go_back()
    expect(status).to_have_text("15 Treffer für „Pfand“")
    assert not box.is_checked()


def test_components_are_a_facet(page: Page, small_site: str) -> None:
    search(page, small_site, "Pfand")
    box = page.get_by_label("Testkomponente")
    assert page.locator("label", has=box).inner_text().strip() == "Testkomponente (5)"
    box.check()
    expect(page.locator("#treffer-status")).to_have_text("5 Treffer für „Pfand“ mit den gewählten Filtern")
    assert "komponente=Testkomponente" in page.url


def test_the_title_names_the_question(page: Page, small_site: str) -> None:
    search(page, small_site, "Pfand")
    assert page.title() == "„Pfand“ – Suche"
    page.locator("#suche-q").press("Escape")
    expect(page).to_have_title("Suche")


def test_filters_without_a_choice_are_hidden(page: Page, small_site: str) -> None:
    search(page, small_site, "xqzvkwp")
    assert not page.locator("#suche-eingrenzen").is_visible()
    search(page, small_site, "Jahresvergleich")
    assert page.get_by_role("group", name="Art").is_visible()
    assert not page.get_by_role("group", name="Komponente").is_visible()


def test_filter_in_the_address_is_restored_and_can_be_cleared(page: Page, small_site: str) -> None:
    search(page, small_site, "Pfand&land=Südland")
    assert page.get_by_label(re.compile("Südland")).is_checked()
    page.get_by_role("button", name="Alle Filter aufheben").click()
    expect(page.locator("#treffer-status")).to_have_text("15 Treffer für „Pfand“")


def test_more_results_come_on_request_and_get_the_focus(page: Page, small_site: str) -> None:
    search(page, small_site, "Pfand")
    assert len(titles(page)) == 10
    page.get_by_role("button", name="Weitere Treffer zeigen").click()
    expect(page.locator("#treffer > li")).to_have_count(15)
    expect(page.locator("#treffer > li").nth(10).locator("h3 a")).to_be_focused()
    assert page.locator("#treffer-mehr").is_hidden()


def test_typing_searches_without_filling_the_history(page: Page, small_site: str) -> None:
    page.goto(f"{small_site}suche/")
    page.locator("#suche-q").press_sequentially("Mehrwegb")
    page.wait_for_function(DONE)
    expect(page.locator("#treffer > li h3").first).to_have_text("Mehrwegbecher im Rathaus")
    assert page.evaluate("history.length") == 2
    page.keyboard.press("Escape")
    expect(page.locator("#treffer > li")).to_have_count(0)
    assert page.locator("#suche-q").input_value() == ""


def test_nothing_is_loaded_before_first_use_and_nothing_from_elsewhere(page: Page, small_site: str) -> None:
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 - playwright marks the function
    page.goto(f"{small_site}seite/")
    page.wait_for_load_state("networkidle")
    assert not [one.url for one in requests if "/suche/" in one.url and not one.url.endswith("assets/suche/start.js")]
    page.keyboard.press("/")
    page.keyboard.type("Pfandsystem 3")
    expect(page.locator(".suche-vorschlaege a").first).to_have_text(re.compile("Pfandsystem 3"))
    assert all(one.url.startswith(small_site) or one.url == "data:," for one in requests)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_keyboard_reaches_suggestions_and_escape_closes_them(page: Page, small_site: str) -> None:
    page.goto(f"{small_site}seite/")
    page.keyboard.press("/")
    expect(page.locator("#suchfeld")).to_be_focused()
    page.keyboard.type("reparatur")
    links = page.locator(".suche-vorschlaege a")
    expect(links.first).to_be_visible()
    expect(page.locator(".suche-vorschlaege-status")).to_have_text(re.compile("Treffern, mit Pfeil nach unten erreichbar"))
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#suchfeld")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#suchfeld")).to_be_focused()
    expect(links.first).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche/?q=reparatur")


def test_slash_is_a_letter_while_typing(page: Page, small_site: str) -> None:
    page.goto(f"{small_site}seite/")
    page.locator("#suchfeld").press_sequentially("a/b")
    assert page.locator("#suchfeld").input_value() == "a/b"


@pytest.mark.parametrize("width", [1280, 375, 320])
@pytest.mark.parametrize("address", ["suche/", "suche/?q=Pfand", "suche/?q=Reperaturbonus", "suche/?q=xqzvkwp+Fenster"])
def test_search_page_is_accessible(page: Page, small_site: str, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{small_site}{address}")
    if "?" in address:
        page.wait_for_function(DONE)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found if one["id"] != "page-has-heading-one"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_suggestions_are_accessible(page: Page, small_site: str) -> None:
    page.goto(f"{small_site}seite/")
    page.keyboard.press("/")
    page.keyboard.type("reparatur")
    expect(page.locator(".suche-vorschlaege a").first).to_be_visible()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_it_works_from_disk_without_a_server(page: Page, small_folder: Path) -> None:
    page.goto(f"{(small_folder / 'suche' / 'index.html').as_uri()}?q=Reperaturbonus")
    page.wait_for_function(DONE)
    assert titles(page)[0] == "Reparaturbonus"
    link = page.locator("#treffer > li a").first.get_attribute("href") or ""
    assert link == (small_folder / "seiten" / "0" / "index.html").as_uri()
    page.goto((small_folder / "seite" / "index.html").as_uri())
    page.locator("#suchfeld").fill("pfand")
    page.keyboard.press("Enter")
    page.wait_for_function(DONE)
    assert page.locator("#treffer-status").inner_text().startswith("15 Treffer")


def test_without_javascript_there_are_register_and_form(browser: object, small_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    opened = context.new_page()
    opened.goto(f"{small_site}suche/")
    assert '<noscript><p class="suche-ohne-skript">Die freie Suche braucht JavaScript.' in opened.content()
    opened.get_by_role("link", name="KPI").click()
    assert opened.url == f"{small_site}seiten/40/"
    context.close()


def test_failed_download_is_said(page: Page, small_site: str) -> None:
    page.route("**/grund.js", lambda route: route.abort())
    search(page, small_site, "Pfand")
    assert page.locator("#treffer-status").inner_text().startswith("Die Suche konnte nicht geladen werden.")
