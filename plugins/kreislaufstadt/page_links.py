"""Links from a page to others, as its template writes them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kreislaufstadt.jinja_code import markup, shown
from kreislaufstadt.urls import page_url, relative_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.site import Settings

MOST = 20_000
"""So many links are kept for the pages of one folder; a site has thousands of pages and dozens of folders."""

ERROR_PAGE = "404.html"
"""It is shown at any depth, so its links begin at the host."""


class PageLinks:
    """Makes links from the page that is being rendered. Those of pages beside each other are nearly all the same, so they are made once a folder."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        """Begin on the start page, without links."""
        self._catalog = catalog
        self._settings = settings
        self._folders: dict[str, _Links] = {}
        self._go("")

    @contextmanager
    def on(self, here: str) -> Iterator[None]:
        """Make the links of the page ``here`` inside the block."""
        before = self._here
        self._go(here)
        try:
            yield
        finally:
            self._go(before)

    def _go(self, here: str) -> None:
        self._here = here
        self._own = here[: here.rfind("/") + 1]
        """What lies below the page has links of its own."""
        above, border, _ = self._own.rstrip("/").rpartition("/")
        place = f"{above}{border}*/"
        if place not in self._folders:
            self._folders[place] = _Links(self, place)
        self._links = self._folders[place]

    def href(self, here: str, url: str) -> str:
        """The relative link between two pages or files of the site."""
        if here == ERROR_PAGE:
            return urlsplit(self._settings.base_url).path + url
        return relative_url(here, url, index=self._settings.index_name)

    def url(self, target: str) -> str:
        """The link to a site-relative address."""
        return self.href(self._here, target) if target.startswith(self._own) else self._links[target]

    def page_address(self, kind: str, name: str) -> str:
        """The link to the page of an entry or list value, empty if it has none."""
        target = page_url(kind, name) if self._catalog.find(kind, name) else None
        return "" if target is None else self.url(target)

    def link_to(self, kind: str, name: str, label: str = "") -> Markup:
        """A link to an entry or list value with its title, or just the title."""
        found = self._catalog.find(kind, name)
        text = shown(label or (found.title if found else name))
        target = page_url(kind, name)
        if found is None or target is None:
            return markup(text)
        return markup(f'<a href="{shown(self.url(target))}">{text}</a>')


class _Links(dict[str, str]):
    """The links from a page of a folder by their targets."""

    def __init__(self, links: PageLinks, here: str) -> None:
        super().__init__()
        self._href = links.href
        self._here = here

    def __missing__(self, target: str) -> str:
        if len(self) >= MOST:
            self.clear()
        self[target] = found = self._href(self._here, target)
        return found
