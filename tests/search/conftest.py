"""A page and two sites: a small invented one, and the one built from content/."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_support import ROOT, serve
from jinja2 import Environment, FileSystemLoader

from kreislaufstadt.search.analysis import Analysis
from kreislaufstadt.search.compounds import Compounds
from kreislaufstadt.search.documents import SearchDocument
from kreislaufstadt.search.index import IndexedPage, index_page
from kreislaufstadt.search.language import Language, SynonymGroup
from kreislaufstadt.search.register import register
from kreislaufstadt.search.write import write_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser, Page

OVERRIDES = ROOT / "overrides"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; an error in a script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def modules() -> Iterator[str]:
    """The address of the browser side's modules."""
    with serve(OVERRIDES) as address:
        yield address


LANGUAGE = Language(
    frozenset({"der", "die", "das", "ist", "was", "fur", "und", "eine", "wie"}),
    (SynonymGroup(("Reparaturbonus", "Reparaturprämie")), SynonymGroup(("gebraucht", "second hand"))),
    Compounds.read(("Reparatur|bonus", "Mehrweg|becher", "Abfall|beratung", "Bau|teil|börse", "Pfand|system"), ("Mannheim",)),
)
"""Language of the small site."""


def make_document(number: int, title: str, kind: str, text: str, **extra: object) -> SearchDocument:
    """Make an invented document with two sections."""
    html = (
        f'<h1>{title}</h1><p>{text}</p><h2 id="einordnung">Einordnung</h2><p>Testdaten Nummer {number} über {title}.</p>'
        f'<nav><a href="#">Navigationswort</a></nav><h2 id="ablauf">Ablauf von {title}</h2><p>{text} Schritt für Schritt.</p>'
    )
    facets = {"art": (kind,), "land": (("Nordland",) if number % 2 else ("Südland",)), "komponente": (("Testkomponente",) if number % 3 == 0 else ()), "handlungsfeld": ("Testfeld",)}
    return SearchDocument(f"seiten/{number}/", title, kind, f"Testdaten: {text}", html, facets, **extra)  # type: ignore[arg-type]


def index_pages(documents: Iterable[SearchDocument]) -> list[IndexedPage]:
    """Analyse documents with the invented language."""
    analysis = Analysis(LANGUAGE)
    return [index_page(document, analysis) for document in documents]


def make_documents() -> list[SearchDocument]:
    """Make the documents of the small site; all of it is invented."""
    rows = [
        ("Reparaturbonus", "Begriff", "Ein Zuschuss, wenn Geräte repariert werden."),
        ("Mehrwegbecher im Rathaus", "Beispiel", "Becher mit Pfand statt Einwegbecher."),
        ("Bauteilbörse Musterstadt", "Beispiel", "Türen und Fenster werden weitergegeben."),
        ("Abfallberatung", "Kontaktstelle", "Beratung zu Abfall, Telefon und Anschrift."),
        ("Second-Hand-Kaufhaus", "Beispiel", "Möbel und Kleidung aus zweiter Hand."),
        ("Größe der Flächen", "Indikator", "Wie groß die Flächen für Gewerbe sind."),
        ("Mannheim", "Kommune", "Eine Stadt mit einem Reparaturbonus als Versuch."),
    ]
    documents = [make_document(number, *row) for number, row in enumerate(rows)]
    more = [make_document(20 + number, f"Pfandsystem {number}", "Beispiel", f"Pfand wird zurückgezahlt, Fall {number}.") for number in range(14)]
    term = make_document(40, "Kennzahlen", "Indikator", "Werte im Jahresvergleich.", search_terms=("KPI", "Erfolg messen"))
    return [*documents, *more, term]


PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Suche</title><link rel="icon" href="data:,"><script defer src="{root}assets/suche/start.js"></script></head>
<body><header>{header}</header><main><h1>Suche</h1>{main}</main></body></html>"""


def write_site(folder: Path) -> Path:
    """Write the small site: search page, one more page with the field in its header, index, program."""
    documents = make_documents()
    for name, content in write_index(documents, LANGUAGE).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "assets" / "suche").mkdir(parents=True)
    shutil.copy(OVERRIDES / "assets" / "suche" / "start.js", folder / "assets" / "suche")
    shutil.copytree(OVERRIDES / "assets" / "css", folder / "assets" / "css")
    environment = Environment(loader=FileSystemLoader(OVERRIDES), autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(url=lambda url: f"../{url}", here=lambda url: url)
    main = environment.get_template("partials/suche.html").render(letters=register(index_pages(documents)))
    field = environment.get_template("partials/suchfeld.html").render()
    (folder / "suche" / "index.html").write_text(PAGE.format(root="../", header="", main=main), "utf-8")
    (folder / "seite").mkdir()
    (folder / "seite" / "index.html").write_text(PAGE.format(root="../", header=field, main="<p>Testdaten</p>"), "utf-8")
    for document in documents:
        (folder / document.url).mkdir(parents=True, exist_ok=True)
        (folder / document.url / "index.html").write_text(f"<!doctype html><title>{document.title}</title>{document.html}", "utf-8")
    return folder


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site as files."""
    return write_site(tmp_path_factory.mktemp("klein"))


@pytest.fixture(scope="session")
def small_site(small_folder: Path) -> Iterator[str]:
    """The address of the small site."""
    with serve(small_folder) as address:
        yield address


@pytest.fixture(scope="session")
def built_site(built_folder: Path) -> Iterator[str]:
    """The address of the built site."""
    with serve(built_folder) as address:
        yield address
