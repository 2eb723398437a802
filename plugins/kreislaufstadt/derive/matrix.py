"""The evidence matrix: components by fields of action, and where the gaps are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.model.entries import CaseStudy, Component

if TYPE_CHECKING:
    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.lists import Item


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A field of action with the examples of each component, in the components' order."""

    field: Item
    cells: tuple[tuple[CaseStudy, ...], ...]

    @property
    def total(self) -> int:
        """How many different examples the row holds."""
        return len({example.id for cell in self.cells for example in cell})


@dataclass(frozen=True, slots=True)
class Matrix:
    """Components as columns, fields of action as rows."""

    components: tuple[Component, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """How many different examples each component has, in the components' order."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        return tuple(len({example.id for cell in column for example in cell}) for column in columns)

    @property
    def highest(self) -> int:
        """The number of examples in the fullest cell, at least 1."""
        return max((len(cell) for row in self.rows for cell in row.cells), default=0) or 1

    @property
    def gaps(self) -> tuple[tuple[Component, Item], ...]:
        """Pairs of component and field without any example."""
        return tuple(
            (component, row.field)
            for row in self.rows
            for component, cell in zip(self.components, row.cells, strict=True)
            if not cell
        )


def components_in_order(catalog: Catalog) -> tuple[Component, ...]:
    """The components in the order of the model."""
    found = [entry for entry in catalog.entries("komponente") if isinstance(entry, Component)]
    return tuple(sorted(found, key=lambda entry: entry.order))


def derive_matrix(catalog: Catalog) -> Matrix:
    """Count examples per component and field of action."""
    components = components_in_order(catalog)
    cells: dict[tuple[str, str], list[CaseStudy]] = {}
    for example in catalog.entries("beispiel"):
        assert isinstance(example, CaseStudy)  # noqa: S101 - the kind's model
        for component in example.mapping.components:
            for field in example.mapping.fields_of_action:
                cells.setdefault((component, field), []).append(example)
    rows = tuple(
        MatrixRow(item, tuple(tuple(cells.get((component.id, item.id), ())) for component in components))
        for item in catalog.items("handlungsfeld")
    )
    return Matrix(components, rows)
