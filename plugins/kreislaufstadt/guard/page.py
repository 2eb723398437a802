"""One finished page: what it says about itself, what it loads, where it leads, what is wrong with it.

:func:`read_page` depends on nothing but the text, so its result may be kept by the text's hash.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.guard.addresses import is_foreign, scheme_of
from kreislaufstadt.guard.elements import (
    FORBIDDEN_ATTRIBUTES,
    LOADING,
    LOADING_RELATIONS,
    LOADS_BY_STYLE,
    PAINTING,
    SCHEMES,
    SVG_ATTRIBUTES,
)
from kreislaufstadt.guard.tokens import Fault, Tag, Text, find_bad_characters
from kreislaufstadt.guard.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DATA_TYPES = ("application/ld+json", "application/json")
"""Script types that are data: the browser does not run them."""

_REFRESH = re.compile(r"\A\s*(\d+)\s*;\s*url=(\S+)\s*", re.IGNORECASE)
_HARMLESS = frozenset({"class", "href", "id", "aria-label", "aria-hidden", "type", "rel", "scope", "tabindex", "role", "datetime"})
_REMOVED = re.compile(r"<!-- entfernt: ([^>]*) -->")
_LENGTH_OF_QUOTE = 80


class Finding(NamedTuple):
    """Something wrong in a file: code, line (0: the file as a whole), sentence, next step."""

    code: str
    line: int
    message: str
    advice: str


class Loaded(NamedTuple):
    """Something that the browser asks for by itself."""

    tag: str
    url: str
    integrity: str
    line: int


@dataclass
class Page:
    """What one page says; ``refresh`` is the address that a moved page leads to, ``links`` name the line where an address first stands."""

    title: str = ""
    description: str = ""
    language: str = ""
    canonical: str = ""
    policy: str = ""
    refresh: str = ""
    indexed: bool = True
    headings: int = 0
    ids: set[str] = field(default_factory=set)
    links: dict[str, int] = field(default_factory=dict)
    loaded: list[Loaded] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_page(text: str) -> Page:
    """Read a finished page."""
    return _Reader(text).read()


def read_file(raw: bytes) -> Page | None:
    """Read the bytes of a page; nothing if they are not UTF-8."""
    try:
        return read_page(raw.decode())
    except UnicodeDecodeError:
        return None


def read_files(paths: Sequence[Path]) -> Iterator[Page | None]:
    """Read pages one after another."""
    return (read_file(path.read_bytes()) for path in paths)


class _Reader(Walk):
    """Collects facts and findings on the way over a page."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._page = Page()
        self._script: Tag | None = None
        self._scripts: list[tuple[int, int]] = []
        self._counted = (0, 1)

    def read(self) -> Page:
        """Walk, then look for characters and marks that may stand nowhere."""
        self.walk()
        for fault in find_bad_characters(self._text):
            if not any(start <= fault.at < end for start, end in self._scripts):
                self.see_fault(fault)
        for found in _REMOVED.finditer(self._text) if "<!-- entfernt: " in self._text else ():
            message = f"Aus einem Text dieser Seite wurde entfernt: {found[1]}."
            self._find("KS612", found.start(), message, "Bitte im Text nur Markdown benutzen.")
        return self._page

    def _line(self, at: int) -> int:
        """The line of a place; places mostly come in order, so only the way from the last one is counted."""
        last, line = self._counted
        if at < last:
            return self._text.count("\n", 0, at) + 1
        line += self._text.count("\n", last, at)
        self._counted = (at, line)
        return line

    def _find(self, code: str, index: int, message: str, advice: str) -> None:
        self._page.findings.append(Finding(code, self._line(index), message, advice))

    def see_link(self, url: str, at: int) -> None:
        """Note a link to a file of the site."""
        if url not in self._page.links:
            self._page.links[url] = self._line(at)

    def see_fault(self, fault: Fault) -> None:
        """Note what is no strict HTML."""
        self._find("KS604", fault.at, fault.message, "Bitte die Vorlage berichtigen.")

    def see_text(self, text: Text) -> None:
        """Read titles and scripts."""
        owner = self._nesting.top
        if owner == "title" and "svg" not in self._nesting.stack:
            self._page.title = " ".join(text.text.split())
        elif owner == "script":
            self._scripts.append((text.at, text.at + len(text.text)))
            self._check_script(text)
        elif owner == "style":
            self._find("KS603", text.at, "Die Seite enthält ein <style>-Element.", "Bitte den Stil in eine CSS-Datei schreiben.")

    def _check_script(self, token: Text) -> None:
        kind = self._script.attributes.get("type", "") if self._script else ""
        if kind not in DATA_TYPES:
            self._find("KS603", token.at, "Die Seite enthält ein Skript im Text.", "Bitte das Skript in eine eigene Datei schreiben.")
            return
        try:
            json.loads(token.text)
        except ValueError as error:
            self._find("KS604", token.at, f"Die Daten in <script> sind kein gültiges JSON ({error}).", "Bitte die Vorlage berichtigen.")
        if "<" in token.text:
            self._find("KS603", token.at, "Daten in <script> enthalten das Zeichen <.", "Bitte als \\u003c schreiben.")

    def see_tag(self, tag: Tag) -> None:
        """Read what a tag says, loads and leads to."""
        attributes = tag.attributes
        if attributes:
            if "id" in attributes:
                self._add_id(tag)
            if "href" in attributes and tag.name in {"a", "area"}:
                self._add_link(tag, attributes["href"])
            self._check_attributes(tag)
            if tag.name in LOADING:
                self._add_loaded(tag)
        special = _SPECIAL.get(tag.name)
        if special:
            special(self, tag)

    def _add_id(self, tag: Tag) -> None:
        name = tag.attributes["id"]
        if name in self._page.ids:
            self._find("KS607", tag.at, f"Die Sprungmarke „{name}“ steht zweimal auf der Seite.", "Bitte eine davon umbenennen.")
        if not name or re.search(r"\s", name):
            self._find("KS604", tag.at, f"„{name}“ ist keine gültige Sprungmarke.", "Bitte ohne Leerzeichen schreiben.")
        self._page.ids.add(name)

    def _add_link(self, tag: Tag, url: str) -> None:
        scheme = scheme_of(url)
        if scheme and scheme not in SCHEMES:
            shown = url[:_LENGTH_OF_QUOTE]
            self._find("KS603", tag.at, f"Das Linkziel „{shown}“ ist nicht erlaubt.", "Erlaubt sind https, http, mailto und tel.")
        elif not scheme and is_foreign(url):
            self._find("KS605", tag.at, f"Dem Link „{url[:_LENGTH_OF_QUOTE]}“ fehlt https:.", "Bitte die ganze Adresse schreiben.")
        elif not scheme:
            self.see_link(url, tag.at)

    def _check_attributes(self, tag: Tag) -> None:
        for name in tag.attributes:
            if name in _HARMLESS:
                continue
            lower = name.lower()
            if lower != name and not (name in SVG_ATTRIBUTES and (tag.name == "svg" or "svg" in self._nesting.stack)):
                self.see_fault(Fault(tag.at, f"Das Attribut „{name}“ ist nicht klein geschrieben."))
            if lower.startswith("on"):
                message = f"<{tag.name}> hat das Ereignis-Attribut „{name}“."
                self._find("KS603", tag.at, message, "Bitte das Ereignis in einer Skriptdatei behandeln.")
            elif lower in FORBIDDEN_ATTRIBUTES:
                message = f"<{tag.name}> hat das Attribut „{name}“, das hier nicht erlaubt ist."
                self._find("KS603", tag.at, message, "Bitte eine CSS-Klasse oder eine Skriptdatei benutzen.")
            elif lower in PAINTING and LOADS_BY_STYLE.search(tag.attributes[name]):
                message = f"<{tag.name}> lädt etwas über das Attribut „{name}“: „{tag.attributes[name][:_LENGTH_OF_QUOTE]}“."
                self._find("KS602", tag.at, message, "Erlaubt sind Verweise in dieselbe Zeichnung: url(#…).")

    def _add_loaded(self, tag: Tag) -> None:
        for name in LOADING[tag.name]:
            value = tag.attributes.get(name)
            if value is None:
                continue
            parts = [part.split()[0] for part in value.split(",") if part.split()] if name == "srcset" else [value]
            for url in parts:
                self._load(tag, url)

    def _load(self, tag: Tag, url: str) -> None:
        scheme = scheme_of(url)
        if is_foreign(url):
            shown = url[:_LENGTH_OF_QUOTE]
            advice = "Bitte die Datei in das Projekt legen; die Seite darf nichts von anderen Servern laden."
            self._find("KS602", tag.at, f"<{tag.name}> wendet sich an einen fremden Server: „{shown}“.", advice)
        elif scheme and not (scheme == "data" and tag.name in {"img", "source"} and url.lower().startswith("data:image/")):
            advice = "Bitte eine Datei der Website nennen."
            self._find("KS603", tag.at, f"<{tag.name}> lädt „{url[:_LENGTH_OF_QUOTE]}“.", advice)
        elif tag.name not in {"form", "button"} and not url.startswith("#") and not scheme:
            self._page.loaded.append(Loaded(tag.name, url, tag.attributes.get("integrity", ""), self._line(tag.at)))
        elif tag.name == "form" and url:
            self.see_link(url, tag.at)

    def _see_html(self, tag: Tag) -> None:
        self._page.language = tag.attributes.get("lang", "")

    def _see_script(self, tag: Tag) -> None:
        self._script = tag

    def _see_heading(self, _tag: Tag) -> None:
        self._page.headings += 1

    def _see_meta(self, tag: Tag) -> None:
        name = tag.attributes.get("name", "").lower()
        content = tag.attributes.get("content", "")
        if name == "description":
            self._page.description = content
        elif name == "robots" and "noindex" in content.lower():
            self._page.indexed = False
        equivalent = tag.attributes.get("http-equiv", "").lower()
        if equivalent == "content-security-policy":
            self._page.policy = content
        elif equivalent == "refresh":
            self._see_refresh(tag, content)
        elif equivalent:
            message = f"Die Angabe <meta http-equiv=„{equivalent}“> ist hier nicht erlaubt."
            self._find("KS603", tag.at, message, "Bitte aus der Vorlage löschen.")

    def _see_refresh(self, tag: Tag, content: str) -> None:
        found = _REFRESH.fullmatch(content)
        if found and not scheme_of(found[2]) and not is_foreign(found[2]):
            self._page.refresh = found[2]
            self.see_link(found[2], tag.at)
            return
        self._find("KS602", tag.at, f"Die Seite leitet weiter nach „{content[:_LENGTH_OF_QUOTE]}“.", "Weiterleitungen bleiben auf der Website.")

    def _see_link(self, tag: Tag) -> None:
        relations = set(tag.attributes.get("rel", "").lower().split())
        url = tag.attributes.get("href", "")
        if "canonical" in relations:
            self._page.canonical = url
        if relations & LOADING_RELATIONS or not relations:
            self._load(tag._replace(name="link" if "stylesheet" not in relations else "stylesheet"), url)
        elif not scheme_of(url) and not is_foreign(url):
            self.see_link(url, tag.at)


_SPECIAL = {
    "html": _Reader._see_html,  # noqa: SLF001
    "script": _Reader._see_script,  # noqa: SLF001
    "meta": _Reader._see_meta,  # noqa: SLF001
    "link": _Reader._see_link,  # noqa: SLF001
    "h1": _Reader._see_heading,  # noqa: SLF001
}
