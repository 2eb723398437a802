"""Pages in further languages: their drafts, and which page says the same in which language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kreislaufstadt.layout import TRANSLATION
from kreislaufstadt.pages import Draft
from kreislaufstadt.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import Translation

LANGUAGE = TRANSLATION.folder
"""The further language: its code is the folder of its texts and of its pages."""


def translations(catalog: Catalog) -> Sequence[Translation]:
    """All translated pages, those of the navigation first, in its order."""
    found: Sequence[Translation] = catalog.entries(TRANSLATION.name)  # type: ignore[assignment]
    return sorted(found, key=lambda entry: (entry.order or 10_000, entry.address))


def address_of(entry: Translation) -> str:
    """The site-relative address of a translated page."""
    return f"{LANGUAGE}/{entry.address.removeprefix('/')}"


def original_of(entry: Translation) -> str:
    """The site-relative address of the page that it translates."""
    return entry.original.removeprefix("/")


def entrance(catalog: Catalog) -> str:
    """The address of the further language's start page, or of its first page; empty if there is none."""
    entries = sorted(translations(catalog), key=lambda entry: len(entry.address))
    return address_of(entries[0]) if entries else ""


def add_languages(catalog: Catalog, drafts: Iterable[Draft]) -> list[Draft]:
    """Add the translated pages, and tell each page where it stands in the other language."""
    entries = translations(catalog)
    other = {original_of(entry): address_of(entry) for entry in entries}
    paired = [replace(draft, translated=other[draft.url]) if draft.url in other else draft for draft in drafts]
    return sorted([*paired, *(_draft(catalog, entry, entries) for entry in entries)], key=lambda draft: draft.url)


def _draft(catalog: Catalog, entry: Translation, entries: Sequence[Translation]) -> Draft:
    address = address_of(entry)
    trail = tuple((above.title, address_of(above)) for above in entries if address != address_of(above) and address.startswith(address_of(above)))
    return Draft(
        address,
        entry.title,
        f"uebersetzung-{entry.template}.html",
        "English",
        entry.short or entry.title,
        (TRANSLATION.name, entry.id),
        catalog.source((TRANSLATION.name, entry.id)).file,
        tuple(sorted(trail, key=lambda step: len(step[1]))),
        listed=entry.template != "suche",
        language=LANGUAGE,
        translated=original_of(entry),
    )


def check_languages(catalog: Catalog, drafts: Iterable[Draft]) -> Iterator[Problem]:
    """Every translation names a page that exists, and no two name the same."""
    known = {draft.url for draft in drafts}
    seen: set[str] = set()
    for entry in translations(catalog):
        place = catalog.source((TRANSLATION.name, entry.id)).place(("original",))
        original = original_of(entry)
        if original not in known:
            message = f"Die Seite „{entry.original}“, die diese Datei übersetzt, gibt es nicht."
            yield Problem(place, "KS301", message, "Bitte die Adresse der deutschen Seite eintragen.")
        elif original in seen:
            message = f"Die Seite „{entry.original}“ ist schon in einer anderen Datei übersetzt."
            yield Problem(place, "KS303", message, "Bitte eine der beiden Dateien löschen.")
        seen.add(original)
