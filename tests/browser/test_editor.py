"""The editor in the browser, with the invented network in its trial store: open, write, save, and what the files then say."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from browser_support import ROOT, serve
from playwright.sync_api import expect
from support import TODAY, copy_netz, find_problems

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.load import load_content
from kreislaufstadt.mkdocs_adapter.editor import editor_files
from kreislaufstadt.model.entries import CaseStudy, Contact
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.problems import Severity
from kreislaufstadt.render import Renderer
from kreislaufstadt.schema import INTRODUCTIONS
from kreislaufstadt.site import Settings, Site
from kreislaufstadt.web_editor import FOLDER, TRIAL, Backend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SOURCE = {"url": "https://www.example.org/testnetz/leihen", "titel": "Seite der Leihstelle (Testdaten)", "herausgeber": "Testnetz (Testdaten)", "abgerufen": "2026-01-15"}
CONTACT = "kontakte/musterstadt-testamt.yml"
NOTES = {
    "aufgabe: Auskunft": "# Testdaten: eine Notiz über der Aufgabe\naufgabe: Auskunft",
    "telefon: 030 23125 001": "telefon: 030 23125 001  # Testdaten: eine Notiz dahinter",
    "  - url: https://www.example.org/testnetz/amt": "  # Testdaten: eine Notiz darin\n  - url: https://www.example.org/testnetz/amt",
}
STORE = "sveltia-cms-test"
PUT = """async ([store, files]) => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(store, { create: true });
  for (const [path, text] of files) {
    const parts = path.split("/");
    let folder = root;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const stream = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await stream.write(text);
    await stream.close();
  }
}"""
GET = """async (store) => {
  const found = {};
  const walk = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await walk(handle, `${path}${name}/`);
      else found[path + name] = await (await handle.getFile()).text();
    }
  };
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle(store), "");
  return found;
}"""


class Desk:
    """The editor, opened over a copy of the invented network."""

    def __init__(self, page: Page, address: str, content: Path) -> None:
        """Fill the trial store and sign in."""
        self.page, self.address, self.content = page, address, content
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        page.set_default_timeout(20_000)
        page.goto(f"{address}admin/")
        files = [(f"content/{path.relative_to(content).as_posix()}", path.read_text("utf-8")) for folder in content.iterdir() if folder.is_dir() for path in folder.glob("*.[my]*")]
        page.evaluate(PUT, [STORE, files])
        page.get_by_role("button", name="Mit Test-Repository arbeiten").click()
        page.get_by_role("button", name="Neuen Eintrag anlegen").first.wait_for()

    def field(self, key: str) -> str:
        return f'[data-key-path="{key}"]'

    def fill(self, key: str, text: str) -> None:
        self.page.locator(f"{self.field(key)} :is(input, textarea)").first.fill(text)

    def begin(self, kind: str) -> None:
        """Open the form for a new entry, down to its last field: fields appear as one scrolls."""
        self.page.goto(f"{self.address}admin/#/collections/{kind}/new")
        self.page.locator(self.field("titel")).wait_for()
        self.page.mouse.move(600, 500)
        while not self.page.locator(self.field("frueher")).count():
            self.page.mouse.wheel(0, 1200)
            self.page.wait_for_timeout(100)

    def choose(self, key: str, label: str) -> None:
        """Choose a value where it is offered: buttons for few values, a list for many."""
        field = self.page.locator(self.field(key))
        field.scroll_into_view_if_needed()
        button = field.get_by_role("radio", name=label).or_(field.get_by_role("checkbox", name=label)).first
        if not button.count():
            field.locator("[role=combobox], [aria-haspopup=listbox]").first.click()
            self.page.get_by_role("option", name=label).first.click()
            expect(field).to_contain_text(label)
            return
        button.click()
        expect(button).to_have_attribute("aria-checked", "true")

    def save(self) -> dict[str, str]:
        """Save, take the files out of the store into the content folder, and return those that changed."""
        self.page.get_by_role("button", name="Speichern").first.click()
        self.page.get_by_role("button", name="Neuen Eintrag anlegen").first.wait_for()
        found = self.page.evaluate(GET, STORE)
        changed = {}
        for path, text in found.items():
            target = self.content.parent / path
            if not target.exists() or target.read_text("utf-8") != text:
                target.write_text(text, "utf-8")
                changed[path] = text
        return changed


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One session for all tests: opening the editor takes longer than using it."""
    folder = tmp_path_factory.mktemp("editor")
    content, site = copy_netz(folder), folder / "site"
    for old, new in NOTES.items():
        text = (content / CONTACT).read_text("utf-8")
        assert old in text
        (content / CONTACT).write_text(text.replace(old, new), "utf-8")
    settings = Settings("Testnetz", "https://www.example.org/", content, (ROOT / "overrides",), TODAY)
    for name, raw in editor_files(Renderer(Site(settings)), Backend(TRIAL), ROOT / "overrides" / "admin"):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    lists = site / FOLDER / "config.json"  # of two towns one is chosen with a button: in the examples from a list, as of many towns
    config = json.loads(lists.read_text("utf-8"))
    next(field for kind in config["collections"] if kind["name"] == "beispiel" for field in kind["fields"] if field["name"] == "kommune")["dropdown_threshold"] = 1
    lists.write_text(json.dumps(config), "utf-8")
    shutil.copytree(ROOT / "overrides" / "assets", site / "assets")
    with serve(site) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE", reduced_motion="reduce")
        context.route(lambda url: not url.startswith((address, "blob:", "data:")), lambda route: route.abort())
        opened = Desk(context.new_page(), address, content)
        yield opened
        context.close()
        assert [url for url in opened.asked if not url.startswith((address, "blob:", "data:"))] == []
        assert opened.said == []


