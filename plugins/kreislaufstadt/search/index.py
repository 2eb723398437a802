"""The index itself: which term stands where, and MiniSearch's own form of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json, to_json

from kreislaufstadt.search.text import JOINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kreislaufstadt.search.analysis import Analysis, Reading, ReadingOfAll
    from kreislaufstadt.search.documents import SearchDocument

FIELDS = ("titel", "abschnitte", "begriffe", "text", "merkmale")
"""Fields of the index: title, headings, search terms, text, kind and facet labels."""

SERIALIZATION_VERSION = 2
"""Version of MiniSearch's serialised form, as written by MiniSearch 7.2.0."""


@dataclass(frozen=True)
class PageHead:
    """What lists and filters want to know of a page."""

    url: str
    title: str
    kind: str
    boost: float
    facets: Mapping[str, Sequence[str]]
    search_terms: Sequence[str]
    headings: Sequence[tuple[str, str]]
    """Anchor and words of the headings of the second level."""


@dataclass(frozen=True)
class PageTerms:
    """What the index holds of a page; nothing in it depends on other pages.

    ``counts`` says per field how often each term occurs, ``words`` are the page's words,
    ``strong`` those of them that stand in titles, headings and search terms.
    """

    counts: Sequence[Mapping[str, int]]
    words: Sequence[str]
    strong: Sequence[str]


@dataclass(frozen=True)
class IndexedPage(PageHead):
    """All that the search keeps of a page; ``data`` is what the browser shows of it (JSON)."""

    terms: PageTerms
    data: bytes


@dataclass
class Index:
    """Postings per term and field, and how many different terms each field of each page has."""

    postings: dict[str, list[dict[int, int]]] = field(default_factory=dict)
    lengths: list[list[int]] = field(default_factory=list)

    def add(self, counts: Sequence[Mapping[str, int]]) -> None:
        """Add the next page, as its terms per field with how often each occurs."""
        number = len(self.lengths)
        for place, terms in enumerate(counts):
            for term, count in terms.items():
                row = self.postings.get(term)
                if row is None:
                    row = self.postings[term] = [{} for _ in counts]
                row[place][number] = count
        self.lengths.append([len(terms) for terms in counts])

    @property
    def average_lengths(self) -> list[float]:
        """Mean length per field."""
        return average_lengths(self.lengths)


def average_lengths(lengths: Iterable[Sequence[int]]) -> list[float]:
    """Mean length per field, summed up in the order MiniSearch does (same floating-point result)."""
    means = [0.0] * len(FIELDS)
    for count, row in enumerate(lengths):
        means = [(mean * count + length) / (count + 1) for mean, length in zip(means, row, strict=True)]
    return means


def index_page(document: SearchDocument, analysis: Analysis) -> IndexedPage:
    """Cut and analyse a document."""
    sections = document.cut()
    title, short = map(analysis.read, (document.title, document.short))
    headings = analysis.read_all([section.heading.split(" ") for section in sections])
    texts = analysis.read_all([section.pieces for section in sections])
    parts = [(section.anchor, *marked) for section, *marked in zip(sections, headings.marked, texts.marked, strict=True)]
    shown = {"art": document.kind, "kurz": short.marked, "teile": parts, "titel": title.marked, "url": document.url}
    return IndexedPage(
        document.url,
        document.title,
        document.kind,
        document.boost,
        {name: tuple(labels) for name, labels in document.facets.items()},
        tuple(document.search_terms),
        tuple((section.anchor, section.heading) for section in sections if section.level == 2),
        _terms(document, (title, headings, short, texts), analysis),
        to_json(shown),
    )


def terms_of(head: PageHead, data: bytes, analysis: Analysis) -> PageTerms:
    """What the index holds of a page that :func:`index_page` analysed: joints are all that tells the text it shows from what it read."""
    shown = from_json(data.decode().replace(JOINT, ""))
    headings, texts = (analysis.read_all([part[place].split(" ") for part in shown["teile"]]) for place in (1, 2))
    return _terms(head, (analysis.read(head.title), headings, analysis.read(shown["kurz"]), texts), analysis)


def _terms(page: PageHead | SearchDocument, read: tuple[Reading, ReadingOfAll, Reading, ReadingOfAll], analysis: Analysis) -> PageTerms:
    """Count the terms of a page whose title, headings, description and texts have been read."""
    title, headings, short, texts = read
    terms = analysis.read(" ".join(page.search_terms))
    labels = analysis.read(" ".join([page.kind, *(label for labels in page.facets.values() for label in labels)]))
    fields = (
        [*title.terms, *map(analysis.whole_term, _names(page.title))],
        headings.terms,
        [*terms.terms, *map(analysis.whole_term, page.search_terms)],
        short.terms + texts.terms,
        labels.terms,
    )
    strong = title.words + headings.words + terms.words
    return PageTerms(tuple(map(Counter, fields)), tuple(dict.fromkeys(strong + texts.words)), tuple(dict.fromkeys(strong)))


def _names(title: str) -> list[str]:
    """A title, and its long and its short form where it says ``long (short)``."""
    short = re.findall(r"\(([^()]+)\)", title)
    return list(dict.fromkeys([title, re.sub(r"\s*\([^()]*\)", "", title), *short]))


def build_index(pages: Iterable[IndexedPage]) -> Index:
    """Build the index of analysed pages; their order is their number."""
    index = Index()
    for page in pages:
        index.add(page.terms.counts)
    return index


def serialise(index: Index) -> dict[str, Any]:
    """Write the index as MiniSearch writes itself (``JSON.stringify`` of an instance)."""
    count = len(index.lengths)
    return {
        "documentCount": count,
        "nextId": count,
        "documentIds": {str(number): number for number in range(count)},
        "fieldIds": {name: place for place, name in enumerate(FIELDS)},
        "fieldLength": {str(number): row for number, row in enumerate(index.lengths)},
        "averageFieldLength": index.average_lengths,
        "storedFields": {},
        "dirtCount": 0,
        "index": [[term, _entry(rows)] for term, rows in sorted(index.postings.items())],
        "serializationVersion": SERIALIZATION_VERSION,
    }


def _entry(rows: list[dict[int, int]]) -> dict[str, dict[str, int]]:
    return {str(place): {str(page): count for page, count in row.items()} for place, row in enumerate(rows) if row}
