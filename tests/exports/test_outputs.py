"""What a build writes beside its HTML: links resolve, bytes repeat, programs find what they look for."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
import shutil
import urllib.robotparser
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from exports.support_exports import BASE, NETZ, TODAY, make_settings, netz_build, written
from support import copy_netz, find_problems

from kreislaufstadt.build import Build
from kreislaufstadt.cli import main
from kreislaufstadt.history import read_history
from kreislaufstadt.site_folder import SiteFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = written(netz_build())
PAGES = {draft.url for draft in netz_build().site.drafts}


def checksum(files: dict[str, bytes]) -> str:
    total = hashlib.sha256()
    for path, content in files.items():
        total.update(f"{path}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def own_addresses(content: bytes) -> set[str]:
    """Every address of the site that a file names, without fragment and query."""
    text = re.sub(rb"\r\n[ \t]", b"", content).decode("utf-8", "ignore")  # folded lines of cards and calendars
    found = re.findall(rf"{re.escape(BASE)}[^\s\"'<>)\]}}\\,|`\x00-\x1f]*", text)
    return {address.removeprefix(BASE).partition("#")[0].partition("?")[0].rstrip(".;:") for address in found}


@pytest.mark.parametrize("path", [path for path in FILES if not path.endswith(".sqlite")])
def test_every_link_to_the_site_resolves(path: str) -> None:
    wrong = {address for address in own_addresses(FILES[path]) if address not in PAGES and address not in FILES and address != "daten/v1"}
    assert wrong - {"daten/v1/openapi.json"} == set()


def test_links_between_markdown_files_resolve() -> None:
    for path, content in FILES.items():
        if path.endswith(".md"):
            for target in re.findall(r"\]\(([^)<>\s]+)\)", content.decode()):
                if not re.match(r"[a-z]+:|#", target):
                    found = (NETZ / path).parent / target.partition("#")[0]
                    name = str(found.resolve().relative_to(NETZ.resolve())) if not (NETZ / "bilder" / found.name).exists() else ""
                    assert not name or name in FILES, f"{path}: {target}"


def test_every_listed_page_has_its_markdown() -> None:
    listed = [draft for draft in netz_build().site.drafts if draft.listed]
    assert {f"{draft.url}index.md" for draft in listed} == {path for path in FILES if path.endswith(".md")}


def test_markdown_says_what_the_page_says() -> None:
    text = FILES["beispiele/muster-leihladen/index.md"].decode()
    assert text.startswith('---\ntitle: "Leihladen Musterstadt (Testdaten)"\n')
    for words in (
        "# Leihladen Musterstadt (Testdaten)",
        "- **Kommune:** [Musterstadt (Testdaten)](../../kommunen/musterstadt/index.md)",
        "- **Einordnung (redaktionell):**",
        "| Ausleihen | mehr als 60 | Ausleihen | 2025 | Ergebnis | <https://www.example.org/testnetz/laden> |",
        "Der erfundene Laden verleiht Werkzeug. [1]",
        "![Leeres Testbild](../../bilder/testbild.svg)",
        "1. [Seite des Leihladens (Testdaten)](<https://www.example.org/testnetz/laden>), Testnetz (Testdaten), 2025, abgerufen 15. Januar 2026",
        "Lizenz: Creative Commons",
    ):
        assert words in text


def test_two_builds_give_the_same_bytes_in_the_same_order() -> None:
    assert checksum(written(Build(make_settings()))) == checksum(FILES)


def test_the_order_in_which_files_were_made_does_not_matter(tmp_path: Path) -> None:
    for number, turned in enumerate((False, True)):
        content = tmp_path / str(number) / "content"
        for source in sorted(NETZ.rglob("*"), reverse=turned):
            if source.is_file():
                target = content / source.relative_to(NETZ)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
        assert checksum(written(Build(make_settings(content)))) == checksum(FILES)


def with_cache(content: Path, cache: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a build with a cache and a folder, and the entries of which a part was made anew."""
    build = Build(dataclasses.replace(make_settings(content), cache=cache))
    site = content.parent / "site"
    build.folder = SiteFolder(site, build.cache)
    made: list[str] = []
    listen = build.site.tracker.listen

    @contextmanager
    def noting() -> Iterator[set[str]]:
        with listen() as names:
            yield names
        made.extend(name.replace("\x1f", ":") for name in names)

    build.site.tracker.listen = noting  # type: ignore[method-assign]
    files = {**written(build), **{path: (site / path).read_bytes() for path in build.published.standing}}
    build.folder.complete()
    build.cache.close()
    return files, made


