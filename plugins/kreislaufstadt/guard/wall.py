"""The second wall around texts: what Markdown made passes an allow-list before it stands on a page.

The first wall takes raw HTML out of Markdown altogether. Should anything get past
it, the sanitiser (nh3) decides, and what it takes away is named, not dropped in silence.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import nh3

from kreislaufstadt.guard.elements import SCHEMES
from kreislaufstadt.guard.tokens import Tag, Text, read_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

TAGS = frozenset(
    """
    a blockquote br caption code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre small span strong sub sup
    table tbody td th thead tr ul
    """.split()  # noqa: SIM905 - a table of names reads better
)
"""Elements that Markdown makes of a text (an ``h1`` in a text is another rule's fault, KS404)."""

ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title", "tabindex", "role", "aria-label"},
    "a": {"href", "rel"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
"""What the elements may carry."""


_CLEANER = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, clean_content_tags={"script", "style"})

_TAG = re.compile(r"<(/?[a-z][a-z0-9]*(?: [a-z-]+=\"[^\"<>]*\")*)>")
"""A tag that is read alike wherever it stands, since no element in which it would be read as text may stand around it."""

_LINK = re.compile(r"a(?: class=\"[a-z]+\")? href=\"[a-z0-9/.#-]+\"")
"""A link to an address without scheme, which the allow-list lets through wherever it leads."""

_MOST_PASSED = 10_000
_passed: set[str] = set()
"""Tags of texts from which the sanitiser took nothing: it judges tag by tag, so it need not see them in each text again."""

REMOVED = "<!-- entfernt: "
"""Begins the mark; a text cannot write it, since it cannot write markup."""


class Cleaned(NamedTuple):
    """HTML that may stand on a page, and what was taken out of it."""

    html: str
    removed: tuple[str, ...]


def clean(markup: str) -> Cleaned:
    """Let HTML of a text through unchanged, or without what is not allowed."""
    cleaned = _CLEANER.clean(markup)
    if cleaned == markup:
        return Cleaned(markup, ())
    before, after = _parts(markup), _parts(cleaned)
    if before == after:
        return Cleaned(markup, ())
    return Cleaned(cleaned, tuple(_differences(before, after)) or ("Text",))


def guard_text(markup: str) -> str:
    """Let a text through, with a mark that stops the build where something was taken out."""
    tags = _TAG.findall(markup)
    new = {tag for tag in set(tags) - _passed if not _LINK.fullmatch(tag)}
    is_plain = len(tags) == markup.count("<")
    if is_plain and not new:
        return markup
    cleaned = clean(markup)
    if not cleaned.removed:
        if is_plain:
            _pass(new)
        return cleaned.html
    named = html.escape(", ".join(cleaned.removed[:5])).replace("--", "- -")
    return f"{cleaned.html}{REMOVED}{named} -->"


def _pass(tags: set[str]) -> None:
    if len(_passed) + len(tags) > _MOST_PASSED:
        _passed.clear()
    _passed.update(tags)


def _parts(markup: str) -> list[tuple[str, ...]]:
    """What a reader gets: tags with their attributes, and words; not how they are written."""
    parts: list[tuple[str, ...]] = []
    for token in read_tokens(markup):
        if isinstance(token, Tag):
            parts.append((f"<{token.name}>", *(f"{key}={value}" for key, value in sorted(token.attributes.items()))))
        elif isinstance(token, Text):
            parts.append(tuple(html.unescape(token.text).split()))
        elif not hasattr(token, "name"):
            parts.append((str(token),))
    return [part for part in parts if part]


def _differences(before: Iterable[tuple[str, ...]], after: Iterable[tuple[str, ...]]) -> list[str]:
    """Name the elements and attributes that are gone."""
    lost = Counter(_names(before)) - Counter(_names(after))
    return sorted(lost)


def _names(parts: Iterable[tuple[str, ...]]) -> Iterable[str]:
    for part in parts:
        if part[0].startswith("<"):
            yield part[0]
            yield from (f"{part[0][:-1]} {item[:80]}>" for item in part[1:])
