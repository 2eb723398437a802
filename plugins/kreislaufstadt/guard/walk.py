"""The way over a page: tag by tag, quickly where nothing is to be said, thoroughly elsewhere.

Pages repeat the same tags thousands of times. What a tag is, is worked out once by its
text; a tag that asks for nothing and stands where it may is only counted as open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.guard.addresses import is_local
from kreislaufstadt.guard.elements import FORBIDDEN_ATTRIBUTES, HTML, LOADING, LOOKED_AT, NO_TEXT, PAINTING, RAW_TEXT
from kreislaufstadt.guard.nesting import Nesting
from kreislaufstadt.guard.tokens import TOKEN, End, Fault, Tag, Text, end_of_raw, token_of

if TYPE_CHECKING:
    import re

    from kreislaufstadt.guard.tokens import Token

_MOST_KNOWN = 50_000
_LONGEST_KNOWN = 400
_NOT_QUIET = FORBIDDEN_ATTRIBUTES | PAINTING
_QUIET, _THOROUGH, _NOTHING = "quiet", "thorough", "nothing"


class _Known(NamedTuple):
    """What a tag's text says: how to treat it, its name, whether it ends an element, where it leads, what it is, what is wrong with it."""

    way: str
    name: str
    ends: bool
    link: str
    token: Token | None
    fault: Fault | None


_known: dict[str, _Known] = {}


def _learn(found: re.Match[str]) -> _Known:
    """Work out what a piece of markup is; tags of usual length are remembered."""
    token, fault = token_of(found)
    if isinstance(token, Tag):
        link = token.attributes.get("href", "") if token.name == "a" else ""
        quiet = fault is None and _is_quiet(token) and (not link or is_local(link))
        known = _Known(_QUIET if quiet else _THOROUGH, token.name, ends=False, link=link, token=token, fault=fault)
    elif isinstance(token, End):
        known = _Known(_QUIET, token.name, ends=True, link="", token=token, fault=None)
    else:
        return _Known(_NOTHING if token is None and fault is None else _THOROUGH, "", ends=False, link="", token=token, fault=fault)
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    if len(found[0]) <= _LONGEST_KNOWN:
        _known[found[0]] = known
    return known


def _is_quiet(tag: Tag) -> bool:
    """Say whether nothing about a tag is worth a look, wherever it stands, apart from its place and its link."""
    if tag.closed or tag.attributes.get("href") == "" or tag.name not in HTML or tag.name in LOOKED_AT or tag.name in LOADING or tag.name in RAW_TEXT:
        return False
    names = tag.attributes.keys()
    if "id" in names or ("href" in names and tag.name != "a") or _NOT_QUIET & names:
        return False
    return all(name.islower() and not name.startswith("on") for name in names)


class Walk:
    """Goes over a page once and says what it meets; whoever reads the page answers in ``see_tag`` and the like."""

    def __init__(self, text: str) -> None:
        """Begin at the first character."""
        self._text = text
        self._nesting = Nesting()

    def see_tag(self, tag: Tag) -> None:
        """Take a start tag that is worth a look."""

    def see_link(self, url: str, at: int) -> None:
        """Take a link to a file of the site."""

    def see_text(self, text: Text) -> None:
        """Take the content of an element that holds nothing but text."""

    def see_fault(self, fault: Fault) -> None:
        """Take what is no strict HTML."""

    def walk(self) -> None:
        """Go from the first to the last character."""
        position: int | None = 0
        while position is not None:
            position = self._walk_on(position)
        for fault in self._nesting.end(len(self._text)):
            self.see_fault(fault)

    def _walk_on(self, position: int) -> int | None:
        """Go to the end of the next element that holds raw text, or to the end of the page."""
        text, stack, is_in_order = self._text, self._nesting.stack, self._nesting.is_in_order
        for found in TOKEN.finditer(text, position):
            start = found.start()
            if start > position and (not stack or stack[-1] in NO_TEXT):
                self._see_between(position, start)
            position = found.end()
            known = _known.get(found[0]) or _learn(found)
            if known.way == _QUIET and is_in_order(known.name, ends=known.ends):
                if known.link:
                    self.see_link(known.link, start)
                continue
            if known.way != _NOTHING and self._see(known, start):
                return self._see_raw(known.name, position)
        self._see_between(position, len(text))
        return None

    def _see_between(self, start: int, end: int) -> None:
        text = self._text[start:end]
        if text and not text.isspace():
            self._feed(Text(text, start, raw=False))

    def _see(self, known: _Known, at: int) -> bool:
        """Take a piece of markup thoroughly; True if what follows is raw text."""
        token = known.token
        if isinstance(token, Tag):
            token = Tag(token.name, token.attributes, at, token.closed)
            self.see_tag(token)
        elif isinstance(token, End):
            token = End(token.name, at)
        if token is not None:
            self._feed(token)
        if known.fault:
            self._feed(Fault(at, known.fault.message))
        return isinstance(token, Tag) and token.name in RAW_TEXT and not token.closed

    def _see_raw(self, name: str, position: int) -> int:
        end = end_of_raw(self._text, position, name)
        if end > position:
            text = Text(self._text[position:end], position, raw=True)
            self.see_text(text)
            self._feed(text)
        return end

    def _feed(self, token: Token) -> None:
        if isinstance(token, Fault):
            self.see_fault(token)
        for fault in self._nesting.feed(token):
            self.see_fault(fault)
