"""What changed between two bundles, in three forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from exports.support_exports import AWKWARD, dataset_with, netz
from hypothesis import given

from kreislaufstadt.cli import main
from kreislaufstadt.exports.bundle import read_bundle
from kreislaufstadt.exports.changelog import extend_changelog
from kreislaufstadt.exports.changes import ADDED, CHANGED, REMOVED, Change, compare, format_json, format_markdown, format_text
from kreislaufstadt.exports.records import BUNDLE, write_records

if TYPE_CHECKING:
    from pathlib import Path

OLD = dict(write_records(netz()))[BUNDLE]


def changed_bundle() -> bytes:
    entry = netz().catalog.find("beispiel", "muster-leihladen")
    assert entry is not None
    data = dataset_with("beispiel", entry.model_copy(update={"title": "Leihladen | neu (Testdaten)", "status": "gestoppt"}))
    bundle = json.loads(dict(write_records(data))[BUNDLE])
    bundle["eintraege"]["begriff"] = [{**bundle["eintraege"]["begriff"][0], "id": "neues-wort"}, *bundle["eintraege"]["begriff"][1:]]
    return json.dumps(bundle).encode()


CHANGES = compare(read_bundle(OLD), read_bundle(changed_bundle()))


def test_nothing_changed_between_a_bundle_and_itself() -> None:
    assert compare(read_bundle(OLD), read_bundle(OLD)) == ()
    assert format_text(()) == "0 neu, 0 geändert, 0 entfernt"
    assert "Keine." in format_markdown(())


def test_added_changed_and_removed_entries_are_named_with_their_fields() -> None:
    found = {(change.what, change.id): change for change in CHANGES}
    assert set(found) == {(ADDED, "neues-wort"), (REMOVED, netz().entries("begriff")[0].id), (CHANGED, "muster-leihladen")}
    fields = {field.field: (field.old, field.new) for field in found[CHANGED, "muster-leihladen"].fields}
    assert fields == {"titel": ("Leihladen Musterstadt (Testdaten)", "Leihladen | neu (Testdaten)"), "status": ("laufend", "gestoppt")}


def test_the_forms_say_the_same() -> None:
    text, markdown, rows = format_text(CHANGES), format_markdown(CHANGES), json.loads(format_json(CHANGES))
    assert "geändert: beispiel:muster-leihladen (Leihladen | neu (Testdaten))\n    status: „laufend“ → „gestoppt“" in text
    assert text.endswith("1 neu, 1 geändert, 1 entfernt")
    assert "## Beispiele\n\n- geändert: Leihladen | neu (Testdaten) (`muster-leihladen`), Felder: `status`, `titel`" in markdown
    assert {(row["was"], row["id"]) for row in rows} == {(change.what, change.id) for change in CHANGES}


def test_the_command_compares_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "alt.json").write_bytes(OLD)
    (tmp_path / "neu.json").write_bytes(changed_bundle())
    assert main(["diff", str(tmp_path / "alt.json"), str(tmp_path / "neu.json")]) == 0
    assert capsys.readouterr().out == format_text(CHANGES) + "\n"


# the changelog that publishing carries on


def test_the_changelog_grows_by_what_each_publication_changed() -> None:
    old, new = read_bundle(OLD), read_bundle(changed_bundle())
    first = extend_changelog(None, old, new)
    releases = json.loads(first["aenderungen.json"])["fassungen"]
    assert [(release["stand"], release["vorher"], release["sha256"]) for release in releases] == [(new.as_of, old.as_of, new.sha256)]
    assert releases[0]["aenderungen"] == json.loads(format_json(CHANGES))
    back = extend_changelog(first["aenderungen.json"], new, old)
    releases = json.loads(back["aenderungen.json"])["fassungen"]
    assert [release["sha256"] for release in releases] == [old.sha256, new.sha256]
    text = back["aenderungen.md"].decode()
    assert text.startswith(f"# {old.name}: Änderungen der Daten\n\n## Stand {old.as_of}\n")
    assert text.count("\n### Beispiele\n") == 2
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_a_repeated_publication_is_told_once_and_one_without_changes_not_at_all() -> None:
    old, new = read_bundle(OLD), read_bundle(changed_bundle())
    first = extend_changelog(None, old, new)
    assert extend_changelog(first["aenderungen.json"], old, new) == first
    assert extend_changelog(first["aenderungen.json"], new, new) == {}


@pytest.mark.parametrize("known", [b"{}", b"\xff", b'{"format": "kreislaufstadt-aenderungen/1", "fassungen": [1]}', b'{"format": "kreislaufstadt-aenderungen/1", "fassungen": {}}'])
def test_a_foreign_file_is_not_carried_on(known: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in {"alt.json": OLD, "neu.json": changed_bundle(), "aenderungen.json": known}.items():
        (tmp_path / name).write_bytes(content)
    command = ["diff", str(tmp_path / "alt.json"), str(tmp_path / "neu.json"), "--fortschreiben", str(tmp_path)]
    assert main(command) == 2
    assert "keine Änderungsliste" in capsys.readouterr().err
    assert (tmp_path / "aenderungen.json").read_bytes() == known
    (tmp_path / "aenderungen.json").unlink()
    assert main(command) == 0
    assert json.loads((tmp_path / "aenderungen.json").read_bytes())["fassungen"]


@given(AWKWARD)
def test_no_title_breaks_a_line_of_the_changelog(text: str) -> None:
    change = Change(ADDED, "begriff", "wort", text)
    lines = format_markdown((change,)).splitlines()
    assert len(lines) == 5
    assert lines[4].startswith("- neu: ") and lines[4].endswith(" (`wort`)")


@pytest.mark.parametrize(("content", "words"), [(b"{}", "kein Bestand"), (None, "lässt sich nicht lesen")])
def test_the_command_says_what_it_cannot_read(tmp_path: Path, content: bytes | None, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "alt.json").write_bytes(OLD)
    if content is not None:
        (tmp_path / "neu.json").write_bytes(content)
    assert main(["diff", str(tmp_path / "alt.json"), str(tmp_path / "neu.json")]) == 2
    assert words in capsys.readouterr().err
