"""The matrix: sums count every example once, gaps are named."""

from __future__ import annotations

from support import NETZ

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.derive.matrix import derive_matrix
from kreislaufstadt.load import load_content


def test_cells_totals_and_gaps_agree() -> None:
    matrix = derive_matrix(Catalog(load_content(NETZ)))
    filled = {
        (component.id, row.field.id): len(cell)
        for row in matrix.rows
        for component, cell in zip(matrix.components, row.cells, strict=True)
        if cell
    }
    assert filled == {("anfangen", "leihen"): 1}
    assert matrix.highest == 1
    assert matrix.totals == tuple(int(component.id == "anfangen") for component in matrix.components)
    assert len(matrix.gaps) == len(matrix.rows) * len(matrix.components) - 1


def test_a_network_without_examples_has_an_empty_matrix() -> None:
    loaded = load_content(NETZ)
    loaded.entries["beispiel"].clear()
    matrix = derive_matrix(Catalog(loaded))
    assert set(matrix.totals) == {0}
    assert matrix.highest == 1
