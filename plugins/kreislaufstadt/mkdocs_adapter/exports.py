"""MkDocs plugin ``kreislaufstadt/exports``: open data and Markdown beside the finished pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files, InclusionLevel

from kreislaufstadt.mkdocs_adapter.page_files import MadeFile
from kreislaufstadt.mkdocs_adapter.shared import build_of, run_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from kreislaufstadt.site_folder import Made


class ExportsConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    enabled = c.Type(bool, default=True)


class ExportsPlugin(BasePlugin[ExportsConfig]):  # type: ignore[no-untyped-call]
    """Adds every file that a build writes beside its HTML."""

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the files once all pages are finished."""
        build = build_of(config) if self.config.enabled else None
        if build is None:
            return files
        from kreislaufstadt.outputs import write_exports  # noqa: PLC0415 - only where there is something to build

        later = run_of(config).later
        if later is not None:
            later.append(lambda: dict(write_exports(build)))
            return files
        with build.progress.stage("Offene Daten"):
            return Files([*files, *(as_file(config, path, content) for path, content in write_exports(build))])


def as_file(config: MkDocsConfig, path: str, content: Made) -> MadeFile:
    """A file that MkDocs copies as it is: Markdown is not rendered, dotted folders are not left out."""
    file = MadeFile.of(config, f"{path}.roh", content)
    file.inclusion = InclusionLevel.INCLUDED
    file.dest_uri = path
    return file
