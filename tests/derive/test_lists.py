"""Lists of overview pages and the model ring."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from support import NETZ

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.derive.lists import (
    Letter,
    count_measured,
    derive_best_evidenced,
    derive_excerpt,
    derive_letters,
    derive_publications,
)
from kreislaufstadt.derive.ring import CENTRE, INNER, OUTER, derive_ring, wrap_words
from kreislaufstadt.load import load_content


@pytest.fixture
def catalog() -> Catalog:
    return Catalog(load_content(NETZ))


def test_letters_group_terms_in_german_order(catalog: Catalog) -> None:
    letters = derive_letters(catalog)
    assert [(letter.letter, letter.anchor, [term.id for term in letter.terms]) for letter in letters] == [
        ("T", "buchstabe-t", ["testbegriff", "testwort"])
    ]
    assert Letter("0–9", ()).anchor == "buchstabe-ziffer"


def test_publications_are_listed(catalog: Catalog) -> None:
    assert [entry.id for entry in derive_publications(catalog)] == ["test-heft"]


def test_only_measured_examples_count_as_evidenced(catalog: Catalog) -> None:
    assert count_measured(catalog) == 1
    assert [entry.id for entry in derive_best_evidenced(catalog)] == ["muster-leihladen"]
    assert derive_best_evidenced(catalog, limit=0) == ()


@pytest.mark.parametrize(("today", "past", "coming"), [("2024-05-21", [], ["test-start"]), ("2024-05-22", ["test-start"], [])])
def test_excerpt_parts_past_from_coming(catalog: Catalog, today: str, past: list[str], coming: list[str]) -> None:
    found = derive_excerpt(catalog, dt.date.fromisoformat(today))
    assert [[entry.id for entry in half] for half in found] == [past, coming]


def test_ring_has_one_segment_per_component_between_its_radii(catalog: Catalog) -> None:
    ring = derive_ring(catalog)
    assert [segment.component.id for segment in ring.segments] == ["anfangen", "weitermachen"]
    for segment in ring.segments:
        for point, radius in ((segment.outer_start, OUTER), (segment.outer_end, OUTER), (segment.inner_start, INNER), (segment.inner_end, INNER)):
            assert math.dist(point, (CENTRE, CENTRE)) == pytest.approx(radius, abs=0.2)
        assert INNER < math.dist(segment.label, (CENTRE, CENTRE)) < OUTER


def test_ring_without_components_is_empty() -> None:
    loaded = load_content(NETZ)
    loaded.entries["komponente"].clear()
    assert derive_ring(Catalog(loaded)).segments == ()


@pytest.mark.parametrize(("title", "lines"), [("Leitbild und Ziele", ("Leitbild und", "Ziele")), ("Instrumente", ("Instrumente",)), ("", ())])
def test_titles_are_broken_at_words(title: str, lines: tuple[str, ...]) -> None:
    assert wrap_words(title) == lines
