"""A picture that stands alone in its paragraph becomes a figure with its credit below."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable

    from kreislaufstadt.guard.pictures import Shown
    from kreislaufstadt.model.pictures import Picture


def make_figures(root: ET.Element, folder: str, picture: Callable[[str], Shown | None]) -> None:
    """Give every picture its size, and lone pictures their credit; unknown pictures stay as they are."""
    for parent in list(root.iter()):
        for image in parent.findall("img"):
            shown = picture(posixpath.normpath(posixpath.join(folder, image.get("src") or "")))
            if shown is None:
                continue
            image.set("loading", "lazy")
            if shown.width:
                image.set("width", str(shown.width))
                image.set("height", str(shown.height))
            if parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip() and not (image.tail or "").strip():
                parent.tag = "figure"
                parent.append(_caption(shown.credit))


def _caption(credit: Picture) -> ET.Element:
    caption = ET.Element("figcaption", {"class": "bildnachweis"})
    origin = ET.SubElement(caption, "a", {"class": "extern", "href": credit.origin, "rel": "external noopener"})
    origin.text = credit.title
    origin.tail = f" von {credit.author}, "
    licence = ET.SubElement(caption, "a", {"class": "extern", "href": credit.licence_url, "rel": "external noopener"})
    licence.text = credit.licence
    licence.tail = f" ({credit.changes})" if credit.changes else None
    return caption
