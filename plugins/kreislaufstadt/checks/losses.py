"""Entries that a change takes away or renames although nothing leads from their old address to a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.layout import PAGE
from kreislaufstadt.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog, Key


def check_losses(before: Catalog, after: Catalog) -> Iterator[Problem]:
    """Compare two versions of the content: every id and former id that was known still leads to an entry."""
    kept = {(kind, former) for (kind, _), entry in after.all_entries() for former in entry.former_ids}
    for key, entry in before.all_entries():
        if key[0] == PAGE.name or before.provenance(key):
            continue
        for name in (key[1], *entry.former_ids):
            if (key[0], name) not in kept and not after.knows(key[0], name):
                yield _loss(before, after, key, name)


def _loss(before: Catalog, after: Catalog, key: Key, name: str) -> Problem:
    """Name the entry that the old address belongs to now, if it is plain which one that is."""
    kind, old = key
    if after.find(kind, old):
        successors = [old]
    else:
        title = getattr(before.find(*key), "title", "")
        successors = [entry.id for entry in after.entries(kind) if entry.title == title and not before.knows(kind, entry.id)]
    message = f"Unter der früheren Kennung „{name}“ gibt es keinen Eintrag mehr: Die alte Adresse führt ins Leere."
    if len(successors) == 1:
        place = after.source((kind, successors[0])).place(("frueher",))
        return Problem(place, "KS420", message, f"Bitte hier unter frueher: die Zeile „- {name}“ ergänzen.")
    advice = f"Bitte beim Eintrag, der an seine Stelle tritt, unter frueher: „- {name}“ ergänzen, oder die Löschung im Vorschlag begründen."
    return Problem(Place(before.source(key).file), "KS420", message, advice)
