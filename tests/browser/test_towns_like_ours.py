"""Städte wie wir: the examples that fit a choice, with the reason, counted against the content itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from browser_support import find_violations, open_page, own_site
from playwright.sync_api import expect

from kreislaufstadt.derive.places import size_class_of
from kreislaufstadt.model.entries import Municipality

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from visit_support import Visit


def fitting(land: str, size: str, field: str) -> list[str]:
    """The titles of the examples that meet a whole choice, read from the catalogue."""
    catalog = own_site().catalog
    found = []
    for example in catalog.entries("beispiel"):
        place = catalog.find("kommune", example.municipality)
        assert isinstance(place, Municipality)
        own = size_class_of(catalog, place)
        if place.state == land and own and own.id == size and field in example.mapping.fields_of_action:
            found.append(example.title)
    return sorted(found)


def test_a_choice_shows_all_that_fits_with_the_reason(visit: Visit) -> None:
    visit.go("werkzeuge/staedte-wie-wir/")
    page, status = visit.page, visit.page.locator("#staedte-stand")
    expect(status).to_have_text("Bitte mindestens eine Angabe wählen.")
    page.get_by_label("Land", exact=True).select_option("bayern")
    page.get_by_label("Größe", exact=True).select_option("100000-250000")
    field = page.get_by_label("Reparatur und Wiederverwendung")
    field.press("Space")
    expect(field).to_be_checked()
    expected = fitting("bayern", "100000-250000", "reparatur-wiederverwendung")
    assert expected, "the content has no such example any more; choose another for this test"
    first, second = (page.locator("#staedte-ergebnis > section").nth(at) for at in (0, 1))
    expect(first.locator("h2")).to_have_text(f"Passt zu allen Angaben ({len(expected)})")
    assert sorted(first.locator(".card-title").all_inner_texts()) == expected
    reasons = first.locator(".card").first.get_by_role("list", name="Warum").inner_text()
    assert {"gleiche Größenklasse", "aus Bayern", "Thema: Reparatur und Wiederverwendung"} <= set(reasons.splitlines())
    expect(second.locator("h2")).to_contain_text("Passt zum Teil")
    assert "andere Größe" in second.inner_text() or "aus " in second.inner_text()
    chosen = parse_qs(urlsplit(page.url).query)
    assert chosen == {"land": ["bayern"], "groesse": ["100000-250000"], "feld": ["reparatur-wiederverwendung"]}
    page.goto(page.url)
    expect(status).to_contain_text("zu allen Angaben")
    expect(field).to_be_checked()
    assert find_violations(page) == []
    page.get_by_role("button", name="Auswahl aufheben").press("Enter")
    expect(page.locator("#staedte-ergebnis > *")).to_have_count(0)
    assert visit.stored() == {}


def test_no_example_says_so_and_how_to_add_one(visit: Visit) -> None:
    visit.go("werkzeuge/staedte-wie-wir/?land=saarland&groesse=unter-5000&feld=textilien")
    note = visit.page.locator("#staedte-ergebnis .notice")
    expect(note).to_contain_text("Noch kein Beispiel aus Saarland")
    expect(note).to_contain_text("Das heißt nicht, dass es keines gibt")
    note.get_by_role("link", name="Beispiel vorschlagen").press("Enter")
    visit.page.wait_for_url(f"{visit.site}mitmachen/formular/")


def test_a_size_without_examples_leads_to_the_next_one(visit: Visit) -> None:
    catalog = own_site().catalog
    sizes = [item.id for item in catalog.items("groessenklasse")]
    places = [catalog.find("kommune", example.municipality) for example in catalog.entries("beispiel")]
    counts = Counter(own.id for place in places if isinstance(place, Municipality) and (own := size_class_of(catalog, place)))
    empty = next(size for size in sizes if not counts[size])
    distance = min(abs(sizes.index(size) - sizes.index(empty)) for size in counts)
    expected = sum(count for size, count in counts.items() if abs(sizes.index(size) - sizes.index(empty)) == distance)
    visit.go(f"werkzeuge/staedte-wie-wir/?groesse={empty}")
    expect(visit.page.locator("#staedte-ergebnis .notice")).to_contain_text("Noch kein Beispiel in der Größe")
    expect(visit.page.locator("#staedte-ergebnis h2")).to_have_text(f"Aus der nächstliegenden Größe ({expected})")


def test_more_examples_come_on_request(visit: Visit) -> None:
    visit.go("werkzeuge/staedte-wie-wir/?land=nordrhein-westfalen")
    cards = visit.page.locator("#staedte-ergebnis > section").first.locator(".card")
    expect(cards).to_have_count(12)
    visit.page.get_by_role("button", name="weitere zeigen").press("Enter")
    expect(cards.nth(12).get_by_role("link").first).to_be_focused()
    total = visit.page.locator("#staedte-ergebnis h2").first.inner_text().rpartition("(")[2].rstrip(")")
    expect(cards).to_have_count(int(total))


def test_without_scripts_the_lists_by_size_remain(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}werkzeuge/staedte-wie-wir/", scripts=False) as page:
        assert page.locator("#staedte-wahl").is_hidden()
        assert page.locator("#staedte-listen li").count() == len(own_site().catalog.items("groessenklasse"))
