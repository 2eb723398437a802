"""Sections, register, OpenSearch and what is written."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kreislaufstadt.search import sections
from kreislaufstadt.search.documents import SearchDocument
from kreislaufstadt.search.opensearch import write_opensearch
from kreislaufstadt.search.register import OTHERS, register
from kreislaufstadt.search.sections import Section, cut_sections
from kreislaufstadt.search.write import PROGRAM, write_index
from search.conftest import LANGUAGE, index_pages, make_document, make_documents


def test_sections_are_cut_at_headings_with_an_id() -> None:
    html = '<h1>Titel</h1><p>Anfang</p><h2 id="a">Erster&nbsp;Teil</h2><p>Text <b>fett</b>.</p><h3>ohne</h3><ul><li>eins</li><li>zwei</li></ul>'
    assert cut_sections(html) == [Section("", "", 1, ["Anfang"]), Section("a", "Erster Teil", 2, ["Text", "fett.", "ohne", "·", "eins", "·", "zwei"])]


@pytest.mark.parametrize(
    "hidden",
    ["<nav>weg</nav>", "<script>weg</script>", '<div data-suche="aus"><p>weg</p></div>', "<p hidden>weg</p>", "<svg><text>weg</text></svg>"],
)
def test_what_is_no_content_is_left_out(hidden: str) -> None:
    assert cut_sections(f"<p>da</p>{hidden}<p>auch</p>") == [Section("", "", 1, ["da", "·", "auch"])]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<script>if (1<2) { "<!-- <p>" }</script><p>da</p>', "da"),
        ('<style>a{}</style ><p>da</p><script>"</scripts>', "da"),
        ("<p>da<!-- weg <p>weg</p> --> und</p><!-- <p>offen", "da und"),
        ('<p title="a > b <i>">da</p><nav><ul><li>weg<li>weg</ul><nav>weg</nav>weg</nav> dort', "da · dort"),
        ("<nav>weg</div><b>weg</nav>da<!doctype html> und <B>so</B></p x>", "da und <B>so</B></p x>"),
        ("<p>da<b hidden>weg<br>weg</b>dort<input hidden>&amp;&#173;</p>", "da · dort&\u00ad"),
        ('<p hidden>weg</p><p data-x="hidden">da</p><nav>offen<p>weg</p>', "da"),
        ('<p>da</p><ul data-suche="aus"><li>weg<ul class="x"><li>weg</li></ul>weg</ul> dort <ul><li>hier</li></ul>', "da · dort · hier"),
        ('<p>da<b data-suche="aus">weg<br>weg</b>dort<i data-suche="aus">weg</i> hier</p>', "da · dort hier"),
        ('<code> data-suche="aus"</code> steht da<input data-suche="aus"> <p data-suche="aus">weg</p>hier<p data-suche="aus">offen', 'data-suche="aus" steht da hier'),
        ('<!--<p>weg</p>--><!-- a><b -->da<script>"<p>"</script> <i title="<b>">dort</i>', "da dort"),
    ],
)
def test_whatever_a_page_holds_is_cut_as_browsers_would(html: str, text: str) -> None:
    assert [section.text for section in cut_sections(html)] == [text]


@given(st.lists(st.text(st.sampled_from("ab.·:\xa0 \n…"), max_size=5), max_size=5))
def test_blocks_without_a_full_stop_are_set_off_with_dots(blocks: list[str]) -> None:
    texts = [text for block in blocks if (text := " ".join(block.split()))]
    joined = "".join(text + (" " if text[-1] in ".!?:;,·…–" else " · ") for text in texts).strip(" ·")
    found = cut_sections("".join(f"<p>{block}</p>" for block in blocks))
    assert [section.text for section in found] == ([joined] if joined else [])
    assert [section.pieces for section in found] == ([joined.split(" ")] if joined else [])


def test_a_heading_that_is_never_closed_takes_the_rest() -> None:
    assert cut_sections('<h2 id="a">Erster</h2><p>da</p><h2 id="b">offen<p>weg</p>') == [Section("a", "Erster", 2, ["da"])]


def test_no_more_tags_are_remembered_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_MOST", 3)
    monkeypatch.setattr(sections, "_tags", sections._Tags())
    html = "".join(f'<p class="k{number}">{number}.</p>' for number in range(9)) + f'<p title="{"x" * 300}">10</p>'
    assert [section.text for section in cut_sections(html)] == ["0. 1. 2. 3. 4. 5. 6. 7. 8. 10"]
    assert len(sections._tags) <= 3


def test_register_lists_titles_search_terms_and_headings_of_one_page() -> None:
    letters = register(index_pages([*make_documents()[:2], make_document(40, "Kennzahlen", "Indikator", "x", search_terms=("KPI",)), make_document(9, "5 Ziele", "Begriff", "x")]))
    labels = {entry.label: (letter.letter, entry.url, entry.page) for letter in letters for entry in letter.entries}
    assert labels["KPI"] == ("K", "seiten/40/", "Kennzahlen")
    assert labels["5 Ziele"][0] == OTHERS
    assert labels["Ablauf von Kennzahlen"][1] == "seiten/40/#ablauf"
    assert "Einordnung" not in labels
    assert [letter.letter for letter in letters] == sorted((letter.letter for letter in letters), key=lambda one: "" if one == OTHERS else one)


def test_opensearch_description_names_the_search_page() -> None:
    root = ET.fromstring(write_opensearch("Kreislauf & Stadt", "Testdaten", "https://stadt.example"))  # noqa: S314 - our own text
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.find(f"{space}Url").attrib["template"] == "https://stadt.example/suche/?q={searchTerms}"  # type: ignore[union-attr]


def test_same_input_gives_same_bytes_and_every_name_but_one_is_hashed() -> None:
    first, second = (write_index(make_documents(), LANGUAGE) for _ in range(2))
    assert first == second
    folders = {Path(name).parent.as_posix() for name in first if name != "suche/verzeichnis.js"}
    text = first["suche/verzeichnis.js"].decode()
    assert folders == {f"suche/{json.loads(text.splitlines()[1])['ordner']}"}


def test_a_change_of_content_changes_the_folder() -> None:
    changed = [*make_documents(), SearchDocument("neu/", "Neu (Testdaten)", "Begriff")]
    assert write_index(changed, LANGUAGE)["suche/verzeichnis.js"] != write_index(make_documents(), LANGUAGE)["suche/verzeichnis.js"]


def test_page_without_text_is_found_by_its_title() -> None:
    files = write_index([SearchDocument("leer/", "Leerseite", "Begriff")], LANGUAGE)
    assert any(b"leersei" in content for content in files.values())


def test_vendored_minisearch_is_unchanged() -> None:
    import hashlib  # noqa: PLC0415

    folder = PROGRAM.parent / "vendor" / "minisearch"
    assert hashlib.sha256((folder / "minisearch.js").read_bytes()).hexdigest() in (folder / "README.md").read_text("utf-8")
