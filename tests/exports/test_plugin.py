"""The plugin in a real build: every file arrives as it was written, the page about the data names true sizes."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from exports.support_exports import BASE, FACTS, NETZ, make_settings, netz_build, written

from kreislaufstadt.build import Build
from kreislaufstadt.history import read_history

ROOT = Path(__file__).parents[2]

CONFIGURATION = f"""
site_name: {FACTS.name}
site_url: {BASE}
site_description: {FACTS.description}
docs_dir: {NETZ}
theme: {{name: material, language: de, custom_dir: {ROOT / "overrides"}}}
plugins: [{{kreislaufstadt/catalog: {{today: "2026-06-01"}}}}PLUGIN]
"""


def build(folder: Path, plugin: str) -> Path:
    configuration = folder / "mkdocs.yml"
    configuration.write_text(CONFIGURATION.replace("PLUGIN", plugin), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(configuration), "--site-dir", str(folder / "site")]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    assert finished.returncode == 0, finished.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test network built with open data."""
    return build(tmp_path_factory.mktemp("mit"), ", kreislaufstadt/exports")


def test_every_file_arrives_as_it_was_written(site: Path) -> None:
    known = dataclasses.replace(make_settings(), changed=read_history(NETZ))
    for path, content in written(Build(known)).items():
        assert (site / path).read_bytes() == content, path


def test_the_page_names_true_addresses_sizes_and_checksums(site: Path) -> None:
    html = (site / "daten/index.html").read_text(encoding="utf-8")
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">.*?<code class="checksum">([0-9a-f]{64})</code>', html, re.DOTALL)
    assert len(rows) == len(netz_build().published.described)
    for address, checksum in rows:
        assert hashlib.sha256((site / "daten" / address).read_bytes()).hexdigest() == checksum


def test_the_page_explains_every_field(site: Path) -> None:
    html = (site / "daten/index.html").read_text(encoding="utf-8")
    for field in ("quellen", "einordnung", "archiv_url", "bezug_quelle", "naechste_pruefung"):
        assert f"<code>{field}</code>" in html


def test_pages_link_their_data_and_what_they_link_exists(site: Path) -> None:
    for path in sorted(site.rglob("index.html")):
        for address in re.findall(r'<link rel="alternate" (?!hreflang)[^>]*href="([^"]+)"', path.read_text(encoding="utf-8")):
            assert (path.parent / address).is_file(), f"{path.relative_to(site)}: {address}"


def test_addresses_of_single_entries_are_explained_and_every_table_has_a_name(site: Path) -> None:
    html = (site / "daten/index.html").read_text(encoding="utf-8")
    for words in ("daten/v1/&lt;art&gt;/&lt;kennung&gt;.json", "daten/v1/kontakte/&lt;kennung&gt;.vcf", "daten/v1/kommunen/&lt;kennung&gt;.vcf", "&lt;seite&gt;index.md"):
        assert words in html
    tables = re.findall(r"<table[^>]*>.*?</table>", html, re.DOTALL)
    names = [re.search(r"<caption>(.+?)</caption>", table) for table in tables]
    assert len({name[1] for name in names if name}) == len(tables) > 5
    for address in re.findall(r'data-label="Beispiel"><a href="([^"]+)"', html):
        assert (site / "daten" / address).is_file(), address


def test_address_books_and_calendars_are_linked_where_people_look(site: Path) -> None:
    for page, expected in {
        "kommunen/musterstadt": {"daten/v1/kommunen/musterstadt.vcf"},
        "kontakte": {"daten/v1/kontakte.vcf"},
        "zeitstrahl": {"daten/v1/kalender/alle.ics", "daten/v1/kalender/studie.ics", "daten/v1/feeds/meilensteine.atom"},
    }.items():
        linked = re.findall(r'<a href="([^"]+)"', (site / page / "index.html").read_text(encoding="utf-8"))
        found = {(site / page / address).resolve() for address in linked if "daten/v1" in address}
        assert {(site / path).resolve() for path in expected} <= found
        assert all(path.is_file() for path in found)


def test_json_ld_stands_on_every_listed_page(site: Path) -> None:
    for draft in netz_build().site.drafts:
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', (site / draft.file).read_text(encoding="utf-8"), re.DOTALL)
        assert len(found) == (2 if draft.url == "daten/" else 1 if draft.listed else 0), draft.url


def test_without_the_plugin_no_page_links_data(tmp_path: Path) -> None:
    site = build(tmp_path, "")
    assert not (site / "daten/v1").exists()
    assert not (site / "index.md").exists()
    html = (site / "beispiele/muster-leihladen/index.html").read_text(encoding="utf-8")
    assert 'rel="alternate"' not in html
    assert "ohne offene Daten gebaut" in (site / "daten/index.html").read_text(encoding="utf-8")
