"""Bars of reference values: right lengths, targets told apart, different areas marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kreislaufstadt.derive.charts import WIDTH, derive_charts
from kreislaufstadt.model.entries import Indicator
from kreislaufstadt.model.parts import FigureKind


def make_indicator(*values: tuple[str, str, str, str]) -> Indicator:
    """An invented indicator with reference values (area, value, unit, kind)."""
    return Indicator.model_validate(
        {
            "id": "test",
            "titel": "Test (Testdaten)",
            "misst": "Testdaten",
            "einheit": "t",
            "stufe": "wirkung",
            "herkunft": "Testnetz",
            "datenquelle": "Testnetz",
            "verfuegbarkeit": "kommunal",
            "richtung": "sinkend",
            "referenzwerte": [
                {"gebiet": area, "wert": value, "einheit": unit, "art": kind, "quelle": "https://www.example.org/test"}
                for area, value, unit, kind in values
            ],
        }
    )


def test_lengths_are_in_proportion() -> None:
    (chart,) = derive_charts(make_indicator(("A", "50", "t", "ergebnis"), ("A (Ziel)", "25", "t", "ziel")))
    first, second = chart.bars
    assert first.length == pytest.approx(2 * second.length)
    assert (first.kind, second.kind) == (FigureKind.RESULT, FigureKind.TARGET)
    assert chart.kinds == (FigureKind.TARGET, FigureKind.RESULT)


def test_a_range_shows_both_ends() -> None:
    (chart,) = derive_charts(make_indicator(("A", "15", "t", "ergebnis"), ("A", "6 bis 8", "t", "ziel")))
    bar = chart.bars[1]
    assert bar.length / chart.bars[0].length == pytest.approx(6 / 15, abs=0.01)
    assert bar.spread / bar.length == pytest.approx(2 / 6, abs=0.01)


def test_reductions_point_to_the_left_of_the_axis() -> None:
    (chart,) = derive_charts(make_indicator(("A", "-10", "%", "ziel"), ("A", "-20", "%", "ziel")))
    assert all(bar.left + bar.length == pytest.approx(chart.zero, abs=0.2) for bar in chart.bars)


def test_units_are_never_mixed_and_single_values_not_drawn() -> None:
    charts = derive_charts(make_indicator(("A", "1", "t", "ergebnis"), ("A", "2", "%", "ergebnis"), ("A", "3", "t", "ergebnis")))
    assert [chart.unit for chart in charts] == ["t"]


def test_different_areas_are_noticed() -> None:
    assert derive_charts(make_indicator(("A", "1", "t", "ergebnis"), ("B", "2", "t", "ergebnis")))[0].mixed
    assert not derive_charts(make_indicator(("A", "1", "t", "ergebnis"), ("A (Ziel)", "2", "t", "ziel")))[0].mixed


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=6))
def test_bars_stay_inside_the_drawing(numbers: list[int]) -> None:
    (chart,) = derive_charts(make_indicator(*((f"Ort {place}", str(number), "t", "ergebnis") for place, number in enumerate(numbers))))
    for bar in chart.bars:
        assert bar.left >= 0
        assert bar.end <= WIDTH
        assert bar.top < chart.height
