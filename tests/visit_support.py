"""A visit to a tool page: what it asks for, what it stores and the files it gives."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class Visit:
    """A page with what it asked for beyond its own site, and where its downloads go."""

    def __init__(self, page: Page, site: str, folder: Path) -> None:
        """Begin to note requests to other places."""
        self.page, self.site, self.folder = page, site, folder
        self.foreign: list[str] = []
        page.on("request", lambda request: None if request.url.startswith((site, "blob:")) else self.foreign.append(request.url))

    def go(self, address: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.site + address)

    def download(self, button: str) -> Path:
        """Press a button with the keyboard and keep the file it gives."""
        with self.page.expect_download() as started:
            self.page.get_by_role("button", name=button, exact=True).press("Enter")
        path = self.folder / started.value.suggested_filename
        started.value.save_as(path)
        return path

    def stored(self) -> dict[str, str]:
        """Tell what the page has left in the browser."""
        found: dict[str, str] = self.page.evaluate("({...localStorage, ...sessionStorage, cookie: document.cookie})")
        return {name: text for name, text in found.items() if text}


def odt_content(path: Path) -> ET.Element:
    """Read the content of an OpenDocument text, after a look at how it is packed."""
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED), "the standard wants the type first and plain"
        return ET.fromstring(archive.read("content.xml"))  # noqa: S314 - written by our own page
