"""Pages analysed for the search, kept by their text: an unchanged page is not read again."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.parallel import in_chunks
from kreislaufstadt.search.analysis import Analysis
from kreislaufstadt.search.index import IndexedPage, index_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.progress import Progress
    from kreislaufstadt.search.documents import SearchDocument
    from kreislaufstadt.search.language import Language


class AnalysedPages:
    """All pages of the search, and the digest of everything they were made from."""

    def __init__(self, packed: Sequence[bytes], digest: bytes) -> None:
        """Keep the pages as they are stored until somebody wants them."""
        self._packed = packed
        self.digest = digest

    @cached_property
    def pages(self) -> tuple[IndexedPage, ...]:
        """The analysed pages, in the order of the documents."""
        return tuple(map(_unpack, self._packed))


def analyse_pages(
    documents: Sequence[SearchDocument], language: Language, cache: Cache, progress: Progress, *, parallel: bool = True
) -> AnalysedPages:
    """Analyse the documents in order, unchanged ones from the cache."""
    analysis = Analysis(language)
    base = digest("search", code_digest(), _words_of(language))
    keys = [digest(base, repr(document)) for document in documents]
    kept = {key: stored for key in keys if (stored := cache.get(key)) is not None}
    missing = [(key, document) for key, document in zip(keys, documents, strict=True) if key not in kept]

    def analyse(chunk: Sequence[tuple[bytes, SearchDocument]]) -> list[tuple[bytes, bytes]]:
        return [(key, _pack(index_page(document, analysis))) for key, document in chunk]

    progress.step(len(kept))
    for rows in in_chunks(analyse, missing, allowed=parallel):
        progress.step(len(rows))
        for key, packed in rows:
            cache.put(key, packed)
            kept[key] = packed
    return AnalysedPages([kept[key] for key in keys], digest(base, *keys))


def _words_of(language: Language) -> str:
    """Everything the language says, in a fixed order."""
    compounds = language.compounds
    return repr((sorted(language.stop_words), language.synonyms, sorted(compounds.reviewed.items()), sorted(compounds.whole)))


def _pack(page: IndexedPage) -> bytes:
    return json.dumps(list(vars(page).values()), ensure_ascii=False).encode()


def _unpack(stored: bytes) -> IndexedPage:
    values: list[Any] = json.loads(stored)
    return IndexedPage(*values)
