"""References between entries: they exist, point to the right kind, and stand once."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.references import Reference, iter_references
from kreislaufstadt.validate import suggest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.source import Source

_target = itemgetter(1)
"""What a pointer leads to."""


def check_references(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """Every reference names an existing entry of the expected kind, once, and not itself."""
    for key, entry in catalog.all_entries():
        if not _needs_no_look(catalog, key, entry):
            yield from _check_owner(catalog, key, catalog.references(entry))
    for kind in LISTS:
        for number, item in enumerate(catalog.items(kind)):
            yield from _check_owner(catalog, (kind, item.id), iter_references(item, ("eintraege", number)))


def _needs_no_look(catalog: Catalog, key: Key, entry: Entry) -> bool:
    """Say whether the references break no rule for certain: none stands twice or leads to itself, and all targets are sound."""
    return are_plain(catalog, key, entry) and catalog.known.issuperset(map(_target, catalog.pointers(key, entry)))


def are_plain(catalog: Catalog, key: Key, entry: Entry) -> bool:
    """Say whether no reference of an entry stands twice, leads to itself or may mean several kinds; remembered."""
    return catalog.remember(key, "plain references", lambda: _is_plain(key, catalog.references(entry)))


def _is_plain(key: Key, references: Sequence[Reference]) -> bool:
    places = {(reference.path[:-1] if isinstance(reference.path[-1], int) else reference.path, reference.target) for reference in references}
    return len(places) == len(references) and all(
        len(reference.kinds) == 1 and (reference.kinds[0], reference.target) != key for reference in references
    )


def check_former_ids(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """A former id belongs to one entry of its kind and is no longer in use."""
    taken: dict[Key, str] = {}
    for (kind, name), entry in catalog.all_entries():
        for number, former in enumerate(entry.former_ids):
            owner = former if catalog.knows(kind, former) else taken.setdefault((kind, former), name)
            if owner != name or former == name:
                message = f"Die frühere Kennung „{former}“ wird noch benutzt (Eintrag „{owner}“)."
                place = catalog.source((kind, name)).place(("frueher", number))
                yield Problem(place, "KS303", message, "Bitte die Zeile löschen oder die Kennung berichtigen.")


def _check_owner(catalog: Catalog, key: Key, references: Iterable[Reference]) -> Iterator[Problem]:
    source = catalog.source(key)
    seen: set[tuple[tuple[str | int, ...], str]] = set()
    for reference in references:
        yield from _check_one(catalog, key, source, reference)
        place = (reference.path[:-1] if isinstance(reference.path[-1], int) else reference.path, reference.target)
        if place in seen:
            message = f"„{reference.target}“ steht in dieser Liste zweimal."
            yield Problem(source.place(reference.path), "KS309", message, "Bitte eine der beiden Zeilen löschen.")
        seen.add(place)


def _check_one(catalog: Catalog, key: Key, source: Source, reference: Reference) -> Iterator[Problem]:
    if any(catalog.knows(kind, reference.target) for kind in reference.kinds):
        if key[1] == reference.target and key[0] in reference.kinds:
            message = f"Der Eintrag verweist auf sich selbst („{reference.target}“)."
            yield Problem(source.place(reference.path), "KS307", message, "Bitte die Zeile löschen.")
        return
    kind = reference.kinds[0]
    place = source.place(reference.path)
    elsewhere = [other for other in (*KINDS, *LISTS) if catalog.find(other, reference.target)]
    if kind in LISTS and f"listen/{LISTS[kind].file}" not in catalog.files:
        yield _missing_list(source, kind)
    elif elsewhere and kind in KINDS:
        found = (KINDS.get(elsewhere[0]) or LISTS[elsewhere[0]]).singular
        message = f"„{reference.target}“ ist {_article(found)}, erwartet wird {_article(KINDS[kind].singular)}."
        yield Problem(place, "KS302", message, _suggest_or_list(catalog, kind, reference.target))
    elif kind in LISTS:
        message = f"„{reference.target}“ steht nicht in der Liste {LISTS[kind].plural} (listen/{LISTS[kind].file})."
        yield Problem(place, "KS310", message, _suggest_or_list(catalog, kind, reference.target))
    else:
        message = f"„{reference.target}“ gibt es nicht: kein Eintrag der Art {KINDS[kind].singular} heißt so."
        advice = suggest(reference.target, catalog.names(kind)) or _create(kind, reference.target)
        yield Problem(place, "KS301", message, advice)


def _missing_list(source: Source, kind: str) -> Problem:
    """One problem for all references to a list that has no file."""
    root = source.file.partition("/")[0]
    message = f"Die Liste {LISTS[kind].plural} fehlt, obwohl Einträge Werte daraus nennen."
    return Problem(Place(f"{root}/listen/{LISTS[kind].file}"), "KS310", message, "Bitte die Datei mit eintraege: anlegen.")


def _suggest_or_list(catalog: Catalog, kind: str, target: str) -> str:
    names = catalog.names(kind)
    shown = ", ".join(names[:20])
    return suggest(target, names) or (f"Möglich sind: {shown}." if names else "Bitte die Kennung berichtigen.")


def _create(kind: str, target: str) -> str:
    path = f"content/{KINDS[kind].folder}/{target}{KINDS[kind].suffix}"
    return f"Bitte die Kennung berichtigen oder die Datei {path} anlegen."


_FEMININE = {
    "Komponente", "Kommune", "Kontaktstelle", "Publikation", "Mitmach-Seite", "Projektseite",
    "R-Strategie", "Größenklasse", "Art des Rahmens", "Rolle", "Durchsetzungsstelle",
}  # fmt: skip


def _article(word: str) -> str:
    """The word with its indefinite article in the nominative."""
    return f"eine {word}" if word in _FEMININE else f"ein {word}"
