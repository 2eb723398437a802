"""Links from a page to others, as its template writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from kreislaufstadt.urls import page_url, relative_url

if TYPE_CHECKING:
    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.site import Settings

MOST = 20_000
"""So many links are kept for the pages of one folder; a site has thousands of pages and dozens of folders."""

ERROR_PAGE = "404.html"
"""It is shown at any depth, so its links begin at the host."""


class LinkMaker:
    """Makes links between pages. From pages beside each other nearly all links are the same, so these are found once a folder."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        """Begin without links."""
        self.catalog = catalog
        self._settings = settings
        self._folders: dict[str, _Links] = {}

    def href(self, here: str, url: str) -> str:
        """The relative link between two pages or files of the site."""
        if here == ERROR_PAGE:
            return urlsplit(self._settings.base_url).path + url
        return relative_url(here, url, index=self._settings.index_name)

    def beside(self, here: str) -> _Links:
        """The links that a page has in common with those beside it."""
        above, mark, _ = here.rpartition("/")[0].rpartition("/")
        place = f"{above}{mark}*/"
        if place not in self._folders:
            self._folders[place] = _Links(self, place)
        return self._folders[place]


class _Links(dict[str, str]):
    """The links from a page of a folder by their targets."""

    def __init__(self, maker: LinkMaker, here: str) -> None:
        self._maker = maker
        self._here = here

    def __missing__(self, target: str) -> str:
        if len(self) >= MOST:
            self.clear()
        self[target] = found = self._maker.href(self._here, target)
        return found


class PageLinks:
    """The links of one page, for its template."""

    def __init__(self, maker: LinkMaker, here: str) -> None:
        """Know where the page stands: links to what lies below it are its own."""
        self._maker = maker
        self._here = here
        self._own = here[: here.rfind("/") + 1]
        self._links = maker.beside(here)

    def url(self, target: str) -> str:
        """The link to a site-relative address."""
        return self._maker.href(self._here, target) if target.startswith(self._own) else self._links[target]

    def page_address(self, kind: str, name: str) -> str:
        """The link to the page of an entry or list value, empty if it has none."""
        target = page_url(kind, name) if self._maker.catalog.find(kind, name) else None
        return "" if target is None else self.url(target)

    def link_to(self, kind: str, name: str, label: str = "") -> Markup:
        """A link to an entry or list value with its title, or just the title."""
        found = self._maker.catalog.find(kind, name)
        text = escape(label or (found.title if found else name))
        target = page_url(kind, name)
        if found is None or target is None:
            return text
        return Markup(f'<a href="{escape(self.url(target))}">{text}</a>')  # noqa: S704 - both are escaped
