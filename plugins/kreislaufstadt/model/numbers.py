"""German numbers in a text: found, read, written, and told apart from those with two readings."""

from __future__ import annotations

import re

NUMBERS = re.compile(r"(?:(?<![\w.,)])[-−])?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?", re.ASCII)
_POINT_DECIMAL = re.compile(r"(?<![\d.])(?:\d+\.\d{1,2}(?![\d.])|\d{4,}\.\d|\d+\.\d{4}|0\.\d)")
_COMMA_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])", re.ASCII)
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?!\d)", re.ASCII)
UNCLEAR_NUMBERS = (
    (
        _POINT_DECIMAL,
        "enthält einen Punkt, wo ein Komma gemeint sein kann",
        "Bitte Dezimalzahlen mit Komma schreiben, z. B. 13,9; Tausender mit Punkt oder ohne, z. B. 2.700.",
    ),
    (
        _COMMA_THOUSANDS,
        "enthält ein Komma, wo ein Punkt für Tausender gemeint sein kann",
        "Bitte Tausender mit Punkt schreiben, z. B. 2.700 statt 2,700, und Dezimalzahlen nicht mit genau drei Stellen, z. B. 2,7.",
    ),
    (
        _SPACED_THOUSANDS,
        "trennt Tausender mit einem Leerzeichen oder Strich",
        "Bitte Tausender mit Punkt oder ohne Trennung schreiben, z. B. 2.700 oder 2700.",
    ),
)
"""Numbers that could be read in two ways: the pattern, what is wrong, the advice."""


def parse_number(text: str) -> float:
    """Read a German number: decimal comma, dots or nothing between thousands."""
    return float(text.replace("−", "-").replace(".", "").replace(",", "."))


def format_number(text: str) -> str:
    """Group the digits of a German number in threes with a dot, from five digits on (``2700``, ``27.000``)."""
    whole, _, decimals = text.replace(".", "").partition(",")
    digits = whole.lstrip("-−")
    sign = "−" if whole != digits else ""
    if len(digits) > 4:
        digits = f"{int(digits):,}".replace(",", ".")
    return f"{sign}{digits},{decimals}" if decimals else sign + digits
