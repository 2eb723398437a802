"""The map: projection, path data, marks that keep apart, labels that do not overlap."""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import copy_netz

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.derive.labels import DISTANCE, LETTER_WIDTH, place_labels
from kreislaufstadt.derive.map import NARROW_GAP, WIDE_GAP, Map, MiniMaps, derive_map, gather
from kreislaufstadt.derive.projection import Cone, Sheet, Spot, path_data
from kreislaufstadt.load import load_content
from kreislaufstadt.model.entries import Municipality
from kreislaufstadt.outlines import FILE, Outline, OutlineError, load_outlines, parse_outlines

if TYPE_CHECKING:
    from kreislaufstadt.problems import Problem

ROOT = Path(__file__).parents[2]
SQUARE = ((9.0, 50.0), (12.0, 50.0), (12.0, 53.0), (9.0, 53.0), (9.0, 50.0))
OUTLINES = (Outline("musterland", (SQUARE,)),)


def make_place(name: str, position: tuple[float, float] | None, inhabitants: int = 0, **more: Any) -> Municipality:
    """An invented municipality in the invented Land."""
    data: dict[str, Any] = {"id": name, "titel": f"{name.title()} (Testdaten)", "typ": "stadt", "land": "musterland", **more}
    if position:
        data["lage"] = {"laenge": f"{position[0]:.6f}", "breite": f"{position[1]:.6f}"}
    if inhabitants:
        data["einwohner"] = {"wert": str(inhabitants), "stand": "2025", "quelle": "https://www.example.org/"}
    return Municipality.model_validate(data)


def make_catalog(places: list[Municipality], tmp_path: Path) -> Catalog:
    """The test network with other municipalities."""
    loaded = load_content(copy_netz(tmp_path))
    loaded.entries["kommune"] = {place.id: place for place in places}
    return Catalog(loaded)


def test_cone_keeps_angles_and_standard_parallels() -> None:
    cone = Cone.over([(6.0, 47.0), (15.0, 55.0)])
    at = (10.5, 50.0)
    here, east, north = (cone.project(point) for point in (at, (at[0] + 0.01, at[1]), (at[0], at[1] + 0.01)))
    assert math.isclose(here.y, east.y, rel_tol=1e-6)
    assert north.y < here.y
    ratio = (east.x - here.x) / ((here.y - north.y) * math.cos(math.radians(at[1])))
    assert math.isclose(ratio, 1, rel_tol=1e-3)
    parallel = 47 + 8 / 6
    one, other = cone.project((10.5, parallel)), cone.project((10.51, parallel))
    assert math.isclose(math.dist(one, other), math.radians(0.01) * math.cos(math.radians(parallel)), rel_tol=1e-6)


def test_cone_of_a_line_is_defined() -> None:
    assert Cone.over([(9.0, 50.0), (10.0, 50.0)]).exponent == pytest.approx(math.sin(math.radians(50)))


def test_sheet_keeps_everything_inside_its_margin() -> None:
    sheet = Sheet.of(OUTLINES, 300, 10)
    for spot in map(sheet.place, SQUARE):
        assert 10 - 1e-6 <= spot.x <= 290 + 1e-6
        assert 10 - 1e-6 <= spot.y <= sheet.height - 9


def test_path_data_is_short_relative_and_drops_what_vanishes() -> None:
    ring = [Spot(1, 1), Spot(4, 1), Spot(4.2, 1.1), Spot(4, 5), Spot(1, 1)]
    tiny = [Spot(9, 9), Spot(9.2, 9.1), Spot(9.1, 9.2), Spot(9, 9)]
    assert path_data([ring, tiny]) == "M1 1l3 0 0 4z"
    assert path_data([ring], steps=2) == "M2 2l6 0 0 8z"


def test_near_places_are_gathered_around_the_largest() -> None:
    places = [make_place("dorf", None, 500), make_place("stadt", None, 90000), make_place("fern", None, 10)]
    spots = {"dorf": Spot(10, 10), "stadt": Spot(14, 10), "fern": Spot(90, 10)}
    marks = gather(places, spots, 25)
    assert [(mark.id, len(mark.places)) for mark in marks] == [("stadt", 2), ("fern", 1)]
    assert (marks[0].x, marks[0].y) == (14, 10)
    assert marks[0].name == "Stadt +1"
    assert [place.id for place in marks[0].members] == ["dorf", "stadt"]


def test_order_of_places_does_not_matter() -> None:
    places = [make_place(f"ort-{number}", None, number % 7) for number in range(60)]
    spots = {place.id: Spot((number * 37) % 100, (number * 61) % 100) for number, place in enumerate(places)}
    assert gather(places, spots, 20) == gather(places[::-1], spots, 20)


@pytest.mark.parametrize("gap", [WIDE_GAP, NARROW_GAP])
def test_marks_keep_their_distance_and_no_place_is_lost(gap: float) -> None:
    places = [make_place(f"ort-{number}", None, number) for number in range(400)]
    spots = {place.id: Spot((number * 137.5) % 560, (number * 71.3) % 750) for number, place in enumerate(places)}
    marks = gather(places, spots, gap)
    assert sorted(place.id for mark in marks for place in mark.places) == sorted(place.id for place in places)
    assert min(math.dist((one.x, one.y), (other.x, other.y)) for one, other in combinations(marks, 2)) >= gap - 0.5


def test_labels_do_not_overlap_each_other_or_leave_the_sheet() -> None:
    spots = [Spot(100, 100), Spot(190, 100), Spot(560, 100)]
    labels = place_labels(spots, ["Langer Name einer Stadt", "Nachbarin", "Am Rand"], 600, 200)
    assert [label.anchor if label else None for label in labels] == ["middle", "start", "end"]
    assert labels[1]
    assert labels[1].x == 190 + DISTANCE


