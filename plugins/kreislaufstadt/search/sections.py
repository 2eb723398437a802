"""Cut the main content of a page at its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

SKIPPED = frozenset({"nav", "script", "style", "template", "svg", "form", "button", "select", "textarea", "noscript"})
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
BLOCKS = frozenset(
    {"p", "li", "dt", "dd", "td", "th", "tr", "div", "section", "article", "figcaption", "caption", "blockquote", "br"}
    | {"ul", "ol", "dl", "table", "aside", "header", "footer", "summary", "details", "h1", "h2", "h3", "h4", "h5", "h6"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
RAW = frozenset({"script", "style"})
_TAG = re.compile(r'<(?:/([a-z][a-z0-9]*)\s*+>|([a-z][a-z0-9]*)((?:[^<>"]++|"[^"]*+")*+)>|!--(?:.*?-->|.*)|![^>]*+>)', re.DOTALL)
"""A tag, a comment (an unclosed one takes the rest, as in browsers) or a declaration."""
_HIDDEN = re.compile(r'\s(?:hidden(?=[\s/=]|$)|data-suche="aus")')
_ID = re.compile(r'\sid="([^"]*)"')
_ENDED = re.compile(r"[.!?:;,·…–]$")


@dataclass(frozen=True, slots=True)
class Section:
    """Text below a heading; the first one of a page has neither anchor nor heading."""

    anchor: str
    heading: str
    level: int
    text: str


def cut_sections(page: str) -> list[Section]:
    """Cut the HTML of a page at headings that have an id.

    Left out are navigation, forms, drawings, hidden parts and whatever carries
    ``data-suche="aus"``. The page's own heading (h1) starts no section. The HTML is
    our own: attributes in double quotes, a greater-than sign only at the end of a tag.
    """
    cutter = _Cutter()
    position = 0
    while found := _TAG.search(page, position):
        if found.start() > position:
            cutter.read_text(page[position : found.start()])
        position = found.end()
        end, tag, attributes = found.groups()
        if end:
            cutter.close_tag(end)
        elif tag:
            cutter.open_tag(tag, attributes)
            if tag in RAW:
                position = _after_raw(page, position, tag)
    cutter.read_text(page[position:])
    return cutter.finish()


def _after_raw(page: str, position: int, tag: str) -> int:
    """Where the content of an element ends that holds no tags."""
    end = page.find(f"</{tag}", position)
    return len(page) if end < 0 else end


class _Cutter:
    """Takes tags and texts in order and puts them into sections."""

    def __init__(self) -> None:
        self.done: list[Section] = []
        self.open = ("", "", 1)
        self.blocks: list[list[str]] = [[]]
        self.skipped: list[str] = []
        self.heading: tuple[str, int] | None = None
        self.words: list[str] = []

    def open_tag(self, tag: str, attributes: str) -> None:
        """See a start tag."""
        if tag in VOID:
            if tag == "br":
                self.blocks.append([])
            return
        if self.skipped or tag in SKIPPED or _HIDDEN.search(attributes):
            self.skipped.append(tag)
            return
        if tag in BLOCKS:
            self.blocks.append([])
            if tag in HEADINGS:
                found = _ID.search(attributes)
                self.heading, self.words = (unescape(found[1]) if found else "", int(tag[1])), []

    def close_tag(self, tag: str) -> None:
        """See an end tag."""
        if self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
            return
        if self.heading and tag in HEADINGS:
            self._start_section(*self.heading)
            self.heading = None
        if tag in BLOCKS:
            self.blocks.append([])
        elif tag == "time" and not self.heading:
            self.blocks[-1].append(" ")

    def read_text(self, text: str) -> None:
        """See text between tags."""
        if not self.skipped:
            (self.words if self.heading else self.blocks[-1]).append(unescape(text) if "&" in text else text)

    def _start_section(self, anchor: str, level: int) -> None:
        title = _squeeze("".join(self.words).replace("¶", ""))
        if level == 1:
            return
        if not anchor:
            self.blocks += [[title], []]
            return
        self._close_section()
        self.open = (anchor, title, level)

    def _close_section(self) -> None:
        texts = [_squeeze("".join(block)) for block in self.blocks]
        self.done.append(Section(*self.open, _join([text for text in texts if text])))
        self.blocks = [[]]

    def finish(self) -> list[Section]:
        self._close_section()
        return [section for section in self.done if section.text or section.heading]


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _join(texts: list[str]) -> str:
    """Join blocks to running text; a block without a full stop is set off with a dot."""
    return "".join(text + (" " if _ENDED.search(text) else " · ") for text in texts).strip(" ·")
