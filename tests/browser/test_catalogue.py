"""The catalogue of examples in a browser: counts, address, back button, keyboard, narrow screens, no scripts, axe, speed."""

from __future__ import annotations

import itertools
import json
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from browser_support import ROOT, find_violations, open_page, serve
from playwright.sync_api import expect
from support import copy_netz, render_page

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.derive.examples import by_title, derive_data_file, derive_row
from kreislaufstadt.derive.facets import derive_facets
from kreislaufstadt.load import load_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from kreislaufstadt.derive.facets import Facet

LARGE = 5000
LIMIT_MS = 50


@pytest.fixture(scope="module")
def facets() -> tuple[Facet, ...]:
    """The facets as the catalogue has them."""
    return derive_facets(Catalog(load_content(ROOT / "content")))


@pytest.fixture
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The catalogue on a wide screen."""
    with open_page(browser, f"{site_url}beispiele/") as found:
        open_facets(found)
        yield found


def open_facets(page: Page) -> None:
    """Open every facet, as some are closed at first."""
    page.evaluate("for (const box of document.querySelectorAll('.facet')) box.open = true")


def expected(facets: tuple[Facet, ...], chosen: Mapping[str, AbstractSet[str]]) -> tuple[int, dict[str, dict[str, int]]]:
    """Matches and counts by the plain rule: OR inside a facet, AND between facets."""
    members = {(facet.id, value.id): set(value.examples) for facet in facets for value in facet.values}
    every = set().union(*members.values())

    def matching(without: str = "") -> set[str]:
        unions = [set().union(*(members[facet, value] for value in values)) for facet, values in chosen.items() if facet != without]
        return every.intersection(*unions)

    counts = {facet.id: {value.id: len(members[facet.id, value.id] & matching(facet.id)) for value in facet.values} for facet in facets}
    return len(matching()), counts


def shown(page: Page) -> tuple[int, dict[str, dict[str, int]]]:
    """The number of results and the counts that the page shows."""
    counts = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.facet')].map(box => [box.dataset.facet,
             Object.fromEntries([...box.querySelectorAll('input')].map(input =>
               [input.value, Number(input.closest('li').querySelector('.facet-count').textContent)]))]))"""
    )
    return int(page.inner_text("#treffer-zahl strong")), counts


def wait_for_result(page: Page) -> None:
    """Wait until a choice in the address has been followed."""
    page.wait_for_selector("#gewaehlt:not([hidden])")


def wait_for_tags(page: Page, count: int) -> None:
    """Wait until so many chosen values are shown."""
    expect(page.locator(".chosen-tag")).to_have_count(count)


def test_counts_agree_with_the_catalogue(page: Page, facets: tuple[Facet, ...], site_url: str) -> None:
    chance = random.Random(8)
    for _ in range(12):
        picked = chance.sample(facets, k=chance.randint(1, 3))
        chosen = {facet.id: {value.id for value in chance.sample(facet.values, k=min(2, len(facet.values)))} for facet in picked}
        query = "&".join(f"{facet}={value}" for facet, values in chosen.items() for value in sorted(values))
        page.goto(f"{site_url}beispiele/?{query}")
        wait_for_result(page)
        assert shown(page) == expected(facets, chosen), query


def test_values_without_examples_are_visible_but_cannot_be_chosen(page: Page) -> None:
    wrong = page.evaluate(
        """() => [...document.querySelectorAll('.facet li')].filter(item =>
             item.querySelector('input').disabled !== (item.querySelector('.facet-count').textContent === '0')).length"""
    )
    assert wrong == 0
    assert page.locator(".facet input:disabled").count() > 0


def test_the_address_keeps_the_choice_and_back_undoes_it(page: Page) -> None:
    total = page.inner_text("#treffer-zahl strong")
    page.check("input[name=handlungsfeld][value=bauen]")
    page.wait_for_url("**/?handlungsfeld=bauen")
    first = page.inner_text("#treffer-zahl")
    page.check("input[name=komponente][value=produkte]")
    page.wait_for_url("**komponente=produkte**")
    page.go_back()
    page.wait_for_timeout(150)
    assert page.inner_text("#treffer-zahl") == first
    assert not page.is_checked("input[name=komponente][value=produkte]")
    page.go_back()
    page.wait_for_timeout(150)
    assert page.inner_text("#treffer-zahl strong") == total
    assert page.locator("#treffer > li").count() == int(total)
    page.go_forward()
    page.wait_for_timeout(150)
    assert page.inner_text("#treffer-zahl") == first


def test_the_number_of_results_is_announced(page: Page) -> None:
    assert page.get_attribute("#treffer-zahl", "role") == "status"
    page.check("input[name=status][value=gestoppt]")
    page.wait_for_url("**status=gestoppt**")
    assert page.locator("#treffer > li").count() == int(page.inner_text("#treffer-zahl strong"))


