"""Every page of the built site as a document: title, headings, ids, landmarks, links; no browser needed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LEGAL = ("projekt/impressum/", "projekt/datenschutz/", "projekt/barrierefreiheit/", "projekt/lizenzen/")


@dataclass
class Document(HTMLParser):
    """What the tests want to know of one page."""

    language: str = ""
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    landmarks: list[str] = field(default_factory=list)
    tables: list[bool] = field(default_factory=list)
    """Whether each table has a caption."""
    values: dict[str, int] = field(default_factory=dict)
    """How many values each select of a list's filter has, "all" among them."""
    _in_title: bool = False
    _head: list[str] | None = None
    """The words of the table head that is being read."""
    _select: str = ""
    _blank: int = 0
    """How deep inside templates that a script fills the parser is."""

    def __post_init__(self) -> None:
        """Set up the parser."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take notes of one element."""
        values = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title" and not self.title
        self.ids += [values["id"]] if "id" in values else []
        if tag == "html":
            self.language = values.get("lang", "")
        elif tag == "meta" and "name" in values:
            self.meta[values["name"]] = values.get("content", "")
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonical = values.get("href", "")
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        elif tag == "nav":
            self.landmarks.append(values.get("aria-label") or f"#{values.get('aria-labelledby', '')}")
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        self._note_faults(tag, values)
        self._note_form(tag, values)

    def _note_form(self, tag: str, values: Mapping[str, str]) -> None:
        """Open what has to hold something: a table, its heads, the filter of a list."""
        self._blank += tag == "template"
        if tag == "th":
            self._head = []
        elif tag == "table" and not self._blank:
            self.tables.append(False)
        elif tag == "caption" and self.tables:
            self.tables[-1] = True
        elif tag == "select":
            self._select = values.get("id", "") if values.get("id", "").startswith(("wahl-", "finder-")) else ""
            self.values.update({self._select: 0} if self._select else {})
        elif tag == "option" and self._select:
            self.values[self._select] += 1

    def _note_faults(self, tag: str, values: Mapping[str, str]) -> None:
        self.faults += [f"<{tag} {name}>" for name in values if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in values and values.get("type") not in {"application/ld+json", "application/json"}):
            self.faults.append(f"inline <{tag}>")
        if tag == "th" and "scope" not in values:
            self.faults.append("<th> without scope")
        if tag == "img" and "alt" not in values:
            self.faults.append("<img> without alt")

    def handle_data(self, data: str) -> None:
        """Read the title and the heads of tables."""
        if self._in_title:
            self.title += data
        if self._head is not None:
            self._head.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End the title, a table head, a select."""
        if tag == "title":
            self._in_title = False
        elif tag == "th" and self._head is not None:
            self.faults += [] if self._blank or "".join(self._head).strip() else ["<th> without words"]
            self._head = None
        elif tag == "select":
            self._select = ""
        self._blank -= tag == "template"


def read_document(path: Path) -> Document:
    """Parse one page."""
    document = Document()
    document.feed(path.read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="module")
def documents(site_folder: Path) -> Mapping[str, Document]:
    """Every page of the site by its path; redirects are left out."""
    pages = {path.relative_to(site_folder).as_posix(): path for path in sorted(site_folder.rglob("*.html"))}
    found = {name: read_document(path) for name, path in pages.items() if not name.startswith("admin/")}
    return {name: document for name, document in found.items() if "description" in document.meta}


def test_language_and_one_h1(documents: Mapping[str, Document]) -> None:
    """Each page names the language it is written in and has one first heading."""
    expected = {name: name.split("/")[0] if name.startswith("en/") else "de" for name in documents}
    assert [name for name, page in documents.items() if page.language != expected[name] or page.headings.count(1) != 1] == []


def test_no_heading_level_is_skipped(documents: Mapping[str, Document]) -> None:
    """After a heading the next level is at most one deeper."""
    wrong = {
        name: page.headings
        for name, page in documents.items()
        if page.headings[0] != 1 or any(after > before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    }
    assert wrong == {}


def test_titles_and_descriptions(documents: Mapping[str, Document]) -> None:
    """Titles are unique; every page that may be found has a description and its own address."""
    listed = {name: page for name, page in documents.items() if "robots" not in page.meta}
    titles = Counter(page.title for page in listed.values())
    assert [title for title, count in titles.items() if count > 1] == []
    assert [name for name, page in listed.items() if not page.meta["description"].strip()] == []
    assert [name for name, page in listed.items() if not page.canonical.endswith("/" + name.removesuffix("index.html"))] == []


def test_ids_and_landmarks_are_unique(documents: Mapping[str, Document]) -> None:
    """No id stands twice on a page, and navigation areas have different names."""
    doubled = {name: [key for key, count in Counter(page.ids).items() if count > 1] for name, page in documents.items()}
    assert {name: keys for name, keys in doubled.items() if keys} == {}
    areas = {name: [key for key, count in Counter(page.landmarks).items() if count > 1 or key == "#"] for name, page in documents.items()}
    assert {name: keys for name, keys in areas.items() if keys} == {}


def test_nothing_inline_and_nothing_unnamed(documents: Mapping[str, Document]) -> None:
    """No inline style or script, table heads with scope and words, pictures with alt."""
    assert {name: page.faults for name, page in documents.items() if page.faults} == {}


def test_tables_have_captions(documents: Mapping[str, Document]) -> None:
    """Every table says what it shows; the tables of fields below daten/ stand right under a heading that does."""
    bare = {name: page.tables for name, page in documents.items() if not all(page.tables) and not name.startswith("daten/")}
    assert bare == {}
    assert sum(len(page.tables) for page in documents.values()) > 100


def test_filters_of_lists_offer_a_choice(documents: Mapping[str, Document]) -> None:
    """No select of a filter holds only "all"."""
    found = {name: page.values for name, page in documents.items() if page.values}
    assert set(found) >= {"rahmen/index.html", "zeitstrahl/index.html", "indikatoren/index.html"}
    assert {name: values for name, values in found.items() if min(values.values()) < 2} == {}


def test_legal_pages_are_linked_everywhere(documents: Mapping[str, Document]) -> None:
    """Imprint, privacy, accessibility, licences and "report a barrier" are one click away."""
    for name, page in documents.items():
        targets = {_target(name, link) for link in page.links}
        missing = [url for url in LEGAL if f"{url}index.html" not in targets]
        assert not missing, (name, missing)
        assert any(link.endswith("#barriere-melden") for link in page.links), name


def test_internal_links_lead_somewhere(documents: Mapping[str, Document], site_folder: Path) -> None:
    """Every link inside the site has a file, every anchor an element."""
    ids = {name: set(page.ids) for name, page in documents.items()}
    broken = set()
    for name, page in documents.items():
        for link in page.links:
            target = _target(name, link)
            if target is None:
                continue
            anchor = unquote(urlsplit(link).fragment)
            if not (site_folder / target).is_file():
                broken.add(f"{name}: {link} has no page")
            elif anchor and target in ids and anchor not in ids[target]:
                broken.add(f"{name}: {link} has no anchor")
    assert sorted(broken) == []


def _target(name: str, link: str) -> str | None:
    """The file that a link on the page ``name`` leads to, if it stays inside the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return name
    steps = [] if parts.path.startswith("/") else name.split("/")[:-1]
    for step in unquote(parts.path).strip("/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    path = "/".join(steps)
    is_page = parts.path.endswith(("/", "/.", "/..")) or parts.path in {".", ".."} or not path
    return f"{path}/index.html".lstrip("/") if is_page else path
