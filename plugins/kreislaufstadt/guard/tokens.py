"""A strict reading of HTML: what it accepts, every browser reads the same way.

Our pages come from our own templates, so the reader need not guess: attributes in
double quotes, every element closed, every ampersand written out. Whatever else
stands in a page is a fault. That is quicker than a forgiving parser, and no two
readers can disagree about a page that passes (tests compare with html5lib).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.guard.elements import RAW_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    r"<(?:"
    r"(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>(?:[ \n]+[a-zA-Z_][a-zA-Z0-9:._-]*(?:=\"[^\"]*\")?)*)[ \n]*(?P<slash>/?)>"
    r"|/(?P<end>[a-zA-Z][a-zA-Z0-9]*)>"
    r"|(?P<comment>!--(?!>|->)(?:(?!--)[^\0])*-->)"
    r"|(?P<doctype>![dD][oO][cC][tT][yY][pP][eE] html>)"
    r"|(?P<stray>))"
)
"""One piece of markup, whatever it is."""
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW_TEXT}
_ATTRIBUTE = re.compile(r"([a-zA-Z_][a-zA-Z0-9:._-]*)(?:=\"([^\"]*)\")?")
_NAMED = "amp|lt|gt|quot|apos|nbsp|shy|ensp|emsp|thinsp|ndash|mdash|hellip|bdquo|ldquo|rarr|larr|times|copy|minus"
AMPERSAND = rf"&(?!(?:{_NAMED}|#[1-9][0-9]{{1,5}}|#x[0-9a-fA-F]{{2,6}});)"
"""An ampersand that begins no entity that every browser knows."""
_AMPERSAND = re.compile(AMPERSAND)
_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


class Tag(NamedTuple):
    """A start tag: name, attributes with entities read, where it begins, whether it ends in ``/>``."""

    name: str
    attributes: dict[str, str]
    at: int
    closed: bool


class End(NamedTuple):
    """An end tag."""

    name: str
    at: int


class Text(NamedTuple):
    """Text between tags that is more than white space; raw content of ``script`` and the like too."""

    text: str
    at: int
    raw: bool


class Doctype(NamedTuple):
    """The document type."""

    at: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not strict HTML: where, what."""

    at: int
    message: str


Token = Tag | End | Text | Doctype | Fault


def read_tokens(page: str) -> Iterator[Token]:
    """Yield the tokens of a page in order, faults among them."""
    position = 0
    while found := TOKEN.search(page, position):
        start = found.start()
        if start > position and not page[position:start].isspace():
            yield Text(page[position:start], position, raw=False)
        position = found.end()
        token, fault = token_of(found)
        if token:
            yield token
        if fault:
            yield fault
        if isinstance(token, Tag) and token.name in RAW_TEXT and not token.closed:
            end = end_of_raw(page, position, token.name)
            if end > position:
                yield Text(page[position:end], position, raw=True)
            position = end
    if position < len(page) and not page[position:].isspace():
        yield Text(page[position:], position, raw=False)


def token_of(found: re.Match[str]) -> tuple[Tag | End | Doctype | None, Fault | None]:
    """What a piece of markup is (nothing: a comment), and what is wrong with it."""
    start, kind = found.start(), found.lastgroup
    if kind == "slash":
        return _tag(found, start)
    if kind == "end":
        return End(found[4], start), None
    if kind == "comment":
        return None, None
    if kind == "doctype":
        return Doctype(start), None
    return None, Fault(start, f"Hier steht kein gültiges Element: „{found.string[start : start + 40]}“.")


def _tag(found: re.Match[str], start: int) -> tuple[Tag, Fault | None]:
    name, written, slash = found.group(1, 2, 3)
    if not written:
        return Tag(name, {}, start, slash == "/"), None
    pairs = _ATTRIBUTE.findall(written)
    attributes = dict(pairs)
    if "&" in written:
        attributes = {key: html.unescape(value) for key, value in pairs}
    tag = Tag(name, attributes, start, slash == "/")
    if len(attributes) == len(pairs):
        return tag, None
    return tag, Fault(start, f"Ein Attribut steht in <{name}> doppelt.")


def end_of_raw(page: str, position: int, name: str) -> int:
    """Where raw text ends for a browser: at anything that begins like its end tag."""
    found = _RAW_ENDS[name].search(page, position)
    return found.start() if found else len(page)


def find_bad_characters(page: str) -> Iterator[Fault]:
    """Yield ampersands that begin no known entity, and characters that no page may hold."""
    if "&" in page:
        for found in _AMPERSAND.finditer(page):
            yield Fault(found.start(), f"Das Zeichen & ist nicht ausgeschrieben: „{page[found.start() : found.start() + 20]}“.")
    for found in _BAD.finditer(page):
        yield Fault(found.start(), f"Die Seite enthält das Zeichen U+{ord(found[0]):04X}.")
