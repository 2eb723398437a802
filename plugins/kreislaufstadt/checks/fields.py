"""Marks in fields: a field is plain text, so HTML, Markdown and links would stand on the page as they were typed."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from kreislaufstadt.problems import Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.source import Source

_MARK = re.compile(
    r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});"
    r"|</?[A-Za-z][^<>\n]{0,80}>|<!--"
    r"|\[\[[^\[\]\n]{1,120}\]\]|\[[Qq] ?:[^\[\]\n]{0,60}\]"
    r"|!?\[[^\[\]\n]{1,120}\]\([^()\s]{1,200}\)"
    r"|(?<![\w*])(?P<stars>\*{2,3})(?=[^\s*])[^*\n]{0,200}[^\s*](?P=stars)(?![\w*])"
    r"|(?<![\w/])__(?=[^\s_])[^_\n]{1,200}__(?![\w/])|`[^`\n]{1,120}`"
)
_MAY_BE = re.compile(r"&[A-Za-z#]|<[A-Za-z/!]|\*\*|__|`|\[\[|\[[Qq]|\]\(")

_ADVICE = "Bitte die Wörter ohne diese Zeichen schreiben; Hervorhebung und Verweise gehören in den Text unter dem Kopf."

Path = tuple[str | int, ...]


def check_fields(catalog: Catalog, _today: dt.date) -> Iterator[Problem]:
    """No field holds HTML, Markdown or links: pages show fields letter by letter."""
    plain = {key for key, entry in catalog.all_entries() if not may_hold_marks(catalog, key, entry)}
    for source in catalog.sources(plain):
        if _may_hold(source):
            for path, text in _texts(source.data, ()):
                found = _MARK.search(text)
                if found and not text.startswith(("http://", "https://")):
                    field = next((step for step in reversed(path) if isinstance(step, str)), "")
                    message = f"„{field}“ enthält „{found[0][:40]}“, das so auf der Seite stünde."
                    yield Problem(source.place(path), "KS419", message, _advice(found[0]))


def may_hold_marks(catalog: Catalog, key: Key, _entry: Entry) -> bool:
    """Say whether something in an entry's fields looks like a mark; remembered."""
    return catalog.remember(key, "may hold marks", lambda: _may_hold(catalog.source(key)))


def _may_hold(source: Source) -> bool:
    return _MAY_BE.search(source.yaml_text) is not None


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text of a file's fields with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, (*path, number))


def _advice(mark: str) -> str:
    """What to write instead of an entity, or where markup belongs."""
    meant = unescape(mark) if mark.startswith("&") else mark
    if meant == mark:
        return _ADVICE
    return f"Bitte „{meant}“ schreiben." if meant.strip() and meant.isprintable() else "Bitte ein Leerzeichen schreiben."
