"""The report on completeness counts what is there and what is not."""

from __future__ import annotations

import datetime as dt

import pytest
from support import NETZ, TODAY

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.cli import main
from kreislaufstadt.coverage import Coverage, derive_coverage, format_coverage
from kreislaufstadt.load import load_content


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_content(NETZ))


@pytest.fixture(scope="module")
def coverage(catalog: Catalog) -> Coverage:
    return derive_coverage(catalog, TODAY)


def test_every_entry_is_counted_once(catalog: Catalog, coverage: Coverage) -> None:
    assert coverage.entries == sum(1 for _ in catalog.all_entries())


def test_figures_and_reference_values_are_counted_with_their_source(coverage: Coverage) -> None:
    assert (coverage.figures, coverage.figures_with_source) == (2, 2)


def test_unknown_fields_are_counted_by_title(coverage: Coverage) -> None:
    examples = next(kind for kind in coverage.kinds if kind.kind == "beispiel")
    assert examples.unknown["Kennzahlen"] == 1
    assert examples.unknown["Transferkarte: Kosten"] == 2
    assert "Titel" not in examples.unknown


def test_overdue_entries_are_named(catalog: Catalog) -> None:
    later = derive_coverage(catalog, dt.date(2030, 1, 1))
    assert {entry for kind in later.kinds for entry in kind.overdue} == {"musterstadt", "musterstadt-testamt"}
    assert "Überfällig:" in format_coverage(later)


def test_the_command_prints_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--inhalt", str(NETZ), "--heute", "2026-06-01", "--bericht"]) == 0
    out = capsys.readouterr().out
    assert "Kennzahlen und Vergleichswerte mit Quelle: 2 von 2 (100 %)" in out
    assert "keine Angabe:" in out
