"""Drawings (SVG files): shapes and words, nothing that runs, loads, styles, or grows without end."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.parsers import expat

from kreislaufstadt.guard.elements import FORBIDDEN_ATTRIBUTES, LOADS_BY_STYLE, SVG
from kreislaufstadt.guard.page import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_SHAPES = 50_000
"""Elements that a browser may have to draw once every reference is followed."""

_OWN = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)")
_ADVICE = "Bitte die Zeichnung ohne Skripte, Stile und Verweise speichern („Einfaches SVG“)."


def read_drawing(raw: bytes) -> list[Finding]:
    """Read an SVG file: no scripts, no events, no style, no foreign addresses, no entities, no references upon references."""
    drawing = _Drawing()
    try:
        drawing.parser.Parse(raw, True)  # noqa: FBT003 - expat's signature
    except expat.ExpatError as error:
        message = f"Die Zeichnung ist kein gültiges SVG ({expat.ErrorString(error.code)})."
        return [*drawing.findings, Finding("KS604", error.lineno, message, "Bitte neu speichern.")]
    if drawing.shapes() > MOST_SHAPES:
        message = "Die Verweise (use, url) vervielfachen die Zeichnung; Browser brauchen dafür sehr lange."
        drawing.findings.append(Finding("KS603", 1, message, _ADVICE))
    return drawing.findings


class _Drawing:
    """Takes what the XML parser meets; counts the elements below each id, and what they refer to."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._open: list[str] = []
        self._sizes: Counter[str] = Counter()
        self._uses: dict[str, Counter[str]] = {"": Counter()}
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda _name: self._open.pop()
        self.parser.StartDoctypeDeclHandler = lambda *_: self._see("Die Zeichnung enthält eine DOCTYPE-Angabe.")
        self.parser.EntityDeclHandler = lambda *_: self._see("Die Zeichnung enthält eine ENTITY-Angabe.")
        self.parser.ProcessingInstructionHandler = lambda target, _data: self._see(f"Die Zeichnung enthält die Anweisung <?{target}>.")

    def _see(self, message: str) -> None:
        self.findings.append(Finding("KS603", self.parser.CurrentLineNumber, message, _ADVICE))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition("|")
        if space not in {"http://www.w3.org/2000/svg", ""} or local not in SVG | {"metadata"}:
            self._see(f"Die Zeichnung enthält das Element <{local}>.")
        plain = {key.rpartition("|")[2].lower(): value for key, value in attributes.items()}
        for key, value in plain.items():
            self._check(key, value)
        self._open.append(plain.get("id", ""))
        self._count(plain)

    def _check(self, key: str, value: str) -> None:
        if key.startswith("on") or key in FORBIDDEN_ATTRIBUTES:
            self._see(f"Die Zeichnung enthält das Attribut „{key}“.")
        elif (key in {"href", "src"} and not value.startswith("#")) or LOADS_BY_STYLE.search(value):
            self._see(f"Die Zeichnung verweist auf „{value[:60]}“.")

    def _count(self, attributes: Mapping[str, str]) -> None:
        used = [attributes["href"][1:]] if attributes.get("href", "").startswith("#") else []
        used += [found for value in attributes.values() if "url(" in value.lower() for found in _OWN.findall(value)]
        for owner in {"", *self._open}:
            self._sizes[owner] += 1
            self._uses.setdefault(owner, Counter()).update(used)

    def shapes(self) -> int:
        """Count the elements with every reference followed; a circle counts as too many."""
        known: dict[str, int] = {}

        def size(name: str, depth: int) -> int:
            if depth > 50 or known.get(name) == -1:
                return MOST_SHAPES + 1
            if name not in known:
                known[name] = -1
                parts = (count * size(other, depth + 1) for other, count in self._uses.get(name, Counter()).items())
                known[name] = min(self._sizes[name] + sum(parts), MOST_SHAPES + 1)
            return known[name]

        return size("", 0)
