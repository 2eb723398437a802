"""Eigene Kennzahlen: values entered, compared, saved, loaded again; nothing leaves the device."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from browser_support import find_violations, own_site
from playwright.sync_api import expect

from kreislaufstadt.model.entries import Indicator

if TYPE_CHECKING:
    from visit_support import Visit

INDICATOR = "bioabfall-getrennt-pro-kopf"
VALUES = (("2021", "1.101,5", "Testwert"), ("2023", "1211,65", "=Testwert; „zwei“"))


def fill(visit: Visit, row: int, values: tuple[str, str, str]) -> None:
    for name, text in zip(("Jahr", "Wert", "Hinweis"), values, strict=True):
        visit.page.get_by_label(f"{name}, Zeile {row}", exact=True).fill(text)


def test_values_stand_beside_the_reference_values(visit: Visit) -> None:
    visit.go("werkzeuge/kennzahlen/")
    page, result = visit.page, visit.page.locator("#kennzahlen-ergebnis")
    expect(result).to_be_hidden()
    page.get_by_label("Indikator").select_option(INDICATOR)
    indicator = own_site().catalog.find("indikator", INDICATOR)
    assert isinstance(indicator, Indicator)
    expect(page.locator("#kennzahlen-einheit")).to_contain_text(f"Einheit: {indicator.unit}.")
    page.get_by_label("Kommune (freiwillig)").fill("Musterstadt (Testdaten)")
    fill(visit, 2, VALUES[0])
    fill(visit, 1, VALUES[1])
    rows = result.locator("tbody tr")
    expect(rows).to_have_count(len(VALUES) + len(indicator.reference_values))
    assert rows.nth(0).locator("td").all_inner_texts() == ["Musterstadt (Testdaten)", "2021", "1.101,5", indicator.unit, "eigener Wert", "Testwert"]
    expect(rows.nth(1)).to_contain_text("1.211,65 (+10 % gegenüber 2021)")
    for row, value in zip(rows.all()[2:], indicator.reference_values, strict=True):
        assert row.locator("td").first.inner_text() == value.area
    for note in indicator.notes:
        expect(result).to_contain_text(note)
    assert result.locator("svg circle").count() == len(VALUES)
    assert result.locator("svg path").count() == len(indicator.reference_values)
    assert find_violations(page) == []
    assert visit.stored() == {}


def test_values_go_out_as_csv_and_come_in_again(visit: Visit) -> None:
    visit.go(f"werkzeuge/kennzahlen/?indikator={INDICATOR}")
    fill(visit, 1, VALUES[0])
    fill(visit, 2, VALUES[1])
    expect(visit.page.locator("#kennzahlen-ergebnis svg")).to_be_visible()
    file = visit.download("Werte sichern (.csv)")
    written = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert [line[2:] for line in written[1:]] == [["2021", "1101,5", "Testwert"], ["2023", "1211,65", "'=Testwert; „zwei“"]]
    visit.go("werkzeuge/kennzahlen/")
    visit.page.get_by_label("Werte laden (.csv)").set_input_files(file)
    expect(visit.page.locator("#kennzahlen-stand")).to_have_text("2 Werte sind geladen.")
    expect(visit.page.get_by_label("Indikator")).to_have_value(INDICATOR)
    expect(visit.page.get_by_label("Hinweis, Zeile 2")).to_have_value(VALUES[1][2])
    visit.page.get_by_role("button", name="Zeile hinzufügen").press("Enter")
    expect(visit.page.get_by_label("Jahr, Zeile 3")).to_be_focused()


def test_only_values_of_the_same_unit_are_drawn(visit: Visit) -> None:
    indicators = [entry for entry in own_site().catalog.entries("indikator") if isinstance(entry, Indicator)]
    other = next(entry for entry in indicators if entry.reference_values and all(value.unit != entry.unit for value in entry.reference_values))
    visit.go(f"werkzeuge/kennzahlen/?indikator={other.id}")
    fill(visit, 1, ("2023", "5", ""))
    caption = visit.page.locator("#kennzahlen-ergebnis figcaption")
    for value in other.reference_values:
        expect(caption).to_contain_text(f"{value.area} ({value.value.german} {value.unit})")
    assert visit.page.locator("#kennzahlen-ergebnis svg path").count() == 0
    address = visit.page.locator("#kennzahlen-ergebnis td a.extern").first.get_attribute("href")
    assert address in {value.source for value in other.reference_values}
    bare = next(entry for entry in indicators if not entry.reference_values)
    visit.page.get_by_label("Indikator").select_option(bare.id)
    expect(visit.page.locator("#kennzahlen-ergebnis")).to_contain_text("keinen Vergleichswert mit Quelle")


def test_one_unit_has_one_spelling() -> None:
    units = {text for entry in own_site().catalog.entries("indikator") if isinstance(entry, Indicator) for text in (entry.unit, *(value.unit for value in entry.reference_values))}
    assert sorted(unit for unit in units if "/EW" in unit or "/E" in unit) == []


def test_wrong_values_are_named_and_nothing_is_drawn_from_them(visit: Visit) -> None:
    visit.go(f"werkzeuge/kennzahlen/?indikator={INDICATOR}")
    fill(visit, 1, ("23", "viel", ""))
    status = visit.page.locator("#kennzahlen-stand")
    expect(status).to_contain_text("Zeile 1: Bitte ein Jahr mit vier Ziffern")
    expect(visit.page.get_by_label("Jahr, Zeile 1")).to_have_attribute("aria-invalid", "true")
    assert visit.page.locator("#kennzahlen-ergebnis svg circle").count() == 0
    visit.page.get_by_role("button", name="Werte sichern (.csv)").press("Enter")
    expect(status).to_contain_text("mindestens einen Wert eintragen")
    visit.page.get_by_label("Werte laden (.csv)").set_input_files({"name": "falsch.csv", "mimeType": "text/csv", "buffer": b"a;b\n1;2\n"})
    expect(status).to_have_text("In „falsch.csv“ fehlen die Spalten Jahr und Wert.")
