"""The tools: from the first click to the finished file, with the keyboard, nothing sent, nothing stored unasked."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pytest
from browser_support import ROOT, find_violations, own_site
from playwright.sync_api import expect
from visit_support import ODF_TEXT, odt_content

from kreislaufstadt.model.entries import CaseStudy, Contact, Framework
from kreislaufstadt.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from visit_support import Visit

MARKED = ("beispiele/stuttgart-strategie-stoffstrom/", "beispiele/muenchen-stoffstromziele/", "indikatoren/cmur/", "rahmen/krwg/", "kontakte/berlin-kek/")
NARROW = 1000
HEADINGS = ["Beschlussvorschlag", "Beispiele anderer Kommunen", "Messung des Erfolgs", "Rechtlicher Rahmen und Programme", "Quellen"]


def mark(visit: Visit) -> None:
    for address in MARKED:
        visit.go(address)
        visit.page.get_by_role("button", name="Auf die Merkliste").press("Enter")
        expect(visit.page.get_by_role("button", name="Von der Merkliste nehmen")).to_have_attribute("aria-pressed", "true")


def test_from_marked_pages_to_a_council_paper(visit: Visit) -> None:
    visit.go(MARKED[0])
    assert visit.stored() == {}
    mark(visit)
    assert [item["id"] for item in json.loads(visit.stored()["kreislaufstadt-merkliste"])["items"]] == [address.split("/")[1] for address in MARKED]
    visit.page.get_by_role("link", name="Merkliste öffnen (5)").press("Enter")
    rows = visit.page.locator(".merk-eintrag")
    expect(rows).to_have_count(5)
    visit.page.get_by_role("button", name="Nach unten: 25 Maßnahmen").press("Enter")
    expect(rows.first).to_contain_text("Ziele auf Basis des materiellen Fußabdrucks")
    rows.first.get_by_label("Eigene Notiz").fill("Testnotiz & <b>kein</b> HTML")
    visit.page.get_by_label("Titel", exact=True).fill("Testvorlage")
    visit.page.get_by_label("Kommune oder Stelle").fill("Musterstadt (Testdaten)")
    paper, odt, text = (visit.download(name) for name in ("Word (.docx)", "OpenDocument (.odt)", "Markdown (.md)"))
    assert_docx(paper)
    assert_odt(odt)
    written = text.read_text("utf-8")
    assert written.startswith("# Testvorlage\n")
    assert "[^1]: " in written
    assert "- [Beschlussvorschlag](#beschlussvorschlag)" in written
    visit.page.get_by_role("button", name="Vorschau").press("Enter")
    expect(visit.page.locator(".dokument h3").first).to_have_text("Beschlussvorschlag")
    expect(visit.page.locator(".dokument-inhalt-titel")).to_have_text("Inhalt")
    assert_honest(visit.page)
    assert visit.page.locator(".dokument-fussnoten li").count() == len(re.findall(r"(?m)^\[\^\d+\]: ", written))
    assert find_violations(visit.page) == []
    visit.page.get_by_role("button", name="Liste löschen").press("Enter")
    expect(visit.page.locator("#merkliste-leer")).to_be_visible()
    assert visit.stored() == {}


def assert_honest(page: Page) -> None:
    """What the entries say against themselves, and what a law's state is, stands in the document."""
    text = page.locator(".dokument").inner_text()
    catalog = own_site().catalog
    law, office, measure = catalog.find("rahmen", "krwg"), catalog.find("kontakt", "berlin-kek"), catalog.find("beispiel", "stuttgart-strategie-stoffstrom")
    assert isinstance(law, Framework)
    assert isinstance(office, Contact)
    assert isinstance(measure, CaseStudy)
    assert f"Status: {law.status}" in text
    assert f"Adresse: {law.url}" in text
    for note in (*law.notes, *law.unverified, *office.unverified, *measure.notes):
        assert note in text
    for figure in measure.figures:
        assert not figure.note or figure.note in text
    notes = page.locator(".dokument-fussnoten li").all_inner_texts()
    numbered = [note for note in notes if note.startswith("Quellen dieses Eintrags im Quellenverzeichnis: Nr. ")]
    assert len(numbered) >= len(MARKED)
    listed = page.locator(".dokument > ol:not(.dokument-fussnoten)").last.locator("li").all_inner_texts()
    for number, publisher in re.findall(r"Nr\. (\d+) \(([^)]+)\)", " ".join(numbered)):
        assert listed[int(number) - 1].startswith(publisher)


