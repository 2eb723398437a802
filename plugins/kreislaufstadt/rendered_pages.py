"""Finished pages as the rest of the build hands them on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kreislaufstadt.cache import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from kreislaufstadt.pages import Draft


class RenderedPage:
    """A finished page: its draft, the name of its text (equal texts have equal names), and its text, read when it is wanted."""

    waits = False

    def __init__(self, draft: Draft, name: bytes, read: Callable[[], str]) -> None:
        """Keep how to read the text."""
        self.draft = draft
        self.name = name
        self._read = read

    @staticmethod
    def of(draft: Draft, html: str) -> RenderedPage:
        """A page whose text is at hand."""
        return _PageAtHand(draft, html)

    @property
    def html(self) -> str:
        """The text of the page."""
        return self._read()

    @property
    def raw(self) -> bytes:
        """The bytes of the text."""
        return self._read().encode()


class _PageAtHand(RenderedPage):
    """A page that has just been made: several want its bytes, which are made of the text once."""

    raw = b""

    def __init__(self, draft: Draft, html: str) -> None:
        self.raw = html.encode()
        super().__init__(draft, digest(self.raw), lambda: html)


class LaterPage(RenderedPage):
    """A page that waits for something; it is made when somebody wants its name or its text."""

    waits = True

    def __init__(self, draft: Draft, make: Callable[[], str]) -> None:
        """Keep how to make it."""
        self.draft = draft
        self._read = cache(make)

    @property
    def name(self) -> bytes:  # type: ignore[override]
        """The name of the text."""
        return name_of(self._read())


def name_of(html: str) -> bytes:
    """The name of a page's text."""
    return digest(html)
