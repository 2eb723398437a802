"""Places: order, size class, grouping, similar places, key facts, offices; work in proportion to the number of places."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from support import copy_netz

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.derive import similar
from kreislaufstadt.derive.comparison import derive_key_facts, derive_size_groups
from kreislaufstadt.derive.contacts import Checked, derive_office_groups, office_for, offices_of, with_role
from kreislaufstadt.derive.places import derive_groups, examples_of, german_order, municipalities, size_class_of
from kreislaufstadt.derive.similar import SimilarPlaces
from kreislaufstadt.load import load_content
from kreislaufstadt.model.entries import CaseStudy, Contact, Municipality

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 6, 1)


def make_place(name: str, inhabitants: int = 0, land: str | None = "musterland", staat: str = "de") -> Municipality:
    """An invented municipality."""
    data: dict[str, Any] = {"id": name, "titel": name.title(), "typ": "stadt", "staat": staat}
    if land:
        data["land"] = land
    if inhabitants:
        data["einwohner"] = {"wert": str(inhabitants), "stand": "2025", "quelle": "https://www.example.org/"}
    return Municipality.model_validate(data)


def make_example(name: str, place: str, *fields: str, status: str = "laufend") -> CaseStudy:
    """An invented example of a municipality."""
    mapping = {"handlungsfelder": list(fields)}
    return CaseStudy.model_validate({"id": name, "titel": name.title(), "kommune": place, "status": status, "einordnung": mapping})


def make_contact(name: str, place: str, **more: Any) -> Contact:
    """An invented office."""
    data = {"id": name, "titel": f"Amt {name}", "art": "funktion", "aufgabe": "Auskunft", "kommune": place, "zweck": "Test", **more}
    return Contact.model_validate(data)


def make_catalog(tmp_path: Path, *entries: Municipality | CaseStudy | Contact) -> Catalog:
    """The test network with other municipalities, examples and offices."""
    loaded = load_content(copy_netz(tmp_path))
    for kind, model in (("kommune", Municipality), ("beispiel", CaseStudy), ("kontakt", Contact)):
        loaded.entries[kind] = {entry.id: entry for entry in entries if isinstance(entry, model)}
    return Catalog(loaded)


def test_umlauts_sort_beside_their_base_letters(tmp_path: Path) -> None:
    with_umlaut = make_place("oed").model_copy(update={"title": "Öd"})
    catalog = make_catalog(tmp_path, make_place("zett"), make_place("ort"), with_umlaut, make_place("obst"))
    assert [place.title for place in municipalities(catalog)] == ["Obst", "Öd", "Ort", "Zett"]
    assert german_order("Straße") == german_order("Strasse")


@pytest.mark.parametrize(("inhabitants", "size"), [(9999, "klein"), (10000, "gross"), (0, None)])
def test_size_class_includes_its_lower_bound(tmp_path: Path, inhabitants: int, size: str | None) -> None:
    place = make_place("ort", inhabitants)
    found = size_class_of(make_catalog(tmp_path, place), place)
    assert (found.id if found else None) == size


def test_examples_belong_to_the_municipality_they_name(tmp_path: Path) -> None:
    one, other = make_place("eins"), make_place("zwei")
    linked = make_example("fremd", "zwei").model_copy(update={"body": "Siehe [[kommune:eins]]."})
    catalog = make_catalog(tmp_path, one, other, make_example("eigen", "eins"), linked)
    assert [example.id for example in examples_of(catalog, one)] == ["eigen"]


def test_groups_are_laender_then_countries_abroad(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path, make_place("daheim"), make_place("fern", land=None, staat="xx"))
    assert [(group.kind, group.item.id, [place.id for place in group.places]) for group in derive_groups(catalog)] == [
        ("land", "musterland", ["daheim"]),
        ("staat", "xx", ["fern"]),
    ]


def test_similar_places_come_with_their_reasons(tmp_path: Path) -> None:
    places = [make_place("hier", 20000), make_place("nah", 21000), make_place("klein", 50), make_place("fern", 30000, None, "xx")]
    examples = [make_example(f"b-{name}", name, "leihen") for name in ("hier", "nah", "fern")]
    found = SimilarPlaces(make_catalog(tmp_path, *places, *examples)).find(places[0])
    assert [other.place.id for other in found] == ["nah", "fern", "klein"]
    assert found[0].reasons[0].startswith("gleiche Größenklasse (")
    assert found[0].reasons[1] == "gleiches Land"
    assert found[0].reasons[2].startswith("gemeinsames Handlungsfeld: ")
    assert found[2].reasons == ("gleiches Land",)


def test_place_with_nothing_in_common_is_not_similar(tmp_path: Path) -> None:
    places = [make_place("hier", 20000), make_place("fern", 50, None, "xx")]
    assert SimilarPlaces(make_catalog(tmp_path, *places)).find(places[0]) == ()


def test_closest_by_inhabitants_wins_among_equals(tmp_path: Path) -> None:
    places = [make_place(f"ort-{number}", 10000 + number * 100) for number in range(30)]
    index = SimilarPlaces(make_catalog(tmp_path, *places))
    found = [other.place.id for other in index.find(places[10])]
    assert set(found) == {"ort-8", "ort-9", "ort-11", "ort-12"}
    assert found[:2] == ["ort-11", "ort-9"]


def test_unknown_number_of_inhabitants_counts_as_far(tmp_path: Path) -> None:
    places = [make_place("hier", 20000), make_place("ohne"), make_place("gross", 900000)]
    found = SimilarPlaces(make_catalog(tmp_path, *places)).find(places[0])
    assert [other.place.id for other in found] == ["gross", "ohne"]


def test_comparisons_for_one_place_do_not_grow_with_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def count(_: similar.Traits, other: similar.Traits) -> int:
        compared.append(other.place.id)
        return 1

    monkeypatch.setattr(similar, "_score", count)
    counts = []
    for number in (300, 1200):
        places = [make_place(f"ort-{index}", 10000 + index) for index in range(number)]
        examples = [make_example(f"b-{index}", f"ort-{index}", "leihen") for index in range(number)]
        index = SimilarPlaces(make_catalog(tmp_path / str(number), *places, *examples))
        compared.clear()
        index.find(places[number // 2])
        counts.append(len(compared))
    assert counts[0] == counts[1] <= 2 * similar.REACH


def test_key_facts_count_statuses_in_the_order_of_the_list(tmp_path: Path) -> None:
    examples = [make_example("a", "ort", "leihen", status="abgelehnt"), make_example("b", "ort", "leihen"), make_example("c", "ort")]
    (facts,) = derive_key_facts(make_catalog(tmp_path, make_place("ort", 20000), *examples))
    assert [(status.item.id, status.count) for status in facts.statuses] == [("laufend", 2), ("abgelehnt", 1)]
    assert (facts.examples, facts.fields, facts.area.id) == (3, ("leihen",), "musterland")


def test_size_groups_end_with_unknown_size(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path, make_place("gross", 50000), make_place("klein", 5), make_place("ohne"))
    groups = [(group.item.id if group.item else None, [row.place.id for row in group.rows]) for group in derive_size_groups(catalog)]
    assert groups == [("klein", ["klein"]), ("gross", ["gross"]), (None, ["ohne"])]


PERSON = {"art": "person", "person": {"name": "Test Person (Testdaten)", "funktion": "Test"}, "telefon": "030 23125 001"}


@pytest.mark.parametrize(
    ("verified", "due", "named", "checked"),
    [
        ("2026-01-15", "2026-12-01", True, Checked.CURRENT),
        ("2026-01-15", "2026-06-01", True, Checked.CURRENT),
        ("2026-01-15", "2026-05-31", False, Checked.OVERDUE),
        ("2026-01-15", None, False, Checked.OVERDUE),
        (None, None, False, Checked.NEVER),
    ],
)
def test_person_is_named_only_while_checked_and_in_date(verified: str | None, due: str | None, named: bool, checked: Checked) -> None:
    days = {key: day for key, day in (("geprueft_am", verified), ("naechste_pruefung", due)) if day}
    office = office_for(make_contact("amt", "ort", **PERSON, **days), DAY)
    assert (office.contact.person is not None, office.checked) == (named, checked)
    assert (office.contact.phone is not None) == named


def test_name_of_an_office_does_not_repeat_itself() -> None:
    assert office_for(make_contact("amt", "ort", stelle="Referat"), DAY).name == "Amt amt, Referat"
    assert office_for(make_contact("amt", "ort", stelle="Amt amt"), DAY).name == "Amt amt"


def test_offices_stand_in_the_order_of_the_list_of_roles(tmp_path: Path) -> None:
    place = make_place("ort")
    contacts = [make_contact("c", "ort"), make_contact("b", "ort", rollen=["auskunft"]), make_contact("a", "ort")]
    catalog = make_catalog(tmp_path, place, *contacts)
    assert [office.contact.id for office in offices_of(catalog, place, DAY)] == ["b", "a", "c"]


def test_office_groups_leave_out_places_without_office(tmp_path: Path) -> None:
    places = [make_place("mit"), make_place("ohne"), make_place("fern", land=None, staat="xx")]
    catalog = make_catalog(tmp_path, *places, make_contact("a", "mit", rollen=["auskunft"]), make_contact("b", "mit"))
    (group,) = groups = derive_office_groups(catalog, DAY)
    assert (group.item.id, group.count, [row.place.id for row in group.places]) == ("musterland", 2, ["mit"])
    assert [office.contact.id for group in with_role(groups, "auskunft") for row in group.places for office in row.offices] == ["a"]
    assert with_role(groups, "unbekannt") == ()
