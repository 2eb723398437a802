"""JSON for a script element."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json

_UNSAFE = {sign.encode(): f"\\u{ord(sign):04x}".encode() for sign in "<>&\u2028\u2029"}


def make_safe(value: Any) -> str:
    """A value as JSON that neither ends a script element nor begins a comment in it."""
    text = to_json(value)
    for sign, code in _UNSAFE.items():
        text = text.replace(sign, code)
    return text.decode()
