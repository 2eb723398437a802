"""The sources of what a text links to: examples, laws and indicators named in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.model.parts import Citation

SOURCED = ("beispiel", "rahmen", "indikator")
"""Kinds whose statements come from sources."""


@dataclass(frozen=True, slots=True)
class LinkedSource:
    """An entry that the text links to, and its sources."""

    kind: str
    name: str
    sources: tuple[Citation, ...]


def derive_linked_sources(catalog: Catalog, key: Key, entry: Entry) -> Sequence[LinkedSource]:
    """Entries with sources that the text of an entry links to, in the order of the text, each once."""
    found: dict[Key, LinkedSource] = {}
    for link in catalog.text_links(key, entry):
        for kind, name in catalog.resolve_text_target(link.kind, link.target.partition("#")[0]):
            target = catalog.find(kind, name)
            sources = getattr(target, "sources", ())
            if kind in SOURCED and sources:
                found.setdefault((kind, name), LinkedSource(kind, name, sources))
    return tuple(found.values())
