"""MkDocs plugin ``kreislaufstadt/catalog``: content in, checked pages out.

MkDocs gives the configuration and takes ready files; what the files hold is
decided by the core. Nothing from content/ is published unless a page needs it.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files

from kreislaufstadt.history import history_address, read_history
from kreislaufstadt.mkdocs_adapter.editor import editor_address
from kreislaufstadt.mkdocs_adapter.page_files import PageFile
from kreislaufstadt.mkdocs_adapter.preview import Preview
from kreislaufstadt.mkdocs_adapter.run import Run
from kreislaufstadt.mkdocs_adapter.shared import EXPORTS
from kreislaufstadt.one_shot import keep_until_exit
from kreislaufstadt.problems import Severity
from kreislaufstadt.report import format_summary, format_text
from kreislaufstadt.site import NavItem, Settings
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from kreislaufstadt.build import Build
    from kreislaufstadt.mkdocs_adapter.unchanged import Finished

log = get_plugin_logger(__name__)


class CatalogConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    enabled = c.Type(bool, default=True)
    navigation = c.Type(list, default=[])
    footer = c.Type(list, default=[])
    history_url = c.Type(str, default="")
    issue_url = c.Type(str, default="")
    new_file_url = c.Type(str, default="")
    production = c.Type(bool, default=False)
    today = c.Type(str, default="")
    cache = c.Type(str, default=".cache/kreislaufstadt.sqlite")
    """File that keeps what unchanged content gave, beside mkdocs.yml; "aus" builds everything anew."""


class CatalogPlugin(BasePlugin[CatalogConfig]):  # type: ignore[no-untyped-call]
    """Loads and checks the content and hands finished pages to MkDocs."""

    def __init__(self) -> None:
        """Start outside a server run."""
        self._serving = False
        self.run: Run | None = None
        self.build: Build | None = None
        self.preview = Preview()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether faults should stop the run or only be shown."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Keep MkDocs from rendering pages of its own."""
        config.theme.static_templates.clear()
        if self.config.enabled:
            self.run = Run(config, make_settings(config, self.config, preview=self._serving))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the content files by the finished pages."""
        if self.run is None:
            return files
        if self.run.finished:
            return self._stay(self.run.finished)
        self.build = self.run.make_build()
        self._report(self.build)
        self.build.begin_publishing()
        if self.run.on_demand:
            self.run.makers.append(self._late_pages)
            return Files(public_files(files))
        written = [*public_files(files), *(File.generated(config, path, content=text) for path, text in self.build.assets.items())]
        self.run.add_steps(self.build, Files(written))
        return Files([*written, *(PageFile.of(config, page) for page in self.build.pages.values())])

    @event_priority(-200)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Write the files once all plugins have added theirs."""
        if self.run:
            self.run.write(files, config)
        if self.run and self.build and self.run.on_demand:
            self.preview.begin(self.build, Path(config.site_dir), self.run.makers)
        return env

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
        """Make pages when a browser asks for them."""
        if self.run and self.run.on_demand:
            self.preview.attach(server)
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """End a run that did not hold."""
        if self.run:
            self.run.stop()

    def on_shutdown(self) -> None:
        """The process ends: nobody needs its memory taken apart."""
        keep_until_exit(self.build, self.run)

    @event_priority(-200)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """End the run that held."""
        if self.run:
            self.run.end()

    def _late_pages(self) -> dict[str, Made]:
        return {name: Made.of(html.encode()) for name, html in self.build.preview_late_pages().items()} if self.build else {}

    def _stay(self, finished: Finished) -> Files:
        """Say again what the last build said, and leave its folder alone."""
        if finished.message:
            log.warning("\n%s", finished.message)
        log.info("Nichts hat sich geändert; der letzte Bau gilt noch.")
        return Files([])

    def _report(self, build: Build) -> None:
        problems = build.site.problems
        shown = [problem for problem in problems if problem.severity is not Severity.HINT]
        if not shown:
            return
        text = f"{format_text(shown)}\n{format_summary(problems)}"
        errors = any(problem.severity is Severity.ERROR for problem in shown)
        if errors and not self._serving:
            raise PluginError(f"\n{text}")
        if self.run:
            self.run.message = text
        log.warning("\n%s", text)


def make_settings(config: MkDocsConfig, options: CatalogConfig, *, preview: bool = False) -> Settings:
    """Translate MkDocs' configuration into the core's settings."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
    repo = (config.repo_url or "").rstrip("/")
    edit = (config.edit_uri or "").strip("/")
    return Settings(
        name=config.site_name,
        base_url=(config.site_url or "").rstrip("/") + "/",
        content=Path(config.docs_dir),
        templates=tuple(Path(folder) for folder in config.theme.dirs),
        today=dt.date.fromisoformat(options.today) if options.today else moment.date(),
        description=config.site_description or "",
        navigation=read_navigation(options.navigation),
        footer=read_navigation(options.footer),
        repo_url=repo,
        edit_url=f"{repo}/{edit}/{{path}}" if repo and edit else "",
        history_url=options.history_url or history_address(repo, edit),
        issue_url=options.issue_url,
        new_file_url=options.new_file_url,
        editor_url=editor_address(config),
        index_name="" if config.use_directory_urls else "index.html",
        production=options.production,
        preview=preview,
        cache=cache_file(config, options),
        changed=read_history(Path(config.docs_dir)),
        open_data=EXPORTS in config.plugins,
    )


def cache_file(config: MkDocsConfig, options: CatalogConfig) -> Path | None:
    """The cache's file, unless it is switched off."""
    if options.cache in {"", "aus"}:
        return None
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent / options.cache


def read_navigation(rows: list[Any]) -> tuple[NavItem, ...]:
    """Read ``- Titel: adresse`` and ``- Titel: [adresse, {Titel: adresse}, …]``."""
    items = []
    for row in rows:
        for title, target in row.items():
            if isinstance(target, list):
                items.append(NavItem(title, target[0] or "", read_navigation(target[1:])))
            else:
                items.append(NavItem(title, target or ""))
    return tuple(items)


def public_files(files: Files) -> list[File]:
    """The files that are published as they are: pictures of the content, our own assets."""
    return [file for file in files if file.src_uri.startswith(("bilder/", "assets/")) and not file.src_uri.endswith((".yml", ".md")) and _is_ours(file)]


def _is_ours(file: File) -> bool:
    """Leave out what the theme brings along."""
    source = Path(file.src_dir or "")
    return not (source.parts[-1:] == ("templates",) and source.parts[-2:-1] == ("material",))

