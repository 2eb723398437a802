"""Texts in the output folder are made anew exactly when something they were made from has changed, or when they are gone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from support import NETZ

from kreislaufstadt.cache import Cache
from kreislaufstadt.fingerprints import Fingerprints
from kreislaufstadt.kept_texts import KeptTexts
from kreislaufstadt.load import load_content
from kreislaufstadt.trace import TracedCatalog, Tracker

if TYPE_CHECKING:
    from collections.abc import Collection

    Known = dict[str, tuple[str, Collection[str]]]

    from kreislaufstadt.loaded import Loaded

LOADED = load_content(NETZ)


def build(cache: Cache, loaded: Loaded = LOADED, inputs: str = "", base: str = "") -> tuple[list[str], dict[str, bytes]]:
    """What a build makes of two texts, and what each says in the end."""
    tracker = Tracker()
    catalog = TracedCatalog(loaded, tracker)
    texts = KeptTexts(cache, tracker, Fingerprints(catalog, {}), [base])
    ran: list[str] = []

    def title(name: str) -> str:
        ran.append(name)
        found = catalog.find("kommune", name)
        return found.title if found else "fehlt"

    names = [entry.id for entry in catalog.entries("kommune")][:2]
    made = {name: texts.made(name, inputs, lambda name=name: title(name)) for name in names}  # type: ignore[misc]
    for key, row in texts.changed_rows().items():
        cache.put(key, row)
    first = list(ran)
    return first, {name: text.read() for name, text in made.items()}


def renamed(name: str) -> Loaded:
    entries = {kind: dict(found) for kind, found in LOADED.entries.items()}
    entries["kommune"][name] = entries["kommune"][name].model_copy(update={"title": "Neuer Name"})
    return replace(LOADED, entries=entries, pruned={("kommune", name)})


def test_texts_that_hold_are_made_only_when_somebody_reads_them() -> None:
    cache = Cache(None)
    first, contents = build(cache)
    assert first == list(contents)
    assert build(cache) == ([], contents)


def test_a_text_is_made_anew_when_what_it_names_has_changed() -> None:
    cache = Cache(None)
    first, contents = build(cache)
    made, later = build(cache, renamed(first[0]))
    assert made == first[:1]
    assert later == {**contents, first[0]: b"Neuer Name"}


def test_inputs_and_base_count() -> None:
    cache = Cache(None)
    first, _ = build(cache)
    assert build(cache, inputs="anders")[0] == first
    assert build(cache, base="anders")[0] == first


def test_a_row_is_written_only_when_something_is_new_or_gone() -> None:
    cache, tracker = Cache(None), Tracker()
    fingerprints = Fingerprints(TracedCatalog(LOADED, tracker), {})
    for names, count in (("ab", 1), ("ab", 0), ("a", 1)):
        texts = KeptTexts(cache, tracker, fingerprints, [])
        for name in names:
            texts.made(name, "", lambda: "Text")
        rows = texts.changed_rows()
        assert len(rows) == count
        for key, row in rows.items():
            cache.put(key, row)


def test_what_is_found_out_once_counts_for_all_texts_that_use_it() -> None:
    cache, name = Cache(None), next(iter(LOADED.entries["kommune"]))
    for loaded, expected in ((LOADED, ["a", "b"]), (LOADED, []), (renamed(name), ["a", "b"])):
        tracker = Tracker()
        catalog = TracedCatalog(loaded, tracker)
        texts = KeptTexts(cache, tracker, Fingerprints(catalog, {}), [])
        known: Known = {}
        asked: list[str] = []
        ran: list[str] = []

        def title(text: str, catalog: TracedCatalog = catalog, ran: list[str] = ran, asked: list[str] = asked, known: Known = known) -> str:
            def find() -> str:
                asked.append(name)
                found = catalog.find("kommune", name)
                return found.title if found else ""

            ran.append(text)
            return catalog.once(known, name, find)

        for text in ("a", "b"):
            texts.made(text, "", partial(title, text))
        for key, row in texts.changed_rows().items():
            cache.put(key, row)
        assert ran == expected
        assert len(asked) == bool(expected)
