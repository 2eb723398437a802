"""Style sheets, scripts and data files: nothing foreign, nothing that runs text as code."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from kreislaufstadt.guard.addresses import is_foreign, scheme_of
from kreislaufstadt.guard.page import Finding

_ADVICE = "Bitte die Datei in das Projekt legen; die Website darf nichts von anderen Servern laden."
_CSS_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*\*/")
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|([^\n]))")
_CSS_ADDRESS = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^()\"'\s]*))\s*\)|@import\s+(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_CSS_STRING_ADDRESS = re.compile(r"[\"'](\s*(?:[a-z]+:)?//[^\"']*)[\"']", re.IGNORECASE)
_CODE_FROM_TEXT = re.compile(r"(?<![\w.$])eval\s*\(|new\s+Function\s*\(|(?<![\w$])set(?:Timeout|Interval)\s*\(\s*[\"'`]|document\s*\.\s*write(?:ln)?\s*\(")
_JS_PART = re.compile(
    r"(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)"
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)"
    r"|(?P<pattern>(?<=[(,=:\[!&|?{};\n])[ \t]*/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/)"
)
_JS_IMPORT = re.compile(r"\b(?:from|import)\s*(\()?\s*$")
_DATA_CALL = re.compile(r"\Akreislaufsuche\((.*)\);?\s*", re.DOTALL)
"""The search's own function takes the data; any other (``fetch``) might do something with them."""

_NAMES_ONLY = ("http://www.w3.org/", "https://www.w3.org/", "https://schema.org", "http://schemas.openxmlformats.org/", "http://purl.org/dc/")
"""Addresses that are names of vocabularies; nobody calls them."""


@dataclass
class Asset:
    """What a style sheet or script asks for, at once or later, and what is wrong with it."""

    loaded: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_style(text: str) -> Asset:
    """Read a style sheet."""
    asset = Asset()
    plain = _CSS_ESCAPE.sub(_unescape, _CSS_COMMENT.sub(_blank, text))
    addresses = [(found.start(), next(filter(None, found.groups()), "")) for found in _CSS_ADDRESS.finditer(plain)]
    addresses += [(found.start(), found[1]) for found in _CSS_STRING_ADDRESS.finditer(plain)]
    for start, url in sorted(set(addresses)):
        line = plain.count("\n", 0, start) + 1
        if is_foreign(url):
            asset.findings.append(Finding("KS602", line, f"Der Stil wendet sich an einen fremden Server: „{url[:80]}“.", _ADVICE))
        elif scheme_of(url) and not url.lower().startswith("data:image/"):
            asset.findings.append(Finding("KS603", line, f"Der Stil lädt „{url[:80]}“.", "Bitte eine Datei der Website nennen."))
        elif url and not url.startswith("#") and not scheme_of(url):
            asset.loaded.append(url)
    return asset


def _unescape(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    number = int(found[1], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def read_script(text: str) -> Asset:
    """Read a script: texts that are addresses of hosts, imports, and code made from text."""
    asset = Asset()
    for found in _CODE_FROM_TEXT.finditer(_JS_PART.sub(_code_only, text)):
        line = text.count("\n", 0, found.start()) + 1
        message = f"Das Skript macht Text zu Code oder schreibt in die Seite: „{found[0]}“."
        asset.findings.append(Finding("KS603", line, message, "Bitte ohne eval, Function und document.write schreiben."))
    for found in _JS_PART.finditer(text):
        if found["string"]:
            _check_string(asset, text, found.start(), found["string"][1:-1])
    return asset


def _code_only(found: re.Match[str]) -> str:
    """Comments blank, of texts and patterns only the quotes; length and lines stay."""
    part = found[0]
    return _blank(found) if found["comment"] else part[0] + re.sub(r"[^\n]", " ", part[1:-1]) + part[-1]


def _check_string(asset: Asset, text: str, start: int, value: str) -> None:
    imported = _JS_IMPORT.search(text[max(0, start - 24) : start])
    if imported and not is_foreign(value):
        (asset.later if imported[1] else asset.loaded).append(value)
    if is_foreign(value) and not value.startswith(_NAMES_ONLY) and " " not in value and len(value.strip("/:htpsw")) > 0:
        line = text.count("\n", 0, start) + 1
        asset.findings.append(Finding("KS602", line, f"Das Skript nennt einen fremden Server: „{value[:80]}“.", _ADVICE))


def read_data_script(text: str) -> Asset:
    """Read a script that only holds data: one call with JSON values; any other script is read as code."""
    call = _DATA_CALL.fullmatch(text)
    try:
        json.loads(f"[{call[1]}]" if call else "")
    except ValueError:
        return read_script(text)
    return Asset()


def is_quiet(raw: bytes) -> bool:
    """Whether a script of data asks for nothing, and nothing is wrong with it."""
    try:
        return read_data_script(raw.decode()) == Asset()
    except UnicodeDecodeError:
        return False
