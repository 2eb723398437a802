"""The way over a page: tag by tag, quickly where nothing is to be said, thoroughly elsewhere.

Pages repeat the same tags thousands of times. What a tag is, is worked out once by its
text; a tag that asks for nothing and stands where it may is only counted as open. Whole
headers and footers repeat too: what a faultless one says is remembered by its text.
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
_MOST_PARTS = 500
_SHORTEST_PART = 1000
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
_said: dict[tuple[str, tuple[str, ...]], list[tuple[int, Tag | str]] | None] = {}
"""What a header or footer says below the open elements: tags and addresses with their places; nothing if it has to be walked over."""


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
        self._parts = _long_parts(text)

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
        self._walk_all()
        for fault in self._nesting.end(len(self._text)):
            self.see_fault(fault)

    def _walk_all(self) -> None:
        """Go over all elements; what is open at the end is left to the caller."""
        position: int | None = 0
        while position is not None:
            position = self._walk_on(position)

    def _walk_on(self, position: int) -> int | None:
        """Go to the end of the next element that holds raw text, or to the end of the page."""
        text, stack, is_in_order = self._text, self._nesting.stack, self._nesting.is_in_order
        parts = self._parts
        for found in TOKEN.finditer(text, position):
            start = found.start()
            if start > position and (not stack or stack[-1] in NO_TEXT):
                self._see_between(position, start)
            if start in parts and self._see_part(start, parts[start]):
                return parts[start]
            position = found.end()
            known = _known.get(found[0]) or _learn(found)
            if known.way == _QUIET and is_in_order(known.name, known.ends):
                if known.link:
                    self.see_link(known.link, start)
                continue
            if known.way != _NOTHING and self._see(known, start):
                return self._see_raw(known.name, position)
        self._see_between(position, len(text))
        return None

    def _see_part(self, start: int, end: int) -> bool:
        """Take a header or footer at once, if it is in order by itself."""
        stack = self._nesting.stack
        if not stack or "svg" in stack:
            return False
        key = (self._text[start:end], tuple(stack))
        if key not in _said:
            if len(_said) >= _MOST_PARTS:
                _said.clear()
            _said[key] = _Part(*key).read()
        said = _said[key]
        for at, what in said or ():
            if isinstance(what, Tag):
                self.see_tag(what._replace(at=start + at))
            else:
                self.see_link(what, start + at)
        return said is not None

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


class _Part(Walk):
    """A header or footer by itself, below the open elements."""

    def __init__(self, text: str, stack: tuple[str, ...]) -> None:
        super().__init__(text)
        self._parts = {}
        self._nesting = Nesting.below(stack)
        self._before = stack
        self._found: list[tuple[int, Tag | str]] = []
        self._is_plain = True

    def read(self) -> list[tuple[int, Tag | str]] | None:
        """What it says in order; nothing if something is wrong with it or reaches beyond it."""
        self._walk_all()
        return self._found if self._is_plain and self._nesting.is_below(self._before) else None

    def see_tag(self, tag: Tag) -> None:
        """Keep it."""
        self._found.append((tag.at, tag))

    def see_link(self, url: str, at: int) -> None:
        """Keep it."""
        self._found.append((at, url))

    def see_text(self, text: Text) -> None:  # noqa: ARG002 - that there is one suffices
        """What raw text means depends on what stands around it."""
        self._is_plain = False

    def see_fault(self, fault: Fault) -> None:  # noqa: ARG002 - that there is one suffices
        """Faults are told where they stand."""
        self._is_plain = False


def _long_parts(text: str) -> dict[int, int]:
    """Where the first header and the last footer begin and end, if they are long enough to be worth it."""
    places = ((text.find("<header"), "</header>"), (text.rfind("<footer"), "</footer>"))
    found = {start: text.find(end, start) + len(end) for start, end in places if start >= 0}
    return {start: end for start, end in found.items() if end - start >= _SHORTEST_PART}
