"""What the search knows about German on this site, read from ``content/sprache``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kreislaufstadt.problems import Place, Problem, sort_problems
from kreislaufstadt.search.compounds import Compounds
from kreislaufstadt.search.text import fold
from kreislaufstadt.source import Source, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FOLDER = "sprache"
"""Folder of the language files below the content folder."""


@dataclass(frozen=True)
class SynonymGroup:
    """Words and phrases that mean the same; a weak group only adds what little it can."""

    words: tuple[str, ...]
    weak: bool = False


@dataclass(frozen=True)
class Language:
    """Stop words (folded), synonyms and compounds."""

    stop_words: frozenset[str] = frozenset()
    synonyms: tuple[SynonymGroup, ...] = ()
    compounds: Compounds = field(default_factory=Compounds)


def read_language(
    content: Path, names: Iterable[str] = (), abbreviations: Iterable[Sequence[str]] = ()
) -> tuple[Language, list[Problem]]:
    """Read the language files below ``content``.

    ``names`` are names of places that are never split, ``abbreviations`` groups of
    a term and its short forms from the glossary. A missing file is an empty one.
    """
    files = _Files(content / FOLDER)
    komposita, namen = files.read("komposita.yml"), files.read("namen.yml")
    whole = [*files.words(komposita, "ganz"), *files.words(namen, "namen"), *_words_of(names)]
    groups = [*files.groups(files.read("synonyme.yml")), *(SynonymGroup(tuple(group)) for group in abbreviations)]
    language = Language(
        frozenset(fold(word) for word in files.words(files.read("stoppwoerter.yml"), "woerter")),
        tuple(group for group in groups if len(group.words) > 1),
        Compounds.read(files.words(komposita, "woerter"), whole),
    )
    return language, sort_problems(files.problems)


def _words_of(names: Iterable[str]) -> list[str]:
    return [word for name in names for word in name.replace("-", " ").split()]


class _Files:
    """Reads the language files and gathers what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def read(self, name: str) -> Source | None:
        path = self.folder / name
        if not path.is_file():
            return None
        source, problems = read_source(f"{self.folder.parent.name}/{FOLDER}/{name}", path.read_bytes())
        self.problems += problems
        return source

    def words(self, source: Source | None, key: str) -> list[str]:
        rows = source.data.get(key, []) if source else []
        if source and not isinstance(rows, list):
            self._wrong(source, (key,), f"„{key}“ ist keine Liste.")
            return []
        good = []
        for number, row in enumerate(rows):
            if source and not _is_word(row):
                self._wrong(source, (key, number), f"„{row}“ ist kein Wort.")
            else:
                good.append(row.strip())
        return good

    def groups(self, source: Source | None) -> list[SynonymGroup]:
        groups = []
        for number, row in enumerate(source.data.get("gruppen", []) if source else []):
            words = row.get("woerter") if isinstance(row, dict) else None
            if isinstance(words, list) and len(words) > 1 and all(map(_is_word, words)):
                groups.append(SynonymGroup(tuple(words), row.get("gewicht") == "gering"))
            elif source:
                self._wrong(source, ("gruppen", number), "Eine Gruppe braucht „woerter“ mit mindestens zwei Wörtern.")
        return groups

    def _wrong(self, source: Source, path: tuple[str | int, ...], message: str) -> None:
        place = source.place(path)
        advice = "Bitte wie die Zeilen davor schreiben."
        self.problems.append(Problem(Place(place.file, place.line, place.column), "KS203", message, advice))


def _is_word(row: Any) -> bool:
    return isinstance(row, str) and bool(row.strip()) and not row.startswith("|") and not row.endswith("|")
