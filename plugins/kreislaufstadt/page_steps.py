"""What is done with a new page where it is made: it is sealed, written into the folder and inspected."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.guard.keep import inspect_page
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from kreislaufstadt.guard.seal import Sealer
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.render_pool import NewPage
    from kreislaufstadt.rendered_pages import RenderedPage
    from kreislaufstadt.site_folder import Row, SiteFolder


class SealStep:
    """Gives a page its policy and the hashes of its scripts; remembers what it is called then."""

    stage: ClassVar[str] = "Versiegeln"

    def __init__(self, sealer: Sealer, cache: Cache) -> None:
        """Keep the sealer."""
        self._sealer = sealer
        self._cache = cache

    def work(self, new: NewPage) -> tuple[bytes, bytes]:
        """Seal the page."""
        new.published, row = seal_page(new.page, self._sealer)
        return row

    def take(self, draft: Draft, found: tuple[bytes, bytes]) -> None:  # noqa: ARG002 - the row names it
        """Keep the row for this build and the next."""
        self._cache.put(*found)


def seal_page(page: RenderedPage, sealer: Sealer) -> tuple[Made, tuple[bytes, bytes]]:
    """The sealed page, and the row of the cache by which :func:`find_sealed` knows it."""
    sealed, hashes = sealer.seal_with_hashes(page.draft.file, page.html)
    made = Made.of(sealed.encode())
    return made, (_sealed_key(page, sealer), json.dumps([made.name, hashes]).encode())


def find_sealed(page: RenderedPage, sealer: Sealer, cache: Cache) -> str | None:
    """The name of the sealed page if it was sealed before, and the scripts are still the same."""
    stored = cache.get(_sealed_key(page, sealer))
    if stored is None:
        return None
    name, hashes = json.loads(stored)
    return name if all(sealer.hash_of(path) == found for path, found in hashes.items()) else None


def _sealed_key(page: RenderedPage, sealer: Sealer) -> bytes:
    return digest("sealed", code_digest(), page.name, page.draft.file, sealer.name)


class WriteStep:
    """Writes a page into the folder."""

    stage: ClassVar[str] = "Schreiben"

    def __init__(self, folder: SiteFolder) -> None:
        """Look at the folder before anybody writes."""
        self._folder = folder
        folder.begin()

    def work(self, new: NewPage) -> Row:
        """Write the page."""
        return self._folder.put(new.page.draft.file, new.published)

    def take(self, draft: Draft, found: Row) -> None:
        """Know that it stands there."""
        self._folder.take(draft.file, found)


class InspectStep:
    """Reads a page as the inspection of the finished site wants it."""

    stage: ClassVar[str] = "Kontrolle"

    def __init__(self, inspected: dict[str, bytes]) -> None:
        """Put what pages say into ``inspected``, by the name of their content."""
        self._inspected = inspected

    def work(self, new: NewPage) -> tuple[str, bytes]:
        """Read the page."""
        return new.published.name, inspect_page(new.published.read())

    def take(self, draft: Draft, found: tuple[str, bytes]) -> None:  # noqa: ARG002 - the same content says the same
        """Keep what it says."""
        name, said = found
        self._inspected[name] = said
