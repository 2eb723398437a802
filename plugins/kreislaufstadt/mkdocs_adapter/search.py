"""MkDocs plugin ``kreislaufstadt/search``: the search index beside the finished pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files

from kreislaufstadt.mkdocs_adapter.shared import build_of, run_of
from kreislaufstadt.report import format_text

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = get_plugin_logger(__name__)

PROGRAM = "assets/suche"
"""Folder of the browser side's modules in the theme folder; one script of it is published as it is."""

START = f"{PROGRAM}/start.js"


class SearchConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    enabled = c.Type(bool, default=True)


class SearchPlugin(BasePlugin[SearchConfig]):  # type: ignore[no-untyped-call]
    """Writes the search index and replaces the program's modules by the joined scripts."""

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Have the index made once all pages are finished."""
        if not self.config.enabled:
            return files
        from kreislaufstadt.search_index import start_search  # noqa: PLC0415 - only where there is something to build

        build = build_of(config)
        if build is None:
            return files
        for problem in build.language[1]:
            log.warning(format_text([problem]))
        run_of(config).makers.append(start_search(build, program_folder(config)))
        return Files([file for file in files if is_published(file.src_uri)])


def program_folder(config: MkDocsConfig) -> Path:
    """Find the browser side's modules in the first theme folder that has them."""
    return next(Path(folder) / PROGRAM for folder in config.theme.dirs if (Path(folder) / START).is_file())


def is_published(name: str) -> bool:
    """Modules that the joined scripts contain are not published a second time."""
    return name == START or not name.startswith((f"{PROGRAM}/", "assets/vendor/minisearch/"))
