"""What is done with a new page where it is made: it is sealed, written into the folder and inspected."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.guard.keep import inspect_page
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.guard.seal import Sealer
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.render_pool import NewPage
    from kreislaufstadt.rendered_pages import RenderedPage
    from kreislaufstadt.site_folder import Row, SiteFolder


class SealStep:
    """Gives pages their policies and the hashes of their scripts; remembers what they are called then."""

    stage: ClassVar[str] = "Versiegeln"

    def __init__(self, sealer: Sealer, cache: Cache) -> None:
        """Keep the sealer."""
        self._sealer = sealer
        self._cache = cache

    def work(self, pages: Sequence[NewPage]) -> list[tuple[bytes, bytes]]:
        """Seal the pages."""
        rows = []
        for new in pages:
            new.published, row = seal_page(new.page, self._sealer)
            rows.append(row)
        return rows

    def take(self, drafts: Sequence[Draft], found: list[tuple[bytes, bytes]]) -> None:  # noqa: ARG002 - the rows name them
        """Keep the rows for this build and the next."""
        for row in found:
            self._cache.put(*row)


def seal_page(page: RenderedPage, sealer: Sealer) -> tuple[Made, tuple[bytes, bytes]]:
    """The sealed page, and the row of the cache by which :func:`find_sealed` knows it."""
    sealed, hashes = sealer.seal_with_hashes(page.draft.file, page.raw)
    made = Made.of(sealed)
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
    """Writes pages into the folder."""

    stage: ClassVar[str] = "Schreiben"

    def __init__(self, folder: SiteFolder) -> None:
        """Look at the folder before anybody writes."""
        self._folder = folder
        folder.begin()

    def work(self, pages: Sequence[NewPage]) -> list[Row]:
        """Write the pages."""
        return [self._folder.put(new.page.draft.file, new.published) for new in pages]

    def take(self, drafts: Sequence[Draft], found: list[Row]) -> None:
        """Know that they stand there."""
        for draft, row in zip(drafts, found, strict=True):
            self._folder.take(draft.file, row)


class InspectStep:
    """Reads pages as the inspection of the finished site wants it."""

    stage: ClassVar[str] = "Kontrolle"

    def __init__(self, inspected: dict[str, bytes]) -> None:
        """Put what pages say into ``inspected``, by the name of their content."""
        self._inspected = inspected

    def work(self, pages: Sequence[NewPage]) -> dict[str, bytes]:
        """Read the pages."""
        return {new.published.name: inspect_page(new.published.read()) for new in pages}

    def take(self, drafts: Sequence[Draft], found: dict[str, bytes]) -> None:  # noqa: ARG002 - the same content says the same
        """Keep what they say."""
        self._inspected.update(found)