def test_an_edit_of_a_text_leaves_maps_and_feeds_alone_and_one_of_a_field_does_not(tmp_path: Path) -> None:
    content, cache = copy_netz(tmp_path), tmp_path / "cache.sqlite"
    example = content / "beispiele/muster-leihladen.md"
    _, made = with_cache(content, cache)
    assert "kind:beispiel" in made
    example.write_text(example.read_text("utf-8") + "\nEin neuer Satz.\n", encoding="utf-8")
    changed, made = with_cache(content, cache)
    assert "kind:beispiel" not in made
    assert changed == written(Build(make_settings(content)))
    edit(example, "titel: ", "titel: Neu ")
    changed, made = with_cache(content, cache)
    assert "kind:beispiel" in made
    assert b"Neu " in changed["daten/v1/feeds/beispiele.json"]
    assert changed == written(Build(make_settings(content)))


def test_parts_are_made_again_when_their_files_are_gone(tmp_path: Path) -> None:
    content, cache = copy_netz(tmp_path), tmp_path / "cache.sqlite"
    first, _ = with_cache(content, cache)
    (tmp_path / "site" / "glossar/testwort/index.md").unlink()
    assert with_cache(content, cache)[0] == first
    shutil.rmtree(tmp_path / "site")
    assert with_cache(content, cache)[0] == first


def test_unchanged_parts_come_from_the_cache_and_are_the_same(tmp_path: Path) -> None:
    content, cache = copy_netz(tmp_path), tmp_path / "cache.sqlite"
    first, made = with_cache(content, cache)
    assert "find:beispiel:gau-plan" in made
    second, made = with_cache(content, cache)
    assert (second, made) == (first, [])
    edit(content / "glossar/testwort.md", "titel: ", "titel: Neu ")
    changed, made = with_cache(content, cache)
    assert "find:begriff:testwort" in made
    assert not {"find:kontakt:musterstadt-testamt", "find:beispiel:gau-plan"} & set(made)
    assert b"Neu " in changed["daten/v1/bestand.json"]
    assert b"Neu " in changed["glossar/testwort/index.md"]
    assert changed == written(Build(make_settings(content)))


def test_parts_of_a_person_are_made_anew_when_the_entry_runs_out(tmp_path: Path) -> None:
    content, cache = copy_netz(tmp_path), tmp_path / "cache.sqlite"
    make_person(content, "2026-06-30")
    assert mentions(with_cache(content, cache)[0], b"Testperson")
    later = Build(dataclasses.replace(make_settings(content, dt.date(2026, 7, 1)), cache=cache))
    assert not mentions(written(later), b"Testperson")
    later.cache.close()


# sitemap, robots.txt, security.txt, llms.txt


def test_the_sitemap_names_listed_pages_and_only_evidenced_dates() -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ET.fromstring(FILES["sitemap.xml"])  # noqa: S314 - our own file
    rows = {node.findtext("s:loc", "", space): node.findtext("s:lastmod", None, space) for node in root.findall("s:url", space)}
    assert set(rows) == {BASE + draft.url for draft in netz_build().site.drafts if draft.listed}
    assert rows[f"{BASE}kommunen/musterstadt/"] == "2026-01-15"
    assert rows[f"{BASE}beispiele/muster-leihladen/"] is None


def test_the_sitemap_prefers_the_day_of_the_last_change_and_gives_lists_none() -> None:
    days = {"content/beispiele/muster-leihladen.md": dt.date(2026, 3, 4), "content/index.md": dt.date(2026, 3, 5)}
    files = written(Build(dataclasses.replace(make_settings(), changed=days)))
    text = files["sitemap.xml"].decode()
    assert f"<url><loc>{BASE}beispiele/muster-leihladen/</loc><lastmod>2026-03-04</lastmod></url>" in text
    assert f"<url><loc>{BASE}</loc></url>" in text