def test_tags_take_filters_away_and_keep_the_focus(page: Page) -> None:
    for field in ("bauen", "textilien"):
        page.check(f"input[name=handlungsfeld][value={field}]")
    wait_for_tags(page, 2)
    page.locator(".chosen-tag").first.press("Enter")
    wait_for_tags(page, 1)
    assert page.evaluate("document.activeElement.className") == "chosen-tag"
    page.click("#zuruecksetzen")
    wait_for_tags(page, 0)
    assert page.locator(".facet input:checked").count() == 0
    assert page.evaluate("document.activeElement.id") == "sortierung"


def test_orders_sort_the_whole_list(page: Page) -> None:
    page.select_option("#sortierung", "neueste")
    page.wait_for_url("**sortierung=neueste")
    years = [text[-4:] for text in page.locator(".hit-end span:nth-child(2)").all_inner_texts() if text]
    assert years == sorted(years, reverse=True)
    page.select_option("#sortierung", "ergebnisse")
    page.wait_for_url("**sortierung=ergebnisse")
    results = [int(text.split()[0]) for text in page.locator(".hit-end span:nth-child(3)").all_inner_texts() if text]
    assert results == sorted(results, reverse=True)


def test_the_table_holds_the_same_results(page: Page) -> None:
    page.check("input[name=handlungsfeld][value=wasser]")
    page.wait_for_url("**handlungsfeld=wasser")
    titles = page.locator(".hit-title").all_inner_texts()
    page.click("[data-view=tabelle]")
    page.wait_for_url("**ansicht=tabelle")
    assert page.locator("#treffer-tabelle tbody th").all_inner_texts() == titles
    assert page.get_attribute("[data-view=tabelle]", "aria-pressed") == "true"
    empty = page.locator("#treffer-tabelle td:empty").count()
    assert empty == 0


def test_everything_works_by_keyboard(page: Page) -> None:
    page.focus("#filter summary")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("Space")
    wait_for_tags(page, 1)
    assert page.evaluate("document.activeElement.type") == "checkbox"


def test_more_results_continue_where_the_reader_is(page: Page) -> None:
    page.check("input[name=ergebnis][value=ja]")
    page.wait_for_url("**ergebnis=ja")
    before = page.locator("#treffer > li").count()
    page.locator("#mehr").press("Enter")
    assert page.locator("#treffer > li").count() > before
    position = page.evaluate("[...document.querySelectorAll('#treffer > li')].indexOf(document.activeElement.closest('li'))")
    assert position == before


def test_the_facets_stand_in_a_dialog_on_narrow_screens(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}beispiele/", width=375) as page:
        assert not page.locator("#filter").is_visible()
        page.locator("#filter-knopf").press("Enter")
        assert page.locator("#filter").is_visible()
        page.check("input[name=handlungsfeld][value=bauen]")
        expect(page.locator("#filter-fertig")).to_contain_text("Beispiele zeigen")
        wait_for_tags(page, 1)
        assert find_violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert find_violations(page, rules=("color-contrast", "link-in-text-block")) == []
        page.keyboard.press("Escape")
        assert not page.locator("#filter").is_visible()
        assert page.evaluate("document.activeElement.id") == "filter-knopf"
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_without_scripts_all_examples_and_the_way_to_each_value_are_there(
    browser: Browser, site_url: str, facets: tuple[Facet, ...]
) -> None:
    with open_page(browser, f"{site_url}beispiele/", scripts=False) as page:
        assert page.locator("#treffer > li").count() == int(page.inner_text("#treffer-zahl strong"))
        assert page.locator("#filter a.facet-name").count() == sum(bool(value.examples) for facet in facets for value in facet.values)
        assert not page.locator("#sortierung").is_visible()
        page.click("#filter a.facet-name >> nth=0")
        value = facets[0].values[0]
        assert page.url.endswith(value.url)
        assert page.locator(".hits > li").count() == min(len(value.examples), 100)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_with_a_choice_made(browser: Browser, site_url: str, width: int, *, dark: bool) -> None:
    for query in ("handlungsfeld=bauen&status=laufend", "land=berlin&ansicht=tabelle", "status=abgelehnt&handlungsfeld=mobilitaet"):
        with open_page(browser, f"{site_url}beispiele/?{query}", width=width, dark=dark) as page:
            wait_for_result(page)
            assert find_violations(page) == [], query


def test_the_matrix_leads_to_the_filtered_catalogue_or_without_scripts_to_the_field(browser: Browser, site_url: str) -> None:
    for scripts in (True, False):
        with open_page(browser, f"{site_url}matrix/", scripts=scripts) as page:
            cell = page.locator("#matrix tbody a[data-query]").first
            number, query = cell.inner_text(), cell.get_attribute("data-query")
            cell.click()
            page.wait_for_load_state()
            if scripts:
                assert page.url.endswith(f"beispiele/?{query}")
                wait_for_result(page)
                assert page.inner_text("#treffer-zahl strong") == number
            else:
                assert "/beispiele/handlungsfeld/" in page.url


