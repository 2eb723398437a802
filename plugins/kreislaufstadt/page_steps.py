"""What is done with a new page where it is made: it is sealed, written into the folder and inspected."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kreislaufstadt.guard.keep import inspect_page
from kreislaufstadt.sealed_pages import seal_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.folder_files import Row
    from kreislaufstadt.guard.seal import Sealer
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.render_pool import NewPage
    from kreislaufstadt.sealed_pages import Sealed, SealedPages
    from kreislaufstadt.site_folder import SiteFolder


class SealStep:
    """Gives pages their policies and the hashes of their scripts; remembers what they are called then."""

    stage: ClassVar[str] = "Versiegeln"

    def __init__(self, sealer: Sealer, sealed: SealedPages) -> None:
        """Keep the sealer, and who remembers its pages."""
        self._sealer = sealer
        self._sealed = sealed

    def work(self, pages: Sequence[NewPage]) -> list[Sealed]:
        """Seal the pages."""
        rows = []
        for new in pages:
            new.published, row = seal_page(new.page, self._sealer)
            rows.append(row)
        return rows

    def take(self, drafts: Sequence[Draft], found: list[Sealed]) -> None:  # noqa: ARG002 - the rows name them
        """Remember them for this build and the next."""
        for row in found:
            self._sealed.keep(*row, self._sealer)


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
