"""Ten tasks as editors do them: from the empty file over what the check says to the page after the merge."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import copy_netz, find_problems, git, render_page

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.cli import main
from kreislaufstadt.load import load_content

SOURCE = ("--feld", "quelle.url=https://www.example.org/neu", "--feld", "quelle.titel=Neue Quelle (Testdaten)", "--feld", "quelle.herausgeber=Testnetz")


class Desk:
    """An editor's desk: a branch of the content folder, what the check says about it, and the merge at the end."""

    def __init__(self, folder: Path) -> None:
        """Sit down at the desk."""
        self.content = copy_netz(folder)
        git(folder, "init", "-q")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", "Testdaten")
        git(folder, "checkout", "-q", "-b", "vorschlag")

    def begin(self, name: str) -> None:
        """Create the empty file, as editors do, and be told what belongs in it."""
        (self.content / name).write_bytes(b"")
        advice = "Bitte eine Vorlage aus dem Mitmach-Bereich hineinkopieren oder die Datei löschen."
        assert self.lines == [f"content/{name}:1:1: Fehler KS101: Die Datei ist leer. {advice}"]
        (self.content / name).unlink()

    def merge(self, url: str) -> str:
        """Pass the check that stands before a merge, merge, and return the page that is built from main."""
        folder = self.content.parent
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", "Testdaten")
        assert main(["check", "--streng", "--inhalt", str(self.content), "--heute", "2026-06-01", "--gegen", "main"]) == 0
        git(folder, "checkout", "-q", "main")
        git(folder, "merge", "-q", "--no-ff", "-m", "Testdaten", "vorschlag")
        assert self.lines == []
        return render_page(url, self.content)

    def new(self, kind: str, title: str, *fields: str, kennung: str = "") -> None:
        """Begin an entry and write one sentence of text."""
        flags = [part for field in fields for part in ("--feld", field)]
        flags += ["--kennung", kennung] if kennung else []
        command = ["new", kind, "--titel", title, *flags, *(SOURCE if kind != "begriff" else ())]
        assert main([*command, "--inhalt", str(self.content), "--heute", "2026-06-01"]) == 0
        for path in self.content.rglob("*.md"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("Hier beginnt der Text.", "Ein erfundener Text."), encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a passage that must be there."""
        path = self.content / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def add(self, name: str, text: str) -> None:
        """Write something at the end of a file."""
        path = self.content / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    @property
    def lines(self) -> list[str]:
        """What the check says."""
        return [str(problem) for problem in find_problems(self.content)]

    def against_main(self, capsys: pytest.CaptureFixture[str]) -> list[str]:
        """What the check says that stands before a merge, and that it refuses the change."""
        capsys.readouterr()
        assert main(["check", "--streng", "--inhalt", str(self.content), "--heute", "2026-06-01", "--gegen", "main"]) == 1
        return capsys.readouterr().out.splitlines()[:-1]

    @property
    def catalog(self) -> Catalog:
        """The content as the site would see it."""
        return Catalog(load_content(self.content))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


CASE = "beispiele/muster-leihladen.md"
CONTACT = "kontakte/musterstadt-testamt.yml"


def test_a_new_example(desk: Desk) -> None:
    desk.begin("beispiele/reparaturtreff.md")
    desk.new("beispiel", "Reparaturtreff", "kommune=musterstadt", "status=laufend")
    assert desk.lines == []
    assert [entry.id for entry in desk.catalog.linked_from("kommune", "musterstadt", "beispiel")] == ["muster-leihladen", "reparaturtreff"]
    html = desk.merge("beispiele/reparaturtreff/")
    assert "Reparaturtreff</h1>" in html
    assert "Neue Quelle (Testdaten)" in html
    assert "Ein erfundener Text." in html


def test_a_wrong_reference(desk: Desk) -> None:
    desk.begin("beispiele/reparaturtreff.md")
    desk.new("beispiel", "Reparaturtreff", "kommune=musterstatt", "status=laufend")
    assert desk.lines == [
        "content/beispiele/reparaturtreff.md:11:10: Fehler KS301: „musterstatt“ gibt es nicht: kein Eintrag der Art Kommune heißt so. Meinten Sie „musterstadt“?"
    ]
    desk.edit("beispiele/reparaturtreff.md", "musterstatt", "musterstadt")
    assert 'href="../../beispiele/reparaturtreff/"' in desk.merge("kommunen/musterstadt/")


def test_a_missing_source(desk: Desk) -> None:
    desk.edit(CASE, "    quelle: https://www.example.org/testnetz/laden", "    quelle: https://www.example.org/zaehlung")
    assert desk.lines == [
        "content/beispiele/muster-leihladen.md:15:13: Fehler KS308: Die Quelle „https://www.example.org/zaehlung“ steht nicht in der Quellenliste dieses Eintrags. Meinten Sie „https://www.example.org/testnetz/laden“?"
    ]
    desk.edit(CASE, "ungeprueft:", "  - url: https://www.example.org/zaehlung\n    titel: Zählung (Testdaten)\n    herausgeber: Testnetz\n    abgerufen: 2026-06-01\nungeprueft:")
    assert "Zählung (Testdaten)" in desk.merge("beispiele/muster-leihladen/")


def test_an_entry_without_any_source(desk: Desk) -> None:
    desk.begin("beispiele/tauschregal.md")
    (desk.content / "beispiele/tauschregal.md").write_text("---\ntitel: Tauschregal\nkommune: musterstadt\nstatus: laufend\n---\n", encoding="utf-8")
    assert desk.lines == ["content/beispiele/tauschregal.md:2:1: Fehler KS401: Der Eintrag hat keine Quelle. Bitte unter quellen: mindestens einen Beleg angeben."]
    source = "quellen:\n  - url: https://www.example.org/regal\n    titel: Regal (Testdaten)\n    herausgeber: Testnetz\n    abgerufen: 2026-06-01\n"
    desk.edit("beispiele/tauschregal.md", "status: laufend\n", f"status: laufend\n{source}")
    assert "Regal (Testdaten)" in desk.merge("beispiele/tauschregal/")


def test_a_bad_figure(desk: Desk) -> None:
    desk.edit(CASE, "wert: mehr als 60", "wert: 13.9")
    assert desk.lines == [
        "content/beispiele/muster-leihladen.md:11:11: Fehler KS216: „wert“: „13.9“ enthält einen Punkt, wo ein Komma gemeint sein kann. Bitte Dezimalzahlen mit Komma schreiben, z. B. 13,9; Tausender mit Punkt oder ohne, z. B. 2.700."
    ]
    desk.edit(CASE, "wert: 13.9", "wert: 13,9")
    assert "13,9" in desk.merge("beispiele/muster-leihladen/")


def test_a_duplicate_id(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "begriff", "--titel", "Testwort", "--inhalt", str(desk.content)]) == 2
    assert "gibt es schon. Bitte eine andere --kennung wählen." in capsys.readouterr().err
    desk.new("begriff", "Testwort", kennung="testwort-2")
    desk.edit("listen/status.yml", "id: geplant", "id: laufend")
    assert desk.lines == [
        "content/beispiele/gau-plan.md:4:9: Fehler KS310: „geplant“ steht nicht in der Liste Status (listen/status.yml). Möglich sind: laufend, abgelehnt.",
        "content/listen/status.yml:5:9: Fehler KS303: Die Kennung „laufend“ ist in dieser Liste schon vergeben. Bitte eine andere Kennung wählen.",
    ]
    desk.edit("listen/status.yml", "id: laufend\n    titel: geplant", "id: geplant\n    titel: geplant")
    assert "Testwort</h1>" in desk.merge("glossar/testwort-2/")


def test_a_renamed_file(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    (desk.content / CASE).rename(desk.content / "beispiele/leihladen.md")
    assert desk.lines == [
        "content/index.md:6:99: Fehler KS304: Der Verweis [[muster-leihladen]] führt ins Leere. Meinten Sie „leihladen“?",
        "content/modell/anfangen.md:14:5: Fehler KS301: „muster-leihladen“ gibt es nicht: kein Eintrag der Art Beispiel heißt so. Meinten Sie „leihladen“?",
        "content/modell/anfangen.md:31:7: Fehler KS304: Der Verweis [[beispiel:muster-leihladen]] führt ins Leere. Meinten Sie „leihladen“?",
    ]
    for name in ("modell/anfangen.md", "index.md"):
        desk.edit(name, "muster-leihladen", "leihladen")
    desk.edit("modell/anfangen.md", "beispiel:muster-leihladen", "beispiel:leihladen")
    assert desk.lines == []
    assert desk.against_main(capsys) == [
        "content/beispiele/leihladen.md:52:3: Warnung KS420: Unter der früheren Kennung „muster-leihladen“ gibt es keinen Eintrag mehr: Die alte Adresse führt ins Leere. Bitte hier unter frueher: die Zeile „- muster-leihladen“ ergänzen."
    ]
    desk.edit("beispiele/leihladen.md", "frueher:\n", "frueher:\n  - muster-leihladen\n")
    assert desk.lines == []
    renamed = desk.catalog.find("beispiel", "leihladen")
    assert getattr(renamed, "former_ids", ()) == ("muster-leihladen", "muster-verleih")
    html = desk.merge("beispiele/muster-leihladen/")
    assert '<meta http-equiv="refresh" content="0; url=../leihladen/">' in html
    assert 'content="noindex"' in html
    assert '<a href="../leihladen/">' in render_page("beispiele/muster-verleih/", desk.content)


def test_a_picture_without_words_and_licence(desk: Desk) -> None:
    picture = desk.content / "bilder" / "neu.svg"
    picture.write_bytes((desk.content / "bilder" / "testbild.svg").read_bytes())
    desk.add(CASE, "\n![](../bilder/neu.svg)\n")
    assert desk.lines == [
        "content/beispiele/muster-leihladen.md:61:1: Fehler KS405: Das Bild „../bilder/neu.svg“ hat keinen Alternativtext. Bitte in die eckigen Klammern schreiben, was zu sehen ist.",
        "content/bilder/neu.svg: Fehler KS415: Zu diesem Bild fehlt der Bildnachweis. Bitte daneben die Datei neu.yml mit titel, urheber, lizenz, lizenz_url und herkunft anlegen.",
    ]
    desk.edit(CASE, "![](../bilder/neu", "![Graues Quadrat](../bilder/neu")
    credit = picture.with_suffix(".yml")
    credit.write_text("titel: Neues Bild (Testdaten)\nurheber: Muster Person (Testdaten)\nlizenz_url: https://creativecommons.org/licenses/by/4.0/\nherkunft: https://musterstadt.example/neu\n", encoding="utf-8")
    assert desk.lines == [
        "content/bilder/neu.yml:1:1: Fehler KS201: Pflichtfeld „lizenz“ fehlt. Bitte ergänzen: lizenz: … (z. B. CC BY 4.0 oder „Nutzung mit Einwilligung“)"
    ]
    desk.add("bilder/neu.yml", "lizenz: CC BY 4.0\n")
    html = desk.merge("beispiele/muster-leihladen/")
    assert 'alt="Graues Quadrat"' in html
    assert "Neues Bild (Testdaten)</a> von Muster Person (Testdaten)" in html


def test_an_overdue_contact(desk: Desk) -> None:
    desk.edit(CONTACT, "geprueft_am: 2026-01-15\nnaechste_pruefung: 2027-01-10", "geprueft_am: 2025-01-15")
    assert desk.lines == [
        "content/kontakte/musterstadt-testamt.yml:18:14: Warnung KS402: Die Prüfung war am 14.07.2025 fällig. Bitte gegen die Quellen prüfen und das Datum mit Hinweis erneuern."
    ]
    desk.edit(CONTACT, "geprueft_am: 2025-01-15", "geprueft_am: 2026-06-01")
    assert desk.lines == [
        "content/kontakte/musterstadt-testamt.yml:18:14: Warnung KS421: Zur Prüfung vom 2026-06-01 steht nicht da, wer wie geprüft hat. Bitte unter geprueft: datum und hinweis ergänzen, z. B. hinweis: Redaktion, Seite der Stelle gelesen."
    ]
    desk.edit(CONTACT, "datum: 2026-01-15\n  hinweis: Nur zum Testen, nichts gelesen (Testdaten)", "datum: 2026-06-01\n  hinweis: Testredaktion, Seite des Amts gelesen (Testdaten)")
    html = desk.merge("kontakte/musterstadt-testamt/")
    assert '<time datetime="2026-06-01">' in html
    assert "Testredaktion, Seite des Amts gelesen (Testdaten)" in html


def test_a_new_term(desk: Desk) -> None:
    desk.begin("glossar/pruefwort.md")
    desk.new("begriff", "Prüfwort")
    desk.add("glossar/pruefwort.md", "\nDas Gegenstück zu [[testwrot]].\n")
    assert desk.lines == ["content/glossar/pruefwort.md:54:19: Fehler KS304: Der Verweis [[testwrot]] führt ins Leere. Meinten Sie „testwort“?"]
    desk.edit("glossar/pruefwort.md", "testwrot", "testwort")
    assert desk.lines == []
    assert [entry.id for entry in desk.catalog.linked_from("begriff", "testwort", "begriff")] == ["pruefwort", "testbegriff"]
    assert 'href="../testwort/"' in desk.merge("glossar/pruefwort/")


def test_a_new_city(desk: Desk) -> None:
    desk.begin("kommunen/neustadt-am-test.md")
    desk.new("kommune", "Neustadt am Test", "typ=stadt")
    assert desk.lines == [
        "content/kommunen/neustadt-am-test.md:7:1: Fehler KS217: Für eine deutsche Kommune fehlt das Land. Bitte land: ergänzen, z. B. land: niedersachsen."
    ]
    desk.edit("kommunen/neustadt-am-test.md", "typ: stadt", "typ: stadt\nland: musterland")
    assert "Neustadt am Test</h1>" in desk.merge("kommunen/neustadt-am-test/")
    assert "Neustadt am Test" in render_page("kommunen/", desk.content)
