"""The project's own examples: the transfer card says something, and neither figures nor offices claim more than they may."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.load import load_content
from kreislaufstadt.model.entries import CaseStudy, Contact, Municipality
from kreislaufstadt.model.parts import FigureKind, Transfer

CONTENT = Path(__file__).parents[1] / "content"
NOT_REACHED = re.compile(r"^(?:Ziel|geplant|angestrebt|erwartet|geschätzt|mögliche|förderbar|langfristiges Ziel)|Auslegung|(?:Verkauf|Ausstellung|Beregnung)sfläche$", re.IGNORECASE)
"""What a label says when its figure is aimed at, assumed or put in, not reached."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_content(CONTENT))


@pytest.fixture(scope="module")
def examples(catalog: Catalog) -> list[CaseStudy]:
    found = [entry for entry in catalog.entries("beispiel") if isinstance(entry, CaseStudy)]
    assert len(found) >= 163
    return found


def test_each_transfer_card_answers_something(examples: list[CaseStudy]) -> None:
    assert [example.id for example in examples if example.transfer == Transfer()] == []


def test_no_aim_or_assumption_is_shown_as_a_result(examples: list[CaseStudy]) -> None:
    results = [(example.id, figure.label) for example in examples for figure in example.figures if figure.kind is FigureKind.RESULT]
    assert len(results) > 100
    assert [found for found in results if NOT_REACHED.search(found[1])] == []


def test_an_office_named_as_responsible_is_one_of_the_place(catalog: Catalog, examples: list[CaseStudy]) -> None:
    places = {entry.id: entry.municipality for entry in catalog.entries("kontakt") if isinstance(entry, Contact)}
    named = [(example, office) for example in examples for office in example.contacts]
    assert len(named) > 80
    assert [(example.id, office) for example, office in named if places[office] != example.municipality] == []


def test_each_municipality_says_how_far_its_strategy_is(catalog: Catalog) -> None:
    places = [entry for entry in catalog.entries("kommune") if isinstance(entry, Municipality)]
    assert len(places) >= 44
    assert [place.id for place in places if place.strategy is None] == []
