"""Taking over another network's entries: pinned, checked, read-only, with their provenance shown."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from exports.support_exports import AWKWARD, NETZ, dataset_with, make_settings, netz
from hypothesis import given, settings
from support import TODAY, copy_netz, find_problems

from kreislaufstadt.build import Build
from kreislaufstadt.cli import main
from kreislaufstadt.exports.bundle import read_bundle
from kreislaufstadt.exports.records import BUNDLE, write_records
from kreislaufstadt.exports.write import write_data
from kreislaufstadt.federation import KINDS_TAKEN, take_over
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.problems import Severity
from kreislaufstadt.source import read_source
from kreislaufstadt.validate import validate_data

if TYPE_CHECKING:
    from pathlib import Path

FILES = write_data(netz(), "Testbetreiber").files
OWN = netz().catalog


def take(content: Path, file: Path, *extra: str, pin: str = "") -> int:
    pin = pin or hashlib.sha256(file.read_bytes()).hexdigest()
    return main(["import", "datapackage", str(file), "--netz", "nachbar", "--pruefsumme", pin, "--inhalt", str(content), "--heute", "2026-06-01", *extra])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The other network's files as they were fetched."""
    for path in ("daten/v1/datapackage.json", BUNDLE):
        target = tmp_path / "geladen" / path.rpartition("/")[2]
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(FILES[path])
    return tmp_path / "geladen" / "datapackage.json"


def errors(content: Path) -> list[str]:
    return [str(problem) for problem in find_problems(content) if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("name", ["datapackage.json", "bestand.json"])
def test_entries_come_with_their_links_and_provenance_and_pass_all_checks(tmp_path: Path, package: Path, name: str) -> None:
    content = copy_netz(tmp_path)
    assert take(content, package.parent / name) == 0
    assert errors(content) == []
    catalog = Build(make_settings(content)).site.catalog
    for kind in KINDS_TAKEN:
        for entry in netz().entries(kind):
            taken = catalog.find(kind, f"nachbar-{entry.id}")
            assert taken is not None
            assert (taken.title, taken.short) == (entry.title, entry.short)
            origin = catalog.provenance((kind, f"nachbar-{entry.id}"))
            assert origin is not None
            assert (origin.name, origin.url, origin.licence) == ("Testnetz (Testdaten)", "https://testnetz.example/", "CC-BY-4.0")
            assert catalog.provenance((kind, entry.id)) is None
    example: Any = catalog.find("beispiel", "nachbar-muster-leihladen")
    assert example.municipality == "nachbar-musterstadt"
    assert example.contacts == ("nachbar-musterstadt-testamt",)
    assert example.mapping == netz().catalog.find("beispiel", "muster-leihladen").mapping


def test_what_was_taken_over_is_everything(tmp_path: Path, package: Path) -> None:
    content = copy_netz(tmp_path)
    take(content, package)
    catalog = Build(make_settings(content)).site.catalog
    dropped = {"id", "former_ids", "body"}
    for kind in KINDS_TAKEN:
        for entry in netz().entries(kind):
            taken = catalog.find(kind, f"nachbar-{entry.id}")
            assert taken is not None
            before, after = entry.model_dump(mode="json", exclude=dropped), taken.model_dump(mode="json", exclude=dropped)
            assert json.dumps(after).replace("nachbar-", "") == json.dumps(before)


def test_foreign_entries_are_marked_in_pages_and_data_and_cannot_be_edited_here(tmp_path: Path, package: Path) -> None:
    content = copy_netz(tmp_path)
    take(content, package)
    build = Build(make_settings(content))
    draft = next(draft for draft in build.site.drafts if draft.url == "beispiele/nachbar-muster-leihladen/")
    assert draft.source == ""
    html = build.renderer.render(draft).html
    assert 'Dieser Eintrag ist vom Netz <a class="extern" rel="external noopener" href="https://testnetz.example/">Testnetz (Testdaten)</a> übernommen' in html
    assert "Seite bearbeiten" not in html
    own = next(draft for draft in build.site.drafts if draft.url == "beispiele/muster-leihladen/")
    assert "übernommen" not in build.renderer.render(own).html
    record = json.loads(build.published.files["daten/v1/beispiele/nachbar-muster-leihladen.json"])
    assert record["uebernommen_von"]["name"] == "Testnetz (Testdaten)"
    again = take_over(read_bundle(build.published.files[BUNDLE]), "dritte", OWN)
    assert not [path for path in again.files if "nachbar" in path]


def test_a_changed_added_or_renamed_file_is_an_error(tmp_path: Path, package: Path) -> None:
    content = copy_netz(tmp_path)
    take(content, package)
    folder = content / "fremd/nachbar"
    file = folder / "beispiele/nachbar-muster-leihladen.md"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("erfunden", "wahr"), encoding="utf-8")
    assert any("KS121" in line and "verändert" in line for line in errors(content))
    file.write_text(before, encoding="utf-8")
    assert errors(content) == []
    (folder / "beispiele/nachbar-neu.md").write_text(before, encoding="utf-8")
    assert any("KS121" in line and "gehört nicht zum Bestand" in line for line in errors(content))
    (folder / "beispiele/nachbar-neu.md").unlink()
    (folder / "herkunft.yml").unlink()
    assert any("KS121" in line and "herkunft.yml" in line for line in errors(content))


