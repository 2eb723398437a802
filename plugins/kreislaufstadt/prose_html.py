"""The tree of a text as HTML, with anchors at its headings: what Python-Markdown does too, for what it can also hold and we never use."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

from markdown.extensions.toc import TocExtension, TocTreeprocessor, escape_cdata, remove_fnrefs, render_inner_html, strip_tags, unique
from markdown.util import STX

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree import ElementTree as ET

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EMPTY = frozenset({"br", "hr", "img"})


def to_html(root: ET.Element) -> str:
    """Write elements whose tags and attributes have plain names and a value; none of them is a switch like ``hidden``."""
    parts: list[str] = []
    _write(root, parts.append)
    return "".join(parts)


def _write(element: ET.Element, write: Callable[[str], None]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    attributes = element.attrib
    if attributes:
        named = "".join([f' {name}="{_quoted(value)}"' for name, value in sorted(attributes.items())])
        write(f"<{tag}{named}>")
    else:
        write(f"<{tag}>")
    if text:
        write(escape_cdata(text))
    for child in element:
        _write(child, write)
    if tag not in _EMPTY:
        write(f"</{tag}>")
    if tail:
        write(escape_cdata(tail))


def _quoted(value: str) -> str:
    return escape_cdata(value).replace('"', "&quot;")


class _Anchors(TocTreeprocessor):
    """Gives headings their anchors, and names them in order; the library's own table of contents is made only where a text asks for it."""

    def run(self, root: ET.Element) -> None:
        """Walk the text once."""
        if any(self.marker in text for text in root.itertext()):
            super().run(root)
            return
        used = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
        counts: dict[str, int] = {}
        tokens: list[dict[str, Any]] = []
        for element in root.iter():
            if element.tag in HEADINGS:
                name = self._name(element)
                anchor = element.get("id") or unique(self.slugify(unescape(name), self.sep), used, counts)  # type: ignore[call-arg]
                element.set("id", anchor)
                level = int(element.tag[1])
                if self.toc_top <= level <= self.toc_bottom:
                    tokens.append({"level": level, "id": anchor, "name": name, "children": []})
        self.md.toc_tokens = tokens  # type: ignore[attr-defined]

    def _name(self, heading: ET.Element) -> str:
        """The words of a heading without markup."""
        text = heading.text or ""
        if len(heading) or any(sign in text for sign in ("&", "<", ">", STX)):
            return strip_tags(render_inner_html(remove_fnrefs(heading), self.md))
        return " ".join(text.split())


class Headings(TocExtension):
    """The library's extension for headings."""

    TreeProcessorClass = _Anchors
