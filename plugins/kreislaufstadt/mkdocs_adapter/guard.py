"""MkDocs plugin ``kreislaufstadt/guard``: seals finished pages and inspects what leaves the house."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from kreislaufstadt.cache import Cache
from kreislaufstadt.guard.complete import check_operator_ready
from kreislaufstadt.guard.inspection import Inspection
from kreislaufstadt.guard.keep import KeptFiles
from kreislaufstadt.guard.policy import Policy
from kreislaufstadt.guard.proof import State
from kreislaufstadt.guard.seal import Sealer
from kreislaufstadt.guard.servers import write_servers
from kreislaufstadt.guard.whole import Rules
from kreislaufstadt.mkdocs_adapter.page_files import PageFile
from kreislaufstadt.mkdocs_adapter.shared import build_of, run_of
from kreislaufstadt.parallel import start_aside
from kreislaufstadt.problems import Problem, sort_problems
from kreislaufstadt.report import format_summary, format_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from kreislaufstadt.build import Build
    from kreislaufstadt.guard.servers import Serving
    from kreislaufstadt.mkdocs_adapter.run import Run

PUBLISHED = ("_headers", "_redirects")
"""Server files that hosts expect inside the site; the others stay beside it."""


class GuardConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    enabled = c.Type(bool, default=True)
    server_dir = c.Type(str, default="dist/server")
    apart = c.Type(list, default=["admin/"])


class GuardPlugin(BasePlugin[GuardConfig]):  # type: ignore[no-untyped-call]
    """Gives every page its policy, then checks the whole folder; a preview is left alone."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Offer to seal pages where they are made."""
        run = run_of(config)
        if self.config.enabled and not run.settings.preview:
            run.make_sealer = partial(make_sealer, config)
            run.meanwhile += [partial(keep_inspected, config, run)] if run.is_first else []

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Seal the pages once every file is known."""
        build = build_of(config)
        if build is None:
            return files
        raise_problems(check_operator_ready(build.site.catalog) if build.site.settings.production else ())
        if self.config.enabled and not build.site.settings.preview:
            with build.progress.stage("Versiegeln"):
                seal_pages(make_sealer(config, files), files)
        return files

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Inspect the built folder and write how to serve it."""
        run, build = run_of(config), build_of(config)
        beside = Path(config.config_file_path or ".").parent / self.config.server_dir
        if build is None:
            write_all(run.finished.beside if run.finished else {}, beside)
        elif self.config.enabled and not build.site.settings.preview:
            with build.progress.stage("Kontrolle"):
                run.beside = inspect(Path(config.site_dir), rules_of(config, tuple(self.config.apart)), build, run)
            write_all(run.beside, beside)


def make_sealer(config: MkDocsConfig, files: Files) -> Sealer:
    """A sealer that knows the hashes of these files."""
    return Sealer(lambda name: read_bytes(files, name), Policy(), base_path=rules_of(config).base_path, integrity=config.use_directory_urls)


def seal_pages(sealer: Sealer, files: Files) -> None:
    """Give every page its policy."""
    for file in files:
        if isinstance(file, PageFile):
            file.sealer = sealer
        elif file.dest_uri.endswith(".html"):
            file.content_string = sealer.seal(file.dest_uri, file.content_string)


def inspect(site: Path, rules: Rules, build: Build, run: Run) -> dict[str, str]:
    """Check the built folder, write the server files that belong into it, and return the others."""
    inspected = _inspect_meanwhile(site, rules, build, run) if build.is_first else _inspect_as_written(site, rules, build, run)
    for key, row in inspected.rows.items():
        build.cache.put(key, row)
    if inspected.problems:
        build.cache.save()
    raise_problems(inspected.problems)
    written = write_servers(inspected.serving)
    write_all({name: text for name, text in written.items() if name in PUBLISHED}, site)
    return {name: text for name, text in written.items() if name not in PUBLISHED}


class _Inspected(NamedTuple):
    """How to serve the folder, what is wrong with it, and what to keep for the next inspection."""

    serving: Serving
    problems: list[Problem]
    rows: Mapping[bytes, bytes]


def _inspect_meanwhile(site: Path, rules: Rules, build: Build, run: Run) -> _Inspected:
    """Have another process look at the files as they were written; it is done again should something else stand there."""
    wait = start_aside(partial(_inspect, site, rules, build, run), build.site.drafts)
    with build.progress.stage("Aufheben"):
        build.cache.save()
    return wait() if run.folder.is_as_written() else _inspect(site, rules, build, run, _state(run.folder.contents()))


def keep_inspected(config: MkDocsConfig, run: Run) -> None:
    """Keep what new pages say, and have it at hand when a first build is inspected."""
    names = {file: name for file, (name, _) in run.folder.written().items() if name in run.inspected}
    run.said.update(zip(names.values(), KeptFiles(run.cache, names.get, run.inspected).pages(Path(config.site_dir), list(names)), strict=True))


def _inspect_as_written(site: Path, rules: Rules, build: Build, run: Run) -> _Inspected:
    """Look at the files as they were written while another process looks whether they stand so; it is done again should something else stand there."""
    is_as_written = run.folder.start_checking()
    with suppress(FileNotFoundError):  # somebody takes files away meanwhile
        inspected = _inspect(site, rules, build, run, _state(run.folder.written()))
        if is_as_written():
            return inspected
    return _inspect(site, rules, build, run, _state(run.folder.contents()))


def _state(files: Mapping[str, tuple[str, int]]) -> State:
    return State({file: name for file, (name, _) in files.items()}, {file: size for file, (_, size) in files.items()})


def _inspect(site: Path, rules: Rules, build: Build, run: Run, found: State | None = None) -> _Inspected:
    """Look at the folder, or if nothing was found in it, at what was written.

    In a first build there is nothing in the cache that could be asked for, and another process may do this.
    """
    state = found or _state(run.folder.written())
    cache = Cache(None) if build.is_first else build.cache
    before = {file: name for file, name in run.folder.before().items() if file not in PUBLISHED}
    inspection = Inspection(site, rules, cache, before, state)
    kept = KeptFiles(cache, state.names.get, run.inspected, build.quiet_texts, None if found else run.said)
    serving, problems = inspection.find_faults(kept, listed=found is None)
    problems += inspection.find_gaps(build.site.catalog)
    here = frozenset() if found else kept.keys  # what pages said is kept where their rows need not travel
    return _Inspected(serving, problems, {key: row for key, row in cache.unsaved.items() if key not in here} if build.is_first else {})


def rules_of(config: MkDocsConfig, apart: tuple[str, ...] = ()) -> Rules:
    """Translate MkDocs' configuration into the guard's rules."""
    return Rules((config.site_url or "").rstrip("/") + "/", Path(config.site_dir).name, apart, hashed=config.use_directory_urls)


def read_bytes(files: Files, name: str) -> bytes | None:
    """The bytes of an output file, if it is among the files."""
    file = files.get_file_from_path(name) or next((file for file in files if file.dest_uri == name), None)
    return file.content_bytes if file else None


def raise_problems(problems: Iterable[Problem]) -> None:
    """Stop the build with all problems at once."""
    found = sort_problems(problems)
    if found:
        message = f"\n{format_text(found)}\n{format_summary(found)}"
        raise PluginError(message)


def write_all(written: Mapping[str, str], folder: Path) -> None:
    """Write text files into a folder; old ones are replaced, since the last good site may hold links to them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        folder.joinpath(name).unlink(missing_ok=True)
        folder.joinpath(name).write_text(text, encoding="utf-8", newline="\n")
