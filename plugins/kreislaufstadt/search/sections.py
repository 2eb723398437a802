"""Cut the main content of a page at its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SKIPPED = frozenset({"nav", "script", "style", "template", "svg", "form", "button", "select", "textarea", "noscript"})
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
BLOCKS = frozenset(
    {"p", "li", "dt", "dd", "td", "th", "tr", "div", "section", "article", "figcaption", "caption", "blockquote", "br"}
    | {"ul", "ol", "dl", "table", "aside", "header", "footer", "summary", "details", "h1", "h2", "h3", "h4", "h5", "h6"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ATTRIBUTES = r'[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+'
_TAG = re.compile(
    rf"(<(?:script(?![a-z0-9]){_ATTRIBUTES}>.*?(?=</script|\Z)|style(?![a-z0-9]){_ATTRIBUTES}>.*?(?=</style|\Z)"
    rf"|[a-z]{_ATTRIBUTES}>|/[a-z][a-z0-9]*+\s*+>|!--(?:.*?-->|.*)|![^>]*+>))",
    re.DOTALL,
)
"""A start tag (with the content of an element that holds no tags), an end tag, a comment (an unclosed one takes the rest) or a declaration."""
_NAME = re.compile("</?[a-z][a-z0-9]*+")
_HIDDEN = re.compile(r'\s(?:hidden(?=[\s/=]|>\Z)|data-suche="aus")')
_ID = re.compile(r'\sid="([^"]*)"')
_ENDS = frozenset(".!?:;,·…–")
_BORDER = "\ud800"
"""Stands between blocks: half a sign, which no page can hold."""

_LONGEST = 200
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Section:
    """Text below a heading; the first one of a page has neither anchor nor heading."""

    anchor: str
    heading: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class _Tag:
    """What a tag does: the element it opens or closes, if any, what it puts into the text, and the heading it begins."""

    opens: str = ""
    closes: str = ""
    sign: str = ""
    hides: bool = False
    level: int = 0
    anchor: str = ""


def _read_tag(tag: str) -> _Tag:
    found = _NAME.match(tag)
    plain = _plain_tag(found[0]) if found else _Tag()
    if not plain.opens or not (plain.level or "hidden" in tag or "data-suche" in tag):
        return plain
    anchor = _ID.search(tag) if plain.level else None
    return replace(plain, hides=plain.hides or _HIDDEN.search(tag) is not None, anchor=unescape(anchor[1]) if anchor else "")


@lru_cache(1000)
def _plain_tag(name: str) -> _Tag:
    """A tag without attributes: ``<p`` or ``</p``."""
    element = name.lstrip("</")
    sign = _BORDER if element in BLOCKS else ""
    level = int(element[1]) if element in HEADINGS else 0
    if name.startswith("</"):
        return _Tag(closes=element, sign=" " if element == "time" else sign, level=level)
    return _Tag(sign=sign) if element in VOID else _Tag(element, "", sign, element in SKIPPED, level)


class _Tags(dict[str, _Tag]):
    """Tags read once and remembered: thousands of pages are made of a few thousand different ones."""

    def __missing__(self, tag: str) -> _Tag:
        found = _read_tag(tag)
        if len(tag) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[tag] = found
        return found


_tags = _Tags()


def cut_sections(page: str) -> list[Section]:
    """Cut the HTML of a page at headings that have an id.

    Left out are navigation, forms, drawings, hidden parts and whatever carries
    ``data-suche="aus"``. The page's own heading (h1) starts no section. The HTML is
    our own: attributes in double quotes, a greater-than sign only at the end of a tag.
    """
    pieces = _TAG.split(page)
    texts = [unescape(text) if "&" in text else text for text in pieces[::2]]
    left = zip(map(_tags.__getitem__, pieces[1::2]), texts[1:], strict=True)
    done, below, heading = [], ("", "", 1), None
    into = parts = texts[:1]
    for tag, text in left:
        if tag.hides:
            into.append(_skip(tag.opens, left, parts))
            continue
        if tag.sign:
            parts.append(tag.sign)
            if tag.level:
                if tag.opens:
                    heading, into = tag, []
                elif heading:
                    title = _squeeze("".join(into).replace("¶", ""))
                    if heading.level > 1 and heading.anchor:
                        done.append(Section(*below, _join(parts)))
                        below, parts = (heading.anchor, title, heading.level), []
                    elif heading.level > 1:
                        parts += title, _BORDER
                    heading, into = None, parts
        into.append(text)
    done.append(Section(*below, _join(parts)))
    return [section for section in done if section.text or section.heading]


def _skip(name: str, left: Iterator[tuple[_Tag, str]], parts: list[str]) -> str:
    """Pass over the rest of an element, of which only line breaks count; the text that follows it."""
    within = [name]
    for tag, text in left:
        if tag.opens:
            within.append(tag.opens)
        elif tag.closes in within:
            while within.pop() != tag.closes:
                pass
            if not within:
                return text
        elif tag.sign and not tag.closes:
            parts.append(tag.sign)
    return ""


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _join(parts: list[str]) -> str:
    """Join blocks to running text; a block without a full stop is set off with a dot."""
    texts = [text for block in "".join(parts).split(_BORDER) if (text := " ".join(block.split()))]
    return "".join([text + (" " if text[-1] in _ENDS else " · ") for text in texts]).strip(" ·")
