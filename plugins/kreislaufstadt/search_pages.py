"""Pages analysed for the search, kept by their text: an unchanged page is not read again."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from pydantic_core import to_json

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.parallel import SMALLEST, in_chunks
from kreislaufstadt.search.analysis import Analysis
from kreislaufstadt.search.documents import SearchDocument
from kreislaufstadt.search.index import PageHead, PageTerms, index_page
from kreislaufstadt.search_documents import is_searched, search_documents
from kreislaufstadt.search_gathered import Gathered, Part, collected_key
from kreislaufstadt.search_rows import pack_page, unpack_data, unpack_head, unpack_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.folder_files import Row
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.progress import Progress
    from kreislaufstadt.render_pool import NewPage
    from kreislaufstadt.search.language import Language
    from kreislaufstadt.site_folder import SiteFolder


_SAID = attrgetter(*(field.name for field in fields(SearchDocument) if field.compare))
"""What two documents are compared by."""


class AnalysedPages:
    """All pages of the search, in the order of the documents."""

    def __init__(self, keys: Sequence[bytes], packed: Sequence[bytes], analyser: Analyser) -> None:
        """Keep the pages as they are stored until somebody wants them."""
        self.keys = keys
        self.base = analyser.base
        self._analyser = analyser
        self._packed = packed

    @cached_property
    def heads(self) -> tuple[PageHead, ...]:
        """What lists and filters want to know of each page."""
        return tuple(map(unpack_head, self._packed))

    def terms(self, number: int) -> PageTerms:
        """What the index holds of a page."""
        return self.read_terms(self._packed[number])

    def read_terms(self, stored: bytes) -> PageTerms:
        """What the index holds of any page that was analysed in the same way."""
        return unpack_terms(stored, self._analyser.analysis)

    @property
    def early(self) -> Mapping[str, Row]:
        """The files with texts that were put into the folder where pages were made."""
        return self._analyser.gathered.early

    def data(self, number: int) -> bytes:
        """What the browser shows of a page."""
        return unpack_data(self._packed[number])

    @cached_property
    def gathered(self) -> Gathered:
        """All pages together; those that have been gathered already, if they are the first ones, are not read again."""
        found = self._analyser.gathered if self._analyser.gathered.begins(self.keys) else Gathered()
        for number in range(len(found.keys), len(self.keys)):
            found.add(self.keys[number], self.terms(number), self.data(number))
        return found


class Analyser:
    """Analyses documents in one language; ``base`` names what all of them are made with."""

    def __init__(self, language: Language) -> None:
        """Prepare for the language."""
        self.analysis = Analysis(language)
        self.base = digest("search", code_digest(), _words_of(language))
        self.gathered = Gathered()
        """What was gathered where new pages were made, from the first page on."""

    def key(self, document: SearchDocument) -> bytes:
        """The row of the cache in which an analysed document is kept."""
        return digest(self.base, to_json(_SAID(document)))

    def rows(self, documents: Iterable[SearchDocument], into: Gathered | None = None) -> list[tuple[bytes, bytes]]:
        """Analysed documents as the cache keeps them; what they give together goes ``into`` something."""
        rows = []
        for document in documents:
            page = index_page(document, self.analysis)
            rows.append((self.key(document), pack_page(page)))
            if into is not None:
                into.add(rows[-1][0], page.terms, page.data)
        return rows


class AnalyseStep:
    """Analyses new pages where they are made, for :func:`analyse_pages` to find in the cache.

    If there are many and no earlier build has left what only needs to be changed, what pages give together
    is gathered there as well: a first build would else do it at the end, page by page on one core.
    """

    stage: ClassVar[str] = "Suche"

    def __init__(self, catalog: Catalog, analyser: Analyser, cache: Cache, drafts: Sequence[Draft], folder: SiteFolder | None = None) -> None:
        """Keep what the work needs; ``drafts`` are the new pages, their texts are put into the folder, if there is one."""
        self._folder = folder
        self._catalog, self._analyser, self._cache = catalog, analyser, cache
        searched = [draft.url for draft in drafts if is_searched(draft)]
        gathers = len(drafts) >= SMALLEST and cache.get(collected_key(analyser.base)) is None
        self._numbers = {url: number for number, url in enumerate(searched)} if gathers else {}

    def work(self, pages: Sequence[NewPage]) -> tuple[list[tuple[bytes, bytes]], Part | None]:
        """Analyse the pages that the search is to know."""
        documents = search_documents(self._catalog, [new.page for new in pages])
        if not documents or not self._numbers:
            return self._analyser.rows(documents), None
        gathered = Gathered(self._numbers[documents[0].url], self._folder)
        return self._analyser.rows(documents, gathered), gathered.pack()

    def take(self, drafts: Sequence[Draft], found: tuple[list[tuple[bytes, bytes]], Part | None]) -> None:  # noqa: ARG002 - the rows name them
        """Keep the rows for this build and the next."""
        rows, part = found
        for row in rows:
            self._cache.put(*row)
        if part:
            self._analyser.gathered.join(part)


def analyse_pages(documents: Sequence[SearchDocument], analyser: Analyser, cache: Cache, progress: Progress, *, parallel: bool = True) -> AnalysedPages:
    """Analyse the documents in order, those that are known already from the cache."""
    keys = list(map(analyser.key, documents))
    kept = {key: stored for key in keys if (stored := cache.get(key)) is not None}
    missing = [document for key, document in zip(keys, documents, strict=True) if key not in kept]
    progress.step(len(kept))
    for rows in in_chunks(analyser.rows, missing, allowed=parallel):
        progress.step(len(rows))
        kept.update(rows)
        for row in rows:
            cache.put(*row)
    return AnalysedPages(keys, [kept[key] for key in keys], analyser)


def _words_of(language: Language) -> str:
    """Everything the language says, in a fixed order."""
    compounds = language.compounds
    return repr((sorted(language.stop_words), language.synonyms, sorted(compounds.reviewed.items()), sorted(compounds.whole)))
