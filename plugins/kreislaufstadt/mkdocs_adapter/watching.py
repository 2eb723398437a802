"""Notices changed files soon and cheaply: the preview's server looks at times and sizes in one go.

MkDocs' own observer makes objects for every file and folder at each look; with thousands of
files that takes a tenth of a second, twice a second, while the rebuild waits for its turn.
Looking (and not being told by the system) works on network drives and in containers as well.
"""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING

from watchdog.events import FileModifiedEvent
from watchdog.observers.api import BaseObserver, EventEmitter

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.livereload import LiveReloadServer
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import EventQueue, ObservedWatch

SHORTEST = 0.1
"""Seconds between two looks at few files."""

LONGEST = 0.5
"""Seconds between two looks at very many files: as often as MkDocs does."""

SHARE = 10
"""A look may take one part in so many of the time."""

Facts = tuple[int, int, int]
"""Time of change in nanoseconds, size, number of the file."""


def look(path: str) -> dict[str, Facts]:
    """Every file at or below the path; what cannot be looked at is not there, and links to folders are not followed."""
    found: dict[str, Facts] = {}
    waiting = [path] if os.path.isdir(path) else []  # noqa: PTH112 - paths come as texts
    if not waiting:
        _note(found, path, partial(os.stat, path))
    while waiting:
        try:
            with os.scandir(waiting.pop()) as rows:
                for row in rows:
                    if row.is_dir(follow_symlinks=False):
                        waiting.append(row.path)
                    else:
                        _note(found, row.path, row.stat)
        except OSError:
            continue
    return found


def _note(found: dict[str, Facts], path: str, stat: Callable[[], os.stat_result]) -> None:
    try:
        facts = stat()
    except OSError:
        return
    found[path] = (facts.st_mtime_ns, facts.st_size, facts.st_ino)


class _Emitter(EventEmitter):
    """Looks again and again and says which file is not as it was."""

    def __init__(self, queue: EventQueue, watch: ObservedWatch, *, timeout: float = SHORTEST, event_filter: list[type[FileSystemEvent]] | None = None) -> None:
        super().__init__(queue, watch, timeout=timeout, event_filter=event_filter)
        self._before: dict[str, Facts] = {}
        self._pause = SHORTEST

    def on_thread_start(self) -> None:
        """See what is there."""
        self._before = look(str(self.watch.path))

    def queue_events(self, timeout: float) -> None:
        """Wait, look, and say what has changed."""
        if self.stopped_event.wait(self._pause):
            return
        start = time.thread_time()  # work only: beside a rebuild a look takes long, but the next one need not wait for that
        now = look(str(self.watch.path))
        self._pause = min(max(SHORTEST, (time.thread_time() - start) * (SHARE - 1)), LONGEST)
        if now != self._before:
            changed = {name for name, _ in now.items() ^ self._before.items()}
            self._before = now
            self.queue_event(FileModifiedEvent(min(changed)))


def watch_quickly(server: LiveReloadServer) -> None:
    """Let the server find changes this way, in everything that it watches."""
    paths = list(server._watched_paths)  # noqa: SLF001 - MkDocs offers no other way to ask
    for path in paths:
        server.unwatch(path)
    server.observer = BaseObserver(_Emitter, timeout=SHORTEST)  # type: ignore[assignment]
    for path in paths:
        server.watch(path)