def test_every_collection_opens_and_lists_its_files(desk: Desk) -> None:
    for kind in KINDS.values():
        desk.page.get_by_role("treeitem", name=kind.plural).first.click()
        desk.page.locator("main").get_by_text(INTRODUCTIONS[kind.name]).wait_for()
        files = [path for path in (desk.content / kind.folder).glob(f"*{kind.suffix}") if path.stem != "index"]
        assert files
        desk.page.locator("main").get_by_role("row").nth(len(files) - 1).wait_for()


def test_a_new_contact_and_a_new_example_pass_the_check(desk: Desk) -> None:
    contact = {"titel": "Stadt Musterstadt (Testdaten)", "stelle": "Büro für Größen (Testdaten)", "aufgabe": "Auskunft zum Leihen: Testdaten, 2024", "telefon": "030 23125 002", "zweck": "Nur zum Testen"}
    desk.begin("kontakt")
    desk.choose("art", "funktion")
    desk.choose("kommune", "Musterstadt")
    for key, text in contact.items():
        desk.fill(key, text)
    fill_source(desk)
    written = desk.save()
    assert list(written) == ["content/kontakte/musterstadt-buero-fuer-groessen-testdaten.yml"]
    assert "eine Notiz" not in "".join(written.values())
    desk.begin("beispiel")
    desk.choose("kommune", "Musterstadt")
    desk.choose("status", "laufend")
    desk.choose("kontakte", "musterstadt-buero-fuer-groessen-testdaten")
    desk.fill("titel", "Leihladen (Testdaten)")
    desk.fill("seit", "2024")
    desk.fill("body", "Ein erfundener Leihladen. Nur zum Testen.")
    fill_source(desk)
    assert list(desk.save()) == ["content/beispiele/musterstadt-leihladen-testdaten.md"]
    assert [problem for problem in find_problems(desk.content) if problem.severity is not Severity.HINT] == []
    catalog = Catalog(load_content(desk.content))
    office, example = catalog.find("kontakt", "musterstadt-buero-fuer-groessen-testdaten"), catalog.find("beispiel", "musterstadt-leihladen-testdaten")
    assert isinstance(office, Contact)
    assert isinstance(example, CaseStudy)
    assert {"titel": office.title, "stelle": office.unit, "aufgabe": office.role, "telefon": office.phone, "zweck": office.purpose} == contact
    assert office.municipality == example.municipality == "musterstadt"
    assert (example.contacts, example.status, str(example.since)) == ((office.id,), "laufend", "2024")
    assert example.body.strip() == "Ein erfundener Leihladen. Nur zum Testen."
    assert {key: str(value) for key, value in example.sources[0].model_dump(by_alias=True, exclude_none=True).items()} == SOURCE


