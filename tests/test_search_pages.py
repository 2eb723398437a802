"""Analysed pages as the cache keeps them."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from search.conftest import LANGUAGE, index_pages, make_document

from kreislaufstadt.search.documents import SearchDocument
from kreislaufstadt.search.write import to_json
from kreislaufstadt.search_pages import AnalysedPages, Analyser


def test_pages_are_read_as_they_were_analysed() -> None:
    documents = [make_document(1, "Größe „A“", "Begriff", "Pfand\nund \u2028 Pfand", search_terms=("KPI; Ziel", "Ä & Ö")), SearchDocument("leer/", "", "")]
    pages = index_pages(documents)
    rows = Analyser(LANGUAGE).rows(documents)
    kept = AnalysedPages([key for key, _ in rows], [stored for _, stored in rows], Analyser(LANGUAGE))
    for number, page in enumerate(pages):
        assert (kept.heads[number].url, kept.heads[number].title) == (page.url, page.title)
        assert kept.data(number) == page.data
        terms = kept.terms(number)
        assert [dict(counts) for counts in page.terms.counts] == list(terms.counts)
        assert (tuple(terms.words), tuple(terms.strong)) == (page.terms.words, page.terms.strong)


@given(st.lists(st.text(), min_size=4, max_size=4))
def test_what_the_browser_shows_is_written_as_all_other_data_are(texts: list[str]) -> None:
    url, title, kind, short = texts
    [page] = index_pages([SearchDocument(url, title, kind, short, f'<p>{title}</p><h2 id="a">{kind}</h2><p>{short}</p>')])
    assert page.data.decode() == to_json(json.loads(page.data))


def test_a_document_that_differs_in_anything_has_another_key() -> None:
    first = SearchDocument("a/", "A", "Begriff", "kurz", "<p>Text</p>", {"art": ("Begriff",)}, ("x", "y"), 1.0, "name")
    changes: dict[str, Any] = {"url": "b/", "title": "B", "kind": "Beispiel", "short": "", "html": "<p>Text</p> ", "facets": {"land": ("Begriff",)}, "search_terms": ("x y",), "boost": 1.15, "name": ""}
    assert {"read", *changes} == {field.name for field in fields(SearchDocument)}
    keys = [Analyser(LANGUAGE).key(document) for document in (first, *(replace(first, **{name: value}) for name, value in changes.items()))]
    assert len(set(keys)) == len(keys)
    assert Analyser(LANGUAGE).key(replace(first, read=lambda: "")) == keys[0]
