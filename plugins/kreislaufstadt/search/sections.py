"""Cut the main content of a page at its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape

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
_HARD = re.compile(r"<(?:!--|(?:script|style)(?![a-z0-9])[^<>]*+>[^<]*+<(?!/))")
"""A comment, or a script in which a bracket stands."""

_START = re.compile(rf"<([a-z][a-z0-9]*+){_ATTRIBUTES}>")
_WHOLE = re.compile(rf"[a-z]{_ATTRIBUTES}>|/[a-z][a-z0-9]*+\s*+>|!--.*-->|!(?!--)[^>]*+>", re.DOTALL)
"""What may stand between one opening bracket and the next one, if every bracket begins or ends a tag."""

_NAME = re.compile("/?[a-z][a-z0-9]*+")
_HIDDEN = re.compile(r'\s(?:hidden(?=[\s/=]|>\Z)|data-suche="aus")')
_ID = re.compile(r'\sid="([^"]*)"')
_ENDS = frozenset(".!?:;,·…–")
_BORDER = "\ud800"
"""Stands between blocks: half a sign, which no page can hold."""

_BORDERS = re.compile(rf"{_BORDER}[\s{_BORDER}]*+")

_MARK = ' data-suche="aus"'
_LONGEST = 200
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Section:
    """Text below a heading, cut at its spaces; the first one of a page has neither anchor nor heading."""

    anchor: str
    heading: str
    level: int
    pieces: list[str]

    @property
    def text(self) -> str:
        """The text as a whole."""
        return " ".join(self.pieces)


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
    """Read a tag without its first bracket."""
    found = _NAME.match(tag)
    plain = _plain_tag(found[0]) if found else _Tag()
    if not plain.opens or not (plain.level or "hidden" in tag or "data-suche" in tag):
        return plain
    anchor = _ID.search(tag) if plain.level else None
    return replace(plain, hides=plain.hides or _HIDDEN.search(tag) is not None, anchor=unescape(anchor[1]) if anchor else "")


@lru_cache(1000)
def _plain_tag(name: str) -> _Tag:
    """A tag without attributes: ``p`` or ``/p``."""
    element = name.lstrip("/")
    sign = _BORDER if element in BLOCKS else ""
    level = int(element[1]) if element in HEADINGS else 0
    if name.startswith("/"):
        return _Tag(closes=element, sign=" " if element == "time" else sign, level=level)
    return _Tag(sign=sign) if element in VOID else _Tag(element, "", sign, element in SKIPPED, level)


class _BracketError(Exception):
    """A bracket stands in a page that begins or ends no tag."""


class _Tags(dict[str, _Tag]):
    """Tags read once and remembered: thousands of pages are made of a few thousand different ones."""

    def __missing__(self, tag: str) -> _Tag:
        if not _WHOLE.fullmatch(tag):
            raise _BracketError
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
    pieces, tags = _cut_tags(page)
    done, below, heading = [], ("", "", 1), None
    parts, title = list[str](), list[str]()
    start, passed = 0, -1
    for number in [number for number, tag in enumerate(tags) if tag.hides or tag.level]:
        if number <= passed:
            continue
        tag, end = tags[number], 2 * number + 1
        if heading:
            title += pieces[start:end:2]
        else:
            parts += pieces[start:end]
        if tag.hides:
            passed = _skip(tags, number, parts)
            start = 2 * passed + 2
            continue
        start = end + 1
        parts.append(_BORDER)
        if tag.opens:
            heading, title = tag, []
        elif heading:
            words = _squeeze("".join(title).replace("¶", ""))
            if heading.level > 1 and heading.anchor:
                done.append(Section(*below, _join(parts)))
                below, parts = (heading.anchor, words, heading.level), []
            elif heading.level > 1:
                parts += words, _BORDER
            heading = None
    done.append(Section(*below, _join(parts if heading else parts + pieces[start:])))
    return [section for section in done if section.pieces or section.heading]


def _cut_tags(page: str) -> tuple[list[str], list[_Tag]]:
    """Cut a page at its tags: text at even places, between them what each tag puts into it; and the tags."""
    pieces, tags = (None, []) if _HARD.search(page) else _cut_brackets(_without_lists(page))
    if pieces is None:
        pieces = _TAG.split(page)
        tags = [_tags.get(tag[1:]) or _read_tag(tag[1:]) for tag in pieces[1::2]]
    if "&" in page:
        pieces[::2] = [unescape(text) if "&" in text else text for text in pieces[::2]]
    pieces[1::2] = [tag.sign for tag in tags]
    return pieces, tags


def _cut_brackets(page: str) -> tuple[list[str] | None, list[_Tag]]:
    """Cut a page at its brackets, if each begins or ends a tag, as in nearly all pages: this is quicker than to look for tags."""
    pieces = page.replace(">", "><").split("<")
    try:
        tags = list(map(_tags.__getitem__, pieces[1::2]))
    except _BracketError:
        return None, []
    return (pieces, tags) if len(pieces) == 2 * len(tags) + 1 and page.count(">") == len(tags) else (None, [])


def _without_lists(page: str) -> str:
    """A page without elements that are marked as lists of others: with them goes a third of the tags."""
    kept, start = list[str](), 0
    while (mark := page.find(_MARK, start)) >= 0:
        begin = page.rfind("<", start, mark)
        tag = _START.match(page, begin) if begin >= 0 else None
        if not tag or tag.end() < mark:
            break
        opened, closing = re.compile(rf"<{tag[1]}[\s>]"), f"</{tag[1]}>"
        end, depth = mark, 1
        while depth:
            last, end = end, page.find(closing, end) + len(closing)
            if end < last:
                return page
            depth += len(opened.findall(page, last, end)) - 1
        kept += page[start:begin], "<br>" if "<br" in page[begin:end] else ""
        start = end
    return "".join([*kept, page[start:]])


def _skip(tags: list[_Tag], start: int, parts: list[str]) -> int:
    """Pass over an element, of which only line breaks count, to the tag that closes it."""
    within = list[str]()
    for number in range(start, len(tags)):
        tag = tags[number]
        if tag.opens:
            within.append(tag.opens)
        elif tag.closes in within:
            while within.pop() != tag.closes:
                pass
            if not within:
                return number
        elif tag.sign and not tag.closes:
            parts.append(tag.sign)
    return len(tags)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _join(parts: list[str]) -> list[str]:
    """Join blocks to running text, cut at its spaces; a block without a full stop is set off with a dot."""
    pieces = list[str]()
    for block in _BORDERS.split("".join(parts)):
        if words := block.split():
            pieces += words
            if words[-1][-1] not in _ENDS:
                pieces.append("·")
    return _strip_dots(pieces)


def _strip_dots(pieces: list[str]) -> list[str]:
    """Take away dots at both ends of a text that is cut at its spaces."""
    while pieces and not pieces[-1].strip("·"):
        pieces.pop()
    while pieces and not pieces[0].strip("·"):
        del pieces[0]
    if pieces:
        pieces[-1] = pieces[-1].rstrip("·")
        pieces[0] = pieces[0].lstrip("·")
    return pieces
