"""Similar places with the reason, found through an index instead of comparing all with all."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.derive.places import examples_of, municipalities, size_class_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import Municipality
    from kreislaufstadt.model.lists import SizeClass

REACH = 4
"""How many neighbours by inhabitants are looked at on either side, in each group."""

Rank = tuple[int, str]
"""Inhabitants (0: not known) and id: the order in the groups."""


@dataclass(frozen=True, slots=True)
class SimilarPlace:
    """A similar municipality and the German reasons why it is similar."""

    place: Municipality
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traits:
    """What places are compared by."""

    place: Municipality
    size: SizeClass | None
    fields: tuple[str, ...]

    @property
    def rank(self) -> Rank:
        """The place in the order by inhabitants."""
        return (self.place.population.value if self.place.population else 0, self.place.id)

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The groups that the municipality belongs to: by size class, Land and field, and by two of them."""
        size, state = self.size.id if self.size else "", self.place.state or ""
        pairs = [("size", size), ("state", state), *(("field", field) for field in self.fields)]
        known = [pair for pair in pairs if pair[1]]
        yield from known
        yield from ((*one, *other) for number, one in enumerate(known) for other in known[number + 1 :] if one[0] != other[0])


def fields_of(catalog: Catalog, municipality: Municipality) -> tuple[str, ...]:
    """The fields of action of a municipality's examples, most frequent first."""
    counts: dict[str, int] = {}
    for example in examples_of(catalog, municipality):
        for field in example.mapping.fields_of_action:
            counts[field] = counts.get(field, 0) + 1
    return tuple(sorted(counts, key=lambda field: (-counts[field], field)))


class SimilarPlaces:
    """Index of all municipalities by their traits; made once per site."""

    def __init__(self, catalog: Catalog) -> None:
        """Note the traits of every municipality and the groups it belongs to."""
        self._titles = {item.id: item.title for item in catalog.items("handlungsfeld")}
        places = municipalities(catalog)
        self._traits: Mapping[str, Traits] = {
            place.id: Traits(place, size_class_of(catalog, place), fields_of(catalog, place)) for place in places
        }
        groups: dict[tuple[str, ...], list[Rank]] = defaultdict(list)
        for traits in sorted(self._traits.values(), key=lambda traits: traits.rank):
            for group in traits.groups():
                groups[group].append(traits.rank)
        self._groups = groups

    def find(self, municipality: Municipality, limit: int = 4) -> tuple[SimilarPlace, ...]:
        """Find places of the same size class, Land or fields of action; the closest first.

        A shared size class counts 3, a shared Land 2, each shared field of action 1;
        ties are broken by the difference in inhabitants, then by id.
        """
        own = self._traits[municipality.id]
        ranked = sorted(self._candidates(own), key=lambda other: (-_score(own, other), _difference(own, other), other.place.id))
        return tuple(SimilarPlace(other.place, self._reasons(own, other)) for other in ranked[:limit])

    def _candidates(self, own: Traits) -> Sequence[Traits]:
        names = set()
        for group in own.groups():
            ranks = self._groups[group]
            at = bisect_left(ranks, own.rank)
            names |= {name for _, name in ranks[max(0, at - REACH) : at + REACH + 1]}
        return [self._traits[name] for name in sorted(names - {own.place.id})]

    def _reasons(self, one: Traits, other: Traits) -> tuple[str, ...]:
        reasons = []
        if one.size and one.size == other.size:
            reasons.append(f"gleiche Größenklasse ({one.size.title})")
        if _same_state(one, other):
            reasons.append("gleiches Land")
        shared = _shared(one, other)
        titles = [title for field, title in self._titles.items() if field in shared]
        if titles:
            noun = "gemeinsames Handlungsfeld" if len(titles) == 1 else "gemeinsame Handlungsfelder"
            reasons.append(f"{noun}: {', '.join(titles[:3])}" + (" u. a." if len(titles) > 3 else ""))
        return tuple(reasons)


def _same_state(one: Traits, other: Traits) -> bool:
    return one.place.state is not None and one.place.state == other.place.state


def _shared(one: Traits, other: Traits) -> set[str]:
    return set(one.fields) & set(other.fields)


def _score(one: Traits, other: Traits) -> int:
    size = 3 if one.size and one.size == other.size else 0
    return size + (2 if _same_state(one, other) else 0) + len(_shared(one, other))


def _difference(one: Traits, other: Traits) -> int:
    if one.place.population and other.place.population:
        return abs(one.rank[0] - other.rank[0])
    return 10**9
