"""Pages in a further language: complete words, no mixture, each page tells its counterpart."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from babel.messages.pofile import read_po
from browser_support import own_site, site_drafts
from jinja2 import Environment
from support import copy_netz

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.languages import add_languages, check_languages, translations
from kreislaufstadt.load import load_content
from kreislaufstadt.messages import SCRIPT_TEXT, Messages, read_messages, script_texts, template_of
from kreislaufstadt.pages import draft_pages
from kreislaufstadt.render import Renderer, json_island

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
WORDS = [ROOT / "overrides" / "sprachen" / "en.po", ROOT / "content" / "sprache" / "en.po"]
GERMAN = re.compile(r"\b(?:und|oder|der|die|das|den|dem|ein|eine|nicht|mit|für|von|zur|zum|ist|sind|auf|alle|aus|bei|als|diese[mnrs]?|Seiten?)\b|[äöüß]", re.IGNORECASE)
PROPER = ("Baden-Württemberg",)
"""Names that are the same in English."""


def texts_in_templates() -> set[Any]:
    """Every text that a template or script asks for in the page's language."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    found: set[Any] = set()
    for path in sorted((ROOT / "overrides").rglob("*.html")):
        for _, function, message in environment.extract_translations(path.read_text("utf-8")):
            found.add(message[:2] if function == "ngettext" else message if isinstance(message, str) else message[0])
    for path in (ROOT / "overrides" / "assets").rglob("*.js"):
        if "vendor" not in path.parts:
            found |= set(SCRIPT_TEXT.findall(path.read_text("utf-8")))
    return found


def test_catalogue_has_every_text_and_no_other() -> None:
    with WORDS[0].open("rb") as handle:
        messages = [message for message in read_po(handle, abort_invalid=True) if message.id]
    assert {message.id for message in messages} == texts_in_templates()
    for message in messages:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), message.id
        names = re.findall(r"%\(\w+\)s|\{\w+\}", str(message.id if isinstance(message.id, str) else message.id[0]))
        assert all(sorted(re.findall(r"%\(\w+\)s|\{\w+\}", text)) == sorted(names) for text in strings), message.id


@pytest.mark.golden
def test_template_of_the_catalogues_is_fresh(golden: Callable[[Path, str], None]) -> None:
    text = template_of(ROOT / "overrides")
    assert {message.id for message in read_po(io.BytesIO(text.encode()), abort_invalid=True) if message.id} == texts_in_templates()
    golden(ROOT / "overrides" / "sprachen" / "kreislaufstadt.pot", text)


def test_lists_and_footer_have_english_words() -> None:
    words = read_messages(WORDS)
    catalog = Catalog(load_content(ROOT / "content"))
    for name in ("land", "staat", "kontaktrolle", "handlungsfeld"):
        assert [item.title for item in catalog.items(name) if not words.has(item.title)] == []


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    """The pages in English of the project's own content, rendered."""
    renderer = Renderer(own_site())
    return {draft.url: renderer.render(draft).html for draft in site_drafts() if draft.language}


def test_no_page_mixes_languages(english: dict[str, str]) -> None:
    assert len(english) >= 10
    for url, page in english.items():
        document = html5lib.parse(page, namespaceHTMLElements=False)
        assert document.get("lang") == "en"
        assert (document.find(".//link[@hreflang='de']") is not None) == (url != "en/search/"), "search pages are not indexed"
        for text in english_texts(document):
            left = re.sub(r"\S+\.\S+", "", text)
            for name in PROPER:
                left = left.replace(name, "")
            assert not GERMAN.search(left), (url, text)


def english_texts(element: Any) -> Iterator[str]:
    """Texts and labels of head and body that are not marked as another language."""
    if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
        return
    yield element.text or ""
    yield from (element.get(name) or "" for name in ("aria-label", "title", "alt", "placeholder", "data-label"))
    if element.tag == "meta" and element.get("name") == "description":
        yield element.get("content") or ""
    for child in element:
        if child.get("lang") in {None, "en"}:
            yield from english_texts(child)
        yield child.tail or ""


def test_counterparts_name_each_other() -> None:
    drafts = {draft.url: draft for draft in site_drafts()}
    pairs = {draft.url: draft.translated for draft in drafts.values() if draft.translated is not None}
    assert pairs["en/"] == ""
    assert all(pairs[other] == url for url, other in pairs.items())


def test_wrong_originals_are_found(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    folder = content / "en"
    (folder / "model.md").unlink()
    for name, original in (("a", "/"), ("b", "/"), ("c", "gibt-es-nicht/")):
        (folder / f"{name}.md").write_text(f"---\ntitel: Test {name}\noriginal: {original}\nadresse: {name}/\nvorlage: modell\n---\n\nTest data.\n", encoding="utf-8")
    loaded = load_content(content)
    assert loaded.problems == []
    catalog = Catalog(loaded)
    drafts = add_languages(catalog, draft_pages(catalog))
    assert len(translations(catalog)) == 3
    assert [problem.code for problem in check_languages(catalog, drafts)] == ["KS303", "KS301"]


def test_missing_words_stay_german() -> None:
    words = Messages({"Suche": "Search", "Menü": ""}, {"%(num)s Stelle": ("%(num)s office", "%(num)s offices")})
    assert words.gettext("Suche") == "Search"
    assert words.gettext("Menü") == "Menü"
    assert words.ngettext("%(num)s Stelle", "%(num)s Stellen", 2) == "%(num)s offices"
    assert words.ngettext("eine", "viele", 1) == "eine"


def test_scripts_get_only_what_they_ask_for(tmp_path: Path) -> None:
    script = tmp_path / "a.js"
    script.write_text('t("Suche"); t("Fehlt");', encoding="utf-8")
    assert script_texts(Messages({"Suche": "Search", "Menü": "Menu"}), [script]) == {"Suche": "Search"}
    assert str(json_island({"a": "</script>"})) == '{"a": "\\u003c/script\\u003e"}'
