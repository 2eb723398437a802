"""Templates: valid as they stand, and with every optional field uncovered."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kreislaufstadt.model.entries import Entry
from kreislaufstadt.model.kinds import KINDS, Kind
from kreislaufstadt.scaffold import Draft, build_template, key_order, questions, quote
from kreislaufstadt.source import Source, read_source
from kreislaufstadt.validate import validate_data

DRAFT = Draft(dt.date(2026, 6, 1))
EACH_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


def parse(kind: Kind, text: str) -> tuple[Source, Entry]:
    source, problems = read_source(f"x{kind.suffix}", text.encode())
    assert source is not None, problems
    entry, more = validate_data(source, {**source.data, "id": "x"}, kind.model)
    assert entry is not None, [str(problem) for problem in more]
    assert not problems
    return source, entry


@EACH_KIND
def test_a_template_is_a_valid_entry_with_the_required_fields(kind: Kind) -> None:
    source, _ = parse(kind, build_template(kind, DRAFT))
    required = {info.alias or name for name, info in kind.model.model_fields.items() if info.is_required()} - {"id"}
    assert required <= set(source.data)


@EACH_KIND
def test_a_template_with_everything_uncovered_is_valid_and_complete(kind: Kind) -> None:
    text = re.sub(r"(?m)^( *(?:- )?)# (?!yaml-)", r"\1", build_template(kind, DRAFT))
    source, _ = parse(kind, text)
    assert list(source.data) == [key for key in key_order(kind.model) if key != "id"]
    assert source.data == parse(kind, build_template(kind, DRAFT, complete=True))[0].data


@EACH_KIND
def test_every_field_is_explained(kind: Kind) -> None:
    text = build_template(kind, DRAFT)
    for name, info in kind.model.model_fields.items():
        if name not in {"id", "body"}:
            assert f"## {info.description}" in text


@EACH_KIND
def test_answers_stand_where_they_belong(kind: Kind) -> None:
    answers = {question.key: question.choices[0] if question.choices else f"Antwort: {number}" for number, question in enumerate(questions(kind, {}))}
    source, problems = read_source(f"x{kind.suffix}", build_template(kind, Draft(DRAFT.today, answers)).encode())
    assert source is not None, problems
    for key, answer in answers.items():
        found = source.data["quellen"][0][key.partition(".")[2]] if key.startswith("quelle.") else source.data[key]
        assert found == answer


@EACH_KIND
def test_few_questions_are_asked(kind: Kind) -> None:
    assert 1 <= len(questions(kind, {})) <= 11
    assert questions(kind, {})[0].key == "titel"


def test_questions_offer_the_values_of_lists() -> None:
    asked = {question.key: question.choices for question in questions(KINDS["beispiel"], {"status": ("geplant", "laufend")})}
    assert asked["status"] == ("geplant", "laufend")


@given(st.text(alphabet=st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029"), max_size=40))
def test_a_quoted_value_reads_back_as_it_was(text: str) -> None:
    plain = " ".join(text.split())
    data = yaml.load(f"key: {quote(text)}\n", Loader=yaml.BaseLoader)  # noqa: S506 - a safe loader
    assert data == {"key": plain}
