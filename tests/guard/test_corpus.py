"""Injection corpus: every input through every text field into every output; refused, or harmless everywhere."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
from guard.planting import plant, read_corpus
from support import copy_netz

from kreislaufstadt.build import Build
from kreislaufstadt.guard.reading import read_page
from kreislaufstadt.outputs import write_exports
from kreislaufstadt.search_index import search_files
from kreislaufstadt.site import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
CORPUS = read_corpus()
STEP = 1 if os.environ.get("KREISLAUFSTADT_ALLES") else 6
"""A build per input takes a second; without the variable every sixth input is tried."""

UNSAFE = {"KS603", "KS604"}
"""What must never stand on a page. A foreign picture (KS602) and removed markup (KS612) stop the build: refused."""
_FORMULA = re.compile(r"[=+@\t\r]|-(?![\d.,]+$)")
_CALL = re.compile(r"kreislaufsuche\((.*)\);?\s*", re.DOTALL)


def test_corpus_is_large_and_has_no_doubles() -> None:
    assert len(CORPUS) >= 150
    assert len(set(CORPUS)) == len(CORPUS)


def build_with(folder: Path, text: str) -> tuple[Build, int]:
    content = copy_netz(folder)
    count = plant(content, text)
    return Build(Settings("Testnetz", "https://testnetz.example/", content, (ROOT / "overrides",), dt.date(2026, 6, 1))), count


def sound(build: Build) -> int:
    return sum(1 for _ in build.site.catalog.all_entries())


def check_pages(build: Build) -> None:
    """Nothing unsafe on any page; control characters, which stop a build, may pass in a preview."""
    stopped = any(problem.code == "KS103" for problem in build.site.problems)
    for page in build.pages.values():
        findings = [finding for finding in read_page(page.html).findings if finding.code in UNSAFE]
        findings = [finding for finding in findings if not (stopped and "das Zeichen U+" in finding.message)]
        assert findings == [], (page.draft.url, findings)


def check_search(build: Build) -> None:
    for name, made in search_files(build, ROOT / "overrides" / "assets" / "suche").items():
        text = made.read().decode()
        call = _CALL.fullmatch(text)
        if call:
            json.loads(f"[{call[1]}]")
            assert "\u2028" not in text
        elif name.endswith(".xml"):
            ET.fromstring(text)  # noqa: S314 - our own output


def check_file(name: str, content: bytes) -> None:
    ending = name.rpartition(".")[2]
    if ending in {"json", "geojson", "jsonld", "webmanifest"}:
        json.loads(content)
    elif ending in {"xml", "atom", "rss", "svg"}:
        assert b"<!ENTITY" not in content.split(b">", 3)[0]
        ET.fromstring(content)  # noqa: S314 - our own output
    elif ending == "csv":
        check_table(name, content)
    elif ending in {"ics", "vcf"}:
        check_lines(name, content)
    elif ending in {"sqlite", "db"}:
        check_database(content)


def check_table(name: str, content: bytes) -> None:
    text = content.decode("utf-8-sig")
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert len({len(row) for row in rows if row}) <= 1, name
    assert [cell for row in rows for cell in row if _FORMULA.match(cell)] == [], name


def check_lines(name: str, content: bytes) -> None:
    text = content.decode()
    unfolded = re.sub(r"\r\n[ \t]", "", text)
    lines = unfolded.split("\r\n")
    assert "\n" not in unfolded.replace("\r\n", ""), name
    for line in lines:
        assert not re.match(r"X-INJECT|ATTENDEE|BEGIN:VALARM|ACTION|URL;VALUE=URI:javascript|PHOTO;VALUE=URI:https://fremd", line), (name, line)
    assert lines.count("BEGIN:VCALENDAR") <= 1
    if name.endswith(".ics"):
        icalendar.Calendar.from_ical(content)


def check_database(content: bytes) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    connection.close()


def exported(build: Build) -> Mapping[str, Any]:
    return {path: made.read() for path, made in write_exports(build)}


def test_fields_and_formats_are_many(tmp_path: Path) -> None:
    """What the figures in docs/guard.md say."""
    build, count = build_with(tmp_path, "Testtext")
    formats = {name.rpartition(".")[2] for name in exported(build)} | {"html", "js"}
    print(f"{len(CORPUS)} inputs, {count} fields, formats: {', '.join(sorted(formats))}")
    assert sound(build) >= 14
    assert count >= 130
    assert {"html", "js", "json", "csv", "ics", "vcf", "xml"} <= formats


@pytest.mark.parametrize("number", range(0, len(CORPUS), STEP))
def test_input_is_refused_or_harmless(number: int, tmp_path: Path) -> None:
    build, _ = build_with(tmp_path, CORPUS[number])
    assert sound(build) or build.site.problems
    check_pages(build)
    check_search(build)
    for name, content in exported(build).items():
        raw = content if isinstance(content, bytes) else content.encode()
        check_file(name, raw)
