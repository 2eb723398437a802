"""Content lines of vCard and iCalendar: escaped text, CRLF, folded at 75 octets."""

from __future__ import annotations

import re

_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def escape(text: str) -> str:
    """Escape a text value: backslash, comma, semicolon, line breaks; no control characters."""
    plain = _CONTROL.sub("", _BREAK.sub("\n", text))
    for sign in "\\,;":
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def fold(line: str, limit: int = 75) -> str:
    """Fold a content line: at most ``limit`` octets a line, no character cut in two."""
    parts, current, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > limit:
            parts.append(current)
            current, size = "", 1  # the blank that begins a continued line
        current += sign
        size += width
    return "\r\n ".join([*parts, current]) + "\r\n"
