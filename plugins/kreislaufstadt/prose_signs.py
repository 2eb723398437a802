"""Which parts of Python-Markdown a text needs: each has signs without which it cannot find anything.

The library shows every block and every piece of text to all of its parts in turn. Most texts
have few signs, so most parts look in vain; here those are left out. What is made stays the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, AtomicString

from kreislaufstadt.prose_plain import add_plain, is_plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree import ElementTree as ET

    import markdown

_BLOCK_SIGNS: Mapping[str, tuple[str, ...]] = {
    "admonition": ("!!!",),
    "indent": ("    ",),
    "defindent": ("    ",),
    "code": ("    ",),
    "table": ("|",),
    "hashheader": ("#",),
    "quote": (">",),
    "deflist": (": ",),
    "footnote": ("[^",),
    "reference": ("]:",),
}
_INLINE_SIGNS: Mapping[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "kreislaufstadt-link": ("[[",),
    "kreislaufstadt-source": ("[Q:",),
    "footnote": ("[^",),
    "reference": ("]:",),
    "link": ("](",),
    "image_link": ("](",),
    "image_reference": ("]:",),
    "short_reference": ("]:",),
    "short_image_ref": ("]:",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""By the library's name of a part: it needs one of the signs. References are found only in a text that defines some."""

_SIGNS = frozenset(sign for signs in (*_BLOCK_SIGNS.values(), *_INLINE_SIGNS.values()) for sign in signs)
_INLINE = re.compile(r"[`\\\[<&*_]")
_UNUSUAL = (STX, ETX, "\r", "\t", "\n ")


def leave_out(md: markdown.Markdown) -> None:
    """Have only those parts look at a text that it has signs for; the last step in setting up ``md``."""
    md.parser.blockprocessors.register(_Plain(md.parser), "kreislaufstadt-plain", 200)
    inlines, escapes = _Inlines(md), _Escapes(md)
    md.treeprocessors.register(inlines, "inline", 20)
    md.treeprocessors.register(escapes, "unescape", 0)
    md.preprocessors.register(_Signs(md, inlines, escapes), "kreislaufstadt-signs", 100)
    md.preprocessors.deregister("normalize_whitespace")
    md.preprocessors.deregister("fenced_code_block")
    md.block_level_elements = dict.fromkeys(md.block_level_elements)  # type: ignore[assignment]  # asked for every element


class _Signs(Preprocessor):
    """Chooses the parts of the library that a text needs."""

    def __init__(self, md: markdown.Markdown, inlines: _Inlines, escapes: _Escapes) -> None:
        super().__init__(md)
        self._inlines, self._escapes = inlines, escapes
        self._whitespace = md.preprocessors["normalize_whitespace"]
        self._fences = md.preprocessors["fenced_code_block"]
        self._blocks = _with_signs(md.parser.blockprocessors, _BLOCK_SIGNS)
        self._patterns = _with_signs(md.inlinePatterns, _INLINE_SIGNS)

    def run(self, lines: list[str]) -> list[str]:
        """Look once through the whole text; parts further on see pieces of it."""
        text = "\n".join(lines)
        if any(sign in text for sign in _UNUSUAL):
            lines = self._whitespace.run(lines)
            text = "\n".join(lines)
        else:
            lines = [*lines, "", ""]
        if "```" in text or "~~~" in text:
            lines = self._fences.run(lines)
        found = {sign for sign in _SIGNS if sign in text}
        self.md.parser.blockprocessors = _chosen(self._blocks, found)
        self._inlines.inlinePatterns = _chosen(self._patterns, found)
        self._escapes.needed = "\\" in found
        return lines


def _with_signs(registry: Any, signs: Mapping[str, tuple[str, ...]]) -> list[tuple[Any, tuple[str, ...]]]:
    by_number = {registry.get_index_for_name(name): found for name, found in signs.items()}
    return [(part, by_number.get(number, ())) for number, part in enumerate(registry)]


def _chosen(parts: list[tuple[Any, tuple[str, ...]]], found: set[str]) -> Any:
    return [part for part, signs in parts if not signs or not found.isdisjoint(signs)]


class _Plain(BlockProcessor):
    """Paragraphs and headings that can be nothing else; parts of lists and quotes go the usual way."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether the block is plain."""
        return not self.parser.state and is_plain(block)

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        """Make the element."""
        add_plain(parent, blocks.pop(0))


class _Inlines(InlineProcessor):
    """Links, emphasis and the like, in those pieces of text that have signs of any."""

    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        """Put the library off pieces without signs by calling them done."""
        if not self.inlinePatterns:
            return tree
        for element in tree.iter():
            if element.text and not _needs_look(element.text):
                element.text = AtomicString(element.text)
        return super().run(tree, ancestors)


def _needs_look(text: str) -> bool:
    return _INLINE.search(text) is not None or "  \n" in text


class _Escapes(UnescapeTreeprocessor):
    """Signs that a backslash took their meaning."""

    needed = True

    def run(self, root: ET.Element) -> None:
        """Put them back where the text has any."""
        if self.needed:
            super().run(root)
