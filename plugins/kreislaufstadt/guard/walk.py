"""The way over a page: token by token, thoroughly, with every fault and its place.

What a page says depends on nothing but its text, so the result may be kept by the text's hash.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from kreislaufstadt.guard.addresses import is_foreign, is_local, scheme_of
from kreislaufstadt.guard.elements import (
    FORBIDDEN_ATTRIBUTES,
    LOADING,
    LOADING_RELATIONS,
    LOADS_BY_STYLE,
    PAINTING,
    SCHEMES,
    SVG_ATTRIBUTES,
)
from kreislaufstadt.guard.nesting import Nesting
from kreislaufstadt.guard.page import Finding, Loaded, Page
from kreislaufstadt.guard.tokens import Fault, Tag, Text, find_bad_characters, read_tokens
from kreislaufstadt.guard.wall import REMOVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kreislaufstadt.guard.tokens import Token

DATA_TYPES = ("application/ld+json", "application/json")
"""Script types that are data: the browser does not run them."""

_REFRESH = re.compile(r"\A\s*(\d+)\s*;\s*url=(\S+)\s*", re.IGNORECASE)
_HARMLESS = frozenset({"class", "href", "id", "aria-label", "aria-hidden", "type", "rel", "scope", "tabindex", "role", "datetime"})
_REMOVED = re.compile(rf"{REMOVED}([^>]*) -->")
_LENGTH_OF_QUOTE = 80


def walk_page(text: str) -> Page:
    """Read a finished page."""
    walk = Walk(text)
    walk.walk()
    return walk.page


def own_links(ids: Iterable[str]) -> set[str]:
    """Addresses that lead from a page to an ``id`` of its own, as long as it says just that."""
    return {f"#{name}" for name in ids}


class Walk:
    """Collects facts and findings on the way over a page."""

    def __init__(self, text: str, nesting: Nesting | None = None, page: Page | None = None) -> None:
        """Begin at the first character, below what is open already, with what the page has said."""
        self.page = page or Page()
        self.link_lines: dict[str, int] = {}
        self.loaded_lines: list[int] = []
        self.nesting = nesting or Nesting()
        self._text = text
        self._script: Tag | None = None
        self._scripts: list[tuple[int, int]] = []
        self._counted = (0, 1)

    def walk(self) -> None:
        """Go from the first to the last character, then look for characters and marks that may stand nowhere."""
        for token in read_tokens(self._text):
            self.see(token)
        for fault in self.nesting.end(len(self._text)):
            self._see_fault(fault)
        self.page.links -= own_links(self.page.ids)
        for fault in find_bad_characters(self._text):
            if not any(start <= fault.at < end for start, end in self._scripts):
                self._see_fault(fault)
        for found in _REMOVED.finditer(self._text) if REMOVED in self._text else ():
            message = f"Aus einem Text dieser Seite wurde entfernt: {found[1]}."
            self._find("KS612", found.start(), message, "Bitte im Text nur Markdown benutzen.")

    def see(self, token: Token) -> None:
        """Take the next token."""
        if isinstance(token, Tag):
            self.see_tag(token)
        elif isinstance(token, Text) and token.raw:
            self._see_text(token)
        elif isinstance(token, Fault):
            self._see_fault(token)
        for fault in self.nesting.feed(token):
            self._see_fault(fault)

    def _line(self, at: int) -> int:
        """The line of a place; places mostly come in order, so only the way from the last one is counted."""
        last, line = self._counted
        if at < last:
            return self._text.count("\n", 0, at) + 1
        line += self._text.count("\n", last, at)
        self._counted = (at, line)
        return line

    def _find(self, code: str, index: int, message: str, advice: str) -> None:
        self.page.findings.append(Finding(code, self._line(index), message, advice))

    def _see_url(self, url: str, at: int) -> None:
        """Note a link to a file of the site."""
        if url not in self.page.links:
            self.page.links.add(url)
            self.link_lines[url] = self._line(at)

    def _see_fault(self, fault: Fault) -> None:
        """Note what is no strict HTML."""
        self._find("KS604", fault.at, fault.message, "Bitte die Vorlage berichtigen.")

    def _see_text(self, text: Text) -> None:
        """Read titles and scripts."""
        owner = self.nesting.top
        if owner == "title" and "svg" not in self.nesting.stack:
            self.page.title = " ".join(text.text.split())
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
        except RecursionError:
            self._find("KS604", token.at, "Die Daten in <script> sind zu tief verschachtelt.", "Bitte die Vorlage berichtigen.")
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
        if name in self.page.ids:
            self._find("KS607", tag.at, f"Die Sprungmarke „{name}“ steht zweimal auf der Seite.", "Bitte eine davon umbenennen.")
        if not name or re.search(r"\s", name):
            self._find("KS604", tag.at, f"„{name}“ ist keine gültige Sprungmarke.", "Bitte ohne Leerzeichen schreiben.")
        self.page.ids.add(name)

    def _add_link(self, tag: Tag, url: str) -> None:
        scheme = scheme_of(url)
        if scheme and scheme not in SCHEMES:
            shown = url[:_LENGTH_OF_QUOTE]
            self._find("KS603", tag.at, f"Das Linkziel „{shown}“ ist nicht erlaubt.", "Erlaubt sind https, http, mailto und tel.")
        elif not scheme and is_foreign(url):
            self._find("KS605", tag.at, f"Dem Link „{url[:_LENGTH_OF_QUOTE]}“ fehlt https:.", "Bitte die ganze Adresse schreiben.")
        elif not scheme:
            self._see_url(url, tag.at)

    def _check_attributes(self, tag: Tag) -> None:
        for name in tag.attributes:
            if name in _HARMLESS:
                continue
            lower = name.lower()
            if lower != name and not (name in SVG_ATTRIBUTES and (tag.name == "svg" or "svg" in self.nesting.stack)):
                self._see_fault(Fault(tag.at, f"Das Attribut „{name}“ ist nicht klein geschrieben."))
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
            self.page.loaded += (Loaded(tag.name, url, tag.attributes.get("integrity", "")),)
            self.loaded_lines.append(self._line(tag.at))
        elif tag.name == "form" and url:
            self._see_url(url, tag.at)

    def _see_html(self, tag: Tag) -> None:
        self.page.language = tag.attributes.get("lang", "")

    def _see_script(self, tag: Tag) -> None:
        self._script = tag

    def _see_heading(self, _tag: Tag) -> None:
        self.page.headings += 1

    def _see_meta(self, tag: Tag) -> None:
        name = tag.attributes.get("name", "").lower()
        content = tag.attributes.get("content", "")
        if name == "description":
            self.page.description = content
        elif name == "robots" and "noindex" in content.lower():
            self.page.indexed = False
        equivalent = tag.attributes.get("http-equiv", "").lower()
        if equivalent == "content-security-policy":
            self.page.policy = content
        elif equivalent == "refresh":
            self._see_refresh(tag, content)
        elif equivalent:
            message = f"Die Angabe <meta http-equiv=„{equivalent}“> ist hier nicht erlaubt."
            self._find("KS603", tag.at, message, "Bitte aus der Vorlage löschen.")

    def _see_refresh(self, tag: Tag, content: str) -> None:
        found = _REFRESH.fullmatch(content)
        if found and is_local(found[2]):
            self.page.refresh = found[2]
            self._see_url(found[2], tag.at)
            return
        self._find("KS602", tag.at, f"Die Seite leitet weiter nach „{content[:_LENGTH_OF_QUOTE]}“.", "Weiterleitungen bleiben auf der Website.")

    def _see_link(self, tag: Tag) -> None:
        relations = set(tag.attributes.get("rel", "").lower().split())
        url = tag.attributes.get("href", "")
        if "canonical" in relations:
            self.page.canonical = url
        if relations & LOADING_RELATIONS or not relations:
            self._load(tag._replace(name="link" if "stylesheet" not in relations else "stylesheet"), url)
        elif is_local(url):
            self._see_url(url, tag.at)


_SPECIAL = {
    "html": Walk._see_html,  # noqa: SLF001
    "script": Walk._see_script,  # noqa: SLF001
    "meta": Walk._see_meta,  # noqa: SLF001
    "link": Walk._see_link,  # noqa: SLF001
    "h1": Walk._see_heading,  # noqa: SLF001
}


class Lines:
    """The lines of what a page links and loads; the page is read only as far as somebody asks."""

    def __init__(self, text: str) -> None:
        """Begin at the first tag."""
        self._walk = Walk(text)
        self._tags = (token for token in read_tokens(text) if isinstance(token, Tag))

    def of_link(self, url: str) -> int:
        """Where a link of the page first stands."""
        while url not in self._walk.link_lines:
            self._walk.see_tag(next(self._tags))
        return self._walk.link_lines[url]

    def of_loaded(self, number: int) -> int:
        """Where the page asks for what it loads, counted from zero."""
        while len(self._walk.loaded_lines) <= number:
            self._walk.see_tag(next(self._tags))
        return self._walk.loaded_lines[number]
