"""MkDocs plugin ``kreislaufstadt/search``: the search index beside the finished pages."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files

from kreislaufstadt.mkdocs_adapter.shared import build_of, run_of
from kreislaufstadt.report import format_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from kreislaufstadt.build import Build
    from kreislaufstadt.site_folder import Made

log = get_plugin_logger(__name__)

PROGRAM = "assets/suche"
"""Folder of the browser side's modules in the theme folder; one script of it is published as it is."""

START = f"{PROGRAM}/start.js"


class SearchConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    enabled = c.Type(bool, default=True)


class SearchPlugin(BasePlugin[SearchConfig]):  # type: ignore[no-untyped-call]
    """Writes the search index and replaces the program's modules by the joined scripts."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Offer to begin with the index as soon as there are pages to search."""
        if self.config.enabled:
            run_of(config).start_search = cache(partial(begin_search, config))

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Have the index made once all pages are finished."""
        run, build = run_of(config), build_of(config)
        if build is None or run.start_search is None:
            return files
        for problem in build.language[1]:
            log.warning(format_text([problem]))
        run.makers.append(run.start_search(build))
        return Files([file for file in files if is_published(file.src_uri)])


def begin_search(config: MkDocsConfig, build: Build) -> Callable[[], Mapping[str, Made]]:
    """Begin to make the files of the search."""
    from kreislaufstadt.search_index import start_search  # noqa: PLC0415 - only where there is something to build

    return start_search(build, program_folder(config))


def program_folder(config: MkDocsConfig) -> Path:
    """Find the browser side's modules in the first theme folder that has them."""
    return next(Path(folder) / PROGRAM for folder in config.theme.dirs if (Path(folder) / START).is_file())


def is_published(name: str) -> bool:
    """Modules that the joined scripts contain are not published a second time."""
    return name == START or not name.startswith((f"{PROGRAM}/", "assets/vendor/minisearch/"))
