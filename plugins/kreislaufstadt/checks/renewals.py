"""Dates of checking that were renewed in many entries at once although nothing else changed in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kreislaufstadt.checks.dates import last_checked
from kreislaufstadt.model.entries import Contact
from kreislaufstadt.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import Entry

MANY = 5
"""From how many entries on renewed dates without a note look like a matter of routine."""


def check_renewals(before: Catalog, after: Catalog) -> Iterator[Problem]:
    """Compare two versions of the content: many renewed dates need a note in each entry."""
    renewed = []
    for key, entry in after.all_entries():
        old = before.find(*key)
        if isinstance(old, type(entry)) and last_checked(entry) != last_checked(old) and _words(entry) == _words(old):
            renewed.append((key, entry))
    if len(renewed) < MANY:
        return
    for key, entry in renewed:
        field = ("geprueft_am",) if isinstance(entry, Contact) and entry.verified_on else ("geprueft", "datum")
        message = f"In {len(renewed)} Einträgen ist nur das Datum der Prüfung neu, auch in diesem."
        yield Problem(after.source(key).place(field), "KS417", message, "Bitte im Hinweis zur Prüfung sagen, was bei diesem Eintrag geprüft wurde.")


def _words(entry: Entry) -> dict[str, Any]:
    """The entry without its dates of checking and reading."""
    data = entry.model_dump(mode="json", exclude={"verified_on", "next_check", "as_of"})
    if data.get("check"):
        del data["check"]["date"]
    for citation in data["sources"]:
        del citation["accessed"]
    return data
