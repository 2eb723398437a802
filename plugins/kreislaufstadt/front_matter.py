"""What is wrong with the frame of a front matter: its two lines of three dashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kreislaufstadt.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEARLY = re.compile(r"-{2,}|[–—_=]+")
"""A line that was meant as three dashes: too few, too many, indented, or made one long dash by a word processor."""

_SEARCHED = 12
"""Lines in which a beginning that slipped down is looked for."""


def describe_missing_head(file: str, lines: Sequence[str]) -> Problem:
    """Say why the file does not begin with its fields."""
    first = lines[0].strip()
    begin = next((number for number, line in enumerate(lines[:_SEARCHED]) if line.rstrip() == "---"), None)
    message = "Die Datei beginnt nicht mit einer Zeile aus drei Strichen (---)."
    advice = "Bitte den Kopf mit --- beginnen, darunter die Felder (titel: …) und wieder --- schreiben."
    if first.startswith("```"):
        message = "Die Datei beginnt mit den Zeichen ```, die nur zur Anleitung gehören."
        advice = "Bitte diese Zeile und die Zeile ``` am Ende löschen; die erste Zeile der Datei ist ---."
    elif first and _NEARLY.fullmatch(lines[0].strip()):
        message = f"Die erste Zeile heißt „{first[:20]}“; dort müssen genau drei kurze Bindestriche stehen (---)."
        advice = "Bitte die Zeile durch --- ersetzen, ohne Leerzeichen davor."
    elif begin is not None and any(re.match(r"[a-z_]+:", line) for line in lines[begin + 1 : begin + 3]):
        message = "Über der ersten Zeile aus drei Strichen (---) steht noch etwas."
        advice = "Bitte alles darüber löschen, auch leere Zeilen; der Fließtext gehört unter die zweite Zeile ---."
    return Problem(Place(file, 1, 1), "KS110", message, advice)


def describe_open_head(file: str, lines: Sequence[str]) -> Problem:
    """Say where the line is that should have closed the fields, or that there is none."""
    nearly = next((number for number, line in enumerate(lines[1:], 1) if _NEARLY.fullmatch(line.strip())), None)
    if nearly is None:
        message = "Der Kopf der Datei hat kein Ende: die zweite Zeile aus drei Strichen (---) fehlt."
        advice = "Bitte nach dem letzten Feld eine Zeile mit --- einfügen; darunter beginnt der Text."
        return Problem(Place(file, len(lines), 1), "KS111", message, advice)
    message = f"Der Kopf der Datei hat kein Ende: in dieser Zeile steht „{lines[nearly].rstrip()[:20]}“ statt drei kurzer Bindestriche (---)."
    return Problem(Place(file, nearly + 1, 1), "KS111", message, "Bitte die Zeile durch --- ersetzen, ohne Leerzeichen davor.")
