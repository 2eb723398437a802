"""Neighbours: other places, most in common first, reasons named, bounded work."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from support import NETZ

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.derive.neighbours import WINDOW, ExampleIndex, derive_index, derive_neighbours
from kreislaufstadt.load import load_content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kreislaufstadt.catalog import Key

FIELD, COMPONENT, STEP = ("handlungsfeld", "leihen"), ("komponente", "anfangen"), ("r-strategie", "r1")


def make_index(examples: Mapping[str, tuple[str, set[Key]]]) -> ExampleIndex:
    """An index from example ids to place and values; all of it invented."""
    members: dict[Key, list[str]] = defaultdict(list)
    for name, (_, values) in examples.items():
        for key in sorted(values):
            members[key].append(name)
    positions = {(key, name): number for key, names in members.items() for number, name in enumerate(names)}
    groups = {name: frozenset(found) for name, (_, found) in examples.items()}
    return ExampleIndex(members, positions, groups, {name: place for name, (place, _) in examples.items()})


def test_the_index_is_made_from_the_links_of_the_mapping() -> None:
    index = derive_index(Catalog(load_content(NETZ)))
    assert index.values == {"muster-leihladen": frozenset({FIELD, COMPONENT, STEP})}
    assert index.places == {"muster-leihladen": "musterstadt", "gau-plan": "beispielgau"}


def test_who_shares_most_comes_first() -> None:
    index = make_index({"a": ("x", {FIELD, COMPONENT}), "b": ("y", {COMPONENT}), "c": ("z", {FIELD, COMPONENT}), "d": ("w", {FIELD})})
    found = derive_neighbours(index, "a")
    assert [neighbour.id for neighbour in found] == ["c", "d", "b"]
    assert found[0].shared == (FIELD, COMPONENT)


def test_the_own_place_is_left_out_and_others_come_once() -> None:
    index = make_index({"a": ("x", {FIELD}), "b": ("x", {FIELD}), "c": ("y", {FIELD}), "d": ("y", {FIELD})})
    assert [neighbour.id for neighbour in derive_neighbours(index, "a")] == ["c"]


def test_a_common_step_of_the_ladder_alone_is_no_reason() -> None:
    index = make_index({"a": ("x", {STEP}), "b": ("y", {STEP})})
    assert derive_neighbours(index, "a") == ()


def test_an_example_without_mapping_has_no_neighbours() -> None:
    assert derive_neighbours(make_index({}), "unbekannt") == ()


def test_work_is_bounded_and_nobody_is_the_neighbour_of_all() -> None:
    examples = {f"e{number}": (f"ort-{number}", {FIELD, COMPONENT}) for number in range(1000)}
    index = make_index(examples)
    chosen = Counter(neighbour.id for name in examples for neighbour in derive_neighbours(index, name))
    assert max(chosen.values()) <= 2 * WINDOW
    assert set(chosen) == set(examples)
