"""Which pages the site has: address, title, template, data, place in the navigation.

A draft says everything about a page except its HTML. Drafts come from the
catalogue alone; the same catalogue and day give the same drafts in the same order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from kreislaufstadt.derive.facets import derive_facets
from kreislaufstadt.layout import PAGE
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.urls import LIST_FOLDERS, page_url

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.derive.facets import Facet, FacetValue
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.model.kinds import ListKind
    from kreislaufstadt.model.lists import Item


@dataclass(frozen=True)
class Draft:
    """A page to be rendered.

    ``url`` is site-relative and ends in ``/`` (empty for the start page), ``file``
    the path in the output folder, ``kind`` the German word readers see for the
    kind of page, ``key`` the entry or item it shows, ``source`` the content file
    that "Seite bearbeiten" opens, ``trail`` the breadcrumb above the page, and
    ``data`` what the template needs beyond the entry.
    """

    url: str
    title: str
    template: str
    kind: str
    description: str = ""
    key: Key | None = None
    source: str = ""
    trail: tuple[tuple[str, str], ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    listed: bool = True
    """Whether the page stands in the sitemap and may be indexed."""
    language: str = ""
    """The page's language if it is not the site's."""
    translated: str | None = None
    """The address of the page that says the same in the other language."""
    changed: dt.date | None = None
    """The day its file was last changed, if the history is known."""

    @property
    def file(self) -> str:
        """The output file of the page."""
        return self.url if self.url.endswith(".html") else f"{self.url}index.html"


OVERVIEWS: tuple[tuple[str, str, str], ...] = (
    ("modell/", "Modellansatz", "modell"),
    ("kommunen/", "Kommunen", "kommunen"),
    ("kommunen/vergleich/", "Kommunen vergleichen", "vergleich"),
    ("beispiele/", "Beispiele", "beispiele"),
    ("matrix/", "Matrix der Beispiele", "matrix"),
    ("zeitstrahl/", "Zeitstrahl", "zeitstrahl"),
    ("kontakte/", "Kontakte", "kontakte"),
    ("indikatoren/", "Indikatoren", "indikatoren"),
    ("rahmen/", "Gesetze, Programme und Netzwerke", "rahmen-uebersicht"),
    ("glossar/", "Glossar", "glossar"),
    ("publikationen/", "Publikationen", "publikationen"),
    ("netzwerke/", "Netzwerke", "netzwerke"),
    ("nachhaltigkeitsziele/", "Nachhaltigkeitsziele", "nachhaltigkeitsziele"),
    ("leitfaden/", "Leitfäden", "artikel-uebersicht"),
    ("mitmachen/", "Mitmachen", "artikel-uebersicht"),
    ("mitmachen/formular/", "Beispiel mit dem Formular vorschlagen", "formular"),
    ("mitmachen/formular/kontakt/", "Kontaktstelle mit dem Formular vorschlagen", "formular"),
    ("pruefen/", "Was überprüft werden muss", "pruefen"),
    ("projekt/", "Über das Projekt", "artikel-uebersicht"),
    ("wissen/", "Wissen", "wissen"),
    ("werkzeuge/", "Werkzeuge", "artikel-uebersicht"),
    ("vorlagen/", "Vorlagen", "artikel-uebersicht"),
    ("daten/", "Offene Daten", "daten"),
    ("suche/", "Suche", "suche"),
)
"""The overview pages: address, title unless a text in content/ gives another, template."""


def draft_pages(catalog: Catalog, *, preview: bool = False) -> list[Draft]:
    """Draft every page of the site, sorted by address; a preview also has a page of problems."""
    drafts = [
        *_draft_start(catalog),
        *_draft_overviews(catalog),
        *_draft_entries(catalog),
        *_draft_items(catalog),
        *_draft_facets(catalog),
        *_draft_redirects(catalog),
        *([Draft("vorschau/", "Probleme im Inhalt", "vorschau.html", "Vorschau", listed=False)] if preview else []),
        Draft("404.html", "Seite nicht gefunden", "404.html", "Hinweis", listed=False),
    ]
    return _distinguish(sorted(drafts, key=lambda draft: draft.url))


def _distinguish(drafts: list[Draft]) -> list[Draft]:
    """Pages that would describe themselves in the same words name their title first."""
    counts = Counter(draft.description for draft in drafts)
    return [
        replace(draft, description=f"{draft.title}: {draft.description}") if counts[draft.description] > 1 and draft.listed else draft
        for draft in drafts
    ]


def check_pages(drafts: list[Draft]) -> Iterator[Problem]:
    """No two pages have one address."""
    seen: dict[str, Draft] = {}
    for draft in drafts:
        other = seen.setdefault(draft.url, draft)
        if other is not draft:
            message = f"„{draft.title}“ und „{other.title}“ hätten dieselbe Adresse /{draft.url}."
            place = Place(draft.source or other.source or "content")
            yield Problem(place, "KS501", message, "Bitte eine der beiden Dateien umbenennen.")


def overview_text(catalog: Catalog, url: str) -> Entry | None:
    """The text of ``index.md`` that belongs to an overview page."""
    return catalog.find(PAGE.name, url.rstrip("/") or "start")  # type: ignore[return-value]


def _draft_start(catalog: Catalog) -> Iterator[Draft]:
    text = overview_text(catalog, "")
    title = text.title if text else "Start"
    source = catalog.source((PAGE.name, "start")).file if text else ""
    key = (PAGE.name, "start") if text else None
    yield Draft("", title, "start.html", "Startseite", text.short or "" if text else "", key, source)


def _draft_overviews(catalog: Catalog) -> Iterator[Draft]:
    for url, title, template in OVERVIEWS:
        text = overview_text(catalog, url)
        key = (PAGE.name, url.rstrip("/")) if text else None
        yield Draft(
            url,
            text.title if text else title,
            f"{template}.html",
            "Übersicht",
            (text.short if text else None) or f"{title} – Übersicht",
            key,
            catalog.source(key).file if key else "",
            trail_of(catalog, url),
            listed=url != "suche/",
        )


def _draft_entries(catalog: Catalog) -> Iterator[Draft]:
    for kind in KINDS.values():
        for entry in catalog.entries(kind.name):
            url = page_url(kind.name, entry.id)
            template = vars(entry).get("template") or ("artikel" if kind.name in ARTICLE_KINDS else kind.name)
            yield Draft(
                url or "",
                entry.title,
                f"{template}.html",
                kind.singular,
                describe(catalog, (kind.name, entry.id), entry),
                (kind.name, entry.id),
                "" if catalog.provenance((kind.name, entry.id)) else catalog.source((kind.name, entry.id)).file,
                trail_of(catalog, url or ""),
            )


def describe(catalog: Catalog, key: Key, entry: Entry) -> str:
    """The description of an entry's page; remembered."""
    return catalog.remember(key, "description", partial(description_of, entry))