def enlarge(data: dict[str, Any]) -> str:
    """The data of a catalogue with many examples, all of them copies marked as test data."""
    rows = itertools.islice(itertools.cycle(data["zeilen"]), LARGE)
    data["zeilen"] = [[f"test-{number}", f"Testdaten {number}", *row[2:6], ""] for number, row in enumerate(rows)]
    return json.dumps(data)


def test_a_change_stays_quick_with_thousands_of_examples(browser: Browser, site_url: str, site_folder: Path) -> None:
    """Script time of a change of filters, the best of some rounds: the machine may be busy with other work."""
    (file,) = (site_folder / "assets" / "daten").glob("beispiele.*.json")
    body = enlarge(json.loads(file.read_text(encoding="utf-8")))
    with open_page(browser, f"{site_url}matrix/") as page:
        page.route("**/assets/daten/beispiele.*.json", lambda route: route.fulfill(body=body, content_type="application/json"))
        page.goto(f"{site_url}beispiele/")
        open_facets(page)
        boxes = ("handlungsfeld][value=bauen", "komponente][value=produkte", "status][value=laufend", "ergebnis][value=ja")
        for box in boxes * 4:
            page.click(f"input[name={box}]")
            page.wait_for_timeout(60)
        times = page.evaluate("performance.getEntriesByName('filter').map(entry => entry.duration)")
        assert page.inner_text("#treffer-zahl strong") == str(LARGE)
    assert len(times) == 4 * len(boxes)
    assert sorted(times)[len(times) // 2] <= LIMIT_MS, times


MANY = 310
"""More examples than the overview lists itself."""


@pytest.fixture
def many_url(tmp_path: Path) -> Iterator[str]:
    """The catalogue of the test network with many examples, without MkDocs."""
    content = copy_netz(tmp_path)
    pattern = (content / "beispiele/muster-leihladen.md").read_text(encoding="utf-8").replace("seit: 2024-05\n", "").replace("frueher:\n  - muster-verleih\n", "")
    for number in range(MANY - 2):
        text = pattern.replace("Leihladen Musterstadt", f"Laden {number}").replace("status: laufend", f"status: laufend\nseit: {1990 + number % 30}")
        (content / f"beispiele/test-{number}.md").write_text(text, encoding="utf-8")
    catalog = Catalog(load_content(content))
    rows = by_title(derive_row(catalog, name) for name in catalog.names("beispiel"))
    data = derive_data_file(rows, derive_facets(catalog))
    site = tmp_path / "site"
    shutil.copytree(ROOT / "overrides/assets", site / "assets", ignore=shutil.ignore_patterns("vendor"))
    for address, text in ((data.url, data.content), ("beispiele/index.html", render_page("beispiele/", content))):
        (site / address).parent.mkdir(parents=True, exist_ok=True)
        (site / address).write_text(text, encoding="utf-8")
    with serve(site) as address:
        yield f"{address}beispiele/"


def test_beyond_some_hundred_examples_the_page_lists_the_newest_and_filters_find_the_rest(browser: Browser, many_url: str) -> None:
    with open_page(browser, many_url) as page:
        assert page.locator("#katalog").get_attribute("data-whole") == "nein"
        assert page.locator("#treffer > li").count() == 24
        assert [page.locator("#treffer > li").nth(place).locator(".hit-end").inner_text().split("seit ")[1][:4] for place in (0, 1, 23)] == ["2024", "2019", "2017"]
        assert f"Alle {MANY} finden Sie" in page.locator("#auszug").inner_text()
        open_facets(page)
        page.click("input[name=status][value=laufend]")
        expect(page.locator("#treffer-zahl strong")).to_have_text(str(MANY - 1))
        assert page.locator("#auszug").is_hidden()
        shown_at_first = page.locator("#treffer > li").count()
        page.click("#mehr")
        assert shown_at_first < page.locator("#treffer > li").count() < MANY
        page.go_back()
        expect(page.locator("#treffer-zahl strong")).to_have_text(str(MANY))
        assert find_violations(page) == []


def test_the_map_shows_only_places_with_matching_examples(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}beispiele/?status=gestoppt&ansicht=karte")
    marks = page.locator(".map-marks.map-wide a:visible")
    expect(page.locator("#treffer-karte figure")).to_be_visible()
    expect(page.locator("#treffer-karte p[role=status]")).to_contain_text("Auf der Karte")
    assert 0 < marks.count() < page.locator(".map-marks.map-wide a").count()
    assert all("Beispiel" in (mark.get_attribute("aria-label") or "") for mark in marks.all())
    assert find_violations(page) == []
