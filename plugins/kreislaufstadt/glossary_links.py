"""The first use of each glossary word on a page leads to its explanation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import markdown

_NO_TERMS = {"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th", "caption"}


class Target(NamedTuple):
    """Where a text link leads: the URL relative to the page, and the target's title."""

    href: str
    title: str


class LinkedTerms(NamedTuple):
    """Glossary words of a page (lower case, with their term), the page's own term, and how to link."""

    words: Mapping[str, str]
    own: str
    link: Callable[[str], Target | None]


class GlossaryTerms(Treeprocessor):
    """Links each term at its first use, outside of links, code and headings."""

    def __init__(self, md: markdown.Markdown, terms: Callable[[], LinkedTerms]) -> None:
        """Ask ``terms`` anew for every text."""
        super().__init__(md)
        self._terms = terms

    def run(self, root: ET.Element) -> None:
        """Walk the text once."""
        self._current = self._terms()
        if self._current.words:
            self._seen = {self._current.own}
            self._pattern = term_pattern(tuple(self._current.words))
            self._walk(root)

    def _walk(self, element: ET.Element) -> None:
        if element.tag in _NO_TERMS or "herkunft" in (element.get("class") or "").split():
            return
        children = list(element)
        self._link(element, None)
        for child in children:
            self._walk(child)
            self._link(element, child)

    def _link(self, parent: ET.Element, after: ET.Element | None) -> None:
        """Link words in the text of ``parent``, or in the text that follows ``after``."""
        text = (parent.text if after is None else after.tail) or ""
        lower = text.lower()
        if not lower.strip() or len(lower) != len(text):
            return
        position = 0
        for found in self._pattern.finditer(lower):
            link = self._make(text[found.start() : found.end()], self._current.words[found[1]])
            if link is None:
                continue
            before = text[position : found.start()]
            if after is None:
                parent.text = before
                parent.insert(0, link)
            else:
                after.tail = before
                parent.insert(list(parent).index(after) + 1, link)
            after, position = link, found.end()
            link.tail = text[position:]

    def _make(self, word: str, term: str) -> ET.Element | None:
        target = self._current.link(term) if term not in self._seen else None
        if target is None:
            return None
        self._seen.add(term)
        link = ET.Element("a", {"href": target.href, "class": "begriff"})
        link.text = word
        return link


@lru_cache(maxsize=4)
def term_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all words (lower case), longest first, with common German endings.

    The words are folded into a tree of shared beginnings: Python tries long
    alternatives one by one, which took a fifth of a cold build.
    """
    return re.compile(rf"(?<![\w-])({_tree_pattern(words)})(?:es|en|er|s|n|e)?(?![\w-])")


def _tree_pattern(words: Iterable[str]) -> str:
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _write_tree(tree)


def _write_tree(tree: dict[str, Any]) -> str:
    branches = [re.escape(sign) + _write_tree(below) for sign, below in sorted(tree.items()) if sign]
    if not branches:
        return ""
    text = branches[0] if len(branches) == 1 and "" not in tree else f"(?:{'|'.join(branches)})"
    return f"{text}?" if "" in tree else text
