"""The preview notices every change of a watched file or folder, whatever changed it."""

from __future__ import annotations

import os
import queue
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import EventQueue, ObservedWatch

from kreislaufstadt.mkdocs_adapter.watching import _Emitter, look, watch_quickly

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "glossar").mkdir(parents=True)
    (tmp_path / "content" / "glossar" / "a.md").write_text("Testdaten")
    (tmp_path / "content" / "start.md").write_text("Testdaten")
    return tmp_path / "content"


CHANGES: dict[str, Callable[[Path], object]] = {
    "other text": lambda folder: (folder / "glossar" / "a.md").write_text("Andere Testdaten"),
    "other time": lambda folder: os.utime(folder / "start.md", (1, 1)),
    "new file": lambda folder: (folder / "glossar" / "neu.md").write_text(""),
    "new folder": lambda folder: ((folder / "neu").mkdir(), (folder / "neu" / "b.md").write_text("")),
    "gone": lambda folder: (folder / "start.md").unlink(),
    "renamed": lambda folder: (folder / "start.md").rename(folder / "ende.md"),
    "replaced": lambda folder: ((folder / "x").write_text("testdateN"), os.utime(folder / "x", (5, 5)), (folder / "x").replace(folder / "start.md")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_look_shows_every_change(folder: Path, change: Callable[[Path], object]) -> None:
    before = look(str(folder))
    assert look(str(folder)) == before
    change(folder)
    assert look(str(folder)) != before


def test_a_single_file_links_in_a_circle_and_nothing_can_be_looked_at(folder: Path) -> None:
    (folder / "kreis").symlink_to(folder)
    (folder / "leer").symlink_to(folder / "fehlt")
    assert set(look(str(folder / "start.md"))) == {str(folder / "start.md")}
    assert set(look(str(folder))) >= {str(folder / "start.md"), str(folder / "kreis")}
    assert str(folder / "leer") not in look(str(folder))
    assert look(str(folder / "fehlt")) == {}


def test_changes_are_told_once(folder: Path) -> None:
    events: EventQueue = EventQueue()
    emitter = _Emitter(events, ObservedWatch(str(folder), recursive=True))
    emitter.start()
    time.sleep(0.05)
    CHANGES["other text"](folder)
    assert str(events.get(timeout=20)[0].src_path).endswith("a.md")
    with pytest.raises(queue.Empty):
        events.get(timeout=0.5)
    emitter.stop()
    emitter.join()


def test_a_server_watches_what_it_watched_before(folder: Path) -> None:
    built = threading.Event()
    server: Any = LiveReloadServer(builder=built.set, host="127.0.0.1", port=0, root=str(folder))
    server.watch(str(folder))
    server.watch(str(folder / "start.md"))
    watch_quickly(server)
    assert set(server._watched_paths) == {str(folder), str(folder / "start.md")}
    server.observer.start()
    runner = threading.Thread(target=server._build_loop, daemon=True)
    runner.start()
    time.sleep(0.3)
    CHANGES["other text"](folder)
    assert built.wait(20)
    server.shutdown()
    runner.join(20)
