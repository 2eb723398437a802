"""The sound part of faulty content stays, without what cannot do without the faulty part."""

from __future__ import annotations

from pathlib import Path

from support import NETZ, TODAY, copy_netz

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks import check_catalog
from kreislaufstadt.load import load_content
from kreislaufstadt.loaded import Loaded
from kreislaufstadt.references import iter_references
from kreislaufstadt.sound import keep_sound


def sound_part(content: Path) -> Loaded:
    loaded = load_content(content)
    return keep_sound(loaded, [*loaded.problems, *check_catalog(Catalog(loaded), TODAY)])


def break_file(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("titel: ", "titel ", 1), encoding="utf-8")


def test_sound_content_stays_the_same_object() -> None:
    loaded = load_content(NETZ)
    assert keep_sound(loaded, check_catalog(Catalog(loaded), TODAY)) is loaded


def test_an_example_goes_with_its_faulty_municipality_and_others_stay(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    break_file(content / "kommunen" / "musterstadt.md")
    kept = sound_part(content)
    whole = load_content(NETZ)
    gone = {name for name, entry in whole.entries["beispiel"].items() if getattr(entry, "municipality", "") == "musterstadt"}
    assert gone
    assert kept.entries["beispiel"].keys() == whole.entries["beispiel"].keys() - gone
    assert kept.entries["begriff"].keys() == whole.entries["begriff"].keys()


def test_no_reference_of_the_kept_part_leads_nowhere(tmp_path: Path) -> None:
    for number, file in enumerate(sorted(NETZ.rglob("*.md"))[::3]):
        content = copy_netz(tmp_path / str(number))
        break_file(content / file.relative_to(NETZ))
        kept = sound_part(content)
        for owners in (*kept.entries.values(), *kept.items.values()):
            for owner in owners.values():
                for reference in iter_references(owner):
                    assert any(reference.target in {**kept.entries, **kept.items}[kind] for kind in reference.kinds), (file, owner.id)
