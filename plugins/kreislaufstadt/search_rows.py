"""An analysed page as the cache keeps it: head and text stand apart, so that each is read without the other.

What the index holds of it is not kept: it is read from both, and only of a page that is about to change.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from kreislaufstadt.cache import pack, unpack
from kreislaufstadt.search.index import IndexedPage, PageHead, terms_of

if TYPE_CHECKING:
    from kreislaufstadt.search.analysis import Analysis
    from kreislaufstadt.search.index import PageTerms

_HEAD = [field.name for field in fields(PageHead)]


def pack_page(page: IndexedPage) -> bytes:
    """A line of JSON with the head, and packed what the browser shows."""
    head = [getattr(page, name) for name in _HEAD]
    return to_json(head) + b"\n" + pack(page.data)


def unpack_head(stored: bytes) -> PageHead:
    """What lists and filters want to know of the page."""
    return PageHead(*from_json(stored.partition(b"\n")[0]))


def unpack_terms(stored: bytes, analysis: Analysis) -> PageTerms:
    """What the index holds of the page."""
    return terms_of(unpack_head(stored), unpack_data(stored), analysis)


def unpack_data(stored: bytes) -> bytes:
    """What the browser shows of the page."""
    return unpack(stored.partition(b"\n")[2])
