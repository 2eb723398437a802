"""MkDocs plugin ``kreislaufstadt/exports``: open data and Markdown beside the finished pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority

from kreislaufstadt.mkdocs_adapter.shared import build_of, run_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


class ExportsConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    enabled = c.Type(bool, default=True)


class ExportsPlugin(BasePlugin[ExportsConfig]):  # type: ignore[no-untyped-call]
    """Adds every file that a build writes beside its HTML."""

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Have the files made; they need no page, and pages but one do not need them."""
        build = build_of(config) if self.config.enabled else None
        if build is None:
            return files
        from kreislaufstadt.outputs import write_exports  # noqa: PLC0415 - only where there is something to build

        run_of(config).makers.append(lambda: dict(write_exports(build)))
        return files
