"""Finished pages as the search sees them: text, kind, facets, words of the reader.

Lists of other pages carry ``data-suche="aus"`` in the templates: their text belongs to those pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kreislaufstadt.model.entries import CaseStudy, Contact, Milestone, Municipality
from kreislaufstadt.search.documents import SearchDocument
from kreislaufstadt.search.language import Language, read_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.problems import Problem
    from kreislaufstadt.rendered_pages import RenderedPage

OVERVIEW_BOOST = 1.15
"""Overview pages and components rank slightly above the single cases they sum up."""

_OVERVIEWS = frozenset({"Übersicht", "Komponente", "Leitfaden"})

EDITORS_BOOST = 0.6
"""Pages for editors rank below what readers look for."""

_LISTS = frozenset({"beispiele-auswahl.html", "kontaktrolle.html", "land.html", "staat.html", "rahmenart.html"})
"""Templates of pages that only list others; readers see their kind as "Übersicht"."""

_FURTHER_PAGE = re.compile(r"/seite-\d+/$")


def site_language(catalog: Catalog, content: Path) -> tuple[Language, list[Problem]]:
    """Read the language files; places are never split, the glossary's short forms are synonyms."""
    names = [municipality.title for municipality in catalog.entries("kommune")]
    names += [item.title for kind in ("land", "staat") for item in catalog.items(kind)]
    return read_language(content, names, _abbreviations(catalog))


def _abbreviations(catalog: Catalog) -> Iterator[tuple[str, ...]]:
    for term in catalog.entries("begriff"):
        found: Any = term
        words = (found.title, found.abbreviation, *found.synonyms)
        yield tuple(dict.fromkeys(word for word in words if word))


def search_documents(catalog: Catalog, pages: Iterable[RenderedPage]) -> list[SearchDocument]:
    """Make one search document per listed page."""
    return [_document(catalog, page) for page in pages if is_searched(page.draft)]


def is_searched(draft: Draft) -> bool:
    """Whether the search is to know a page."""
    return draft.listed and not _FURTHER_PAGE.search(draft.url)


def main_content(html: str) -> str:
    """The HTML inside ``<main>``, without header, navigation and footer."""
    start = html.find("<main")
    end = html.rfind("</main>")
    return html[html.find(">", start) + 1 : end] if 0 <= start < end else html


def _document(catalog: Catalog, page: RenderedPage) -> SearchDocument:
    draft = page.draft
    entry = catalog.find(*draft.key) if draft.key else None
    is_list = draft.template in _LISTS
    kind = "Übersicht" if is_list else draft.kind
    return SearchDocument(
        url=draft.url,
        title=draft.title,
        kind=kind,
        short=draft.description,
        facets={"art": (kind,), **_facets(catalog, draft, entry)},
        search_terms=_terms(entry),
        boost=_boost(kind, is_list=is_list),
        name=page.name.hex(),
        read=lambda: main_content(page.html),
    )


def _boost(kind: str, *, is_list: bool) -> float:
    if kind == "Mitmach-Seite":
        return EDITORS_BOOST
    return OVERVIEW_BOOST if kind in _OVERVIEWS and not is_list else 1.0


def _terms(entry: Any) -> tuple[str, ...]:
    """Words that readers use and the page does not say: search terms, abbreviation, synonyms."""
    fields = _fields(entry)
    words = (*fields.get("search_terms", ()), fields.get("abbreviation"), *fields.get("synonyms", ()))
    return tuple(word for word in words if word)


def _fields(entry: Any) -> dict[str, Any]:
    """What an entry holds; asking it for a field that its kind lacks is dear."""
    return vars(entry) if entry else {}


def _facets(catalog: Catalog, draft: Draft, entry: Any) -> dict[str, tuple[str, ...]]:
    place = entry if isinstance(entry, Municipality) else _place_of(catalog, entry)
    mapping = entry.mapping if isinstance(entry, CaseStudy) else None
    fields = mapping.fields_of_action if mapping else _fields(entry).get("fields_of_action", ())
    components = mapping.components if mapping else (entry.id,) if draft.key and draft.key[0] == "komponente" else ()
    return {
        "land": _titles(catalog, "land", (place.state,)) if place and place.state else _abroad(catalog, place),
        "komponente": _titles(catalog, "komponente", components),
        "handlungsfeld": _titles(catalog, "handlungsfeld", fields),
    }


def _place_of(catalog: Catalog, entry: Any) -> Municipality | None:
    if not isinstance(entry, CaseStudy | Contact | Milestone) or not entry.municipality:
        return None
    found = catalog.find("kommune", entry.municipality)
    return found if isinstance(found, Municipality) else None


def _abroad(catalog: Catalog, place: Municipality | None) -> tuple[str, ...]:
    return _titles(catalog, "staat", (place.country,)) if place else ()


def _titles(catalog: Catalog, kind: str, names: Iterable[str]) -> tuple[str, ...]:
    found = (catalog.find(kind, name) for name in names)
    return tuple(item.title for item in found if item)
