"""Python's analysis gives what the shared vectors say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kreislaufstadt.search import analysis as analysis_module
from kreislaufstadt.search.analysis import Analysis
from kreislaufstadt.search.compounds import Compounds, split_by_parts
from kreislaufstadt.search.language import Language
from kreislaufstadt.search.stem import stem
from kreislaufstadt.search.text import JOINT, clean, find_tokens, fold

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
LANGUAGE = Language(
    frozenset({"und", "der"}), (), Compounds.read(["Bau|teil|börse", "Straßen|bau", "Reparatur|bonus"], ["Regensburg", "Bauteil"])
)


@pytest.mark.parametrize(("word", "folded", "stemmed"), VECTORS["fold_and_stem"])
def test_fold_and_stem(word: str, folded: str, stemmed: str) -> None:
    assert (fold(word), stem(fold(word))) == (folded, stemmed)


@pytest.mark.parametrize(("word", "parts"), VECTORS["splits"])
def test_split_by_parts(word: str, parts: list[str]) -> None:
    assert list(split_by_parts(word, frozenset(VECTORS["parts"]))) == parts


@pytest.mark.parametrize(("text", "tokens"), VECTORS["tokens"])
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in find_tokens(clean(text))] == tokens


def test_compound_is_indexed_whole_and_in_parts() -> None:
    assert Analysis(LANGUAGE).terms("Bauteilbörsen") == ["bauteilbor", "bau", "bauteil", "teil", "teilbor", "bor"]


def test_reviewed_word_stays_whole_and_so_does_a_place() -> None:
    assert Analysis(LANGUAGE).terms("Regensburg") == ["regensburg"]


def test_hyphenated_word_is_also_indexed_joined() -> None:
    assert Analysis(LANGUAGE).terms("R-Beton") == ["beto", "rbeto"]


def test_stop_words_and_single_letters_are_no_terms() -> None:
    assert Analysis(LANGUAGE).terms("Der Rat und z. B. 3 Ämter") == ["rat", "3", "amter"]


def test_numbers_are_terms_as_they_are_written() -> None:
    assert Analysis(LANGUAGE).read("(1.000,5 33, 4) 2030-31") == (["1.000,5", "33", "4", "2030", "31", "203031"], "(1.000,5 33, 4) 2030-31", [])


def test_joints_are_marked_in_the_written_word() -> None:
    assert Analysis(LANGUAGE).mark("Straßenbau, Reparaturbonus") == f"Straßen{JOINT}bau, Reparatur{JOINT}bonus"


def test_whole_titles_are_terms_without_stop_words() -> None:
    assert Analysis(LANGUAGE).whole_term("Der Reparaturbonus und R-Beton") == "=reparaturbonu rbeto"


def test_texts_read_as_one_give_what_each_of_them_gives() -> None:
    texts = ["Straßenbau,  (Reparaturbonus)", "", "a\u0308 z.\u00a0B. R-Beton\n1.000,5", "Bau\u00adteil\ufeffbörse · Ende"]
    analysis = Analysis(LANGUAGE)
    whole = analysis.read_all([text.split(" ") for text in texts])
    each = list(map(analysis.read, texts))
    assert whole.marked == [reading.marked for reading in each]
    assert whole.terms == [term for reading in each for term in reading.terms]
    assert whole.words == [word for reading in each for word in reading.words]
    assert analysis.read_all([]) == analysis.read_all([[]])._replace(marked=[]) == ([], [], [])


def test_pieces_beyond_a_number_are_forgotten_and_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis_module, "MOST_KEPT", 2)
    text = "Der Rat, der Straßenbau und der Rat"
    assert Analysis(LANGUAGE).terms(text) == ["rat", *Analysis(LANGUAGE).terms("Straßenbau"), "rat"]
