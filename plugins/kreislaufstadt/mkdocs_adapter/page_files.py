"""Finished files as MkDocs sees them: their content is fetched, that of pages also sealed, only when somebody wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from kreislaufstadt.sealed_pages import seal_page
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from kreislaufstadt.guard.seal import Sealer
    from kreislaufstadt.rendered_pages import RenderedPage
    from kreislaufstadt.sealed_pages import SealedPages


class PageFile(File):
    """The output file of one page."""

    rendered: RenderedPage
    sealer: Sealer | None = None

    @classmethod
    def of(cls, config: MkDocsConfig, page: RenderedPage) -> PageFile:
        """Make the file of a page."""
        file = cls.generated(config, page.draft.file, content="")
        assert isinstance(file, cls)  # noqa: S101 - MkDocs declares its own class
        file.rendered = page
        return file

    @property
    def content_bytes(self) -> bytes:
        """The page as it is published."""
        if self._content:
            return self._content if isinstance(self._content, bytes) else self._content.encode()
        html = self.rendered.html
        return (self.sealer.seal(self.dest_uri, html) if self.sealer else html).encode()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        """Take a text that another plugin made of the page."""
        self._content = value

    def made(self, sealed: SealedPages) -> Made:
        """The page's content by name, without making it if an earlier build has sealed the same text in the same way."""
        if self._content or self.sealer is None:
            return Made.of(self.content_bytes)
        name = sealed.find(self.rendered, self.sealer)
        if name is not None:
            return Made(name, lambda: self.content_bytes)
        made, row = seal_page(self.rendered, self.sealer)
        sealed.keep(*row, self.sealer)
        return made
