"""Ten tasks as editors do them: begin, be told what is wrong, put it right, be done."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import copy_netz, find_problems

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.cli import main
from kreislaufstadt.load import load_content

SOURCE = ("--feld", "quelle.url=https://www.example.org/neu", "--feld", "quelle.titel=Neue Quelle (Testdaten)", "--feld", "quelle.herausgeber=Testnetz")

class Desk:
    """An editor's desk: the content folder, and what the check says about it."""

    def __init__(self, content: Path) -> None:
        """Sit down at the desk."""
        self.content = content

    def new(self, kind: str, title: str, *fields: str) -> None:
        """Begin an entry and write one sentence of text."""
        flags = [part for field in fields for part in ("--feld", field)]
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

    @property
    def catalog(self) -> Catalog:
        """The content as the site would see it."""
        return Catalog(load_content(self.content))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(copy_netz(tmp_path))


CASE = "beispiele/muster-leihladen.md"
CONTACT = "kontakte/musterstadt-testamt.yml"


def test_a_new_example(desk: Desk) -> None:
    desk.new("beispiel", "Reparaturtreff", "kommune=musterstadt", "status=laufend")
    assert desk.lines == []
    assert [entry.id for entry in desk.catalog.linked_from("kommune", "musterstadt", "beispiel")] == ["muster-leihladen", "reparaturtreff"]


def test_a_wrong_reference(desk: Desk) -> None:
    desk.new("beispiel", "Reparaturtreff", "kommune=musterstatt", "status=laufend")
    assert desk.lines == [
        "content/beispiele/reparaturtreff.md:11:10: Fehler KS301: „musterstatt“ gibt es nicht: kein Eintrag der Art Kommune heißt so. Meinten Sie „musterstadt“?"
    ]
    desk.edit("beispiele/reparaturtreff.md", "musterstatt", "musterstadt")
    assert desk.lines == []


def test_a_missing_source(desk: Desk) -> None:
    desk.edit(CASE, "    quelle: https://www.example.org/testnetz/laden", "    quelle: https://www.example.org/zaehlung")
    assert desk.lines == [
        "content/beispiele/muster-leihladen.md:15:13: Fehler KS308: Die Quelle „https://www.example.org/zaehlung“ steht nicht in der Quellenliste dieses Eintrags. Meinten Sie „https://www.example.org/testnetz/laden“?"
    ]
    desk.edit(CASE, "ungeprueft:", "  - url: https://www.example.org/zaehlung\n    titel: Zählung (Testdaten)\n    herausgeber: Testnetz\n    abgerufen: 2026-06-01\nungeprueft:")
    assert desk.lines == []


def test_a_bad_figure(desk: Desk) -> None:
    desk.edit(CASE, "wert: mehr als 60", "wert: 13.9")
    assert desk.lines == [
        "content/beispiele/muster-leihladen.md:11:11: Fehler KS216: „wert“: „13.9“ enthält einen Punkt, wo ein Komma gemeint sein kann. Bitte Dezimalzahlen mit Komma schreiben, z. B. 13,9; Tausender mit Punkt oder ohne, z. B. 2.700."
    ]
    desk.edit(CASE, "wert: 13.9", "wert: 13,9")
    assert desk.lines == []


def test_a_duplicate_id(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "begriff", "--titel", "Testwort", "--inhalt", str(desk.content)]) == 2
    assert "gibt es schon. Bitte eine andere --kennung wählen." in capsys.readouterr().err
    desk.edit("listen/status.yml", "id: geplant", "id: laufend")
    assert desk.lines == [
        "content/beispiele/gau-plan.md:4:9: Fehler KS310: „geplant“ steht nicht in der Liste Status (listen/status.yml). Möglich sind: laufend, abgelehnt.",
        "content/listen/status.yml:5:9: Fehler KS303: Die Kennung „laufend“ ist in dieser Liste schon vergeben. Bitte eine andere Kennung wählen.",
    ]


def test_a_renamed_file(desk: Desk) -> None:
    (desk.content / CASE).rename(desk.content / "beispiele/leihladen.md")
    assert {line.split(": ")[1] for line in desk.lines} == {"Fehler KS301", "Fehler KS304"}
    for name in ("modell/anfangen.md", "index.md"):
        desk.edit(name, "muster-leihladen", "leihladen")
    desk.edit("modell/anfangen.md", "beispiel:muster-leihladen", "beispiel:leihladen")
    desk.edit("beispiele/leihladen.md", "frueher:\n", "frueher:\n  - muster-leihladen\n")
    assert desk.lines == []
    renamed = desk.catalog.find("beispiel", "leihladen")
    assert getattr(renamed, "former_ids", ()) == ("muster-leihladen", "muster-verleih")


def test_a_picture_without_words(desk: Desk) -> None:
    desk.add(CASE, "\n![](../bilder/testbild.svg)\n")
    assert [line for line in desk.lines if "KS405" in line] == [
        "content/beispiele/muster-leihladen.md:61:1: Fehler KS405: Das Bild „../bilder/testbild.svg“ hat keinen Alternativtext. Bitte in die eckigen Klammern schreiben, was zu sehen ist."
    ]
    desk.edit(CASE, "![](", "![Graues Quadrat (")
    desk.edit(CASE, "Quadrat (", "Quadrat](")
    assert desk.lines == []


def test_an_overdue_contact(desk: Desk) -> None:
    desk.edit(CONTACT, "geprueft_am: 2026-01-15\nnaechste_pruefung: 2027-01-10", "geprueft_am: 2025-01-15")
    assert desk.lines == [
        "content/kontakte/musterstadt-testamt.yml:18:14: Warnung KS402: Die Prüfung war am 14.07.2025 fällig. Bitte gegen die Quellen prüfen und das Datum mit Hinweis erneuern."
    ]
    desk.edit(CONTACT, "geprueft_am: 2025-01-15", "geprueft_am: 2026-06-01")
    assert desk.lines == []


def test_a_new_term(desk: Desk) -> None:
    desk.new("begriff", "Prüfwort")
    desk.add("glossar/pruefwort.md", "\nDas Gegenstück zu [[testwrot]].\n")
    assert desk.lines == ["content/glossar/pruefwort.md:53:19: Fehler KS304: Der Verweis [[testwrot]] führt ins Leere. Meinten Sie „testwort“?"]
    desk.edit("glossar/pruefwort.md", "testwrot", "testwort")
    assert desk.lines == []
    assert [entry.id for entry in desk.catalog.linked_from("begriff", "testwort", "begriff")] == ["pruefwort", "testbegriff"]


def test_a_new_city(desk: Desk) -> None:
    desk.new("kommune", "Neustadt am Test", "typ=stadt")
    assert desk.lines == [
        "content/kommunen/neustadt-am-test.md:7:1: Fehler KS217: Für eine deutsche Kommune fehlt das Land. Bitte land: ergänzen, z. B. land: niedersachsen."
    ]
    desk.edit("kommunen/neustadt-am-test.md", "typ: stadt", "typ: stadt\nland: musterland")
    assert desk.lines == []
