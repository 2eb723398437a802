"""The form for a new entry: same rules as the models, a file that the check accepts, usable by keyboard, nothing sent."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_support import ROOT, open_page
from pydantic import Field, TypeAdapter, ValidationError
from support import copy_netz, find_problems

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.cli import main
from kreislaufstadt.entry_forms import known_ids, rule_of
from kreislaufstadt.layout import to_id
from kreislaufstadt.load import load_content
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.model.values import (
    Ags,
    Day,
    Decimal,
    Email,
    Id,
    Integer,
    PartialDate,
    Phone,
    PostalCode,
    Quantity,
    SdgId,
    ShortText,
    Url,
)
from kreislaufstadt.scaffold import quote
from kreislaufstadt.source import read_source
from kreislaufstadt.validate import validate_data

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMPLE, CONTACT = "mitmachen/formular/", "mitmachen/formular/kontakt/"

TYPES: dict[str, Any] = {
    "id": Id, "sdg": SdgId, "ags": Ags, "plz": PostalCode, "email": Email, "phone": Phone, "url": Url, "date": PartialDate, "day": Day,
    "quantity": Quantity, "text": ShortText, "count": Annotated[Integer, Field(ge=1)], "degrees": Annotated[Decimal, Field(ge=-90, le=90)],
}  # fmt: skip
VALUES = (
    "x", "musterstadt", "Musterstadt", "bad-muenster", "a--b", "-a", "ü", "12", "12.5", "12.c", "123", "01234567", "0123456", "01067", "1010", "1012 AB",
    "AT-1010", "a@b", "amt@stadt.example.org", "a b@c.de", "030 23125 000", "0", "115", "+43 1 4000", "(030) 1-2", "https://example.org", "http://a", "https://",
    "www.example.org", "https://example.org/a b", "ftp://example.org", "https://example.org:80/x?y#z", "2024", "2024-05", "2024-05-22", "2024-02-30", "2024-02-29",
    "2023-02-29", "2024-13", "2024-00", "2024-05-00", "22.5.2024", "24", "65", "mehr als 60", "13,9", "13.9", "2.700", "2700.5", "viele", "Hälfte", "einige", "kein", "1.2.3",
    "0.125", "0.500", "3.141", "0.500.000", "1,000", "2,700", "1,000,000", "12,345", "0,125", "1.000,125", "1,5 bis 2,25", "1 000", "1'000", "1’000", "1\u202f000", "2024 bis 2025",
    "0,5", "-3", "1.000", "1000", "1.00", "91", "-90", "90,5", "x" * 400, "x" * 401, "9" * 61, "9" * 12,
)  # fmt: skip
WORDS = ("einfach", "mit: Doppelpunkt", "am Ende:", "# Kommentar", "a #b", "- Liste", "-5", "'x'", '"x"', "[x]", "{x}", "@x", "100 %", "%x", "ja", "null", "?", "? x", "a\nb  c", "„x“", "*x*", "&x", "---", "`x`", "it's: x")
TEXTS = (
    "Ein einfacher Text. [Seite](https://www.example.org/a) und [[testwort]], [[beispiel:muster-leihladen|der Laden]], [[status:laufend]].",
    "Mehr bei [[leihlden]], [[beispiel:testwort]], [[:x]] und [[laufend]].", "Im Code: `[[leihlden]]`.\n\n```\n# Titel\n<b>\n```\n",
    "# Titel\n\nText.", "## Eins\n\n#### Drei\n\n### Zwei\n\n##\n", "#Kein Titel", "![](https://www.example.org/bild.png)", "![Bild](//www.example.org/bild.png)",
    "- [ ] Raum suchen\n- [x] Raum gefunden", "Er läuft. [Q:laden] [Q:eins, zwei]", "Ein <b>fettes</b> Wort <!-- weg --> <https://www.example.org/>", "3 < 5 und 5 > 3",
    '=== "Reiter"', "Ein [Wort].\n\n[Wort]: https://www.example.org/\n",
)  # fmt: skip
MARKED = ("Test &amp; Wort", "5&nbsp;t", "<b>x</b>", "**fett**", "[[testwort]]", "[Q:x]", "[a](https://a.example)", "`x`")
UNMARKED = ("Forschung & Lehre", "3 < 5 > 2", "Bürger*innen und Nutzer*innen", "https://www.example.org/a__b__c?x&amp;y", "[geprüft]", "C++")
TITLES = ("Leihladen in der Stadtbücherei", "Größe & Maß", "  Ärger -- Übung  ", "Café Žižek", "x" * 100, "!!!")


def python_fault(annotation: Any, value: str) -> str:
    try:
        TypeAdapter(annotation).validate_python(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        return str(detail.get("ctx", {}).get("code") or {"string_too_long": "KS211", "too_long": "KS211", "greater_than_equal": "KS205", "less_than_equal": "KS205"}[detail["type"]])
    return ""


@pytest.fixture(scope="module")
def rules_page(browser: Browser, site_url: str) -> Any:
    with open_page(browser, f"{site_url}{EXAMPLE}") as page:
        yield page


def call(page: Page, name: str, rows: list[Any], module: str = "formular-regeln") -> list[Any]:
    script = "async ([name, rows, module]) => { const rules = await import(new URL(`../../assets/js/${module}.js`, location)); return rows.map((row) => rules[name](...row)); }"
    return list(page.evaluate(script, [name, rows, module]))


def test_the_browser_finds_the_faults_that_the_models_find(rules_page: Page) -> None:
    rules = {name: rule_of(annotation, ()) for name, annotation in TYPES.items()}
    pairs = [(name, value) for name in TYPES for value in VALUES]
    found = call(rules_page, "findFault", [[value, rules[name], "Feld"] for name, value in pairs])
    differing = [
        (name, value, (fault or {}).get("code", ""), python_fault(TYPES[name], value))
        for (name, value), fault in zip(pairs, found, strict=True)
        if (fault or {}).get("code", "") != python_fault(TYPES[name], value)
    ]
    assert differing == []


def test_texts_have_the_faults_that_the_check_finds(rules_page: Page, tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    known = known_ids(Catalog(load_content(content)))
    head = (content / "beispiele" / "muster-leihladen.md").read_text("utf-8").split("ungeprueft:")[0]
    for number, text in enumerate(TEXTS):
        (content / "beispiele" / f"text-{number}.md").write_text(f"{head}---\n\n{text}\n", "utf-8")
    problems = find_problems(content)
    wanted = [sorted([problem.code, problem.message] for problem in problems if problem.place.file.endswith(f"/text-{number}.md")) for number in range(len(TEXTS))]
    found = call(rules_page, "textFaults", [[text, known] for text in TEXTS], "formular-text")
    assert [sorted([fault["code"], fault["message"]] for fault in faults) for faults in found] == wanted
    assert {fault["code"] for faults in found for fault in faults} >= {"KS304", "KS308", "KS404", "KS405", "KS406", "KS407", "KS413"}


def test_marks_in_plain_fields_are_those_that_the_check_names(rules_page: Page, tmp_path: Path) -> None:
    content, values = copy_netz(tmp_path), (*MARKED, *UNMARKED)
    for number, value in enumerate(values):
        (content / "glossar" / f"wort-{number}.md").write_text(f"---\ntitel: Wort\nkurz: '{value}'\n---\n\nTestdaten.\n", "utf-8")
    problems = {problem.place.file: problem.message for problem in find_problems(content) if problem.code == "KS419"}
    wanted = [problems.get(f"content/glossar/wort-{number}.md") for number in range(len(values))]
    found = call(rules_page, "markFault", [[value, "kurz"] for value in values], "formular-text")
    assert [fault and fault["message"] for fault in found] == wanted
    assert [bool(fault) for fault in found] == [True] * len(MARKED) + [False] * len(UNMARKED)


def test_messages_are_those_of_the_models(rules_page: Page) -> None:
    found = call(rules_page, "findFault", [["22.5.2024", rule_of(PartialDate, ()), "Seit"], ["Ü", rule_of(Id, ()), "Kennung"], ["2024-5-2", rule_of(PartialDate, ()), "Seit"]])
    assert found[0] == {"code": "KS204", "message": "„22.5.2024“ ist kein Datum.", "advice": "Meinten Sie „2024-05-22“?"}
    assert found[1]["message"] == "„Ü“ ist keine gültige Kennung."
    assert found[2]["advice"] == "Meinten Sie „2024-05-02“?"


def test_values_are_written_so_that_they_are_read_back(rules_page: Page) -> None:
    assert call(rules_page, "quote", [[word] for word in WORDS]) == [quote(word) for word in WORDS]
    assert call(rules_page, "toId", [[title] for title in TITLES[:-1]]) == [to_id(title) for title in TITLES[:-1]]
    for word in WORDS:
        source, problems = read_source("x.yml", f"titel: {quote(word)}\n".encode())
        assert source is not None, problems
        assert source.data["titel"] == " ".join(word.split())


def field(page: Page, path: str) -> Any:
    return page.locator(f"#feld-{path}")


def fill_source(page: Page, url: str) -> None:
    field(page, "quellen-1-url").fill(url)
    field(page, "quellen-1-titel").fill("Leihladen: ein Jahr # Testdaten")
    field(page, "quellen-1-herausgeber").fill("Testdaten")


def fill_example(page: Page) -> None:
    field(page, "titel").fill("Leihladen: Werkzeug für alle (Testdaten)")
    field(page, "kurz").fill("Die Bücherei verleiht Werkzeug.")
    field(page, "kommune").select_option("aachen")
    field(page, "status").select_option("laufend")
    field(page, "seit").fill("2024-05")
    field(page, "beteiligte").fill("Stadtbücherei\n\n- Verein: Testdaten")
    page.get_by_role("button", name="Kennzahlen: weitere hinzufügen").click()
    for key, value in (("bezeichnung", "Ausleihen"), ("wert", "mehr als 60"), ("einheit", "Stück"), ("zeitraum", "2025"), ("quelle", "https://www.example.org/leihladen")):
        field(page, f"kennzahlen-1-{key}").fill(value)
    field(page, "kennzahlen-1-art").select_option("ergebnis")
    page.locator('[data-key="einordnung"] summary').click()
    page.locator("#feld-einordnung-handlungsfelder").get_by_label("Reparatur").first.check()
    page.locator('[data-key="transfer"] summary').click()
    field(page, "transfer-erste_schritte").fill("Raum suchen\nGeräte sammeln")
    fill_source(page, "https://www.example.org/leihladen")
    field(page, "body").fill("Die Bücherei verleiht Werkzeug.\n\n## Was gut lief\n\nDer Raum war da.")


def check_file(content: Path, page: Page) -> list[Any]:
    """Put the file where the page says and check it together with all other content."""
    shutil.copytree(ROOT / "content", content)
    name = page.locator(".form-path").inner_text()
    path = content.parent / name
    path.write_text(page.locator("#datei-inhalt").input_value(), encoding="utf-8", newline="\n")
    assert main(["check", "--inhalt", str(content), str(path), "--streng"]) == 0
    return [name, path]


def test_a_filled_form_gives_a_file_that_the_check_accepts(browser: Browser, site_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_page(browser, f"{site_url}{EXAMPLE}") as page:
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        fill_example(page)
        assert field(page, "id").input_value() == "aachen-leihladen-werkzeug-fuer-alle-testdaten"
        page.get_by_role("button", name="Angaben prüfen").click()
        assert page.evaluate("document.activeElement.id") == "ihre-datei"
        name, path = check_file(tmp_path / "content", page)
        assert name == "content/beispiele/aachen-leihladen-werkzeug-fuer-alle-testdaten.md"
        with page.expect_download() as download:
            page.get_by_role("button", name="Datei herunterladen").click()
        assert Path(download.value.path()).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
        assert [url for url in requests if not url.startswith("blob:") and url != f"{site_url}assets/icon.svg"] == []
        assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    source, _ = read_source(str(path), path.read_bytes())
    assert source is not None
    entry: Any = validate_data(source, {**source.data, "id": "x", "body": source.body}, KINDS["beispiel"].model)[0]
    assert entry.title == "Leihladen: Werkzeug für alle (Testdaten)"
    assert entry.actors == ("Stadtbücherei", "- Verein: Testdaten")
    assert entry.figures[0].source == entry.sources[0].url
    assert entry.transfer.first_steps == ("Raum suchen", "Geräte sammeln")
    assert capsys.readouterr().out.splitlines()[-1].startswith("0 Fehler, 0 Warnungen")


def test_a_contact_gives_a_file_that_the_check_accepts(browser: Browser, site_url: str, tmp_path: Path) -> None:
    with open_page(browser, f"{site_url}{CONTACT}", width=375) as page:
        field(page, "titel").fill("Testamt (Testdaten)")
        field(page, "aufgabe").fill("Beratung")
        field(page, "kommune").select_option("aachen")
        field(page, "email").fill("amt@example.org")
        field(page, "zweck").fill("Kontakt für Betriebe")
        fill_source(page, "https://www.example.org/amt")
        page.get_by_role("button", name="Angaben prüfen").click()
        name, path = check_file(tmp_path / "content", page)
        assert name == "content/kontakte/aachen-testamt-testdaten.yml"
        assert "art: funktion\n" in path.read_text(encoding="utf-8")
        assert "person" not in path.read_text(encoding="utf-8")


def test_faults_are_told_in_words_at_the_top_and_beside_the_field(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}{EXAMPLE}") as page:
        page.get_by_role("button", name="Angaben prüfen").click()
        summary = page.locator(".form-summary")
        assert summary.is_visible()
        assert page.evaluate("document.activeElement === document.querySelector('.form-summary')")
        links = summary.get_by_role("link")
        assert links.all_inner_texts() == ["„Titel“ fehlt.", "„Kommune“ fehlt.", "„Status“ fehlt.", "„Quellen“ fehlt.", "„Dateiname“ fehlt."]
        links.first.press("Enter")
        assert page.evaluate("document.activeElement.id") == "feld-titel"
        assert field(page, "titel").get_attribute("aria-invalid") == "true"
        field(page, "titel").fill("x")
        field(page, "seit").fill("gestern")
        fill_source(page, "www.example.org")
        future = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)).isoformat()
        field(page, "quellen-1-abgerufen").fill(future)
        field(page, "quellen-1-datum").fill(future)
        page.get_by_role("button", name="Quellen: weitere hinzufügen").click()
        field(page, "quellen-2-url").fill("www.example.org")
        field(page, "kurz").fill("Test &amp; Wort")
        field(page, "body").fill("# Testdaten\n\n<b>Testdaten</b> [[gibt-es-nicht]]")
        page.get_by_role("button", name="Angaben prüfen").click()
        text = summary.inner_text()
        for part in ("„gestern“ ist kein Datum.", "„www.example.org“ ist keine Internetadresse.", "HTML ist im Text nicht erlaubt: „<b>“.", "Die Überschrift „Testdaten“", "Der Verweis [[gibt-es-nicht]] führt ins Leere.", "„Kurzfassung“ enthält „&amp;“", "Die Quelle „www.example.org“ steht zweimal"):
            assert part in text
        assert text.count(f"Das Datum {future} liegt in der Zukunft.") == 2
        assert page.locator('[data-key="body"] .form-error').inner_text().count("Bitte ") == 4
        assert page.locator(".form-result").is_hidden()


def test_the_form_can_be_used_by_keyboard_alone(browser: Browser, site_url: str) -> None:
    with open_page(browser, f"{site_url}{EXAMPLE}") as page:
        field(page, "titel").focus()
        page.keyboard.type("Testdaten")
        page.get_by_role("button", name="Quellen: weitere hinzufügen").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "feld-quellen-2-url"
        page.get_by_role("button", name="Quellen 2 entfernen").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.className").endswith("form-add")
        assert page.locator("#feld-quellen-2-url").count() == 0


@pytest.mark.parametrize("url", [EXAMPLE, CONTACT])
def test_without_scripts_the_template_is_there_to_copy(browser: Browser, site_url: str, url: str) -> None:
    with open_page(browser, f"{site_url}{url}", scripts=False) as page:
        assert page.locator("form.entry-form").is_hidden()
        kind = KINDS["beispiel" if url == EXAMPLE else "kontakt"]
        text = page.locator(".form-template code").inner_text()
        source, problems = read_source(f"x{kind.suffix}", text.encode())
        assert source is not None, problems
        assert validate_data(source, {**source.data, "id": "x"}, kind.model)[1] == []


def test_the_file_can_be_handed_to_the_forge_and_to_the_mailbox(browser: Browser, site_url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    settings = {'data-new-file=""': 'data-new-file="https://forge.example/new?filename={path}&amp;value={text}"', 'data-mail=""': 'data-mail="amt@example.org"'}

    def with_settings(route: Any) -> None:
        body = (answer := route.fetch()).text()
        for old, new in settings.items():
            assert old in body
            body = body.replace(old, new)
        route.fulfill(response=answer, body=body)

    page.route(f"{site_url}{CONTACT}", with_settings)
    page.goto(f"{site_url}{CONTACT}", wait_until="load")
    for key, value in (("titel", "Testamt"), ("aufgabe", "Beratung & mehr"), ("zweck", "Testdaten")):
        field(page, key).fill(value)
    field(page, "kommune").select_option("aachen")
    fill_source(page, "https://www.example.org/amt")
    page.get_by_role("button", name="Angaben prüfen").click()
    text = page.locator("#datei-inhalt").input_value()
    forge = urlsplit(page.get_by_role("link", name="Auf der Plattform").get_attribute("href") or "")
    assert parse_qs(forge.query) == {"filename": ["content/kontakte/aachen-testamt.yml"], "value": [text]}
    mail = urlsplit(page.get_by_role("link", name="Per E-Mail").get_attribute("href") or "")
    assert mail.path == "amt@example.org"
    assert text in parse_qs(mail.query)["body"][0]
    assert page.locator(".form-too-long").is_hidden()
    field(page, "hinweise").fill("ä" * 1500)
    page.get_by_role("button", name="Angaben prüfen").click()
    forge = urlsplit(page.get_by_role("link", name="Auf der Plattform").get_attribute("href") or "")
    assert parse_qs(forge.query, keep_blank_values=True) == {"filename": ["content/kontakte/aachen-testamt.yml"], "value": [""]}
    assert "fügen Sie ihn dort ein" in page.locator(".form-too-long").inner_text()
    context.close()
