"""Entities that a text spells out: known ones become their characters, others stay as they were written."""

from __future__ import annotations

import re
from html import escape, unescape

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")
_PLAIN = frozenset({"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&nbsp;", "&shy;"})
"""What stays spelled out: signs of HTML itself, and characters that nobody sees."""


def spell_out(html: str) -> str:
    """Write ``&euro;`` as ``€`` and ``&unbekannt;`` as ``&amp;unbekannt;``, which a reader sees as it was typed."""
    return _ENTITY.sub(_character, html) if "&" in html else html


def _character(found: re.Match[str]) -> str:
    if found[0] in _PLAIN:
        return found[0]
    character = unescape(found[0])
    readable = all(letter.isprintable() or letter in " \t\n" for letter in character)
    return escape(character) if character and character != found[0] and readable else f"&amp;{found[0][1:]}"
