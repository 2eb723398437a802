"""Atom read back by feedparser, JSON Feed by its specification."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from exports.support_exports import AWKWARD, BASE, dataset_with, netz
from hypothesis import given, settings

from kreislaufstadt.exports.feeds import FEEDS_FOLDER, LIMIT, write_feeds
from kreislaufstadt.model.values import PartialDate

FILES = dict(write_feeds(netz()))
EXAMPLES = f"{FEEDS_FOLDER}/beispiele.atom"


def example(**changes: Any) -> Any:
    found = netz().catalog.find("beispiel", "muster-leihladen")
    assert found is not None
    return found.model_copy(update=changes)


def read(content: bytes) -> Any:
    feed = feedparser.parse(content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_the_feed_of_examples_holds_every_example() -> None:
    feed = read(FILES[EXAMPLES])
    assert {entry.link for entry in feed.entries} == {f"{BASE}beispiele/{entry.id}/" for entry in netz().entries("beispiel")}
    entry = next(entry for entry in feed.entries if entry.link.endswith("muster-leihladen/"))
    assert entry.title == "Leihladen Musterstadt (Testdaten) (Musterstadt (Testdaten))"
    assert entry.summary == "Ein erfundener Laden, in dem Menschen Werkzeug leihen."
    assert entry.updated == "2026-01-15T00:00:00Z"
    assert [tag.term for tag in entry.tags] == [netz().title("handlungsfeld", "leihen")]


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".atom")])
def test_atom_has_what_rfc_4287_demands(path: str) -> None:
    feed = read(FILES[path])
    assert feed.version == "atom10"
    assert feed.feed.id.startswith("urn:uuid:")
    assert feed.feed.title and feed.feed.updated and feed.feed.author
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == BASE + path
    assert "nur Jahr oder Monat bekannt" in feed.feed.subtitle


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".json")])
def test_json_feed_says_the_same_as_atom(path: str) -> None:
    feed = json.loads(FILES[path])
    atom = read(FILES[path.replace(".json", ".atom")])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == BASE + path
    rows = [(item["id"], item["url"], item["title"], item["content_text"], item["date_modified"]) for item in feed["items"]]
    assert rows == [(entry.id, entry.link, entry.title, entry.summary, entry.updated) for entry in atom.entries]


def test_each_field_of_action_has_its_feed() -> None:
    for item in netz().items("handlungsfeld"):
        expected = [entry for entry in netz().entries("beispiel") if item.id in entry.mapping.fields_of_action]
        assert len(json.loads(FILES[f"{FEEDS_FOLDER}/handlungsfeld-{item.id}.json"])["items"]) == len(expected)


def test_the_newest_stand_first_and_ids_stay() -> None:
    older = read(FILES[EXAMPLES]).entries
    changed = example(as_of=PartialDate.parse("2026-05-20"))
    newer = read(dict(write_feeds(dataset_with("beispiel", changed)))[EXAMPLES]).entries
    assert newer[0].link.endswith("muster-leihladen/")
    assert newer[0].updated == "2026-05-20T00:00:00Z"
    assert {entry.id for entry in older} == {entry.id for entry in newer}


def test_a_feed_stays_small() -> None:
    assert LIMIT <= 50


@settings(max_examples=60, deadline=None)
@given(AWKWARD)
def test_awkward_texts_survive(text: str) -> None:
    files = dict(write_feeds(dataset_with("beispiel", example(title=text, short=text))))
    space = {"a": "http://www.w3.org/2005/Atom"}
    root = ET.fromstring(files[EXAMPLES])  # noqa: S314 - our own file
    summaries = [node.text for node in root.findall("a:entry/a:summary", space)]
    assert text.replace("\r\n", "\n") in summaries
    titles = [item["title"] for item in json.loads(files[EXAMPLES.replace(".atom", ".json")])["items"]]
    assert any(title.startswith(text) for title in titles)
