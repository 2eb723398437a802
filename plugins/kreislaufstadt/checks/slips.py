"""Slips in our own marks: what nothing reads would stand on the page as it was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kreislaufstadt.problems import Problem
from kreislaufstadt.references import ORIGINS, SOURCE_MARK, WIKI_LINK, mask_code

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.model.entries import Entry

_OPENED = re.compile(r"\[\[(?<!\[\[\[)(?!\[)[^\[\]\n]{0,60}\]{0,2}")
_BEGUN = re.compile(r"\[[Qq]")
_SOURCE = re.compile(r"\[[Qq][ ]?:[^\[\]\n]{0,60}\]?")
_SPACE = re.compile(r"\]\((?P<url>[^()<>\"'\s]{1,200} [^()<>\"'\n]{1,200})\)")
_ORIGIN = re.compile(rf"\[(?:{'|'.join(ORIGINS)})\](?![(\[:])")
_OPENING = re.compile(r"[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]+){0,4}")

Slip = tuple[int, str, str, str]


def check_slips(catalog: Catalog, _today: dt.date) -> Iterator[Problem]:
    """Every mark of a text is complete and stands where it is read."""
    for key, entry in catalog.all_entries():
        for index, code, message, advice in slips_of(catalog, key, entry):
            yield Problem(catalog.source(key).place_in_body(index), code, message, advice)


def slips_of(catalog: Catalog, key: Key, entry: Entry) -> tuple[Slip, ...]:
    """The slips in an entry's text; remembered."""
    return catalog.remember(key, "slips", lambda: tuple(_slips(entry.body, len(catalog.text_links(key, entry)))))


def _slips(text: str, links: int) -> Iterator[Slip]:
    """``links`` is how many links to entries the text has."""
    if "[" in text:
        body = mask_code(text)
        if body.count("[[") != links:  # else each of them opens a link
            yield from _half_links(body)
        for rule in _RULES:
            yield from rule(body)


def _half_links(body: str) -> Iterator[Slip]:
    """``[[`` that opens no link."""
    for found in _OPENED.finditer(_blank(WIKI_LINK, body)):
        message = f"Der Verweis „{found[0].strip()}“ ist nicht vollständig."
        yield found.start(), "KS304", message, "Bitte in eine Zeile schreiben und schließen: [[kennung]] oder [[kennung|Wörter im Satz]]."


def _half_sources(body: str) -> Iterator[Slip]:
    """``[Q:`` that names no key."""
    if not _BEGUN.search(body):
        return
    for found in _SOURCE.finditer(_blank(SOURCE_MARK, body)):
        message = f"Der Quellenverweis „{found[0].strip()}“ ist nicht lesbar."
        yield found.start(), "KS308", message, "Bitte in der Form [Q:kuerzel] schreiben: klein, ohne Umlaute, mehrere mit Komma."


def _spaced_targets(body: str) -> Iterator[Slip]:
    """A link with a space in its target."""
    for found in _SPACE.finditer(body):
        message = f"Das Linkziel „{found['url'][:80]}“ enthält ein Leerzeichen."
        yield found.start(), "KS304", message, "Bitte das Ziel ohne Leerzeichen schreiben, in Internetadressen als %20."


def _lost_origins(body: str) -> Iterator[Slip]:
    """``[Studie]`` and the like that open no paragraph."""
    for found in _ORIGIN.finditer(body):
        start = body.rfind("\n", 0, found.start()) + 1
        opening = body[start : found.start()]
        above = body[body.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
        opens = opening.strip() or not above.strip() or above.lstrip().startswith("!!!")
        if not _OPENING.fullmatch(opening) or not opens:
            message = f"Das Kennzeichen {found[0]} steht nicht am Anfang eines Absatzes und wird so nicht gelesen."
            yield found.start(), "KS407", message, "Bitte mit dem Kennzeichen einen neuen Absatz oder Listenpunkt beginnen."


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Blank out what the pattern finds; length stays."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


_RULES = (_half_sources, _spaced_targets, _lost_origins)