@pytest.mark.parametrize(("form", "heading"), [("sachstandsbericht", "Was andere Kommunen berichten"), ("handout", "Beispiele")])
def test_other_forms_of_the_document(visit: Visit, form: str, heading: str) -> None:
    if visit.page.viewport_size and visit.page.viewport_size["width"] < NARROW:
        pytest.skip("the documents are the same at any width")
    visit.go("werkzeuge/merkliste/#liste=beispiel:stuttgart-strategie-stoffstrom,indikator:cmur,rahmen:krwg,kontakt:berlin-kek")
    page = visit.page
    page.get_by_role("button", name="Vorschau").press("Enter")
    expect(page.locator(".dokument h3").first).to_have_text("Beschlussvorschlag")
    page.get_by_label("Form").select_option(form)
    expect(page.locator(".dokument-untertitel")).to_have_text(page.locator(f"option[value={form}]").inner_text())
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    page.get_by_label("Eigene Notiz").first.fill("Neue Testnotiz")
    expect(page.locator(".dokument")).to_contain_text("Neue Testnotiz")
    paper = docx.Document(str(visit.download("Word (.docx)")))
    headings = [part.text for part in paper.paragraphs if ((part.style and part.style.name) or "").startswith("Heading 1")]
    assert headings[-1] == "Quellen"
    assert heading in headings
    contents = page.locator(".dokument-inhalt a").all_inner_texts()
    assert [text for text in contents if text in headings] == headings
    assert page.locator(".dokument-fussnoten li").count() >= 4


def assert_docx(path: Path) -> None:
    found = docx.Document(str(path))
    headings = [paragraph.text for paragraph in found.paragraphs if ((paragraph.style and paragraph.style.name) or "").startswith("Heading 1")]
    assert [heading for heading in headings if heading in HEADINGS] == HEADINGS
    assert "Testnotiz & <b>kein</b> HTML" in "\n".join(paragraph.text for paragraph in found.paragraphs)
    assert len(found.tables) >= 3
    notes = ET.fromstring(next(part for part in found.part.package.iter_parts() if part.partname == "/word/footnotes.xml").blob)  # noqa: S314 - written by our own page
    assert len(notes) > 5, "separators and at least one source per figure"
    links = [relation.target_ref for relation in found.part.rels.values() if relation.is_external]
    assert any(link.endswith("/beispiele/muenchen-stoffstromziele/") for link in links)


def assert_odt(path: Path) -> None:
    found = odt_content(path)
    headings = ["".join(node.itertext()) for node in found.iter(f"{ODF_TEXT}h")]
    assert [heading for heading in headings if heading in HEADINGS] == HEADINGS
    assert len(list(found.iter(f"{ODF_TEXT}note"))) > 3


def test_a_list_travels_in_the_address_and_is_stored_only_when_asked(visit: Visit) -> None:
    visit.go("werkzeuge/merkliste/#liste=beispiel:stuttgart-strategie-stoffstrom,beispiel:gibt-es-nicht,unsinn:x,indikator:cmur")
    expect(visit.page.locator(".merk-eintrag")).to_have_count(3)
    expect(visit.page.locator(".merk-eintrag").nth(1)).to_contain_text("diesen Eintrag gibt es nicht mehr")
    assert visit.stored() == {}
    visit.page.get_by_role("button", name="In diesem Browser speichern").press("Enter")
    expect(visit.page.locator("#merkliste-ort")).to_contain_text("in diesem Browser gespeichert")
    assert list(visit.stored()) == ["kreislaufstadt-merkliste"]


