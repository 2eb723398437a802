"""What changed between two bundles, in three forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from exports.support_exports import dataset_with, netz

from kreislaufstadt.cli import main
from kreislaufstadt.exports.bundle import read_bundle
from kreislaufstadt.exports.changes import ADDED, CHANGED, REMOVED, compare, format_json, format_markdown, format_text
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


@pytest.mark.parametrize(("content", "words"), [(b"{}", "kein Bestand"), (None, "lässt sich nicht lesen")])
def test_the_command_says_what_it_cannot_read(tmp_path: Path, content: bytes | None, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "alt.json").write_bytes(OLD)
    if content is not None:
        (tmp_path / "neu.json").write_bytes(content)
    assert main(["diff", str(tmp_path / "alt.json"), str(tmp_path / "neu.json")]) == 2
    assert words in capsys.readouterr().err
