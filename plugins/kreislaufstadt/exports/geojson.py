"""GeoJSON (RFC 7946) of places and examples: longitude before latitude, WGS 84, bounding box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import LICENCE, ROOT
from kreislaufstadt.exports.records import write_json
from kreislaufstadt.model.entries import CaseStudy, Municipality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.model.parts import Position

PLACES = f"{ROOT}/kommunen.geojson"
EXAMPLES = f"{ROOT}/beispiele.geojson"


def write_geojson(data: Dataset) -> Iterator[tuple[str, bytes]]:
    """One file of the places, one of the examples (at their municipality's position)."""
    places = [entry for entry in data.entries("kommune") if isinstance(entry, Municipality)]
    yield PLACES, _collection(data, [_place(data, place) for place in places])
    positions = {place.id: place.position for place in places}
    examples = [entry for entry in data.entries("beispiel") if isinstance(entry, CaseStudy)]
    yield EXAMPLES, _collection(data, [_example(data, entry, positions.get(entry.municipality)) for entry in examples])


def _collection(data: Dataset, features: list[dict[str, Any]]) -> bytes:
    points = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    box = [min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)] if points else None
    head = {"type": "FeatureCollection", "lizenz": LICENCE, "quelle": data.facts.base_url}
    return write_json({**head, **({"bbox": box} if box else {}), "features": features})


def _feature(data: Dataset, kind: str, name: str, position: Position | None, properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [position.longitude, position.latitude]} if position else None
    kept = {"id": name, **properties, "seite": data.page(kind, name)}
    return {"type": "Feature", "id": f"{kind}:{name}", "geometry": point, "properties": kept}


def _place(data: Dataset, place: Municipality) -> dict[str, Any]:
    properties = {
        "titel": place.title,
        "kurz": place.short,
        "typ": place.kind,
        "staat": place.country,
        "land": place.state,
        "ags": place.ags,
        "einwohner": place.population.value if place.population else None,
        "einwohner_stand": str(place.population.as_of) if place.population else None,
    }
    return _feature(data, "kommune", place.id, place.position, properties)


def _example(data: Dataset, example: CaseStudy, position: Position | None) -> dict[str, Any]:
    properties = {
        "titel": example.title,
        "kurz": example.short,
        "kommune": example.municipality,
        "kommune_titel": data.title("kommune", example.municipality),
        "lage_von": "kommune",
        "status": example.status,
        "handlungsfelder": list(example.mapping.fields_of_action),
        "komponenten": list(example.mapping.components),
        "r_strategien": list(example.mapping.r_strategies),
    }
    return _feature(data, "beispiel", example.id, position, properties)
