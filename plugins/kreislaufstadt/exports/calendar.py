"""iCalendar of the milestones, to subscribe to: all, and one per level (the study is one).

Events last all day. A milestone known to the month or year stands on its first day
and says so. Identifiers and time stamps come from the entries, never from a clock.
"""

from __future__ import annotations

import calendar as days
import datetime as dt
from typing import TYPE_CHECKING

from icalendar import Calendar, Event
from icalendar.prop import vDDDTypes, vDuration, vText, vUri

from kreislaufstadt.exports.dataset import EPOCH, LICENCE_TITLE
from kreislaufstadt.exports.paths import LEVELS, calendar_path
from kreislaufstadt.model.entries import Milestone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.model.parts import Level
    from kreislaufstadt.model.values import PartialDate

_REFRESH = dt.timedelta(weeks=1)


def write_calendars(data: Dataset) -> Iterator[tuple[str, bytes]]:
    """All calendar files."""
    found = [entry for entry in data.entries("meilenstein") if isinstance(entry, Milestone)]
    ordered = sorted(found, key=lambda entry: (entry.date.first_day, entry.id))
    events = {entry.id: _event(data, entry) for entry in ordered}
    for level in (None, *LEVELS):
        chosen = [events[entry.id] for entry in ordered if level in (None, entry.level)]
        yield calendar_path(level), _calendar(data, level, chosen)


def _calendar(data: Dataset, level: Level | None, events: Sequence[bytes]) -> bytes:
    path = calendar_path(level)
    name = f"{data.facts.name}: Meilensteine" + (f" {LEVELS[level]}" if level else "")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{data.facts.name}//Offene Daten//DE")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("uid", str(data.uid("kalender", level.value if level else "alle")))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("description", f"Meilensteine mit Quelle. Lizenz: {LICENCE_TITLE}")
    calendar.add("url", vUri(data.absolute("zeitstrahl/")))
    calendar.add("source", vUri(data.absolute(path)), parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("P1W"))
    written: bytes = calendar.to_ical()
    head, end = written.split(b"END:VCALENDAR")
    return head + b"".join(events) + b"END:VCALENDAR" + end


def _event(data: Dataset, milestone: Milestone) -> bytes:
    event = Event()
    stamp = dt.datetime.combine(data.revised("meilenstein", milestone) or EPOCH, dt.time(), dt.UTC)
    event.add("uid", str(data.uid("meilenstein", milestone.id, milestone.former_ids)))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", vDDDTypes(milestone.date.first_day))
    event.add("dtend", vDDDTypes(_last_day(milestone) + dt.timedelta(days=1)))
    event.add("summary", milestone.title + _uncertainty(milestone.date))
    event.add("description", _description(milestone))
    event.add("categories", [LEVELS[milestone.level]])
    event.add("url", vUri(data.page("meilenstein", milestone.id) or data.facts.base_url))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    event.add("x-kreislaufstadt-datum", vText(milestone.date.iso))
    if milestone.end:
        event.add("x-kreislaufstadt-ende", vText(milestone.end.iso))
    if milestone.municipality:
        event.add("location", data.title("kommune", milestone.municipality))
    return bytes(event.to_ical())


def _last_day(milestone: Milestone) -> dt.date:
    """The last day of the event: the milestone's end as far as it is known, else its first day."""
    end = milestone.end
    if end is None:
        return milestone.date.first_day
    month = end.month or 12
    day = end.day or days.monthrange(end.year, month)[1]
    return max(dt.date(end.year, month, day), milestone.date.first_day)


def _uncertainty(date: PartialDate) -> str:
    if date.day:
        return ""
    return f" ({date.german}, Tag nicht bekannt)" if date.month else f" ({date.german}, genaues Datum nicht bekannt)"


def _description(milestone: Milestone) -> str:
    parts = [milestone.text]
    parts += [f"Zum Datum: {milestone.date_note}"] if milestone.date_note else []
    parts += [f"Ungeprüft: {text}" for text in milestone.unverified]
    parts += [f"Hinweis: {text}" for text in milestone.notes]
    parts += [f"Quelle: {source.title}, {source.publisher}, {source.url}" for source in milestone.sources]
    return "\n".join(parts)
