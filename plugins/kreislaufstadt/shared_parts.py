"""Header and footer: the same on all pages of a folder, so they are rendered once a folder.

What they say depends on the page's language and on where links lead from it. A page that
navigation or footer lead to, or to something below it, marks itself or its links differ: it
gets parts of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kreislaufstadt.pages import Draft
    from kreislaufstadt.site import Settings
    from kreislaufstadt.trace import Tracker

ALWAYS = ("", "suche/", "404.html", "projekt/barrierefreiheit/", "projekt/lizenzen/")
"""Addresses that header and footer name themselves."""


class SharedParts:
    """Renders a part for the first page of a folder and hands it to the others."""

    def __init__(self, settings: Settings, tracker: Tracker) -> None:
        """Collect the addresses that header and footer lead to."""
        items = [*settings.navigation, *settings.footer]
        self._targets = frozenset([*ALWAYS, *(entry.url for item in items for entry in (item, *item.children))])
        self._above = frozenset(above for target in self._targets for above in _folders(target))
        self._tracker = tracker

    def get(self, name: str, page: Draft, make: Callable[[], str]) -> str:
        """The part for the page; ``make`` renders it. It may use nothing of the page but its address and language."""
        key = f"part {name} {page.language} {page.translated} {self._place(page)}"
        return self._tracker.view(key, make)  # type: ignore[no-any-return]

    def _place(self, page: Draft) -> str:
        """The page's folder if all pages in it have the same header and footer, else its own address."""
        if page.language or page.translated is not None or page.url in self._targets or page.url in self._above:
            return page.url
        return f"{page.url.rstrip('/').rpartition('/')[0]}/*"


def _folders(target: str) -> list[str]:
    """Every folder above an address."""
    parts = target.split("/")[:-1]
    return ["/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
