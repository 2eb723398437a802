"""The first use of each glossary word on a page leads to its explanation."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import markdown

_NO_TERMS = {"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th", "caption"}


Piece = tuple[str, ET.Element, ET.Element | None]
"""A text, its element, and the child that it follows unless it is the element's beginning."""


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
        """Look once through all pieces of the text together; most words that are found have been linked before."""
        words, own, link = self._terms()
        if not words:
            return
        pieces = list(_pieces(root))
        whole = "\n".join([text for text, _, _ in pieces])
        lower = whole.lower()
        if len(lower) != len(whole):  # a capital that becomes two letters would move all places behind it
            pieces = [piece for piece in pieces if len(piece[0].lower()) == len(piece[0])]
            lower = "\n".join([text.lower() for text, _, _ in pieces])
        begins = [0, *accumulate([len(text) + 1 for text, _, _ in pieces])]
        linked: dict[int, _Linked] = {}
        seen = {own}
        for start, end, word in find_words(tuple(words), lower):
            term = words[word]
            target = link(term) if term not in seen else None
            if target is not None:
                seen.add(term)
                number = bisect_right(begins, start) - 1
                piece = linked.get(number) or linked.setdefault(number, _Linked(*pieces[number]))
                piece.link(start - begins[number], end - begins[number], target.href)


class _Linked:
    """The text at the beginning of ``parent``, or the text that follows ``after``, of which words have become links."""

    def __init__(self, text: str, parent: ET.Element, after: ET.Element | None) -> None:
        self._text, self._parent, self._after = text, parent, after
        self._done = 0

    def link(self, begin: int, end: int, href: str) -> None:
        """Make a word a link; it follows those that are links already."""
        link = ET.Element("a", {"href": href, "class": "begriff"})
        link.text, link.tail = self._text[begin:end], self._text[end:]
        before = self._text[self._done : begin]
        if self._after is None:
            self._parent.text = before
            self._parent.insert(0, link)
        else:
            self._after.tail = before
            self._parent.insert(list(self._parent).index(self._after) + 1, link)
        self._after, self._done = link, end


def _pieces(element: ET.Element) -> Iterator[Piece]:
    """The pieces of text in which words may become links, in order."""
    if element.tag in _NO_TERMS or "herkunft" in (element.get("class") or "").split():
        return
    if element.text:
        yield element.text, element, None
    for child in element:
        yield from _pieces(child)
        if child.tail:
            yield child.tail, element, child


def find_words(words: tuple[str, ...], text: str) -> Iterator[tuple[int, int, str]]:
    """Where words (lower case) stand in a text, in order: begin, end with a German ending, and the word."""
    search = _word_pattern(words).search
    text = f"\n{text}"  # the sign before a word is part of what is found, so places are those of the text without this one
    found = search(text)
    while found:
        start, end = found.span()
        if text[start].isalnum():
            found = search(text, start + 1)
        else:
            yield start, end - 1, found[1]
            found = search(text, max(end - 1, start + 1))


@lru_cache(maxsize=4)
def _word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all words, longest first, with common German endings, behind a sign that may be the border of a word.

    Words begin behind signs that are neither letters nor digits, ``_`` or ``-``. The pattern begins with the few letters that
    are in nearly all words: Python passes over these at once, three times as fast as it asks of each sign whether it is a letter.
    The words are folded into a tree of shared beginnings: Python tries long alternatives one by one, which took a fifth of a cold build.
    """
    return re.compile(rf"[^a-zäöüß0-9_-]({_tree_pattern(words)})(?:es|en|er|s|n|e)?(?![\w-])")


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
