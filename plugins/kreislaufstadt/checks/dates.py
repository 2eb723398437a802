"""Dates: nothing checked or read in the future, nothing overdue, ends after begins."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from kreislaufstadt.model.entries import Contact, Entry, Milestone
from kreislaufstadt.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.model.values import PartialDate
    from kreislaufstadt.source import Source

HALF_LIFE_DAYS = {"kontakt": 180, "rahmen": 365, "beispiel": 365, "kommune": 365, "indikator": 730}
"""After how many days an entry of a kind should be checked again."""

LONGEST_CHECK_DAYS = 366
"""A contact's next check lies at most twelve months after the last (checklist B10)."""


def check_dates(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """Dates of checking and reading are not in the future, checks are not overdue."""
    for key, entry in catalog.all_entries():
        latest, due, wrong = dates_in_short(catalog, key, entry)
        if not wrong and (latest is None or latest <= today) and (due is None or due >= today):
            continue
        source = catalog.source(key)
        yield from _check_future(source, entry, today)
        yield from _check_overdue(source, key[0], entry, today)
        yield from _check_order(source, entry)


def dates_in_short(catalog: Catalog, key: Key, entry: Entry) -> tuple[dt.date | None, dt.date | None, bool]:
    """What the check of dates needs to know of most entries; remembered."""
    return catalog.remember(key, "dates", partial(_sum_up, catalog.source(key), key[0], entry))


def _sum_up(source: Source, kind: str, entry: Entry) -> tuple[dt.date | None, dt.date | None, bool]:
    """The latest of an entry's dates, the day of its next check, and whether its dates are wrong on any day."""
    latest = max((date.first_day for _, date in _dates_of(entry)), default=None)
    return latest, due_date(kind, entry), any(True for _ in _check_order(source, entry))


def _check_order(source: Source, entry: Entry) -> Iterator[Problem]:
    if isinstance(entry, Milestone) and entry.end and entry.end.first_day < entry.date.first_day:
        message = f"Das Ende {entry.end} liegt vor dem Datum {entry.date}."
        yield Problem(source.place(("ende",)), "KS217", message, "Bitte die beiden Angaben prüfen.")
    if isinstance(entry, Contact):
        yield from _check_contact(source, entry)


def _dates_of(entry: Entry) -> list[tuple[tuple[str | int, ...], PartialDate]]:
    """The dates that lie in the past, with their places."""
    dates: list[tuple[tuple[str | int, ...], PartialDate]] = []
    dates += [(("quellen", number, "abgerufen"), citation.accessed) for number, citation in enumerate(entry.sources)]
    dates += [(("quellen", number, "datum"), citation.published) for number, citation in enumerate(entry.sources) if citation.published]
    if entry.check:
        dates.append((("geprueft", "datum"), entry.check.date))
    if isinstance(entry, Contact) and entry.verified_on:
        dates.append((("geprueft_am",), entry.verified_on))
    return dates


def _check_future(source: Source, entry: Entry, today: dt.date) -> Iterator[Problem]:
    for path, date in _dates_of(entry):
        if date.first_day > today:
            message = f"Das Datum {date} liegt in der Zukunft."
            yield Problem(source.place(path), "KS403", message, "Bitte das Datum berichtigen.")


def last_checked(entry: Entry) -> dt.date | None:
    """The day an entry was last checked, if it ever was."""
    if isinstance(entry, Contact) and entry.verified_on:
        return entry.verified_on.first_day
    return entry.check.date.first_day if entry.check else None


def due_date(kind: str, entry: Entry) -> dt.date | None:
    """The day by which a once checked entry should be checked again."""
    if isinstance(entry, Contact) and entry.next_check:
        return entry.next_check.first_day
    checked = last_checked(entry)
    days = HALF_LIFE_DAYS.get(kind)
    return checked + dt.timedelta(days=days) if checked and days else None


def _check_overdue(source: Source, kind: str, entry: Entry, today: dt.date) -> Iterator[Problem]:
    due = due_date(kind, entry)
    if due and due < today:
        field = ("geprueft_am",) if isinstance(entry, Contact) and entry.verified_on else ("geprueft", "datum")
        message = f"Die Prüfung war am {due:%d.%m.%Y} fällig."
        yield Problem(source.place(field), "KS402", message, "Bitte gegen die Quellen prüfen und das Datum mit Hinweis erneuern.")


def _check_contact(source: Source, entry: Contact) -> Iterator[Problem]:
    if entry.verified_on and (entry.check is None or entry.check.date.first_day < entry.verified_on.first_day):
        message = f"Zur Prüfung vom {entry.verified_on} steht nicht da, wer wie geprüft hat."
        advice = "Bitte unter geprueft: datum und hinweis ergänzen, z. B. hinweis: Redaktion, Seite der Stelle gelesen."
        yield Problem(source.place(("geprueft_am",)), "KS421", message, advice)
    if entry.next_check and not entry.verified_on:
        message = "Eine nächste Prüfung ist eingetragen, aber noch keine erste."
        yield Problem(source.place(("naechste_pruefung",)), "KS217", message, "Bitte geprueft_am ergänzen oder das Feld löschen.")
    elif entry.next_check and entry.verified_on:
        days = (entry.next_check.first_day - entry.verified_on.first_day).days
        if not 0 < days <= LONGEST_CHECK_DAYS:
            message = "Die nächste Prüfung liegt nicht innerhalb von zwölf Monaten nach der letzten."
            yield Problem(source.place(("naechste_pruefung",)), "KS217", message, "Bitte ein früheres Datum wählen.")