def test_a_second_import_replaces_the_first(tmp_path: Path, package: Path) -> None:
    content = copy_netz(tmp_path)
    take(content, package)
    bundle = json.loads((package.parent / "bestand.json").read_text(encoding="utf-8"))
    bundle["eintraege"]["beispiel"] = bundle["eintraege"]["beispiel"][1:]
    (package.parent / "bestand.json").write_text(json.dumps(bundle), encoding="utf-8")
    assert take(content, package.parent / "bestand.json") == 0
    assert not (content / "fremd/nachbar/beispiele/nachbar-gau-plan.md").exists()
    assert errors(content) == []


def test_a_new_date_of_taking_over_reaches_the_pages_and_data_that_a_cache_holds(tmp_path: Path, package: Path) -> None:
    content, cache = copy_netz(tmp_path), tmp_path / "cache.sqlite"
    url = "daten/v1/beispiele/nachbar-muster-leihladen.json"
    for day in ("2026-06-01", "2026-07-02"):
        assert take(content, package, "--heute", day) == 0
        build = Build(dataclasses.replace(make_settings(content), cache=cache))
        assert json.loads(build.published.files[url])["uebernommen_von"]["uebernommen"] == day
        build.cache.save()
        build.cache.close()


def test_persons_do_not_come_along(tmp_path: Path, package: Path) -> None:
    bundle = json.loads((package.parent / "bestand.json").read_text(encoding="utf-8"))
    row = bundle["eintraege"]["kontakt"][0]
    row |= {"art": "person", "person": {"name": "Erika Testperson", "funktion": "Leitung"}, "email": "erika.testperson@example.org"}
    file = package.parent / "bestand.json"
    file.write_text(json.dumps(bundle), encoding="utf-8")
    content = copy_netz(tmp_path)
    assert take(content, file) == 0
    assert not any("estperson" in path.read_text(encoding="utf-8") for path in (content / "fremd").rglob("*") if path.is_file())


def test_entries_with_faults_stay_out_and_the_others_come(tmp_path: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = json.loads((package.parent / "bestand.json").read_text(encoding="utf-8"))
    rows = {row["id"]: row for row in bundle["eintraege"]["beispiel"]}
    rows["muster-leihladen"]["quellen"][0]["url"] = "javascript:alert(1)"
    rows["gau-plan"]["body"] = "Ein Text mit <script>alert(1)</script>"
    file = package.parent / "bestand.json"
    file.write_text(json.dumps(bundle), encoding="utf-8")
    content = copy_netz(tmp_path)
    assert take(content, file) == 0
    shown = capsys.readouterr().out
    assert "KS207" in shown and "KS406" in shown
    assert not (content / "fremd/nachbar/beispiele").exists() or not list((content / "fremd/nachbar/beispiele").iterdir())
    assert (content / "fremd/nachbar/kommunen/nachbar-musterstadt.md").exists()
    assert errors(content) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lizenz": "alle Rechte vorbehalten"}, "Lizenz"),
        ({"format": "anderes"}, "kein Bestand"),
        ({"eintraege": {"beispiel": [{"id": "../../../weg"}]}}, "Kennung"),
        ({"eintraege": []}, "eintraege"),
    ],
)
def test_what_is_no_good_bundle_changes_nothing(tmp_path: Path, package: Path, change: dict[str, Any], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = package.parent / "bestand.json"
    file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **change}), encoding="utf-8")
    content = copy_netz(tmp_path)
    assert take(content, file) == 2
    assert words in capsys.readouterr().err
    assert not (content / "fremd").exists()


