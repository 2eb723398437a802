"""The colours of tokens.css in both schemes: text at least 4.5:1 against what is behind it, lines and marks at least 3:1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[1] / "overrides/assets/css/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in TOKENS.split("@media (prefers-color-scheme: dark)"))
SCHEMES = {"light": LIGHT, "dark": {**LIGHT, **DARK}}

BEHIND = {
    "ink": ("paper", "surface", "surface-strong", "accent-soft"),
    "ink-soft": ("paper", "surface", "surface-strong"),
    "accent": ("paper", "surface", "accent-soft"),
    "accent-hover": ("paper", "surface", "surface-strong", "accent-soft"),
    "on-accent": ("accent", "accent-hover"),
    "on-ring": ("ring",),
    "on-deep": ("deep", "deep-soft"),
    "on-deep-soft": ("deep", "deep-soft"),
    **{f"on-{tone}": (tone,) for tone in ("info", "good", "warn", "stop", "quiet")},
}
"""Every colour of text with the surfaces it stands on."""

MARKS = {"line-strong": ("paper", "surface"), "line-deep": ("deep",), "focus-outer": ("paper", "surface", "surface-strong")}
"""Borders of fields and buttons and the mark of the focus; the thin line between rows only decorates."""


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("least", "pairs"), [(4.5, BEHIND), (3, MARKS)], ids=["text", "marks"])
def test_colours_stand_out(scheme: str, least: float, pairs: dict[str, tuple[str, ...]]) -> None:
    palette = SCHEMES[scheme]
    found = {(front, back): contrast(palette[front], palette[back]) for front, behind in pairs.items() for back in behind}
    assert {pair: round(value, 2) for pair, value in found.items() if value < least} == {}


def test_every_colour_of_text_is_looked_at() -> None:
    assert {name for name in LIGHT if name.startswith("on-")} <= set(BEHIND)
    assert round(contrast("#ffffff", "#000000"), 6) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