LINK = "werkzeuge/merkliste/#liste=beispiel:muenchen-stoffstromziele,indikator:cmur"


def test_a_list_from_a_link_leaves_the_own_list_alone(visit: Visit) -> None:
    page = visit.page
    visit.go(MARKED[0])
    page.get_by_role("button", name="Auf die Merkliste").press("Enter")
    own = visit.stored()
    visit.go(LINK)
    expect(page.locator("#merkliste-eigene")).to_contain_text("steht 1 Eintrag")
    note = page.get_by_label("Eigene Notiz").first
    note.fill("Testnotiz")
    expect(page.locator(f"#{note.get_attribute('aria-describedby')}")).to_contain_text("Diese Notiz steht nicht im Link")
    assert visit.stored() == own
    page.get_by_role("button", name="Liste verwerfen").press("Enter")
    expect(page.locator(".merk-eintrag")).to_have_count(1)
    assert visit.stored() == own
    visit.go("werkzeuge/")
    visit.go(LINK)
    page.get_by_role("button", name="Zu meiner Liste hinzufügen").press("Enter")
    expect(page.locator(".merk-eintrag")).to_have_count(3)
    kept = json.loads(visit.stored()["kreislaufstadt-merkliste"])["items"]
    assert [item["id"] for item in kept] == ["stuttgart-strategie-stoffstrom", "muenchen-stoffstromziele", "cmur"]
    visit.go("werkzeuge/")
    visit.go(LINK)
    page.get_by_role("button", name="Meine Liste durch diese ersetzen").press("Enter")
    expect(page.locator(".merk-eintrag")).to_have_count(2)
    expect(page.locator(".merk-warnung")).to_have_count(0)
    for _ in range(2):
        page.get_by_role("button", name="Entfernen").first.press("Enter")
    expect(page.locator("#merkliste-leer")).to_be_visible()
    assert visit.stored() == {}, "an empty list leaves nothing behind"


CARDS = {
    "beispiele/": ".hit",
    "werkzeuge/staedte-wie-wir/?groesse=50000-100000": "#staedte-ergebnis .card",
    "kontakte/": ".office",
    "werkzeuge/selbstcheck/#a=leitbild-vorhanden.0": ".check-schritt li",
}


def test_entries_are_collected_from_cards(visit: Visit) -> None:
    page, count = visit.page, 0
    looked = 1 if page.viewport_size and page.viewport_size["width"] < NARROW else 2
    for address, card in CARDS.items():
        visit.go(address)
        button = page.locator(card).get_by_role("button", name="Merken: ", pressed=False).first
        expect(button).to_be_visible()
        if not count:
            assert visit.stored() == {}
        name = button.get_attribute("aria-label") or ""
        button.press("Space")
        expect(page.locator(card).get_by_role("button", name=name, exact=True, pressed=True)).not_to_have_count(0)
        expect(page.locator(".merken-leiste [role=status]")).to_contain_text("nur in diesem Browser")
        count += 1
        expect(page.get_by_role("link", name=f"Merkliste öffnen ({count})")).to_be_visible()
        if count == looked:
            assert find_violations(page) == []
    page.get_by_role("link", name=f"Merkliste öffnen ({count})").press("Enter")
    expect(page.locator(".merk-eintrag")).to_have_count(count)


CLICKS = 7
"""Start page, size, three examples, list, print: what a town of 20,000 people needs to a printed council paper."""


