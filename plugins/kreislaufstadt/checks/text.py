"""The Markdown text of an entry: links, sources, headings, pictures, nothing forbidden."""

from __future__ import annotations

import difflib
import posixpath
import re
from functools import lru_cache
from html import unescape
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from kreislaufstadt.layout import classify, entry_id
from kreislaufstadt.model.kinds import KINDS, LISTS, Kind
from kreislaufstadt.problems import Problem
from kreislaufstadt.references import LINK_TARGET, MARKDOWN_LINK, SOURCE_MARK, find_wiki_links, mask_code
from kreislaufstadt.urls import slugify
from kreislaufstadt.validate import suggest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.source import Source

ALLOWED_SCHEMES = ("https", "http", "mailto", "tel")
"""Link schemes in content; plain http only because some sources exist only there."""

_PLAIN_LINKS = ("https://", "http://", "mailto:", "tel:")

LONGEST_TEXT = 60_000
"""Characters of a text beyond which nobody reads to the end; the site splits nothing."""

_TAG = re.compile(r"<(?:/?[A-Za-z][^<>\n]*|!--|\?)>?")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]*>")
_HEADING = re.compile(r"(?P<marks>#(?<![^\n].)#{0,5})[ \t]*(?P<text>[^\n]*)")
_MERMAID = re.compile(r"(?m)^(```|~~~)\s*mermaid")
_SHORT_LINK = re.compile(r"(?m)^ {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*\S")
_SHORT = re.compile(r"\]:")
_SOURCE = re.compile(r"\[Q")
"""Signs that most texts have none of; a pattern that begins with one rare sign finds them faster than ``in``."""

_STACKED = re.compile(r"\n(?:[ \t]*(?:[-*+>:]|\d{1,9}[.)])){9}")
_DEFINITION = re.compile(r"\n[ ]{0,3}:[ ]")
"""Both with the line end before, which is found in much less time than the beginning of a line."""

_meant = attrgetter("kind", "target")
"""What a text link says."""

_DEEPEST_BRACKETS = 20
_MOST_DEFINITIONS = 200
_FORBIDDEN = (
    (re.compile('=== "'), re.compile(r'(?m)^=== "'), "Reiter (=== …)", "Bitte Überschriften benutzen."),
    (re.compile(r"\[[ xX]\] "), re.compile(r"(?m)^[ \t]*[-*+] \[[ xX]\] "), "Abhakliste", "Bitte eine einfache Liste mit „- “ benutzen."),
    (_SHORT, _SHORT_LINK, "Link in Kurzschreibweise ([Wort]: Ziel)", "Bitte das Ziel direkt hinter das Wort schreiben: [Wort](Ziel)."),
    (re.compile("mermaid"), _MERMAID, "Mermaid-Diagramm", "Bitte als Liste oder Tabelle schreiben."),
)
"""What is in any case part of it (looked for first, since it is found faster), its pattern, its name, the advice."""


class _Text(NamedTuple):
    """What the rules look at: the entry, its file, and the text without code."""

    catalog: Catalog
    key: Key
    entry: Entry
    source: Source
    body: str


