"""Filters that templates use: German forms of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kreislaufstadt.derive.lists import count_results
from kreislaufstadt.derive.places import german_order
from kreislaufstadt.exports.phone import phone_number
from kreislaufstadt.model.lists import Duty
from kreislaufstadt.model.numbers import format_number
from kreislaufstadt.model.parts import Availability, FigureKind, IndicatorLevel, Level, SdgRelation, SourceKind, Validity
from kreislaufstadt.model.values import MONTHS
from kreislaufstadt.pages import shorten
from kreislaufstadt.urls import report_address

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.model.values import PartialDate

LABELS: dict[Any, str] = {
    FigureKind.TARGET: "Ziel",
    FigureKind.RESULT: "Ergebnis",
    FigureKind.ESTIMATE: "Schätzung",
    FigureKind.EFFORT: "Aufwand",
    Level.STUDY: "Studie",
    Level.INTERNATIONAL: "International",
    Level.EU: "EU",
    Level.FEDERAL: "Bund",
    Level.STATE: "Land",
    Level.MUNICIPAL: "Kommune",
    IndicatorLevel.PROCESS: "Prozess",
    IndicatorLevel.SUCCESS: "Erfolg",
    IndicatorLevel.IMPACT: "Wirkung",
    Availability.MUNICIPAL: "kommunal",
    Availability.REGIONAL: "regional",
    Availability.NATIONAL: "national",
    SdgRelation.DIRECT: "direkt",
    SdgRelation.SUPPORTING: "unterstützend",
    SdgRelation.TRADE_OFF: "abzuwägen",
    Validity.PLANNED: "geplant",
    Validity.DECIDED: "beschlossen",
    Validity.IN_FORCE: "gilt oder läuft",
    Validity.EXPIRED: "ausgelaufen",
    Duty.FORESEEN: "vorgesehen",
    Duty.IN_BRACKETS: "eingeklammert",
    Duty.NOT_FORESEEN: "nicht vorgesehen",
    Duty.UNKNOWN: "keine Angabe",
    SourceKind.OFFICIAL: "amtliche Quelle",
    SourceKind.PRESS: "Presse",
    SourceKind.ASSOCIATION: "Verband",
    SourceKind.COMPANY: "Unternehmen",
    SourceKind.SCIENCE: "Wissenschaft",
    SourceKind.POLITICS: "Politik",
    SourceKind.OTHER: "sonstige Quelle",
}
"""German words for the values of enumerations."""


def label(value: Any) -> str:
    """The German word for an enumeration's value."""
    return LABELS.get(value, str(value))


def german_day(day: dt.date) -> str:
    """A day in German words: ``22. Mai 2024``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def host(url: str) -> str:
    """The host of an address without ``www.``."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def number(value: float) -> str:
    """A number in German notation with dots between thousands."""
    text = f"{value:,.10g}" if value % 1 else f"{int(value)}"
    return format_number(text.replace(",", "").replace(".", ","))


def tel(phone: str) -> str:
    """A telephone number as a ``tel:`` target: German numbers get +49."""
    return phone_number(phone)


def by_title(entries: Iterable[Entry]) -> list[Entry]:
    """Sort entries in German alphabetical order of their titles."""
    return sorted(entries, key=lambda entry: (german_order(entry.title), entry.id))


def last_access(entry: Entry) -> PartialDate | None:
    """The latest day on which one of an entry's sources was read."""
    return max((source.accessed for source in entry.sources), key=lambda day: day.iso, default=None)


def folder(link: str) -> str:
    """The folder behind a link, for scripts that put addresses together: pages opened from disk are linked as files."""
    return link.removesuffix("index.html")


def source_number(entry: Entry, address: str | None) -> int:
    """The number of an entry's source, counted from 1; 0 if the address is none of them."""
    return next((count for count, source in enumerate(entry.sources, 1) if source.url == address), 0) if address else 0


FILTERS: dict[str, Any] = {
    "label": label,
    "german_day": german_day,
    "host": host,
    "number": number,
    "tel": tel,
    "by_title": by_title,
    "last_access": last_access,
    "report_address": report_address,
    "shorten": shorten,
    "folder": folder,
    "source_number": source_number,
    "results": count_results,
    "list": list,
}
