"""Atom (RFC 4287) and JSON Feed 1.1: examples, milestones, and examples per field of action."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Generic, TypeVar
from xml.sax.saxutils import escape, quoteattr

from kreislaufstadt.exports.dataset import EPOCH, LICENCE_TITLE, LICENCE_URL, ROOT
from kreislaufstadt.exports.records import write_json
from kreislaufstadt.model.entries import CaseStudy, Milestone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from kreislaufstadt.exports.dataset import Dataset

E = TypeVar("E")

FEEDS_FOLDER = f"{ROOT}/feeds"
LIMIT = 50
"""How many entries a feed holds; the data files hold all."""

DATES_EXPLAINED = (
    "Als Datum gilt der Tag, an dem der Eintrag zuletzt geändert wurde. Wo er nicht bekannt ist, gilt der letzte belegte Stand: "
    "Prüfung, Stand oder Abruf der Quellen; ist davon nur Jahr oder Monat bekannt, steht der erste Tag."
)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed; ``updated`` is the day of its last change, else the last evidenced day; ``order`` sorts entries of one day."""

    uid: str
    title: str
    url: str
    summary: str
    updated: dt.date
    order: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: file stem, title, the page it belongs to, entries with the newest first."""

    stem: str
    title: str
    page: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Dated(Generic[E]):
    """An entry with what decides its place in a feed: later ones come first."""

    rank: tuple[dt.date, str]
    entry: E


def write_feeds(data: Dataset) -> Iterator[tuple[str, bytes]]:
    """Every feed in both forms."""
    for feed in make_feeds(data):
        yield f"{FEEDS_FOLDER}/{feed.stem}.atom", _atom(data, feed)
        yield f"{FEEDS_FOLDER}/{feed.stem}.json", _json_feed(data, feed)


def make_feeds(data: Dataset) -> Iterator[Feed]:
    """The feeds of a catalogue."""
    examples = [_Dated(_example_rank(data, entry), entry) for entry in data.entries("beispiel") if isinstance(entry, CaseStudy)]
    milestones = [_Dated(_milestone_rank(data, entry), entry) for entry in data.entries("meilenstein") if isinstance(entry, Milestone)]
    name, example = data.facts.name, cache(partial(_example, data))
    yield Feed("beispiele", f"{name}: Beispiele", "beispiele/", _newest(examples, example))
    yield Feed("meilensteine", f"{name}: Meilensteine", "zeitstrahl/", _newest(milestones, partial(_milestone, data)))
    for item in data.items("handlungsfeld"):
        own = [one for one in examples if item.id in one.entry.mapping.fields_of_action]
        page = (data.page("handlungsfeld", item.id) or "").removeprefix(data.facts.base_url)
        yield Feed(f"handlungsfeld-{item.id}", f"{name}: {item.title}", page if own else "beispiele/", _newest(own, example))


def _newest(found: Sequence[_Dated[E]], make: Callable[[_Dated[E]], FeedEntry]) -> tuple[FeedEntry, ...]:
    """The newest entries; the others are not made, which are thousands."""
    last = sorted((one.rank for one in found), reverse=True)[LIMIT - 1 : LIMIT]
    by_uid = sorted((make(one) for one in found if not last or one.rank >= last[0]), key=lambda entry: entry.uid)
    return tuple(sorted(by_uid, key=lambda entry: (entry.updated, entry.order), reverse=True)[:LIMIT])


def _example_rank(data: Dataset, example: CaseStudy) -> tuple[dt.date, str]:
    return data.revised("beispiel", example) or EPOCH, example.since.iso if example.since else ""


def _milestone_rank(data: Dataset, milestone: Milestone) -> tuple[dt.date, str]:
    return data.revised("meilenstein", milestone) or EPOCH, milestone.date.iso


def _example(data: Dataset, dated: _Dated[CaseStudy]) -> FeedEntry:
    example = dated.entry
    words = tuple(data.title("handlungsfeld", name) for name in example.mapping.fields_of_action)
    place = data.title("kommune", example.municipality)
    uid = data.uid("beispiel", example.id, example.former_ids).urn
    page = data.page("beispiel", example.id) or ""
    return FeedEntry(uid, f"{example.title} ({place})", page, example.short or example.title, *dated.rank, words)


def _milestone(data: Dataset, dated: _Dated[Milestone]) -> FeedEntry:
    milestone = dated.entry
    uid = data.uid("meilenstein", milestone.id, milestone.former_ids).urn
    page = data.page("meilenstein", milestone.id) or ""
    title = f"{milestone.date.german}: {milestone.title}"
    return FeedEntry(uid, title, page, milestone.text, *dated.rank)


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _stamp(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _atom(data: Dataset, feed: Feed) -> bytes:
    own = data.absolute(f"{FEEDS_FOLDER}/{feed.stem}.atom")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(data.facts.language)}>',
        f"<id>{data.uid('feed', feed.stem).urn}</id>",
        f"<title>{_xml(feed.title)}</title>",
        f"<subtitle>{_xml(DATES_EXPLAINED)}</subtitle>",
        f"<updated>{_stamp(max((entry.updated for entry in feed.entries), default=EPOCH))}</updated>",
        f"<author><name>{_xml(data.facts.name)}</name></author>",
        f"<rights>{_xml(LICENCE_TITLE)}</rights>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(data.absolute(feed.page))}/>',
        f'<link rel="license" href={quoteattr(LICENCE_URL)}/>',
    ]
    for entry in feed.entries:
        lines += [
            "<entry>",
            f"<id>{entry.uid}</id>",
            f"<title>{_xml(entry.title)}</title>",
            f"<updated>{_stamp(entry.updated)}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(entry.url)}/>',
            f"<summary>{_xml(entry.summary)}</summary>",
            *(f"<category term={quoteattr(_NOT_XML.sub('', word))}/>" for word in entry.words),
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _json_feed(data: Dataset, feed: Feed) -> bytes:
    items = [
        {
            "id": entry.uid,
            "url": entry.url,
            "title": entry.title,
            "content_text": entry.summary,
            "date_modified": _stamp(entry.updated),
            **({"tags": list(entry.words)} if entry.words else {}),
        }
        for entry in feed.entries
    ]
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": f"{DATES_EXPLAINED} Lizenz: {LICENCE_TITLE}",
        "home_page_url": data.absolute(feed.page),
        "feed_url": data.absolute(f"{FEEDS_FOLDER}/{feed.stem}.json"),
        "language": data.facts.language,
        "authors": [{"name": data.facts.name, "url": data.facts.base_url}],
    }
    return write_json({**head, "items": items})
