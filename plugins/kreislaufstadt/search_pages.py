"""Pages analysed for the search, kept by their text: an unchanged page is not read again."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kreislaufstadt.cache import Cache, code_digest, digest, pack, unpack
from kreislaufstadt.parallel import in_chunks
from kreislaufstadt.search.analysis import Analysis
from kreislaufstadt.search.index import IndexedPage, PageHead, index_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kreislaufstadt.progress import Progress
    from kreislaufstadt.search.documents import SearchDocument
    from kreislaufstadt.search.language import Language


class AnalysedPages:
    """All pages of the search, in the order of the documents."""

    def __init__(self, keys: Sequence[bytes], packed: Sequence[bytes], base: bytes) -> None:
        """Keep the pages as they are stored until somebody wants them; ``base`` names what all were made with."""
        self.keys = keys
        self.base = base
        self._packed = packed

    @cached_property
    def heads(self) -> tuple[PageHead, ...]:
        """What lists and filters want to know of each page."""
        return tuple(map(_unpack_head, self._packed))

    def page(self, number: int) -> IndexedPage:
        """One page with all that is known of it."""
        return unpack_page(self._packed[number])

    @property
    def pages(self) -> Iterator[IndexedPage]:
        """All pages, one after the other."""
        return map(unpack_page, self._packed)


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
    return AnalysedPages(keys, [kept[key] for key in keys], base)


def _words_of(language: Language) -> str:
    """Everything the language says, in a fixed order."""
    compounds = language.compounds
    return repr((sorted(language.stop_words), language.synonyms, sorted(compounds.reviewed.items()), sorted(compounds.whole)))


def _pack(page: IndexedPage) -> bytes:
    """A line of JSON, the head, and the rest as packed JSON."""
    values = list(vars(page).values())
    head, rest = (json.dumps(part, ensure_ascii=False) for part in (values[:_HEAD], values[_HEAD:]))
    return head.encode() + b"\n" + pack(rest.encode())


def _unpack_head(stored: bytes) -> PageHead:
    return PageHead(*json.loads(stored.partition(b"\n")[0]))


def unpack_page(stored: bytes) -> IndexedPage:
    """Read a page as the cache keeps it."""
    head, _, rest = stored.partition(b"\n")
    values: list[Any] = [*json.loads(head), *json.loads(unpack(rest))]
    return IndexedPage(*values)


_HEAD = len(fields(PageHead))
