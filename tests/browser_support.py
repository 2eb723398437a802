"""Helpers of the browser tests: which page stands for which template, and how to open it."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python import base as axe_package
from mkdocs.config import load_config

from kreislaufstadt.mkdocs_adapter.catalog import CatalogPlugin, make_settings
from kreislaufstadt.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Page

    from kreislaufstadt.pages import Draft

ROOT = Path(__file__).parents[1]
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first one found is used; the shell is the same engine without the windows, which cost three quarters of a test's time."""

AXE = (Path(axe_package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
NOT_PAGES = frozenset({"main", "weiterleitung", "vorschau", "register"})
"""Templates that show readers nothing of their own, or only in the preview, or only on a much larger site (``test_register.py``)."""

TEMPLATES = tuple(sorted(path.stem for path in (ROOT / "overrides").glob("*.html") if path.stem not in NOT_PAGES))


def find_browser() -> str | None:
    """The browser named by the environment, else the first one found."""
    names = (os.environ.get("CHROME_PATH"), *BROWSERS)
    return next((path for name in names if name and (path := shutil.which(name))), None)


@cache
def own_site() -> Site:
    """The project's own site, as mkdocs.yml sets it up."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    plugin = config.plugins["kreislaufstadt/catalog"]
    assert isinstance(plugin, CatalogPlugin)
    return Site(make_settings(config, plugin.config))


def site_drafts() -> Sequence[Draft]:
    """Every page of the project's own site."""
    return own_site().drafts


def samples_of(folder: Path) -> Mapping[str, str]:
    """For each template the address of its largest page in the built site."""
    sizes: dict[str, tuple[int, str]] = {}
    for draft in site_drafts():
        file = folder / draft.file
        if file.exists():
            name = draft.template.removesuffix(".html")
            sizes[name] = max(sizes.get(name, (0, "")), (file.stat().st_size, draft.url))
    return {name: url for name, (_, url) in sorted(sizes.items())}


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site without a word and shows its own page for unknown addresses."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - name given by the base class
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer like a web server that is set up as described for the site."""
        page = Path(self.directory, "404.html")
        if code != http.HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback interface; the address ends in a slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def open_page(browser: Browser, url: str, *, width: int = 1280, dark: bool = False, scripts: bool = True) -> Iterator[Page]:
    """Open an address in a fresh context and close it afterwards."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        page.goto(url, wait_until="load")
        yield page
    finally:
        context.close()


def find_violations(page: Page, *, rules: Sequence[str] = (), without: Sequence[str] = (), context: object = None) -> list[str]:
    """What axe-core objects to on the page or in a part of it (axe's own words), by all rules, some, or all but some; one line per rule and element."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(AXE_TAGS)}
    options = {"runOnly": only, "rules": {name: {"enabled": False} for name in without}, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("([context, options]) => axe.run(context ?? document, options).then(result => result.violations)", [context, options])
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