def check_texts(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """Texts link to what exists, cite listed sources, and use only what the site can show."""
    for key, entry in catalog.all_entries():
        if entry.body and not _needs_no_look(catalog, key, entry):
            text = _Text(catalog, key, entry, catalog.source(key), mask_code(entry.body))
            for rule in _RULES:
                yield from rule(text)


def _needs_no_look(catalog: Catalog, key: Key, entry: Entry) -> bool:
    """Say whether a text breaks no rule for certain: its own file shows nothing, and each of its links leads to one thing."""
    return is_plain_text(catalog, key, entry) and catalog.plain_targets.issuperset(map(_meant, catalog.text_links(key, entry)))


def is_plain_text(catalog: Catalog, key: Key, entry: Entry) -> bool:
    """Say whether a text breaks no rule that looks at nothing but itself, and has no links to files, pictures or anchors; remembered."""
    return catalog.remember(key, "plain text", lambda: _is_plain(catalog, key, entry))


def _is_plain(catalog: Catalog, key: Key, entry: Entry) -> bool:
    text = _Text(catalog, key, entry, catalog.source(key), mask_code(entry.body))
    if any("#" in link.target for link in catalog.text_links(key, entry)):
        return False
    links = MARKDOWN_LINK.finditer(text.body) if "](" in text.body else ()
    if any(found["image"] or not unescape(found["url"]).lower().startswith(_PLAIN_LINKS) for found in links):
        return False
    return not any(True for rule in _RULES if rule not in _RULES_ON_LINKS for _ in rule(text))


def _check_wiki_links(text: _Text) -> Iterator[Problem]:
    """``[[id]]`` names exactly one entry or list value."""
    for link in find_wiki_links(text.entry.body):
        name, _, anchor = link.target.partition("#")
        targets = text.catalog.resolve_text_target(link.kind, name)
        place = text.source.place_in_body(link.index)
        if not targets:
            kinds = [link.kind] if link.kind in {**KINDS, **LISTS} else list(KINDS)
            names = [found for kind in kinds for found in text.catalog.names(kind)]
            message = f"Der Verweis [[{link.kind + ':' if link.kind else ''}{link.target}]] führt ins Leere."
            advice = suggest(name, names) or "Bitte die Kennung des Eintrags prüfen (Dateiname ohne Endung)."
            yield Problem(place, "KS304", message, advice)
        elif len(targets) > 1:
            choices = " oder ".join(f"[[{kind}:{found}]]" for kind, found in targets)
            message = f"Der Verweis [[{link.target}]] ist nicht eindeutig."
            yield Problem(place, "KS305", message, f"Bitte die Art dazuschreiben: {choices}.")
        elif anchor and text.catalog.find(*targets[0]) and anchor not in _anchors(text.catalog, targets[0]):
            yield _no_anchor(text, link.index, anchor, _anchors(text.catalog, targets[0]))


def _check_markdown_links(text: _Text) -> Iterator[Problem]:
    """Links and pictures have an allowed target that exists; pictures have an alternative text."""
    for found in MARKDOWN_LINK.finditer(text.body) if "](" in text.body else ():
        url, index = unescape(found["url"]).strip("<>"), found.start()
        if found["image"] and not found["label"].strip():
            message = f"Das Bild „{url}“ hat keinen Alternativtext."
            yield Problem(text.source.place_in_body(index), "KS405", message, "Bitte in die eckigen Klammern schreiben, was zu sehen ist.")
        scheme = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", url)
        if scheme or url.startswith("//"):
            yield from _check_scheme(text, index, url, is_image=bool(found["image"]))
        else:
            yield from _check_local(text, index, url, is_image=bool(found["image"]))


def _check_link_targets(text: _Text) -> Iterator[Problem]:
    """Addresses that stand below the text (``[label]: address``) may lead nowhere else than those inside it."""
    for found in LINK_TARGET.finditer(text.body) if _SHORT.search(text.body) else ():
        label, url = found["label"], unescape(found["url"])
        if not label.startswith("^") and (re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", url) or url.startswith("//")):
            shown = re.search(rf"!(?:\[[^\[\]\n]{{0,300}}\] ?)?\[{re.escape(label)}\]", text.body, re.IGNORECASE)
            yield from _check_scheme(text, found.start(), url, is_image=bool(shown))


def _check_scheme(text: _Text, index: int, url: str, *, is_image: bool) -> Iterator[Problem]:
    scheme = "" if url.startswith("//") else url.partition(":")[0].lower()
    if is_image:
        at_home = len(url.partition(":")[0]) == 1 or scheme == "file"
        message = f"Das Bild „{url[:80]}“ liegt {'nur auf Ihrem Rechner' if at_home else 'auf einem fremden Server'}."
        yield Problem(text.source.place_in_body(index), "KS413", message, "Bitte die Bilddatei nach content/bilder legen.")
    elif scheme not in ALLOWED_SCHEMES:
        message = f"Das Linkziel „{url[:80]}“ ist nicht erlaubt."
        yield Problem(text.source.place_in_body(index), "KS413", message, "Erlaubt sind https, mailto und tel.")


def _check_local(text: _Text, index: int, url: str, *, is_image: bool) -> Iterator[Problem]:
    parts = urlsplit(url)
    place = text.source.place_in_body(index)
    if not parts.path:
        if parts.fragment and parts.fragment not in _anchors(text.catalog, text.key):
            yield _no_anchor(text, index, parts.fragment, _anchors(text.catalog, text.key))
        return
    folder = posixpath.dirname(text.source.file.partition("/")[2])
    target = posixpath.normpath(posixpath.join(folder, parts.path))
    if target not in text.catalog.files:
        code = "KS503" if is_image else "KS304"
        advice = _suggest_file(text.catalog.files, target, folder) or "Bitte den Pfad prüfen."
        yield Problem(place, code, f"Die Datei „{url}“ gibt es nicht.", advice)
        return
    kind = classify(tuple(target.split("/")))
    if isinstance(kind, Kind) and parts.fragment:
        key = (kind.name, entry_id(kind, tuple(target.split("/"))))
        anchors = _anchors(text.catalog, key)
        if text.catalog.find(*key) and parts.fragment not in anchors:
            yield _no_anchor(text, index, parts.fragment, anchors)


def _suggest_file(files: Sequence[str], target: str, folder: str) -> str:
    """Suggest a file of the same name elsewhere, or one with a similar path."""
    names = [file for file in files if posixpath.basename(file) == posixpath.basename(target)]
    found = names[:1] or difflib.get_close_matches(target, files, n=1, cutoff=0.8)
    return f"Meinten Sie „{posixpath.relpath(found[0], folder or '.')}“?" if found else ""


def _no_anchor(text: _Text, index: int, anchor: str, anchors: list[str]) -> Problem:
    message = f"Die Sprungmarke „#{anchor}“ gibt es auf der Zielseite nicht."
    advice = suggest(anchor, anchors) or "Bitte eine Überschrift der Seite wählen (klein, ä wird ae, Bindestriche)."
    return Problem(text.source.place_in_body(index), "KS306", message, advice)


def _anchors(catalog: Catalog, key: Key) -> list[str]:
    return _anchors_of(getattr(catalog.find(*key), "body", "") or "")


@lru_cache(maxsize=32)
def _anchors_of(body: str) -> list[str]:
    """Where links may lead on the page of a text; a list of contents asks again and again."""
    headings = _HEADING.finditer(mask_code(body))
    return [slugify(re.sub(r"[*_`]", "", _heading_text(found))) for found in headings] + ["quellen", "inhalt"]


def _check_source_marks(text: _Text) -> Iterator[Problem]:
    """``[Q:kuerzel]`` names a source of the entry."""
    if not _SOURCE.search(text.body):
        return
    keys = [citation.key for citation in text.entry.sources if citation.key]
    for found in SOURCE_MARK.finditer(text.body):
        for key in (part.strip() for part in found["keys"].split(",")):
            if key not in keys:
                message = f"Das Kürzel „{key}“ steht nicht in der Quellenliste dieses Eintrags."
                advice = suggest(key, keys) or "Bitte bei der Quelle kuerzel: ergänzen."
                yield Problem(text.source.place_in_body(found.start()), "KS308", message, advice)


def _heading_text(found: re.Match[str]) -> str:
    """The words of a heading without closing marks; cut here, since a pattern would take long on rows of marks."""
    return found["text"].strip(" \t").rstrip("#").rstrip(" \t")


def _check_headings(text: _Text) -> Iterator[Problem]:
    """Headings begin at ``##`` and skip no level."""
    level = 1
    for found in _HEADING.finditer(text.body):
        marks, words = len(found["marks"]), _heading_text(found)
        if not words or not found[0].startswith(found["marks"] + " "):
            continue
        if marks == 1:
            message = f"Die Überschrift „{words}“ hat nur ein Rautezeichen; das ist dem Titel vorbehalten."
            yield Problem(text.source.place_in_body(found.start()), "KS404", message, "Bitte ## schreiben.")
        elif marks > level + 1:
            message = f"Die Überschrift „{words}“ überspringt eine Ebene."
            yield Problem(text.source.place_in_body(found.start()), "KS404", message, f"Bitte {'#' * (level + 1)} schreiben.")
        level = max(marks, 2)


def _check_html(text: _Text) -> Iterator[Problem]:
    """HTML is not part of content; it would be shown as text."""
    if "<" not in text.body:
        return
    for found in _TAG.finditer(_AUTOLINK.sub(lambda link: " " * len(link[0]), text.body)):
        message = f"HTML ist im Text nicht erlaubt: „{found[0][:40]}“."
        yield Problem(text.source.place_in_body(found.start()), "KS406", message, "Bitte Markdown benutzen oder das Zeichen < ausschreiben.")


def _check_forbidden(text: _Text) -> Iterator[Problem]:
    """No content tabs, task lists or diagrams: screen readers cannot use them."""
    for part, pattern, what, advice in _FORBIDDEN:
        body = text.entry.body if pattern is _MERMAID else text.body
        for found in pattern.finditer(body) if part.search(body) else ():
            place = text.source.place_in_body(found.start())
            yield Problem(place, "KS407", f"Dieses Gestaltungselement ist nicht erlaubt: {what}.", advice)


def _check_length(text: _Text) -> Iterator[Problem]:
    """A text has at most the length that one page can carry."""
    if len(text.entry.body) > LONGEST_TEXT:
        message = f"Der Text hat mehr als {LONGEST_TEXT} Zeichen."
        yield Problem(text.source.place_in_body(LONGEST_TEXT), "KS408", message, "Bitte kürzen oder auf mehrere Seiten verteilen.")


def _check_depth(text: _Text) -> Iterator[Problem]:
    """What opens closes again: Markdown needs very long for deep nesting, and nobody can read it."""
    place = None
    body = text.entry.body
    for block in re.finditer(r"[^\n]+(?:\n[^\n]+)*", body) if body.count("[") > _DEEPEST_BRACKETS else ():
        if block[0].count("[") <= _DEEPEST_BRACKETS:
            continue
        depth = 0
        for bracket in re.finditer(r"[\[\]]", block[0]):
            depth = depth + 1 if bracket[0] == "[" else max(0, depth - 1)
            if depth > _DEEPEST_BRACKETS:
                place = place or text.source.place_in_body(block.start() + bracket.start())
                break
    lines = f"\n{body}"  # what is found in it begins where its line does: the line end before it is the one added in front
    stacked = _STACKED.search(lines)
    definitions = list(_DEFINITION.finditer(lines))[_MOST_DEFINITIONS:] if body.count(":") > _MOST_DEFINITIONS else []
    for found in (stacked, *definitions[:1]):
        place = place or (text.source.place_in_body(found.start()) if found else None)
    if place:
        message = "Hier sind zu viele Klammern, Listen, Zitate oder Begriffserklärungen ineinander verschachtelt."
        yield Problem(place, "KS416", message, "Bitte einfacher schreiben oder auf mehrere Absätze verteilen.")


_RULES = (
    _check_wiki_links,
    _check_markdown_links,
    _check_link_targets,
    _check_source_marks,
    _check_headings,
    _check_html,
    _check_forbidden,
    _check_length,
    _check_depth,
)
_RULES_ON_LINKS = (_check_wiki_links, _check_markdown_links)
