"""The self-check's statements: four to six for each component of the model, five levels each."""

from __future__ import annotations

from collections import Counter

from browser_support import own_site

from kreislaufstadt.derive.self_check import derive_self_check

MODEL = 6
LEVELS = 5
FEWEST, MOST = 4, 6


def test_each_component_has_four_to_six_statements_with_five_levels() -> None:
    parts = derive_self_check(own_site().catalog)
    assert len(parts) == MODEL
    assert {part.component.id: len(part.statements) for part in parts if not FEWEST <= len(part.statements) <= MOST} == {}
    statements = [statement for part in parts for statement in part.statements]
    assert {statement.id: len(statement.levels) for statement in statements if len(statement.levels) != LEVELS} == {}
    assert [name for name, count in Counter(statement.title for statement in statements).items() if count > 1] == []
    assert all(statement.step for statement in statements)
