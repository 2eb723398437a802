"""Where files stand, for those that name them without writing them."""

from __future__ import annotations

from kreislaufstadt.exports.dataset import ROOT
from kreislaufstadt.model.parts import Level

TURTLE = f"{ROOT}/dcat.ttl"
JSON_LD = f"{ROOT}/dcat.jsonld"

LEVELS = {
    Level.STUDY: "Studie",
    Level.INTERNATIONAL: "International",
    Level.EU: "EU",
    Level.FEDERAL: "Bund",
    Level.STATE: "Länder",
    Level.MUNICIPAL: "Kommunen",
}
"""Names of the calendars per level."""


def calendar_path(level: Level | None) -> str:
    """The file of a level's calendar; no level means all."""
    return f"{ROOT}/kalender/{level.value if level else 'alle'}.ics"
