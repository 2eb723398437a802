"""MkDocs plugin ``kreislaufstadt/editor``: the editor in the browser under /admin/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files

from kreislaufstadt.mkdocs_adapter.shared import EDITOR, build_of
from kreislaufstadt.pages import Draft
from kreislaufstadt.web_editor import FOLDER, Backend, editor_config, editor_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

    from kreislaufstadt.render import Renderer

UNPUBLISHED = (".html", ".schema.json", ".md")
"""Files of the folder that are not published as they are: the template, what only the tests read, and where the parts come from."""


class EditorConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    enabled = c.Type(bool, default=True)
    backend = c.Type(dict, default={})


class EditorPlugin(BasePlugin[EditorConfig]):  # type: ignore[no-untyped-call]
    """Adds the editor's files; the offline copy has none."""

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the page, its configuration and its program."""
        build = build_of(config) if self.config.enabled and config.use_directory_urls else None
        if build is None:
            return files
        folder = next(Path(name) / FOLDER for name in config.theme.dirs if (Path(name) / FOLDER).is_dir())
        written = editor_files(build.renderer, backend_of(self.config), folder)
        return Files([*files, *(File.generated(config, name, content=content) for name, content in written)])


def backend_of(options: EditorConfig) -> Backend:
    """The forge named in mkdocs.yml; a mistake there stops the build with a sentence."""
    try:
        return Backend(**{key: str(value or "") for key, value in options.backend.items()})
    except TypeError:
        allowed = ", ".join(Backend.__dataclass_fields__)
        message = f"mkdocs.yml, kreislaufstadt/editor: Unter backend sind nur diese Angaben erlaubt: {allowed}."
        raise PluginError(message) from None
    except ValueError as error:
        message = f"mkdocs.yml, kreislaufstadt/editor: {error}"
        raise PluginError(message) from None


def editor_address(config: MkDocsConfig) -> str:
    """Where pages link the editor; nowhere if it is off, not connected, or left out of an offline copy."""
    plugin = config.plugins.get(EDITOR)
    if not isinstance(plugin, EditorPlugin) or not plugin.config.enabled or not config.use_directory_urls:
        return ""
    return FOLDER if backend_of(plugin.config).is_set else ""


def editor_files(renderer: Renderer, backend: Backend, folder: Path) -> Iterator[tuple[str, bytes | str]]:
    """Every file of the editor, as site-relative path and content."""
    site = renderer.site
    draft = Draft(FOLDER, "Inhalte bearbeiten", f"{FOLDER}index.html", "Werkzeug der Redaktion", listed=False)
    yield draft.file, renderer.render(draft, backend=backend, policy=editor_policy(backend)).html
    config = editor_config(site.catalog, backend, site.settings.name, site.settings.content.name)
    yield f"{FOLDER}config.json", json.dumps(config, ensure_ascii=False, indent=1) + "\n"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(UNPUBLISHED):
            yield FOLDER + path.relative_to(folder).as_posix(), path.read_bytes()
