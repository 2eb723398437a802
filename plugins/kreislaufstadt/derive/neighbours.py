"""Neighbours of an example: like ones from other places, with the reason; each found in constant time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

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
    def circles(self) -> Mapping[Key, Sequence[str]]:
        """The examples of a value with the first ones once more behind the last."""
        return {key: [*members, *members[:WINDOW]] for key, members in self.members.items()}

    @cached_property
    def marks(self) -> Mapping[str, int]:
        """The values of each example as a number in which a value has as many bits as it weighs: what two have in common is counted in one step."""
        bits: dict[Key, int] = {}
        position = 0
        for key in self.members:
            bits[key] = ((1 << _WEIGHTS[key[0]]) - 1) << position
            position += _WEIGHTS[key[0]]
        return {example: sum(bits[key] for key in values) for example, values in self.values.items()}


class Neighbour(NamedTuple):
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
    candidates = list(dict.fromkeys(chain.from_iterable([_following(index, key, example) for key in sorted(own)])))
    marks = index.marks
    common = list(map(int.bit_count, map(marks.get(example, 0).__and__, map(marks.__getitem__, candidates))))
    place, reasons = index.places.get(example), _in_order(own)
    chosen: dict[str, Neighbour] = {}
    for number in sorted(range(len(common)), key=common.__getitem__, reverse=True):
        if len(chosen) == limit or common[number] < _WEIGHTS["komponente"]:
            break
        found = candidates[number]
        where = index.places.get(found, "")
        if where != place and where not in chosen:
            chosen[where] = Neighbour(found, tuple(filter(index.values[found].__contains__, reasons)))
    return tuple(chosen.values())


def _following(index: ExampleIndex, key: Key, example: str) -> Sequence[str]:
    start = index.positions[key, example] + 1
    return index.circles[key][start : start + min(WINDOW, len(index.members[key]) - 1)]


def _in_order(values: frozenset[Key]) -> tuple[Key, ...]:
    """Fields of action, then components; common R strategies alone are no reason to name."""
    return tuple(sorted((key for key in values if key[0] != "r-strategie"), key=lambda key: (GROUPS.index(key[0]), key[1])))
