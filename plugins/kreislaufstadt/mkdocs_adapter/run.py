"""One run of MkDocs: what it starts from, whether there is anything to do, and what it leaves."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.cache import Cache
from kreislaufstadt.mkdocs_adapter.page_files import PageFile
from kreislaufstadt.mkdocs_adapter.preview import is_attached_later
from kreislaufstadt.mkdocs_adapter.unchanged import Finished, find_finished, inputs_digest, keep_finished
from kreislaufstadt.one_shot import uncollected
from kreislaufstadt.page_steps import InspectStep, SealStep, WriteStep
from kreislaufstadt.progress import Stages, format_table
from kreislaufstadt.sealed_pages import SealedPages
from kreislaufstadt.site_folder import Made, SiteFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from kreislaufstadt.build import Build
    from kreislaufstadt.guard.page import Page
    from kreislaufstadt.guard.seal import Sealer
    from kreislaufstadt.site import Settings


@dataclass(eq=False)
class Contributions:
    """What the plugins give to a run."""

    message: str = ""
    """What the build said."""

    beside: Mapping[str, str] = field(default_factory=dict)
    """Files beside the folder."""

    makers: list[Callable[[], Mapping[str, Made]]] = field(default_factory=list)
    """What gives the files that are made of all pages together, or beside them."""

    meanwhile: list[Callable[[], None]] = field(default_factory=list)
    """What else is to be done while others are still writing."""

    start_search: Callable[[Build], Callable[[], Mapping[str, Made]]] | None = None
    """Begins to make the files of the search, once for each build, and returns how to wait for them."""

    make_sealer: Callable[[Files], Sealer] | None = None
    """Given if pages are to be sealed and inspected."""

    inspected: dict[str, bytes] = field(default_factory=dict)
    """What was read in new pages for the inspection, by the digests of their contents."""

    said: dict[str, Page | None] = field(default_factory=dict)
    """The same as pages, as far as it has been kept."""


class Run(Contributions):
    """Keeps MkDocs from emptying the output folder, so that unchanged files can stay.

    If neither the inputs nor the folder have changed since the last run that held,
    ``finished`` is what that run left, and nothing is built.
    """

    def __init__(self, config: MkDocsConfig, settings: Settings) -> None:
        """Look at inputs and folder; until the files are written, MkDocs is shown a folder that is not there."""
        super().__init__()
        self.settings = settings
        self.cache = Cache(settings.cache)
        self.progress = Stages(time.perf_counter, _show if sys.stderr.isatty() and "CI" not in os.environ else None)
        self.on_demand = settings.preview and is_attached_later()
        """In a preview that makes files when they are asked for, nothing but the build itself is made beforehand."""

        self.is_first = self.cache.is_empty()
        """Whether no earlier run has left anything."""

        self._compiling = _start_compiling(settings, self.cache) if self.is_first else None
        self._running = ExitStack()
        self._sealed = SealedPages(self.cache)
        self._site_dir = config.site_dir
        self.folder = SiteFolder(Path(config.site_dir), self.cache)
        self._read: dict[str, bytes] = {}
        self.finished = self._find_finished(config)
        config.site_dir = f"{config.site_dir}.leer"

    def _find_finished(self, config: MkDocsConfig) -> Finished | None:
        """What the last build of the same inputs left, if it is still there."""
        settings = self.settings
        self._inputs = b"" if settings.preview else inputs_digest(config, settings, self._read)
        found = None if settings.preview else find_finished(self.cache, self._inputs)
        return found if found and self.folder.is_in_state(found.state) else None

    def make_build(self) -> Build:
        """Load the content; the folder is looked at meanwhile."""
        if not self.is_first:
            self.folder.begin_early()
        from kreislaufstadt.build import Build  # noqa: PLC0415 - half a second that a run without work saves

        self._running.enter_context(uncollected())
        build = Build(self.settings, self.cache, self.progress, self._compiling, self._read)
        self._read.clear()
        build.folder = None if self.on_demand else self.folder
        return build

    def add_steps(self, build: Build, files: Files) -> None:
        """Have pages sealed, written and inspected where they are made, and their words collected; ``files`` are those that they may load."""
        if self.make_sealer:
            build.steps.append(SealStep(self.make_sealer(files), self._sealed))
        build.steps.append(WriteStep(self.folder))
        if self.make_sealer:
            build.steps.append(InspectStep(self.inspected))
        build.start_search = self.start_search

    def write(self, files: Files, config: MkDocsConfig) -> None:
        """Write what changed; nothing is left for MkDocs to copy."""
        config.site_dir = self._site_dir
        if not self.finished:
            with self.progress.stage("Schreiben"):
                self._write_all([file for file in files if file.inclusion.is_included()])  # type: ignore[no-untyped-call]
        for file in list(files):
            files.remove(file)

    def _write_all(self, files: Sequence[File]) -> None:
        """First what is there, then what is still being made on another core, last the pages that wait for that."""
        waiting = [file for file in files if isinstance(file, PageFile) and file.rendered.waits]
        self.folder.begin()
        for name, made in self._contents(file for file in files if file not in waiting):
            self.folder.take(name, self.folder.put(name, made))
        if self.makers and not self.on_demand:
            with self.progress.stage("Aufheben"):  # while others are still writing; a first build writes its many rows during the inspection
                self.cache.gather() if self.is_first else self.cache.save()
        for work in self.meanwhile:
            work()
        for maker in () if self.on_demand else self.makers:
            self.folder.put_all(list(maker().items()))
        self.folder.write(self._contents(waiting))

    def stop(self) -> None:
        """The run is over, whether it held or not."""
        self._running.close()

    def end(self) -> None:
        """Remember that the run held."""
        self.stop()
        if not self.finished:
            state = self.folder.complete()
            if not self.settings.preview:
                keep_finished(self.cache, self._inputs, Finished(state, self.message, self.beside))
        with self.progress.stage("Aufheben"):
            self.cache.save()
            if not self.on_demand:
                self.cache.close()
        if os.environ.get("KREISLAUFSTADT_PROFIL"):
            print(format_table(self.progress.table()), file=sys.stderr)  # noqa: T201 - asked for

    def _contents(self, files: Iterable[File]) -> Iterator[tuple[str, Made]]:
        return ((file.dest_uri, file.made(self._sealed) if isinstance(file, PageFile) else Made.of(file.content_bytes)) for file in files)


def _start_compiling(settings: Settings, cache: Cache) -> Callable[[], None]:
    """A first run begins with the templates while this process is still being prepared."""
    from kreislaufstadt.template_environment import start_compiling  # noqa: PLC0415 - not for a run without work

    return start_compiling(settings.templates, cache, allowed=not settings.preview)


def _show(text: str) -> None:
    """One line on the screen that the next one overwrites."""
    sys.stderr.write(f"\r\033[K{text}")
    sys.stderr.flush()
