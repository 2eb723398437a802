"""What the search is given: one document per rendered page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kreislaufstadt.search.sections import Section, cut_sections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FACETS = ("art", "land", "komponente", "handlungsfeld")
"""Names of the facets, in the order in which they are offered."""


@dataclass(frozen=True)
class SearchDocument:
    """A page as the search sees it.

    ``url`` is relative to the site's root, ``kind`` the German Art shown beside
    the title, ``html`` the main content, ``facets`` the German labels per facet,
    ``search_terms`` words that readers use and the page does not say, and
    ``boost`` a factor on the rank (overview pages: slightly above 1). Instead of
    ``html`` there may be a ``name`` of the page's text and ``read``, which gets it.
    """

    url: str
    title: str
    kind: str
    short: str = ""
    html: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    search_terms: Sequence[str] = ()
    boost: float = 1.0
    name: str = ""
    read: Callable[[], str] | None = field(default=None, repr=False, compare=False)

    def cut(self) -> list[Section]:
        """Cut the main content at its headings."""
        return cut_sections(self.read() if self.read else self.html)