def test_a_small_town_gets_from_the_start_page_to_a_printed_council_paper(visit: Visit) -> None:
    page = visit.page
    if page.viewport_size and page.viewport_size["width"] > NARROW:
        pytest.skip("shown on a narrow screen, with the keyboard only")
    visit.go("")
    page.get_by_role("link", name="Kommunen in Ihrer Größe").press("Enter")
    size, clicks = page.get_by_label("Größe", exact=True), 1
    expect(size).to_be_visible()
    size.focus()
    while size.input_value() != "20000-50000":
        page.keyboard.press("ArrowDown")
    clicks += 1
    buttons = page.locator("#staedte-ergebnis").get_by_role("button", name="Merken: ")
    for at in range(3):
        buttons.nth(at).press("Space")
        expect(buttons.nth(at)).to_have_attribute("aria-pressed", "true")
        clicks += 1
    page.get_by_role("link", name="Merkliste öffnen (3)").press("Enter")
    expect(page.locator(".merk-eintrag")).to_have_count(3)
    page.get_by_role("button", name="Drucken", exact=True).press("Enter")
    expect(page.locator(".dokument")).to_be_visible()
    clicks += 2
    assert clicks == CLICKS
    chosen = [own_site().catalog.find("beispiel", item["id"]) for item in json.loads(visit.stored()["kreislaufstadt-merkliste"])["items"]]
    page.pdf(path=visit.folder / "vorlage.pdf", format="A4")
    pages = subprocess.run(["pdftotext", "-layout", str(visit.folder / "vorlage.pdf"), "-"], check=True, capture_output=True, text=True).stdout.split("\f")
    assert "Beschlussvorschlag" not in pages[0], "the cover stands alone"
    printed = re.sub(r"\s", "", "".join(pages))
    for example in chosen:
        assert isinstance(example, CaseStudy)
        assert re.sub(r"\s", "", example.title) in printed
        for source in example.sources:
            assert str(source.url) in printed


def test_office_suite_reads_what_the_page_wrote(visit: Visit) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    if visit.page.viewport_size and visit.page.viewport_size["width"] < NARROW:
        pytest.skip("the files are the same at any width")
    mark(visit)
    visit.go("werkzeuge/merkliste/")
    visit.page.get_by_label("Titel", exact=True).fill("Testvorlage")
    files = [visit.download(name) for name in ("Word (.docx)", "OpenDocument (.odt)")]
    texts = [convert(program, path, visit.folder / path.suffix[1:]) for path in files]
    for text in texts:
        assert [heading for heading in HEADINGS if heading in text] == HEADINGS
        assert "Fußabdruck" in text
    assert normal(texts[0]) == normal(texts[1]), "both formats say the same"


def test_office_suite_reads_plan_and_template(visit: Visit) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    if visit.page.viewport_size and visit.page.viewport_size["width"] < NARROW:
        pytest.skip("the files are the same at any width")
    visit.go("werkzeuge/aktionsplan/#liste=beispiel:stuttgart-strategie-stoffstrom")
    expect(visit.page.get_by_label("Maßnahme, Zeile 1")).to_have_value(re.compile("Vorbild: Stuttgart"))
    visit.page.get_by_label("Ziel, Zeile 1").fill("Testziel „grün“")
    plans = [visit.download(name) for name in ("Word (.docx)", "OpenDocument (.odt)")]
    visit.go("vorlagen/grundsatzbeschluss/")
    templates = [visit.download(name) for name in ("Als Word-Datei (.docx)", "Als OpenDocument (.odt)")]
    for paper, template in zip(plans, templates, strict=True):
        folder = visit.folder / paper.suffix[1:]
        profile = f"-env:UserInstallation={visit.folder.as_uri()}/profil"
        subprocess.run([program, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder), str(paper), str(template)], check=True, capture_output=True, timeout=180)
        plan, text = ((folder / f"{path.stem}.txt").read_text("utf-8-sig") for path in (paper, template))
        assert "Testziel „grün“" in plan
        assert "Vorbild: Stuttgart" in plan
        assert "Beschlussvorschlag" in text
        assert "Lizenz: CC BY 4.0" in text