def test_changing_one_field_of_a_file_changes_nothing_else_that_counts(desk: Desk) -> None:
    before, text = Catalog(load_content(desk.content)).find("kontakt", "musterstadt-testamt"), (desk.content / CONTACT).read_text("utf-8")
    assert isinstance(before, Contact)
    desk.page.goto(f"{desk.address}admin/#/collections/kontakt/entries/musterstadt-testamt")
    desk.page.locator(desk.field("titel")).wait_for()
    desk.fill("aufgabe", "Auskunft zu anderen Fragen")
    changed = desk.save()
    assert list(changed) == ["content/kontakte/musterstadt-testamt.yml"]
    modeline = "# yaml-language-server: $schema=../../schemas/kontakt.schema.json\n"
    assert changed[f"content/{CONTACT}"] == modeline + text.replace("Auskunft zu erfundenen Fragen", "Auskunft zu anderen Fragen")
    after = Catalog(load_content(desk.content)).find("kontakt", "musterstadt-testamt")
    assert after == before.model_copy(update={"role": "Auskunft zu anderen Fragen"})
    assert [problem for problem in find_problems(desk.content) if problem.severity is not Severity.HINT] == []


HEAD = "# Testdaten\n## Titel (Pflicht)\ntitel: 'Eins'\n# weg damit\nkurz: >-\n  Zwei\n  Zeilen\nplz: 01067  # bleibt\nquellen:\n# innen\n- url: https://www.example.org/a\n# am Ende\n"
VALUES = {"titel": "Eins", "kurz": "Zwei Zeilen", "plz": "01067", "quellen": [{"url": "https://www.example.org/a"}]}
MERGE = """async ([head, values, wanted]) => {
  const { Heads, mergeHead } = await import("./kopf.js");
  const heads = new Heads();
  heads.add(head, values);
  heads.add(head, values);
  heads.add("titel: Fremd\\nplz: 99999\\n", { titel: "Fremd", plz: "99999" });
  const former = heads.take(wanted);
  return former ? mergeHead(former, wanted, (rows) => Object.entries(rows).map(([key, value]) => `${key}: ${value}\\n`).join(""), "# Schema") : null;
}"""


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, f"# Schema\n{HEAD}"),
        ({"kurz": None, "seit": "2024"}, f"# Schema\n{HEAD}".replace("# weg damit\nkurz: >-\n  Zwei\n  Zeilen\n", "").replace("# am Ende\n", "seit: 2024\n# am Ende\n")),
        ({"titel": "Zwei"}, f"# Schema\n{HEAD}".replace("'Eins'", "Zwei")),
        ({"titel": "Zwei", "kurz": "Neu"}, None),
        ({"titel": "Zwei", "kurz": "Neu", "plz": "1", "quellen": None}, None),
    ],
    ids=["nichts", "weg-und-neu", "ein-feld", "zu-viel", "fremd"],
)
def test_a_head_keeps_what_was_not_changed(desk: Desk, change: dict[str, str | None], wanted: str | None) -> None:
    values = {key: value for key, value in {**VALUES, **change}.items() if value is not None}
    assert desk.page.evaluate(MERGE, [HEAD, VALUES, values]) == wanted


def fill_source(desk: Desk) -> None:
    desk.page.locator(desk.field("quellen")).get_by_role("button", name="hinzufügen").first.click()
    for key, text in SOURCE.items():
        desk.fill(f"quellen.0.{key}", text)
