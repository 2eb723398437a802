"""iCalendar: read back by the icalendar library and by the rules of RFC 5545."""

from __future__ import annotations

import datetime as dt

import pytest
from exports.support_exports import AWKWARD, BASE, dataset_with, netz
from hypothesis import given, settings
from icalendar import Calendar

from kreislaufstadt.exports.calendar import LEVELS, calendar_path, write_calendars
from kreislaufstadt.model.entries import Milestone
from kreislaufstadt.model.parts import Level
from kreislaufstadt.model.values import PartialDate

FILES = dict(write_calendars(netz()))


def milestone(**changes: object) -> Milestone:
    found = netz().catalog.find("meilenstein", "test-start")
    assert isinstance(found, Milestone)
    return found.model_copy(update=changes)


def only_event(entry: Milestone) -> dict[str, object]:
    files = dict(write_calendars(dataset_with("meilenstein", entry)))
    return Calendar.from_ical(files[calendar_path(None)]).walk("VEVENT")[0]


def test_the_calendar_of_all_holds_every_milestone() -> None:
    events = Calendar.from_ical(FILES[calendar_path(None)]).walk("VEVENT")
    assert {str(event["URL"]) for event in events} == {f"{BASE}zeitstrahl/{entry.id}/" for entry in netz().entries("meilenstein")}
    event = events[0]
    assert event["SUMMARY"] == "Start des Testnetzes (Testdaten)"
    assert event["DTSTART"].dt == dt.date(2024, 5, 22)
    assert event["DTEND"].dt == dt.date(2024, 5, 23)
    assert "Das erfundene Netz beginnt." in event["DESCRIPTION"]
    assert "https://www.example.org/testnetz/start" in event["DESCRIPTION"]
    assert event["LOCATION"] == "Musterstadt (Testdaten)"


def test_each_level_has_its_calendar() -> None:
    for level in LEVELS:
        events = Calendar.from_ical(FILES[calendar_path(level)]).walk("VEVENT")
        assert len(events) == sum(isinstance(entry, Milestone) and entry.level is level for entry in netz().entries("meilenstein"))
    assert LEVELS.keys() == set(Level)


@pytest.mark.parametrize("path", FILES)
def test_lines_are_folded_at_75_octets_and_end_in_crlf(path: str) -> None:
    lines = FILES[path].split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75


def test_a_program_can_subscribe() -> None:
    calendar = Calendar.from_ical(FILES[calendar_path(Level.STUDY)])
    assert calendar["REFRESH-INTERVAL"].dt == dt.timedelta(weeks=1)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert str(calendar["SOURCE"]) == f"{BASE}daten/v1/kalender/studie.ics"
    assert calendar["UID"] and calendar["NAME"] == calendar["X-WR-CALNAME"]


@pytest.mark.parametrize(
    ("date", "first", "words"),
    [("2024-05", dt.date(2024, 5, 1), "(Mai 2024, Tag nicht bekannt)"), ("2024", dt.date(2024, 1, 1), "(2024, genaues Datum nicht bekannt)")],
)
def test_a_date_that_is_not_known_to_the_day_says_so(date: str, first: dt.date, words: str) -> None:
    event = only_event(milestone(date=PartialDate.parse(date)))
    assert event["DTSTART"].dt == first
    assert words in str(event["SUMMARY"])
    assert event["X-KREISLAUFSTADT-DATUM"] == date


def test_a_period_ends_on_its_last_known_day() -> None:
    event = only_event(milestone(end=PartialDate.parse("2026-02")))
    assert event["DTEND"].dt == dt.date(2026, 3, 1)


def test_identifiers_and_stamps_do_not_come_from_a_clock_and_outlive_a_new_name() -> None:
    before = only_event(milestone())
    assert before["DTSTAMP"].dt == dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
    renamed = milestone(id="test-anfang", former_ids=("test-start",))
    files = dict(write_calendars(dataset_with("meilenstein", renamed)))
    uids = [str(event["UID"]) for event in Calendar.from_ical(files[calendar_path(None)]).walk("VEVENT")]
    assert uids.count(str(before["UID"])) == 2  # the old entry is still there beside its copy


@settings(max_examples=80, deadline=None)
@given(AWKWARD, AWKWARD)
def test_awkward_texts_survive(title: str, text: str) -> None:
    entry = milestone(title=title, text=text, sources=())
    files = dict(write_calendars(dataset_with("meilenstein", entry)))
    content = files[calendar_path(None)]
    assert max(map(len, content.split(b"\r\n"))) <= 75
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == title
    assert str(event["DESCRIPTION"]) == text