def convert(program: str, path: Path, folder: Path) -> str:
    profile = f"-env:UserInstallation={folder.as_uri()}-profil"
    subprocess.run([program, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
    return (folder / f"{path.stem}.txt").read_text("utf-8-sig")


def normal(text: str) -> list[str]:
    lines = (re.sub(r"^[•\s\d.]+", "", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def test_plan_goes_out_and_comes_in_again(visit: Visit) -> None:
    visit.go("werkzeuge/aktionsplan/#liste=beispiel:stuttgart-strategie-stoffstrom")
    page = visit.page
    expect(page.get_by_label("Maßnahme, Zeile 1")).to_have_value(re.compile("Vorbild: Stuttgart"))
    values = {"Ziel": '=1+1; „Test“ "x"\nzweite Zeile', "Zuständig": "Testamt", "Beginn": "2030", "Meilenstein": "- Beschluss (Test)"}
    for name, text in values.items():
        page.get_by_label(f"{name}, Zeile 1").fill(text)
    page.get_by_role("button", name="Zeile hinzufügen").press("Enter")
    expect(page.get_by_label("Ziel, Zeile 2")).to_be_focused()
    page.get_by_label("Ziel, Zeile 2").fill("Zweites Ziel")
    page.get_by_role("button", name="Zeile 2 nach oben").press("Enter")
    expect(page.get_by_label("Ziel, Zeile 1")).to_have_value("Zweites Ziel")
    sheet, table, paper, odt = (visit.download(name) for name in ("Excel (.xlsx)", "Tabelle (.csv)", "Word (.docx)", "OpenDocument (.odt)"))
    rows = [[cell or "" for cell in row] for row in openpyxl.load_workbook(sheet).active.iter_rows(values_only=True)]  # type: ignore[union-attr]
    assert rows[2][0] == values["Ziel"]
    written = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert written[2][0].startswith("'=1+1"), "a spreadsheet must not calculate it"
    assert written[0] == rows[0] == [cell.text for cell in docx.Document(str(paper)).tables[0].rows[0].cells]
    assert "Testamt" in "".join(odt_content(odt).itertext())
    for path in (sheet, table):
        visit.go("werkzeuge/aktionsplan/")
        page.get_by_label("Datei laden").set_input_files(path)
        for name, text in values.items():
            expect(page.get_by_label(f"{name}, Zeile 2")).to_have_value(text)
    assert find_violations(page) == []
    assert visit.stored() == {}


def test_plan_survives_a_spreadsheet(visit: Visit) -> None:
    visit.go("werkzeuge/aktionsplan/")
    page = visit.page
    page.get_by_label("Ziel, Zeile 1").fill("Testziel")
    page.get_by_label("Beginn, Zeile 1").fill("1.3.2030")
    book = openpyxl.load_workbook(visit.download("Excel (.xlsx)"))
    sheet = book.active
    assert sheet is not None
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}, "text stays text"
    sheet["C2"] = "Amt für Grünflächen (Test)"
    sheet.append(["Zweites Ziel", "", "", dt.date(2031, 4, 5), 7])
    book.save(visit.folder / "geaendert.xlsx")
    visit.go("werkzeuge/aktionsplan/")
    page.get_by_label("Datei laden").set_input_files(visit.folder / "geaendert.xlsx")
    expect(page.get_by_label("Beginn, Zeile 1")).to_have_value("1.3.2030")
    expect(page.get_by_label("Zuständig, Zeile 1")).to_have_value("Amt für Grünflächen (Test)")
    expect(page.get_by_label("Beginn, Zeile 2")).to_have_value("5.4.2031")
    expect(page.get_by_label("Mittel, Zeile 2")).to_have_value("7")
    visit.go("werkzeuge/aktionsplan/")
    table = "Ziel;Maßnahme;Zuständig\r\nTestziel;Gebäude prüfen – „ganz“;Bauhof Süd\r\n".encode("windows-1252")
    page.get_by_label("Datei laden").set_input_files({"name": "ansi.csv", "mimeType": "text/csv", "buffer": table})
    expect(page.get_by_label("Maßnahme, Zeile 1")).to_have_value("Gebäude prüfen – „ganz“")
    expect(page.get_by_label("Zuständig, Zeile 1")).to_have_value("Bauhof Süd")


def test_plan_says_what_it_could_not_take_over(visit: Visit) -> None:
    visit.go("werkzeuge/aktionsplan/")
    visit.page.get_by_label("Datei laden").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"ziel,Farbe\r\nTestziel,rot\r\n"})
    expect(visit.page.locator("#plan-hinweise")).to_contain_text("Die Spalte „Farbe“ gibt es hier nicht")
    expect(visit.page.get_by_label("Ziel, Zeile 1")).to_have_value("Testziel")
    visit.page.get_by_label("Datei laden").set_input_files({"name": "b.xlsx", "mimeType": "application/zip", "buffer": b"kein Archiv"})
    expect(visit.page.locator("#plan-hinweise")).to_contain_text("konnte nicht gelesen werden")
    visit.page.get_by_label("Datei laden").set_input_files({"name": "c.csv", "mimeType": "text/csv", "buffer": b"eins;zwei\n1;2\n"})
    expect(visit.page.locator("#plan-hinweise")).to_contain_text("heißt keine Spalte wie hier")


def statements() -> list[dict[str, Any]]:
    source, problems = read_source("selbstcheck.yml", (ROOT / "content" / "listen" / "selbstcheck.yml").read_bytes())
    assert source is not None, problems
    found: list[dict[str, Any]] = source.data["eintraege"]
    return found


def test_self_check_counts_what_its_file_says(visit: Visit) -> None:
    visit.go("werkzeuge/selbstcheck/")
    page, rows = visit.page, statements()
    assert page.locator(".check-aussage legend").all_inner_texts() == [row["titel"] for row in rows]
    assert page.locator(".check-stufe span").all_inner_texts() == [level for row in rows for level in row["stufen"]]
    levels = {row["id"]: (number * 3) % 5 for number, row in enumerate(rows)}
    page.get_by_label("Größe, für passende Beispiele").select_option("20000-50000")
    for name, level in levels.items():
        choice = page.locator(f'[data-aussage="{name}"] input').nth(level)
        choice.press("Space")
        expect(choice).to_be_checked()
    expect(page.locator("#check-zahl")).to_have_text(f"{len(rows)} von {len(rows)} beantwortet")
    assert profile_of(page) == expected_profile(rows, levels)
    lowest = min((row for row in rows if row["komponente"] == "strukturen"), key=lambda row: levels[row["id"]])
    expect(page.locator("#check-schritte")).to_contain_text(lowest["schritt"])
    assert page.locator("#check-schritte a[href*='/beispiele/']").count() >= 6
    assert visit.stored() == {}
    state = visit.download("Stand als Datei sichern")
    address = page.locator("#check-link").get_attribute("href") or ""
    visit.go("werkzeuge/")
    page.goto(address)
    assert profile_of(page) == expected_profile(rows, levels)
    page.locator(f'[data-aussage="{rows[0]["id"]}"] input').nth(4).press("Space")
    page.get_by_label("Früheren Stand zum Vergleich laden").set_input_files(state)
    expect(page.locator("#check-profil tbody tr").first).to_contain_text("+25 Punkte")
    assert find_violations(page) == []
    page.get_by_label("Stand laden", exact=True).set_input_files({"name": "x.json", "mimeType": "application/json", "buffer": b"{}"})
    expect(page.locator("#check-stand")).to_contain_text("ist kein Stand des Selbstchecks")


STATE = {"art": "kreislaufstadt-selbstcheck", "version": 1, "datum": "2030-01-02", "kommune": "Musterstadt (Testdaten)", "groesse": "20000-50000"}


def state_file(answers: dict[str, int]) -> Any:
    return {"name": "stand.json", "mimeType": "application/json", "buffer": json.dumps(STATE | {"antworten": answers}).encode()}


def test_self_check_goes_on_from_a_file_on_an_empty_page(visit: Visit) -> None:
    rows = statements()
    levels = {row["id"]: number % 5 for number, row in enumerate(rows)}
    visit.go("werkzeuge/selbstcheck/")
    page = visit.page
    page.get_by_label("Stand laden", exact=True).set_input_files(state_file(levels))
    expect(page.locator("#check-zahl")).to_have_text(f"{len(rows)} von {len(rows)} beantwortet")
    assert profile_of(page) == expected_profile(rows, levels)
    expect(page.get_by_label("Kommune (freiwillig)")).to_have_value(STATE["kommune"])
    expect(page.get_by_label("Größe, für passende Beispiele")).to_have_value(STATE["groesse"])
    page.get_by_role("button", name=f"Antwort zurücknehmen: {rows[0]['titel']}").press("Enter")
    expect(page.locator("#check-zahl")).to_have_text(f"{len(rows) - 1} von {len(rows)} beantwortet")
    expect(page.locator(f'[data-aussage="{rows[0]["id"]}"] input').first).to_be_focused()
    page.get_by_role("button", name="Alle Antworten löschen").press("Enter")
    expect(page.locator("#check-ergebnis")).to_be_hidden()
    page.get_by_role("button", name="Vorige Antworten zurückholen").press("Enter")
    expect(page.locator("#check-zahl")).to_have_text(f"{len(rows) - 1} von {len(rows)} beantwortet")
    page.evaluate(f"location.hash = '#a={rows[0]['id']}.4'")
    expect(page.locator("#check-zahl")).to_have_text(f"1 von {len(rows)} beantwortet")
    assert find_violations(page) == []
    assert visit.stored() == {}


def test_self_check_says_where_a_comparison_limps_and_an_example_is_of_another_size(visit: Visit) -> None:
    rows = statements()
    first = [row for row in rows if row["komponente"] == rows[0]["komponente"]]
    visit.go("werkzeuge/selbstcheck/")
    page = visit.page
    page.get_by_label("Früheren Stand zum Vergleich laden").set_input_files(state_file({first[0]["id"]: 2}))
    expect(page.locator("#check-stand")).to_contain_text("Der Vergleich erscheint mit Ihrer ersten Antwort.")
    page.get_by_label("Stand laden", exact=True).set_input_files(state_file({row["id"]: 2 for row in first}))
    expect(page.locator("#check-profil .notice")).to_contain_text("Nicht dieselben Aussagen beantwortet")
    expect(page.locator("#check-profil tbody tr").first).to_contain_text(f"{len(first)} von {len(first)}, früher 1")
    size = page.get_by_label("Größe, für passende Beispiele")
    names = {option.get_attribute("value"): option.inner_text() for option in size.locator("option").all()}
    part = f'#check-vorrat [data-komponente="{rows[0]["komponente"]}"] [data-groesse]'
    known = {row.get_attribute("data-groesse") for row in page.locator(part).all()}
    absent = next(value for value in names if value and value not in known)
    size.select_option(absent)
    expect(page.locator("#check-schritte")).to_contain_text("Aus Ihrer Größenklasse gibt es hier noch kein Beispiel")
    shown = [mark.strip(" ()") for mark in page.locator("#check-schritte .check-groesse").all_inner_texts()]
    assert shown
    assert set(shown) <= {names[value] for value in known if value} | {"Größe nicht bekannt"}


def profile_of(page: Page) -> list[str]:
    return page.locator("#check-profil tbody tr td:nth-child(2)").all_inner_texts()


def expected_profile(rows: list[dict[str, Any]], levels: dict[str, int]) -> list[str]:
    components = dict.fromkeys(row["komponente"] for row in rows)
    shares = []
    for component in components:
        own = [levels[row["id"]] for row in rows if row["komponente"] == component]
        shares.append(f"{int(sum(own) / (len(own) * 4) * 100 + 0.5)} %")
    return shares


def test_result_prints_on_two_pages(visit: Visit, tmp_path: Path) -> None:
    rows = statements()
    answers = ",".join(f"{row['id']}.{number % 4}" for number, row in enumerate(rows))
    visit.page.goto(f"{visit.site}werkzeuge/selbstcheck/#a={answers}&g=20000-50000")
    expect(visit.page.locator("#check-ergebnis")).to_be_visible()
    visit.page.pdf(path=tmp_path / "ergebnis.pdf", format="A4")
    found = subprocess.run(["pdfinfo", str(tmp_path / "ergebnis.pdf")], check=True, capture_output=True, text=True).stdout
    assert int(re.search(r"Pages:\s+(\d+)", found)[1]) <= 2  # type: ignore[index]
