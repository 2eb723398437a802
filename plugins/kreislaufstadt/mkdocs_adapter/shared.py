"""How our plugins find the build that the catalogue plugin made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from kreislaufstadt.build import Build
    from kreislaufstadt.mkdocs_adapter.run import Run

CATALOG = "kreislaufstadt/catalog"
EXPORTS = "kreislaufstadt/exports"
EDITOR = "kreislaufstadt/editor"


def run_of(config: MkDocsConfig) -> Run:
    """The present run; a missing or later catalogue plugin is explained."""
    plugin = config.plugins.get(CATALOG)
    run = getattr(plugin, "run", None)
    if run is None:
        message = f"Das Plugin {CATALOG} fehlt in mkdocs.yml oder steht hinter einem Plugin, das darauf aufbaut."
        raise PluginError(message)
    return run  # type: ignore[no-any-return]


def build_of(config: MkDocsConfig) -> Build | None:
    """The running build, or none if nothing has changed since the last one."""
    run = run_of(config)
    return None if run.finished else config.plugins[CATALOG].build  # type: ignore[attr-defined]
