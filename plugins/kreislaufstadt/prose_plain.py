"""Texts of nothing but paragraphs, headings and links between entries: their tree is made here, all at once.

Most texts are like this. Python-Markdown makes the same of them in three times the time: it has to
find out at every step that there is nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markdown.util import ETX, STX

from kreislaufstadt.references import WIKI_LINK

if TYPE_CHECKING:
    from collections.abc import Callable

_PARAGRAPH = re.compile(r"(?!\d+\. )(?:[^\s#=\-_*+>\[!:].*(?:\n|\Z))+")
"""Lines none of which begins anything or belongs to anything but a paragraph, unless they hold a ``|``: Python looks for one sign, or for any, at once."""

_HEADING = re.compile(r"#{1,6}[^\n#\\]+")

_OTHER_SIGNS = ("`", "~~~", "\\", "<", "*", "_", "|", "  \n", "\t", "\r", STX, ETX)
"""Without these a paragraph holds nothing but words and what stands in brackets or behind an ampersand."""

_ENTITY = re.compile(r"&[#\w]")


def is_plain(block: str) -> bool:
    """Whether a block can be nothing but a paragraph or a heading."""
    return ("|" not in block and _PARAGRAPH.fullmatch(block) is not None) or _HEADING.fullmatch(block) is not None


def add_plain(parent: ET.Element, block: str) -> ET.Element:
    """Add a plain block to a text."""
    text = block.lstrip("#")
    level = len(block) - len(text)
    element = ET.SubElement(parent, f"h{level}" if level else "p")
    element.text = text.strip() if level else text
    return element


def plain_tree(text: str, link: Callable[[str], ET.Element | str]) -> ET.Element | None:
    """The tree of a plain text, with a line for each block; nothing if the text may hold anything else.

    ``link`` makes an element of a link's target, or words where it leads nowhere. Links with words of their own are
    left to the library: their border is that of tables.
    """
    blocks = text.strip("\n").split("\n\n")
    if not _has_only_links(text) or not all(map(is_plain, blocks)):
        return None
    root = ET.Element("div")
    for block in blocks:
        element = add_plain(root, block)
        if "[[" in block:
            _make_links(element, link)
        element.tail = "\n"
    return root


def _has_only_links(text: str) -> bool:
    """Whether nothing in the lines has a meaning but links between entries, each of which has two brackets at both ends."""
    if any(sign in text for sign in _OTHER_SIGNS) or ("&" in text and _ENTITY.search(text)):
        return False
    brackets = text.count("[")
    return brackets == text.count("]") and (not brackets or brackets == 2 * len(WIKI_LINK.findall(text)))


def _make_links(element: ET.Element, link: Callable[[str], ET.Element | str]) -> None:
    words, *links = WIKI_LINK.split(element.text or "")
    last: ET.Element | None = None
    for target, behind in zip(links[::3], links[2::3], strict=True):
        made = link(target)
        if isinstance(made, str):
            words += made + behind
            continue
        _put(element, last, words)
        element.append(made)
        last, words = made, behind
    _put(element, last, words)


def _put(element: ET.Element, last: ET.Element | None, words: str) -> None:
    """Words stand at the beginning of an element or behind the last link."""
    if last is None:
        element.text = words or None
    else:
        last.tail = words or None
