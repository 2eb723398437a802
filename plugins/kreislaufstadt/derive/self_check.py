"""The self-check: statements by component, and examples of each size of place that show how to go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.derive.matrix import components_in_order
from kreislaufstadt.derive.places import size_class_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import CaseStudy, Component, Contact, Municipality
    from kreislaufstadt.model.lists import CheckStatement

EXAMPLES = 3
"""How many examples of a component are kept for one size class."""

_ENDED = frozenset({"gestoppt", "abgelehnt"})


@dataclass(frozen=True, slots=True)
class CheckExample:
    """An example with the size class of its place, empty if its population is not known, and an office to ask."""

    example: CaseStudy
    place: Municipality
    size: str
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class CheckPart:
    """The statements of one component and its examples, for each size class the best evidenced first."""

    component: Component
    statements: tuple[CheckStatement, ...]
    examples: tuple[CheckExample, ...]


def derive_self_check(catalog: Catalog) -> tuple[CheckPart, ...]:
    """The parts in the order of the model; components without statements are left out."""
    statements: Sequence[CheckStatement] = catalog.items("selbstcheck")  # type: ignore[assignment]
    parts = []
    for component in components_in_order(catalog):
        own = tuple(statement for statement in statements if statement.component == component.id)
        if own:
            parts.append(CheckPart(component, own, tuple(_examples(catalog, component))))
    return tuple(parts)


def _examples(catalog: Catalog, component: Component) -> Iterable[CheckExample]:
    kept: dict[str, int] = {}
    found: Iterable[CaseStudy] = catalog.linked_from("komponente", component.id, "beispiel")  # type: ignore[assignment]
    for example in sorted(found, key=_evidence):
        place = catalog.find("kommune", example.municipality)
        if place is None or example.status in _ENDED:
            continue
        size_class = size_class_of(catalog, place)  # type: ignore[arg-type]
        size = size_class.id if size_class else ""
        if kept.setdefault(size, 0) < EXAMPLES:
            kept[size] += 1
            yield CheckExample(example, place, size, _contact(catalog, example))  # type: ignore[arg-type]


def _evidence(example: CaseStudy) -> tuple[int, int, str]:
    measured = sum(figure.kind.value == "ergebnis" for figure in example.figures)
    return (-measured, -len(example.sources), example.id)


def _contact(catalog: Catalog, example: CaseStudy) -> Contact | None:
    own = [contact for name in example.contacts if (contact := catalog.find("kontakt", name))]
    found = own or catalog.linked_from("kommune", example.municipality, "kontakt")
    return found[0] if found else None  # type: ignore[return-value]
