"""Outlines of the Länder for the map: one GeoJSON file of the content folder, or none.

Without the file there is no map. The property ``id`` of a feature is the id of a
value of the list of Länder; anything else about the features is not looked at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kreislaufstadt.problems import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

FILE = "karte/laender.geojson"
MAX_BYTES = 500_000

Degrees = tuple[float, float]
"""Longitude and latitude (RFC 7946)."""

Ring = tuple[Degrees, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of one Land: closed rings, outer and inner ones alike."""

    id: str
    rings: tuple[Ring, ...]


class OutlineError(ValueError):
    """What is wrong with the file, as a German sentence."""


def load_outlines(root: Path, problems: list[Problem]) -> tuple[Outline, ...]:
    """Read the outlines below the content folder, by id; a faulty file is one problem."""
    path = root / FILE
    if not path.is_file():
        return ()
    try:
        return parse_outlines(path.read_bytes())
    except OSError as error:
        fault = OutlineError(f"Die Datei lässt sich nicht öffnen ({error.strerror}).")
    except OutlineError as error:
        fault = error
    advice = "Bitte die Umrisse neu erzeugen, siehe karte/README.md."
    problems.append(Problem(Place(f"{root.name}/{FILE}"), "KS118", str(fault), advice))
    return ()


def parse_outlines(raw: bytes) -> tuple[Outline, ...]:
    """Read a GeoJSON collection of polygons; raise OutlineError where it is none."""
    if len(raw) > MAX_BYTES:
        raise OutlineError(f"Die Umrisse sind größer als {MAX_BYTES // 1000} kB.")
    try:
        data = json.loads(raw)
        found = [Outline(str(row["properties"]["id"]), _rings(row["geometry"])) for row in data["features"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise OutlineError("Die Umrisse sind kein GeoJSON mit Flächen und der Eigenschaft „id“.") from error
    for outline in found:
        _check(outline)
    return tuple(sorted(found, key=lambda outline: outline.id))


def _rings(geometry: dict[str, Any]) -> tuple[Ring, ...]:
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    return tuple(tuple((float(point[0]), float(point[1])) for point in ring) for polygon in polygons for ring in polygon)


def _check(outline: Outline) -> None:
    for ring in outline.rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise OutlineError(f"Ein Umriss von „{outline.id}“ ist nicht geschlossen.")
        if not all(-180 <= x <= 180 and -85 <= y <= 85 for x, y in ring):
            raise OutlineError(f"Ein Umriss von „{outline.id}“ liegt außerhalb der Erde; gemeint sind Länge, dann Breite in Grad.")
