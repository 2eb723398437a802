"""Key facts of municipalities side by side; nothing is ranked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.derive.places import derive_groups, examples_of, size_class_of
from kreislaufstadt.derive.similar import fields_of

if TYPE_CHECKING:
    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import Municipality
    from kreislaufstadt.model.lists import Item, SizeClass


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many examples have a status."""

    item: Item
    count: int


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What the comparison shows of one municipality beyond its own fields."""

    place: Municipality
    area: Item
    size: SizeClass | None
    examples: int
    statuses: tuple[StatusCount, ...]
    fields: tuple[str, ...]


def derive_key_facts(catalog: Catalog) -> tuple[KeyFacts, ...]:
    """The key facts of all municipalities, by Land and country as in the list of places."""
    return tuple(key_facts_of(catalog, place, group.item) for group in derive_groups(catalog) for place in group.places)


def key_facts_of(catalog: Catalog, place: Municipality, area: Item) -> KeyFacts:
    """The key facts of one municipality."""
    examples = examples_of(catalog, place)
    counts = Counter(example.status for example in examples)
    statuses = tuple(StatusCount(item, counts[item.id]) for item in catalog.items("status") if counts[item.id])
    return KeyFacts(place, area, size_class_of(catalog, place), len(examples), statuses, fields_of(catalog, place))


@dataclass(frozen=True, slots=True)
class SizeGroup:
    """The municipalities of one size class; without class those of unknown size."""

    item: SizeClass | None
    rows: tuple[KeyFacts, ...]


def derive_size_groups(catalog: Catalog) -> tuple[SizeGroup, ...]:
    """Key facts by size class, the smallest class first; empty classes are left out."""
    facts = derive_key_facts(catalog)
    classes: list[SizeClass | None] = [item for item in catalog.items("groessenklasse")]  # type: ignore[misc]  # noqa: C416
    groups = [SizeGroup(size, tuple(row for row in facts if row.size == size)) for size in (*classes, None)]
    return tuple(group for group in groups if group.rows)