def test_another_checksum_than_named_changes_nothing(tmp_path: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copy_netz(tmp_path)
    assert take(content, package, pin="0" * 64) == 2
    (package.parent / "bestand.json").write_bytes(FILES[BUNDLE] + b" ")
    assert take(content, package) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert "andere Prüfsumme" in first
    assert "passt nicht zur Prüfsumme" in second
    assert not (content / "fremd").exists()


@pytest.mark.parametrize("path", ["../bestand.json", "/etc/passwd", ".bestand.json", "a\\b.json"])
def test_a_package_cannot_name_files_elsewhere(tmp_path: Path, package: Path, path: str) -> None:
    described = json.loads(package.read_text(encoding="utf-8"))
    described["resources"][0]["path"] = path
    package.write_text(json.dumps(described), encoding="utf-8")
    assert take(copy_netz(tmp_path), package) == 2


def test_a_bundle_without_good_origin_is_refused_whole(tmp_path: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = package.parent / "bestand.json"
    file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), "quelle": "javascript:alert(1)"}), encoding="utf-8")
    content = copy_netz(tmp_path)
    assert take(content, file) == 1
    assert "KS207" in capsys.readouterr().out
    assert not (content / "fremd").exists()


def test_links_that_lead_nowhere_here_become_words() -> None:
    bundle = json.loads(FILES[BUNDLE])
    body = "[[kommune:musterstadt]] [[begriff:testwort]] [[begriff:testwort|Wort]] ![x](../bilder/a.svg) [Datei](../a.md) [Netz](https://www.example.org/)"
    bundle["eintraege"]["beispiel"][1]["body"] = body
    taken = take_over(read_bundle(json.dumps(bundle).encode()), "nachbar", OWN)
    text = taken.files["beispiele/nachbar-muster-leihladen.md"]
    title = json.loads(FILES["daten/v1/glossar/testwort.json"])["titel"]
    assert "[[kommune:nachbar-musterstadt|Musterstadt (Testdaten)]] [[begriff:testwort]] [[begriff:testwort|Wort]]  Datei [Netz](https://www.example.org/)" in text
    assert title


def test_unknown_optional_values_are_left_out_and_named_telling_ones_kept() -> None:
    bundle = json.loads(FILES[BUNDLE])
    row = next(row for row in bundle["eintraege"]["beispiel"] if row["id"] == "muster-leihladen")
    row["einordnung"]["handlungsfelder"] = ["unbekannt", "leihen"]
    row["status"] = "unbekannter-status"
    taken = take_over(read_bundle(json.dumps(bundle).encode()), "nachbar", OWN)
    text = taken.files["beispiele/nachbar-muster-leihladen.md"]
    assert "unbekannt\n" not in text and "- leihen" in text
    assert "status: unbekannter-status" in text
    assert any("unbekannt" in note and "handlungsfelder" in note for note in taken.notes)


@settings(max_examples=60, deadline=None)
@given(AWKWARD)
def test_awkward_texts_survive(text: str) -> None:
    entry = netz().catalog.find("meilenstein", "test-start")
    assert entry is not None
    data = dataset_with("meilenstein", entry.model_copy(update={"title": text, "text": text}))
    taken = take_over(read_bundle(dict(write_records(data))[BUNDLE]), "nachbar", OWN)
    source, problems = read_source("x.yml", taken.files["zeitstrahl/nachbar-test-start.yml"].encode())
    assert source is not None
    assert {problem.code for problem in problems} <= {"KS106", "KS120"}  # joined emoji hold an invisible sign: named, not lost
    found, faults = validate_data(source, {**source.data, "id": "x"}, KINDS["meilenstein"].model)
    assert not faults
    assert found is not None
    assert found.title == text
    assert NETZ.exists() and TODAY