ARTICLE_KINDS = frozenset({"leitfaden", "werkzeug", "mitmachen", "projekt"})


def _draft_items(catalog: Catalog) -> Iterator[Draft]:
    """Pages of list values that are not facet pages of the examples."""
    for kind in LISTS.values():
        folder = LIST_FOLDERS.get(kind.name, "beispiele/")
        if folder.startswith("beispiele/"):
            continue
        for item in catalog.items(kind.name):
            url = f"{folder}/{item.id}/"
            yield Draft(
                url,
                item.title,
                f"{kind.name}.html",
                kind.singular,
                _words_for(kind, item),
                (kind.name, item.id),
                catalog.source((kind.name, item.id)).file,
                trail_of(catalog, url),
            )


def _words_for(kind: ListKind, item: Item) -> str:
    """The words for search engines: the short form, else why a goal is touched, else what kind of value it is."""
    return item.short or shorten(getattr(item, "reason", None) or f"{kind.singular}: {item.title}")


PAGE_LENGTH = 100
"""How many examples a static page of a facet value lists."""


def _draft_facets(catalog: Catalog) -> Iterator[Draft]:
    for facet in derive_facets(catalog):
        for value in facet.values:
            count = max(-(-len(value.examples) // PAGE_LENGTH), 1)
            for number in range(1, count + 1):
                yield _draft_selection(catalog, facet, value, number, count)


def _draft_selection(catalog: Catalog, facet: Facet, value: FacetValue, number: int, count: int) -> Draft:
    """One page of the examples that have a facet's value."""
    url = value.url if number == 1 else f"{value.url}seite-{number}/"
    return Draft(
        url,
        f"Beispiele: {value.title}" + (f", Seite {number}" if number > 1 else ""),
        "beispiele-auswahl.html",
        facet.title,
        value.short or f"Beispiele kommunaler Kreislaufwirtschaft, {facet.title}: {value.title}",
        trail=trail_of(catalog, value.url),
        data={
            "facet": facet,
            "value": value,
            "number": number,
            "count": count,
            "names": value.examples[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH],
        },
    )


def _draft_redirects(catalog: Catalog) -> Iterator[Draft]:
    """Old addresses of renamed entries lead to the new ones."""
    for (kind, _), entry in catalog.all_entries():
        for former in entry.former_ids:
            url, target = page_url(kind, former), page_url(kind, entry.id)
            if url and target:
                source = catalog.source((kind, entry.id)).file
                yield Draft(url, entry.title, "weiterleitung.html", "Weiterleitung", source=source, data={"target": target}, listed=False)


def trail_of(catalog: Catalog, url: str) -> tuple[tuple[str, str], ...]:
    """The breadcrumb of a page: the overview pages above it, from the start page on."""
    trail = [("Start", "")]
    titles = {overview: title for overview, title, _ in OVERVIEWS}
    parts = url.rstrip("/").split("/")
    for count in range(1, len(parts)):
        above = "/".join(parts[:count]) + "/"
        if above in titles:
            text = overview_text(catalog, above)
            trail.append((text.title if text else titles[above], above))
    return tuple(trail) if url else ()


def description_of(entry: Entry) -> str:
    """The words for search engines and cards: the short form, else the text's beginning."""
    if entry.short:
        return entry.short
    for name in ("measures", "relevance", "text", "role"):
        text = getattr(entry, name, None)
        if text:
            return shorten(str(text))
    return shorten(plain_text(entry.body)) or entry.title


def plain_text(body: str) -> str:
    """The first paragraph of a Markdown text without marks."""
    for block in body.split("\n\n"):
        text = block.strip()
        if text and not text.startswith(("#", "|", "!", "-", "*", ">", "`")):
            text = re.sub(r"\[Q:[^\]]*\]|\[(?:Studie|Teilnehmende|Umfeld|Redaktion)\]", "", text)
            text = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]", r"\1", text)
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
            return re.sub(r"[*_`]|\s+", lambda found: " " if found[0].isspace() else "", text).strip()
    return ""


def shorten(text: str, limit: int = 200) -> str:
    """Cut a text at a word, with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;:–") + " …"
