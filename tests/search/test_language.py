"""The language files: the ones of the content are sound, faults in them have a place."""

from __future__ import annotations

from pathlib import Path

import yaml

from kreislaufstadt.search.language import SynonymGroup, read_language
from kreislaufstadt.search.propose import Lexicon, missing_synonyms, propose, report, split_with, unreviewed_words
from kreislaufstadt.search.stem import stem
from kreislaufstadt.search.text import fold
from search.conftest import LANGUAGE, ROOT, make_document

FREQUENCY = {"abfall": 5.0, "beratung": 5.0, "stadt": 6.0, "rat": 5.0, "wert": 5.0, "stoff": 4.5, "hof": 5.0}
LEXICON = Lexicon(frozenset(FREQUENCY), frozenset(FREQUENCY), lambda word: FREQUENCY.get(word, 0.0))


def write(folder: Path, name: str, text: str) -> Path:
    """Write a language file below an invented content folder."""
    path = folder / "content" / "sprache" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder / "content"


def test_language_files_of_the_content_are_sound_and_sorted() -> None:
    language, problems = read_language(ROOT / "content")
    assert problems == []
    data = yaml.safe_load((ROOT / "content" / "sprache" / "komposita.yml").read_text("utf-8"))
    words = [line.replace("|", "") for line in data["woerter"]]
    assert words == sorted(words, key=lambda word: (fold(word), word))
    assert len({stem(fold(word)) for word in words}) == len(words)
    assert all(len(part) >= 3 for line in data["woerter"] for part in line.split("|"))
    assert len(language.synonyms) <= 150


def test_every_group_of_synonyms_has_a_reason() -> None:
    data = yaml.safe_load((ROOT / "content" / "sprache" / "synonyme.yml").read_text("utf-8"))
    assert [group["woerter"] for group in data["gruppen"] if not group.get("grund")] == []


def test_name_of_a_place_is_a_synonym_of_its_other_names_only() -> None:
    names = {fold(path.stem) for path in (ROOT / "content" / "kommunen").glob("*.md")}
    assert "essen" in names
    data = yaml.safe_load((ROOT / "content" / "sprache" / "synonyme.yml").read_text("utf-8"))
    groups = [group for group in data["gruppen"] if any(fold(word) in names for word in group["woerter"])]
    assert groups
    assert [group["woerter"] for group in groups if "Name" not in group["grund"]] == []


def test_names_of_places_are_never_split() -> None:
    language, _ = read_language(ROOT / "content", ["Regensburg", "Frankfurt am Main"])
    assert [language.compounds.split(fold(name)) for name in ("Regensburg", "Frankfurt", "Wolfenbüttel", "Mannheim")] == [()] * 4


def test_missing_files_are_empty(tmp_path: Path) -> None:
    assert read_language(tmp_path)[0].synonyms == ()


def test_faults_name_file_line_and_next_step(tmp_path: Path) -> None:
    write(tmp_path, "komposita.yml", "woerter:\n  - Bau|teil\n  - Bau|\n")
    content = write(tmp_path, "synonyme.yml", "gruppen:\n  - woerter: [Handy, Smartphone]\n  - woerter: [allein]\n")
    language, problems = read_language(content)
    assert language.synonyms == (SynonymGroup(("Handy", "Smartphone")),)
    assert [(problem.place.file, problem.place.line, problem.code) for problem in problems] == [
        ("content/sprache/komposita.yml", 3, "KS203"),
        ("content/sprache/synonyme.yml", 3, "KS203"),
    ]


def test_weak_groups_are_marked(tmp_path: Path) -> None:
    content = write(tmp_path, "synonyme.yml", "gruppen:\n  - woerter: [Stadt, Kommune]\n    gewicht: gering\n")
    assert read_language(content)[0].synonyms == (SynonymGroup(("Stadt", "Kommune"), weak=True),)


def test_split_takes_only_known_parts_and_leaves_no_rest() -> None:
    assert split_with("Abfallberatungen", LEXICON) == ("Abfall", "beratungen")
    assert split_with("Stadtrats", LEXICON) == ("Stadt", "rats")
    assert split_with("Abfallxyz", LEXICON) == ()


def test_reviewed_words_are_not_proposed_again() -> None:
    assert unreviewed_words(["Abfallberatung, Stadtreinigung und Mannheim"], LANGUAGE) == ["Stadtreinigung"]


def test_abbreviations_that_no_group_has_are_found() -> None:
    text = "Die Nationale Strategie (NKWS) und das Kreislaufwirtschaftsgesetz (KrWG)."
    assert list(missing_synonyms([text], LANGUAGE)) == [("Nationale Strategie", "NKWS"), ("Kreislaufwirtschaftsgesetz", "KrWG")]


def test_report_can_be_pasted() -> None:
    found = propose([make_document(1, "Wertstoffhof", "Begriff", "Wertstoffhof und Abfallbecher")], LANGUAGE, LEXICON)
    text = report(found)
    assert "  - Wert|stoff|hof\n" in text
    assert "Hinweis: Die Suche trennt „abfall|becher“" in text
