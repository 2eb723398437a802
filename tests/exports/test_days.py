"""The day of an entry's last change, from git: in feeds, calendars, cards and the catalogue for portals, and none where none is known."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path

import feedparser
import pytest
from exports.support_exports import BASE, make_settings, netz
from icalendar import Calendar
from mkdocs.config import load_config
from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS
from support import copy_netz, git

from kreislaufstadt.build import Build
from kreislaufstadt.cli import main
from kreislaufstadt.cli.configuration import read_settings
from kreislaufstadt.exports.dataset import Dataset
from kreislaufstadt.exports.write import write_data
from kreislaufstadt.history import read_history
from kreislaufstadt.mkdocs_adapter.catalog import make_settings as settings_of_mkdocs

ROOT = Path(__file__).parents[2]
EXAMPLE, MILESTONE, CONTACT = "muster-leihladen", "test-start", "musterstadt-testamt"
DAYS = {("beispiel", EXAMPLE): dt.date(2026, 5, 20), ("meilenstein", MILESTONE): dt.date(2026, 5, 21), ("kontakt", CONTACT): dt.date(2026, 5, 22)}
FILES = write_data(Dataset(netz().catalog, netz().facts, days=DAYS), "Testbetreiber").files
PLAIN = write_data(netz(), "Testbetreiber").files


def updated(path: str, files: object = FILES) -> dict[str, str]:
    """The days of a feed by the last part of the page's address, the first entry first."""
    feed = feedparser.parse(dict(files)[f"daten/v1/feeds/{path}"])  # type: ignore[call-overload]
    return {entry.link.removeprefix(BASE).split("/")[1]: entry.updated[:10] for entry in feed.entries}


def test_a_changed_entry_comes_first_in_its_feeds_with_the_day_of_its_change() -> None:
    for path in ("beispiele.atom", "handlungsfeld-leihen.atom"):
        assert next(iter(updated(path).items())) == (EXAMPLE, "2026-05-20")
    assert updated("meilensteine.atom")[MILESTONE] == "2026-05-21"
    items = json.loads(FILES["daten/v1/feeds/beispiele.json"])["items"]
    assert items[0]["date_modified"] == "2026-05-20T00:00:00Z"
    assert updated("beispiele.atom", PLAIN)[EXAMPLE] == "2026-01-15", "without history the last evidenced day counts"


def test_calendar_and_card_say_when_they_were_changed() -> None:
    event = Calendar.from_ical(FILES["daten/v1/kalender/alle.ics"]).walk("VEVENT")[0]
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == dt.datetime(2026, 5, 21, tzinfo=dt.UTC)
    assert b"REV:20260522T000000Z" in FILES[f"daten/v1/kontakte/{CONTACT}.vcf"]
    assert b"REV:20260115T000000Z" in PLAIN[f"daten/v1/kontakte/{CONTACT}.vcf"]


def test_portals_learn_the_newest_change_of_each_dataset() -> None:
    graph = Graph().parse(data=FILES["daten/v1/dcat.ttl"].decode(), format="turtle")
    days = {str(node).partition("#datensatz-")[2]: str(graph.value(node, DCTERMS.modified)) for node in graph.objects(None, DCAT.dataset)}
    assert (days["beispiel"], days["meilenstein"], days["kontakt"], days["bestand"]) == ("2026-05-20", "2026-05-21", "2026-05-22", "2026-05-22")
    assert days["begriff"] == netz().as_of, "where no change is known, the day of publishing"
    for node in graph.objects(None, DCAT.dataset):
        assert {graph.value(file, DCTERMS.modified) for file in graph.objects(node, DCAT.distribution)} == {graph.value(node, DCTERMS.modified)}


def test_a_kept_calendar_learns_a_new_day(tmp_path: Path) -> None:
    stamps = []
    for day in (dt.date(2026, 3, 4), dt.date(2026, 3, 5), dt.date(2026, 3, 5)):
        settings = dataclasses.replace(make_settings(), cache=tmp_path / "cache.sqlite", changed={f"content/zeitstrahl/{MILESTONE}.yml": day})
        build = Build(settings)
        event = Calendar.from_ical(build.published.files["daten/v1/kalender/alle.ics"]).walk("VEVENT")[0]
        stamps.append(event["LAST-MODIFIED"].dt.date())
        build.cache.save()
        build.cache.close()
    assert stamps == [dt.date(2026, 3, 4), dt.date(2026, 3, 5), dt.date(2026, 3, 5)]


def test_the_command_knows_the_history_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "projekt"
    content = copy_netz(folder)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Testdaten", day="2026-02-03")
    configuration = folder / "mkdocs.yml"
    configuration.write_text(f"site_name: Testnetz (Testdaten)\nsite_url: {BASE}\n", encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")  # 1 June 2026
    assert main(["export", "--to", str(tmp_path / "ziel"), "--inhalt", str(content), "--konfiguration", str(configuration)]) == 0
    feed = (tmp_path / "ziel/daten/v1/feeds/beispiele.atom").read_bytes()
    assert set(updated("beispiele.atom", {"daten/v1/feeds/beispiele.atom": feed}).values()) == {"2026-02-03"}


def test_the_command_reads_the_same_settings_as_the_built_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")
    config = load_config(str(ROOT / "mkdocs.yml"))
    built = settings_of_mkdocs(config, config.plugins["kreislaufstadt/catalog"].config)
    read = read_settings(ROOT / "mkdocs.yml", ROOT / "content", None)
    for name in ("name", "base_url", "description", "language", "today", "changed"):
        assert getattr(read, name) == getattr(built, name), name
    assert dict(read.changed) == dict(read_history(ROOT / "content"))
    assert 80 <= len(read.description) <= 300, "search engines, portals and browsers show it"
