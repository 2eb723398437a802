"""Data into entries: all problems at once, each with its place and a suggestion."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from kreislaufstadt.model.entries import CaseStudy, Contact, Term
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.model.operator import Operator
from kreislaufstadt.model.parts import Citation, FigureKind
from kreislaufstadt.problems import Problem
from kreislaufstadt.source import read_source
from kreislaufstadt.validate import drop_empty, enum_choices, field_at, model_at, submodel, suggest, validate_data


def validate(text: str, model: type[BaseModel]) -> tuple[BaseModel | None, list[Problem]]:
    source, problems = read_source("x.yml", text.encode())
    assert source is not None
    assert not problems
    return validate_data(source, {"id": "x", **source.data}, model)


def test_a_sound_entry_has_typed_values() -> None:
    term, problems = validate("titel: Wort\nverlinken: nein\nstand: 2024-05\n", Term)
    assert not problems
    assert isinstance(term, Term)
    assert (term.auto_link, term.as_of and term.as_of.german) == (False, "Mai 2024")


def test_all_faults_of_an_entry_are_told_at_once() -> None:
    entry, problems = validate("titel:\nfarbe: rot\nstand: morgen\nquellen: keine\n", CaseStudy)
    assert entry is None
    assert sorted(problem.code for problem in problems) == ["KS201", "KS201", "KS201", "KS202", "KS203", "KS204"]


def test_a_typo_gets_a_suggestion() -> None:
    _, problems = validate("titel: x\nsynonime:\n  - y\n", Term)
    assert [problem.advice for problem in problems] == ["Meinten Sie „synonyme“?"]


def test_a_typo_in_a_nested_field_gets_a_suggestion_of_that_level() -> None:
    _, problems = validate("titel: x\nquellen:\n  - url: https://example.org\n    title: y\n    herausgeber: z\n    abgerufen: 2026\n", Term)
    assert {problem.code: problem.advice for problem in problems}["KS202"] == "Meinten Sie „titel“?"


def test_english_attribute_names_are_not_keys() -> None:
    _, problems = validate("title: x\n", Term)
    assert sorted(problem.code for problem in problems) == ["KS201", "KS202"]


def test_template_fields_left_empty_are_absent() -> None:
    assert drop_empty({"a": "", "b": {"c": ""}, "d": ["", {"e": ""}], "f": "x"}) == {"f": "x"}


def test_a_blank_required_field_is_missing() -> None:
    _, problems = validate("titel: x\nart: funktion\naufgabe: ' '\nkommune: y\nzweck: z\n", Contact)
    assert [problem.code for problem in problems] == ["KS211"]


@pytest.mark.parametrize(
    ("word", "choices", "expected"),
    [("titl", ["titel", "kurz"], "Meinten Sie „titel“?"), ("Titel", ["titel"], "Meinten Sie „titel“?"), ("xyz", ["titel"], ""), ("", [], "")],
)
def test_suggestions_are_close_or_absent(word: str, choices: list[str], expected: str) -> None:
    assert suggest(word, choices) == expected


def test_the_model_behind_a_path_is_found() -> None:
    assert model_at(CaseStudy, ("quellen", 0)) is Citation
    assert model_at(CaseStudy, ("titel",)) is None
    info = field_at(CaseStudy, ("kennzahlen", 3, "art"))
    assert info is not None
    assert enum_choices(info.annotation) == [kind.value for kind in FigureKind]
    assert field_at(CaseStudy, ("kennzahlen", 3, "farbe")) is None


def all_models() -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = [Operator, *(kind.model for kind in KINDS.values()), *(kind.model for kind in LISTS.values())]
    for model in found:
        found += [part for info in model.model_fields.values() if (part := submodel(info.annotation)) and part not in found]
    return found


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.__name__)
def test_every_field_explains_itself_in_german_and_has_a_plain_key(model: type[BaseModel]) -> None:
    for name, info in model.model_fields.items():
        assert info.title, name
        assert info.description, name
        assert (info.alias or name).replace("_", "").isascii()
    aliases = [info.alias or name for name, info in model.model_fields.items()]
    assert len(aliases) == len(set(aliases))
