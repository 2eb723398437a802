"""References in fields and in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from kreislaufstadt.model.entries import CaseStudy, Municipality
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.references import find_wiki_links, iter_references, mask_code


def test_references_are_found_at_every_depth_with_their_path() -> None:
    entry = CaseStudy.model_validate(
        {"id": "x", "titel": "x", "kommune": "k", "status": "s", "einordnung": {"sdg": ["12", "13"]}, "rahmen": ["r"]}
    )
    found = {(reference.path, reference.target, reference.kinds) for reference in iter_references(entry)}
    assert found == {
        (("kommune",), "k", ("kommune",)),
        (("status",), "s", ("status",)),
        (("einordnung", "sdg", 0), "12", ("sdg-ziel",)),
        (("einordnung", "sdg", 1), "13", ("sdg-ziel",)),
        (("rahmen", 0), "r", ("rahmen",)),
    }


def test_references_in_lists_of_parts_are_found() -> None:
    entry = Municipality.model_validate({"id": "x", "titel": "x", "typ": "t", "netzwerke": [{"netzwerk": "a"}, {"netzwerk": "b"}]})
    paths = [reference.path for reference in iter_references(entry)]
    assert ("netzwerke", 1, "netzwerk") in paths


@pytest.mark.parametrize("model", [*(kind.model for kind in KINDS.values()), *(kind.model for kind in LISTS.values())], ids=lambda model: model.__name__)
def test_references_name_only_kinds_that_exist(model: type[BaseModel]) -> None:
    fields = {info.alias or name: repr(info.annotation) + repr(info.metadata) for name, info in model.model_fields.items()}
    for text in fields.values():
        for kind in text.split("Ref('")[1:]:
            assert kind.split("'")[0] in {**KINDS, **LISTS}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[a]]", [("", "a", "")]),
        ("[[kommune:a|Die Stadt]]", [("kommune", "a", "Die Stadt")]),
        ("[[ a | b ]]", [("", "a", "b")]),
        ("[[a]] und [[b]]", [("", "a", ""), ("", "b", "")]),
        ("`[[a]]`", []),
        ("```\n[[a]]\n```\n[[b]]", [("", "b", "")]),
        ("[[a\nb]]", []),
        ("[a](b)", []),
    ],
)
def test_text_links_are_read_outside_code(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(link.kind, link.target, link.label) for link in find_wiki_links(text)] == expected


@given(st.text(alphabet="`~[]|a:\n #", max_size=60))
def test_masking_code_keeps_every_place(text: str) -> None:
    masked = mask_code(text)
    assert len(masked) == len(text)
    assert [index for index, sign in enumerate(masked) if sign == "\n"] == [index for index, sign in enumerate(text) if sign == "\n"]
    for link in find_wiki_links(text):
        assert text[link.index : link.index + 2] == "[["
