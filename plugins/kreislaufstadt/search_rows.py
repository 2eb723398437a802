"""An analysed page as the cache keeps it: head, terms and text stand apart, so that each is read without the others."""

from __future__ import annotations

import json
from dataclasses import fields

from kreislaufstadt.cache import pack, unpack
from kreislaufstadt.search.index import IndexedPage, PageHead, PageTerms

_HEAD = [field.name for field in fields(PageHead)]


def pack_page(page: IndexedPage) -> bytes:
    """A line of JSON with the head, one with the terms, and packed what the browser shows."""
    head = [getattr(page, name) for name in _HEAD]
    counts, words = page.terms.counts, [page.terms.words, page.terms.strong]
    terms = [";".join(names) for names in (*counts, *words)], [list(count.values()) for count in counts]
    lines = [json.dumps(part, ensure_ascii=False).encode() for part in (head, terms)]
    return b"\n".join([*lines, pack(page.data.encode())])


def unpack_head(stored: bytes) -> PageHead:
    """What lists and filters want to know of the page."""
    return PageHead(*json.loads(stored.partition(b"\n")[0]))


def unpack_terms(stored: bytes) -> PageTerms:
    """What the index holds of the page."""
    names, counts = json.loads(stored.split(b"\n", 2)[1])
    *parts, words, strong = [text.split(";") if text else [] for text in names]
    return PageTerms([dict(zip(*part, strict=True)) for part in zip(parts, counts, strict=True)], words, strong)


def unpack_data(stored: bytes) -> bytes:
    """What the browser shows of the page."""
    return unpack(stored.split(b"\n", 2)[2])
