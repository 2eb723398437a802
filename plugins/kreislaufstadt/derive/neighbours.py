"""Neighbours of an example: like ones from other places, with the reason; each found in constant time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kreislaufstadt.catalog import Catalog, Key, Link

GROUPS = ("handlungsfeld", "komponente", "r-strategie")
"""Kinds whose values make examples alike, the weightiest first."""

WINDOW = 24
"""How many examples of each group are looked at; this bounds the work however many there are."""

_WEIGHTS = {"handlungsfeld": 4, "komponente": 3, "r-strategie": 1}


@dataclass(frozen=True)
class ExampleIndex:
    """The examples by value, and the values by example; made from links alone, so texts do not matter."""

    members: Mapping[Key, Sequence[str]]
    """The examples of a value, by id."""
    positions: Mapping[tuple[Key, str], int]
    """Where an example stands among the members of a value."""
    values: Mapping[str, frozenset[Key]]
    places: Mapping[str, str]

    @cached_property
    def marks(self) -> Mapping[str, int]:
        """The values of each example as a number in which a value has as many bits as it weighs: what two have in common is counted in one step."""
        bits: dict[Key, int] = {}
        position = 0
        for key in self.members:
            bits[key] = ((1 << _WEIGHTS[key[0]]) - 1) << position
            position += _WEIGHTS[key[0]]
        return {example: sum(bits[key] for key in values) for example, values in self.values.items()}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A like example: its id, and what both have in common (kind and id)."""

    id: str
    shared: tuple[Key, ...]


def derive_index(catalog: Catalog) -> ExampleIndex:
    """Group the examples by the values that their mapping names; one pass over all links."""
    members: dict[Key, list[str]] = defaultdict(list)
    values: dict[str, set[Key]] = defaultdict(set)
    places: dict[str, str] = {}
    for link in _links(catalog):
        example = link.source[1]
        if link.field == "kommune":
            places[example] = link.target[1]
        elif link.field.startswith("einordnung.") and link.target[0] in GROUPS:
            members[link.target].append(example)
            values[example].add(link.target)
    positions = {(key, example): number for key, found in members.items() for number, example in enumerate(found)}
    return ExampleIndex(members, positions, {example: frozenset(found) for example, found in values.items()}, places)


def _links(catalog: Catalog) -> list[Link]:
    """All links from examples; each target is asked for by name, so that a trace knows what was read."""
    targets = {link.target for link in catalog.links if link.source[0] == "beispiel" and link.target[0] in (*GROUPS, "kommune")}
    return [link for target in sorted(targets) for link in catalog.backlinks(*target) if link.source[0] == "beispiel"]


def derive_neighbours(index: ExampleIndex, example: str, limit: int = 4) -> tuple[Neighbour, ...]:
    """The examples of other places that share most; of each place at most one.

    Of every group the members that follow the example are looked at, in a circle:
    so every example is a neighbour of some, and none is one of all.
    """
    own = index.values.get(example, frozenset())
    candidates = dict.fromkeys(chain.from_iterable(_following(index, key, example) for key in sorted(own)))
    marks = index.marks
    mark = marks.get(example, 0)
    weights = {found: (mark & marks[found]).bit_count() for found in candidates}
    place = index.places.get(example)
    chosen: dict[str, Neighbour] = {}
    for found in sorted(weights, key=weights.__getitem__, reverse=True):
        if len(chosen) == limit or weights[found] < _WEIGHTS["komponente"]:
            break
        where = index.places.get(found, "")
        if where != place and where not in chosen:
            chosen[where] = Neighbour(found, _in_order(own & index.values[found]))
    return tuple(chosen.values())


def _following(index: ExampleIndex, key: Key, example: str) -> Sequence[str]:
    members = index.members[key]
    start = index.positions[key, example] + 1
    size = min(WINDOW, len(members) - 1)
    return [*members[start : start + size], *members[: max(0, start + size - len(members))]]


def _in_order(shared: frozenset[Key]) -> tuple[Key, ...]:
    """Fields of action, then components; common R strategies alone are no reason to name."""
    return tuple(sorted((key for key in shared if key[0] != "r-strategie"), key=lambda key: (GROUPS.index(key[0]), key[1])))
