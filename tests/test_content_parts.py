"""What unchanged files gave before is taken again; what cannot be trusted is read anew."""

from __future__ import annotations

import os
import pickle
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import NETZ, TODAY, as_lines

from kreislaufstadt import content_parts, load, parallel
from kreislaufstadt.cache import Cache
from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks import check_catalog
from kreislaufstadt.content_parts import ContentParts
from kreislaufstadt.load import load_content
from kreislaufstadt.loaded import Loaded
from kreislaufstadt.pages import draft_pages
from kreislaufstadt.site import find_out

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(NETZ, tmp_path / "content"))


def load_with(content: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Loaded, Sequence[str]]:
    """Load through the cache ``file``, check, save, and tell which files were read."""
    read: list[str] = []
    real = load.read_source
    monkeypatch.setattr(load, "read_source", lambda name, raw: (read.append(name), real(name, raw))[1])
    cache = Cache(file)
    parts = ContentParts(cache, content, find_out)
    loaded = load_content(content, parts)
    loaded.problems += check_catalog(Catalog(loaded), TODAY)
    parts.save()
    cache.save()
    cache.close()
    monkeypatch.setattr(load, "read_source", real)
    return loaded, read


def same(one: Loaded, other: Loaded) -> bool:
    """Entries, items, operator, sources and problems are equal."""
    return (
        one.entries == other.entries
        and one.items == other.items
        and one.operator == other.operator
        and {key: (source.yaml_text, source.body) for key, source in one.sources.items()}
        == {key: (source.yaml_text, source.body) for key, source in other.sources.items()}
        and as_lines(one.problems) == as_lines(other.problems)
        and Catalog(one).links == Catalog(other).links
    )


def test_unchanged_files_are_not_read_again(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, read = load_with(content, tmp_path / "c.sqlite", monkeypatch)
    assert read
    second, again = load_with(content, tmp_path / "c.sqlite", monkeypatch)
    assert again == []
    assert same(first, second)


def test_changed_files_are_read_and_lost_ones_forgotten(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed, broken = sorted((content / "glossar").glob("*.md"))[:2]
    lost = Path(shutil.copyfile(changed, changed.with_name("zusatz.md")))
    load_with(content, tmp_path / "c.sqlite", monkeypatch)
    changed.write_text(changed.read_text("utf-8") + "\nEin Satz mit [[gibt-es-nicht]] (Testdaten).\n", "utf-8")
    lost.unlink()
    broken.write_text("---\ntitel: [offen\n---\n", "utf-8")
    for _ in range(2):
        found, read = load_with(content, tmp_path / "c.sqlite", monkeypatch)
        assert set(read) <= {f"content/glossar/{changed.name}", f"content/glossar/{broken.name}"}
        assert f"content/glossar/{broken.name}" in read, "a file with faults is read every time"
        plain = load_content(content)
        plain.problems += check_catalog(Catalog(plain), TODAY)
        assert same(found, plain)
        assert "gibt-es-nicht" in as_lines(found.problems)


class Trap:
    """Pickles as a call that makes a file."""

    def __init__(self, file: Path) -> None:
        """Name the file."""
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """Say what to call."""
        return Path.touch, (self.file,)


@pytest.mark.parametrize("forged", ["call", "rubbish"])
def test_a_forged_bundle_runs_nothing_and_its_files_are_read_anew(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forged: str) -> None:
    first, read = load_with(content, tmp_path / "c.sqlite", monkeypatch)
    trap = tmp_path / "ausgefuehrt"
    cache = Cache(tmp_path / "c.sqlite")
    parts = ContentParts(cache, content)
    for number in range(256):
        cache.put(parts._key(number), pickle.dumps(Trap(trap)) if forged == "call" else b"\x80\x05nichts")
    cache.save()
    cache.close()
    second, again = load_with(content, tmp_path / "c.sqlite", monkeypatch)
    assert not trap.exists()
    assert again == read
    assert same(first, second)


def test_a_process_that_builds_again_reads_only_what_was_touched(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(load, "open", lambda path, mode: (opened.append(Path(path).name), open(path, mode))[1], raising=False)  # noqa: PTH123, SIM115
    file, link = content / "glossar" / "bauteil.md", content / "glossar" / "verweis.md"
    file.write_text("---\ntitel: Bauteil\nkurz: Testdaten.\n---\n")
    link.symlink_to(file)
    for each in content.rglob("*"):
        os.utime(each, (1, 1))
    cache = Cache(None)

    def title() -> str:
        opened.clear()
        loaded = load_content(content, ContentParts.held(cache, content))
        assert not loaded.problems
        assert loaded.entries["begriff"]["verweis"].title == loaded.entries["begriff"]["bauteil"].title
        return loaded.entries["begriff"]["bauteil"].title

    assert title() == "Bauteil"
    assert len(opened) > 30
    assert (title(), opened) == ("Bauteil", [])
    file.write_text("---\ntitel: Bauwerk\nkurz: Testdaten.\n---\n")
    assert (title(), sorted(opened)) == ("Bauwerk", ["bauteil.md", "verweis.md"])
    assert (title(), sorted(opened)) == ("Bauwerk", ["bauteil.md", "verweis.md"]), "it may have been changed again in the same moment"
    os.utime(file, (2, 2))
    assert (title(), title(), opened) == ("Bauwerk", "Bauwerk", [])
    link.unlink()
    assert set(load_content(content, ContentParts.held(cache, content)).entries["begriff"]) & {"verweis"} == set()


def test_content_read_by_two_processes_is_the_same(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (content / "glossar" / "kaputt.md").write_text("---\ntitel: [offen\n---\n", "utf-8")
    alone, read = load_with(content, tmp_path / "a.sqlite", monkeypatch)
    monkeypatch.setattr(parallel, "SMALLEST", 1)
    monkeypatch.setattr(content_parts, "_LATER", 0)
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # whatever the test runner has
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)  # one core or many: the same
    together, here = load_with(content, tmp_path / "c.sqlite", monkeypatch)
    assert same(alone, together)
    assert set(here) < set(read), "the others were read elsewhere"
    monkeypatch.undo()
    third, again = load_with(content, tmp_path / "c.sqlite", monkeypatch)
    assert again == ["content/glossar/kaputt.md"], "what was read elsewhere is kept as well"
    assert same(alone, third)


def test_what_entries_say_by_themselves_is_found_out_where_they_are_read() -> None:
    loaded = load_content(NETZ)
    find_out(loaded)
    memory = {key: set(found) for key, found in loaded.memory.items()}
    assert any(memory.values())
    catalog = Catalog(loaded)
    check_catalog(catalog, TODAY)
    draft_pages(catalog)
    assert {key: set(found) for key, found in loaded.memory.items()} == memory, "a build finds out nothing more of this kind"