def test_label_without_room_is_left_out() -> None:
    width = LETTER_WIDTH * 10
    assert place_labels([Spot(20, 20)], ["zehn lang "], width / 2, 40) == [None]


def test_map_draws_places_inside_and_names_those_without_position(tmp_path: Path) -> None:
    abroad = make_place("gau", (10.5, 51.0)).model_copy(update={"state": None, "country": "xx"})
    places = [make_place("da", (10.0, 51.0), 5), make_place("ohne", None), abroad]
    found = derive_map(make_catalog(places, tmp_path), OUTLINES)
    assert isinstance(found, Map)
    assert [mark.id for mark in found.wide] == [mark.id for mark in found.narrow] == ["da"]
    assert [place.id for place in found.absent] == ["ohne"]
    assert 0 < found.wide[0].x < found.width
    assert re.fullmatch(r"M\d+ \d+l[-\d ]+z", found.shapes[0].path)


def test_without_outlines_there_is_no_map(tmp_path: Path) -> None:
    place = make_place("da", (10.0, 51.0))
    assert derive_map(make_catalog([place], tmp_path), ()) is None
    assert MiniMaps(()).draw(place) is None


def test_mini_map_is_drawn_for_places_inside_with_position() -> None:
    maps = MiniMaps(OUTLINES)
    found = maps.draw(make_place("da", (10.5, 51.5)))
    assert found
    assert abs(found.x - found.width / 2) <= 1
    assert maps.draw(make_place("ohne", None)) is None
    assert maps.draw(make_place("da", (10.5, 51.5)).model_copy(update={"state": "anderswo"})) is None


def collection(*rings: object, name: str = "musterland") -> bytes:
    """A GeoJSON collection with one feature."""
    geometry = {"type": "Polygon", "coordinates": rings}
    return json.dumps({"features": [{"properties": {"id": name}, "geometry": geometry}]}).encode()


def test_outlines_are_read_from_polygons_and_multipolygons() -> None:
    assert parse_outlines(collection(SQUARE)) == OUTLINES
    many = collection(SQUARE).replace(b'"Polygon"', b'"MultiPolygon"').replace(b"[[[", b"[[[[").replace(b"]]]", b"]]]]")
    assert parse_outlines(many) == OUTLINES


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{", "kein GeoJSON"),
        (b"[]", "kein GeoJSON"),
        (b'{"features": [{}]}', "kein GeoJSON"),
        (b"[" * 100_000, "kein GeoJSON"),
        (b" " * 500_001, "größer als 500 kB"),
        (collection(SQUARE[:-1]), "nicht geschlossen"),
        (collection([(500, 1), (501, 1), (501, 2), (500, 1)]), "außerhalb der Erde"),
        (collection(SQUARE).replace(b"Polygon", b"Point"), "kein GeoJSON"),
    ],
)
def test_faulty_outlines_are_explained(raw: bytes, words: str) -> None:
    with pytest.raises(OutlineError, match=words):
        parse_outlines(raw)


def test_faulty_outlines_are_one_problem(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    problems: list[Problem] = []
    assert load_outlines(content, problems) == ()
    assert problems == []
    (content / "karte").mkdir()
    (content / FILE).write_text("kein GeoJSON (Testdaten)", encoding="utf-8")
    assert load_outlines(content, problems) == ()
    assert [(problem.place.file, problem.code) for problem in problems] == [("content/karte/laender.geojson", "KS118")]


def load_script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The script that makes the outlines."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    karte = __import__("karte")
    monkeypatch.delitem(sys.modules, "karte")
    return karte


def test_outlines_of_the_project_fit_their_note_and_the_list_of_laender(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = (ROOT / "content" / FILE).read_bytes()
    note = (ROOT / "content" / "karte" / "README.md").read_text(encoding="utf-8")
    sums = re.findall(r"(?m)^\| SHA-256 der (\w+) \| `([0-9a-f]{64})` \|$", note)
    assert dict(sums) == {"Datei": hashlib.sha256(raw).hexdigest(), "Herkunftsdatei": load_script(monkeypatch).SOURCE_SHA256}
    outlines = parse_outlines(raw)
    listed = re.findall(r"- id: (\S+)", (ROOT / "content" / "listen" / "laender.yml").read_text(encoding="utf-8"))
    assert [outline.id for outline in outlines] == sorted(listed)
    points = [point for outline in outlines for ring in outline.rings for point in ring]
    assert all(5.8 < x < 15.1 and 47.2 < y < 55.1 for x, y in points)


def test_script_simplifies_shared_borders_once(monkeypatch: pytest.MonkeyPatch) -> None:
    karte = load_script(monkeypatch)
    middle = [[10.0, 50.0], [10.004, 50.5], [9.997, 51.0], [10.0, 51.5]]
    west = [[9.0, 50.0], *middle, [9.0, 51.5], [9.0, 50.0]]
    east = [[11.0, 50.0], [11.0, 51.5], *middle[::-1], [11.0, 50.0]]
    rows = [
        {"properties": {"ISO": iso}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for iso, ring in (("DE-HE", west), ("DE-TH", east))
    ]
    text = karte.make_outlines(json.dumps({"features": rows}).encode())
    hessen, thueringen = parse_outlines(text.encode())
    assert (hessen.id, thueringen.id) == ("hessen", "thueringen")
    shared = set(hessen.rings[0]) & set(thueringen.rings[0])
    assert shared == {(10.0, 50.0), (10.0, 51.5)}
    assert len(hessen.rings[0]) == 5