def test_pages_of_persons_are_not_in_the_sitemap(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    make_person(content, "2027-01-10")
    files = written(Build(make_settings(content)))
    assert b"kontakte/musterstadt-testamt/" not in files["sitemap.xml"]


def test_robots_may_read_all_but_the_editors_tool() -> None:
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(FILES["robots.txt"].decode().splitlines())
    assert parser.can_fetch("*", f"{BASE}beispiele/")
    assert not parser.can_fetch("*", f"{BASE}admin/")
    assert parser.site_maps() == [f"{BASE}sitemap.xml"]


def test_security_txt_has_what_rfc_9116_demands() -> None:
    rows = dict(line.split(": ", 1) for line in FILES[".well-known/security.txt"].decode().splitlines())
    assert rows["Contact"] == "mailto:sicherheit@example.org"
    assert rows["Expires"] == "2027-05-31T00:00:00Z"
    assert rows["Canonical"] == f"{BASE}.well-known/security.txt"


@pytest.mark.parametrize(
    ("old", "new"),
    [("sicherheit_gilt_bis: 2027-05-31\n", ""), ("sicherheit_email: sicherheit@example.org", 'sicherheit_email: "[Platzhalter: Postfach]"')],
)
def test_no_security_txt_without_mailbox_or_end(tmp_path: Path, old: str, new: str) -> None:
    content = copy_netz(tmp_path)
    edit(content / "betreiber.yml", old, new)
    assert ".well-known/security.txt" not in written(Build(make_settings(content)))


@pytest.mark.parametrize(("until", "code"), [("2026-05-01", "KS402"), ("2026-06-10", "KS402"), ("2026-06-30", "KS402"), ("2027-06-03", "KS217"), ("", "KS409")])
def test_the_end_of_security_txt_is_watched(tmp_path: Path, until: str, code: str) -> None:
    content = copy_netz(tmp_path)
    edit(content / "betreiber.yml", "sicherheit_gilt_bis: 2027-05-31\n", f"sicherheit_gilt_bis: {until}\n" if until else "")
    assert [problem.code for problem in find_problems(content, TODAY) if problem.place.file.endswith("betreiber.yml")] == [code]


def test_llms_txt_names_every_page_as_markdown() -> None:
    text = FILES["llms.txt"].decode()
    assert text.startswith("# Testnetz (Testdaten)\n")
    assert set(re.findall(r"\]\(([^)]+)\)", text)) == {f"{BASE}{draft.url}index.md" for draft in netz_build().site.drafts if draft.listed}


# persons


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def make_person(content: Path, next_check: str) -> None:
    """Turn the office into a person with an own mailbox and line (test data)."""
    path = content / "kontakte/musterstadt-testamt.yml"
    edit(path, "art: funktion", "art: person\nperson:\n  name: Erika Testperson\n  funktion: Leitung (Testdaten)")
    edit(path, "testamt@example.org", "erika.testperson@example.org")
    edit(path, "naechste_pruefung: 2027-01-10", f"naechste_pruefung: {next_check}")


def mentions(files: dict[str, bytes], word: bytes) -> set[str]:
    return {path for path, content in files.items() if word.lower() in content.lower()}


def test_a_person_out_of_date_is_nowhere_in_the_data(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    make_person(content, "2026-05-31")
    files = written(Build(make_settings(content)))
    assert mentions(files, b"Testperson") == set()
    assert mentions(files, b"23125") == set()
    assert mentions(files, b"Amt f\xc3\xbcr Testdaten")


def test_a_checked_person_stands_in_the_data_but_never_in_an_address_book(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    make_person(content, "2027-01-10")
    files = written(Build(make_settings(content)))
    found = mentions(files, b"Testperson")
    assert "daten/v1/kontakte.json" in found
    assert not {path for path in found if path.endswith((".vcf", ".ics", ".geojson", ".ttl", ".atom"))}


# the command


def test_the_command_writes_the_same_files(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = tmp_path / "mkdocs.yml"
    configuration.write_text(f"site_name: Testnetz (Testdaten)\nsite_url: {BASE}\nsite_description: Ein erfundenes Netz für Tests\n", encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")  # 1 June 2026
    arguments = ["export", "--to", str(tmp_path / "ziel"), "--inhalt", str(NETZ), "--konfiguration", str(configuration)]
    assert main(arguments) == 0
    there = {path.relative_to(tmp_path / "ziel").as_posix(): path.read_bytes() for path in (tmp_path / "ziel").rglob("*") if path.is_file()}
    assert there == written(Build(dataclasses.replace(make_settings(), changed=read_history(NETZ))))
    assert f"{len(FILES)} Dateien" in capsys.readouterr().out


def test_the_command_exports_nothing_that_has_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copy_netz(tmp_path)
    edit(content / "beispiele/muster-leihladen.md", "kommune: musterstadt", "kommune: atlantis")
    configuration = tmp_path / "mkdocs.yml"
    configuration.write_text(f"site_url: {BASE}\n", encoding="utf-8")
    assert main(["export", "--to", str(tmp_path / "ziel"), "--inhalt", str(content), "--konfiguration", str(configuration)]) == 1
    assert "KS301" in capsys.readouterr().err
    assert not (tmp_path / "ziel").exists()


@pytest.mark.parametrize("extra", [["--inhalt", "gibt-es-nicht"], ["--inhalt", str(NETZ), "--konfiguration", "gibt-es-nicht.yml"]])
def test_the_command_says_what_is_missing(tmp_path: Path, extra: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--to", str(tmp_path / "ziel"), *extra]) == 2
    assert capsys.readouterr().err
