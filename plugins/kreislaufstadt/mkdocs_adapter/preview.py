"""The preview makes what a browser asks for, and only that: after a change nobody waits for pages that nobody looks at.

MkDocs' server hands out files of a folder. Before it looks there, the page that is asked for is
rendered from the present content; what all pages together give (search, open data) is made
when the first file of it is wanted.
"""

from __future__ import annotations

import posixpath
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mkdocs.livereload import LiveReloadServer

    from kreislaufstadt.build import Build
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.site_folder import Made

ALWAYS = "404.html"
"""The server reads the error page without asking."""

RECENT = 5.0
"""Seconds for which a page counts as being looked at: it is made again before the browsers are told to reload."""

_POLLED = "/livereload/"
"""Where MkDocs' script asks whether there is something new: no file of the site."""

_WHOLE = ("suche/", "assets/suche/", "daten/", "schemas/", ".well-known/")
_WHOLE_FILES = (".md", "sitemap.xml", "robots.txt", "llms.txt")
"""What is made of all pages together. Browsers ask unasked for some others (``opensearch.xml``): those wait for the first of these."""


class Preview:
    """Files of the present build, made one by one; used by the server's threads, one at a time."""

    def __init__(self) -> None:
        """Begin without a build."""
        self._lock = threading.RLock()
        self._build: Build | None = None
        self._folder = Path()
        self._makers: list[Callable[[], Mapping[str, Made]]] = []
        self._pages: dict[str, Draft] = {}
        self._asked: dict[str, float] = {}

    def begin(self, build: Build, folder: Path, makers: Iterable[Callable[[], Mapping[str, Made]]]) -> None:
        """Serve this build from now on, and let go of the one before, of which the folder holds nothing more.

        ``makers`` give what is made of all pages together.
        """
        if self._build:
            self._build.cache.close()
        self._build, self._folder, self._makers = build, folder, list(makers)
        self._pages = {draft.file: draft for draft in build.site.drafts if not build.is_late(draft)}
        now = time.monotonic()
        self._asked = {name: moment for name, moment in self._asked.items() if now - moment < RECENT}
        for name in (ALWAYS, *self._asked):
            if name in self._pages:
                self.ensure(name)

    def ensure(self, name: str) -> None:
        """Put the file of that name into the folder, if the build has one."""
        with self._lock:
            if self._build is None or (self._folder / name).is_file():
                return
            if name in self._pages:
                self._write(name, self._build.preview_page(self._pages[name]).encode())
            elif name in self._build.assets:
                self._write(name, self._build.assets[name].encode())
            elif self._makers and (name.startswith(_WHOLE) or name.endswith(_WHOLE_FILES)):
                for path, made in [row for maker in self._makers for row in maker().items()]:
                    self._write(path, made.read())
                self._makers = []
                self._build.cache.save()

    def _write(self, name: str, content: bytes) -> None:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def attach(self, server: LiveReloadServer) -> None:
        """Make files before the server looks for them, and let requests wait while it builds."""
        from kreislaufstadt.mkdocs_adapter.watching import watch_quickly  # noqa: PLC0415 - only a server watches

        build, answer = server.builder, server.get_app()

        def rebuild() -> None:
            with self._lock:
                build()

        def serve(environ: dict[str, Any], start_response: Any) -> Any:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            if (path + "/").startswith(server.mount_path) and not path.startswith(_POLLED):
                self._ask(path[len(server.mount_path) :])
            return answer(environ, start_response)  # type: ignore[misc]

        server.builder = rebuild
        watch_quickly(server)
        server.set_app(serve)

    def _ask(self, path: str) -> None:
        plain = posixpath.normpath(f"/{path}").lstrip("/")
        name = posixpath.join(plain, "index.html") if path.endswith("/") or not path or f"{plain}/index.html" in self._pages else plain
        self._asked[name] = time.monotonic()
        self.ensure(name)


def is_attached_later() -> bool:
    """Whether MkDocs runs as a server that will ask plugins to attach themselves: without reload it does not."""
    context = click.get_current_context(silent=True)
    return bool(context and context.info_name == "serve" and context.params.get("livereload"))
