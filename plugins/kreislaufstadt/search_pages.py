"""Pages analysed for the search, kept by their text: an unchanged page is not read again."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.parallel import in_chunks
from kreislaufstadt.search.analysis import Analysis
from kreislaufstadt.search.index import PageHead, PageTerms, index_page
from kreislaufstadt.search_documents import search_documents
from kreislaufstadt.search_gathered import Gathered, Meanwhile
from kreislaufstadt.search_rows import pack_page, unpack_data, unpack_head, unpack_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.progress import Progress
    from kreislaufstadt.render_pool import NewPage
    from kreislaufstadt.search.documents import SearchDocument
    from kreislaufstadt.search.language import Language


class AnalysedPages:
    """All pages of the search, in the order of the documents."""

    def __init__(self, keys: Sequence[bytes], packed: Sequence[bytes], base: bytes, gathered: Gathered) -> None:
        """Keep the pages as they are stored until somebody wants them; ``base`` names what all were made with."""
        self.keys = keys
        self.base = base
        self._gathered = gathered
        self._packed = packed

    @cached_property
    def heads(self) -> tuple[PageHead, ...]:
        """What lists and filters want to know of each page."""
        return tuple(map(unpack_head, self._packed))

    def terms(self, number: int) -> PageTerms:
        """What the index holds of a page."""
        return unpack_terms(self._packed[number])

    def data(self, number: int) -> bytes:
        """What the browser shows of a page."""
        return unpack_data(self._packed[number])

    @cached_property
    def gathered(self) -> Gathered:
        """All pages together; those that have been gathered already, if they are the first ones, are not read again."""
        found = self._gathered if self._gathered.begins(self.keys) else Gathered()
        start = len(found.keys)
        found.add(zip(self.keys[start:], self._packed[start:], strict=True))
        return found


class Analyser:
    """Analyses documents in one language; ``base`` names what all of them are made with."""

    def __init__(self, language: Language) -> None:
        """Prepare for the language."""
        self._analysis = Analysis(language)
        self.base = digest("search", code_digest(), _words_of(language))
        self.meanwhile = Meanwhile(self.base)

    def key(self, document: SearchDocument) -> bytes:
        """The row of the cache in which an analysed document is kept."""
        return digest(self.base, repr(document))

    def rows(self, documents: Iterable[SearchDocument]) -> list[tuple[bytes, bytes]]:
        """Analysed documents as the cache keeps them."""
        return [(self.key(document), pack_page(index_page(document, self._analysis))) for document in documents]


class AnalyseStep:
    """Analyses a new page where it is made, for :func:`analyse_pages` to find in the cache."""

    stage: ClassVar[str] = "Suche"

    def __init__(self, catalog: Catalog, analyser: Analyser, cache: Cache) -> None:
        """Keep what the work needs."""
        self._catalog, self._analyser, self._cache = catalog, analyser, cache

    def work(self, new: NewPage) -> list[tuple[bytes, bytes]]:
        """Analyse the page, if the search is to know it."""
        return self._analyser.rows(search_documents(self._catalog, [new.page]))

    def take(self, draft: Draft, found: list[tuple[bytes, bytes]]) -> None:  # noqa: ARG002 - the rows name it
        """Keep the rows for this build and the next."""
        for row in found:
            self._cache.put(*row)
        self._analyser.meanwhile.take(found, self._cache)


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
    return AnalysedPages(keys, [kept[key] for key in keys], analyser.base, analyser.meanwhile.gathered)


def _words_of(language: Language) -> str:
    """Everything the language says, in a fixed order."""
    compounds = language.compounds
    return repr((sorted(language.stop_words), language.synonyms, sorted(compounds.reviewed.items()), sorted(compounds.whole)))
