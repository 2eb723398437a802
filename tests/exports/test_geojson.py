"""GeoJSON read back by the geojson library; axes, bounding box and properties compared."""

from __future__ import annotations

from typing import Any

import geojson
from exports.support_exports import AWKWARD, BASE, dataset_with, netz
from hypothesis import given, settings

from kreislaufstadt.checks.consistency import GERMANY
from kreislaufstadt.exports.geojson import EXAMPLES, PLACES, write_geojson
from kreislaufstadt.model.entries import Municipality

FILES = {path: geojson.loads(content.decode()) for path, content in write_geojson(netz())}


def by_id(path: str) -> dict[str, Any]:
    return {feature["properties"]["id"]: feature for feature in FILES[path]["features"]}


def test_the_library_finds_both_files_valid() -> None:
    for collection in FILES.values():
        assert isinstance(collection, geojson.FeatureCollection)
        assert collection.is_valid, collection.errors()


def test_longitude_comes_before_latitude_and_lies_in_germany() -> None:
    longitude, latitude = by_id(PLACES)["musterstadt"]["geometry"]["coordinates"]
    place = netz().catalog.find("kommune", "musterstadt")
    assert isinstance(place, Municipality) and place.position
    assert (longitude, latitude) == (place.position.longitude, place.position.latitude)
    assert GERMANY["laenge"][0] <= longitude <= GERMANY["laenge"][1]
    assert GERMANY["breite"][0] <= latitude <= GERMANY["breite"][1]


def test_every_place_and_example_is_there_also_without_position() -> None:
    assert set(by_id(PLACES)) == {entry.id for entry in netz().entries("kommune")}
    assert set(by_id(EXAMPLES)) == {entry.id for entry in netz().entries("beispiel")}
    assert by_id(PLACES)["beispielgau"]["geometry"] is None


def test_examples_stand_at_their_municipality_and_say_so() -> None:
    feature = by_id(EXAMPLES)["muster-leihladen"]
    assert feature["geometry"] == by_id(PLACES)["musterstadt"]["geometry"]
    assert feature["properties"]["lage_von"] == "kommune"
    assert feature["properties"]["seite"] == f"{BASE}beispiele/muster-leihladen/"
    assert feature["properties"]["handlungsfelder"] == ["leihen"]


def test_the_box_holds_all_points_west_south_east_north() -> None:
    box = FILES[PLACES]["bbox"]
    for feature in FILES[PLACES]["features"]:
        if feature["geometry"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert box[0] <= longitude <= box[2]
            assert box[1] <= latitude <= box[3]


def test_without_points_there_is_no_box() -> None:
    place = netz().catalog.find("kommune", "musterstadt")
    assert place is not None
    files = dict(write_geojson(dataset_with("kommune", place.model_copy(update={"position": None}))))
    assert "bbox" not in geojson.loads(files[PLACES].decode())


@settings(max_examples=30, deadline=None)
@given(AWKWARD, AWKWARD)
def test_awkward_texts_survive(title: str, short: str) -> None:
    place = netz().catalog.find("kommune", "musterstadt")
    assert place is not None
    files = dict(write_geojson(dataset_with("kommune", place.model_copy(update={"title": title, "short": short}))))
    collection = geojson.loads(files[PLACES].decode())
    found = next(feature for feature in collection["features"] if feature["id"] == "kommune:musterstadt")
    assert found["properties"]["titel"] == title
    assert collection.is_valid
