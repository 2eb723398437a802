"""Every page type under the real headers: no violation of the policy, no request to another host, nothing blocked."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import browser_support
import pytest
from guard.small_site import write_site

from kreislaufstadt.guard.policy import HEADERS, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page

LISTENER = "document.addEventListener('securitypolicyviolation', event => console.error('POLICY ' + event.violatedDirective + ' ' + event.blockedURI))"


class Handler(browser_support._Handler):
    """Sends the headers that the generated server files send."""

    def end_headers(self) -> None:
        """Add them to every answer."""
        for name, value in {**HEADERS, "Content-Security-Policy": Policy().header}.items():
            self.send_header(name, value)
        super().end_headers()


def protected(folder: Path) -> AbstractContextManager[str]:
    return serving(folder, Handler)


@contextmanager
def serving(folder: Path, handler: type[browser_support._Handler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def faults_of(page: Page, url: str) -> list[str]:
    """What goes wrong while the page loads and its scripts start."""
    faults: list[str] = []
    host = urlsplit(url).netloc
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", lambda request: faults.append(f"foreign: {request.url}") if urlsplit(request.url).netloc not in {host, ""} else None)
    page.add_init_script(LISTENER)
    page.goto(url, wait_until="networkidle")
    return faults


def test_no_page_type_violates_the_policy(browser: Browser, site_folder: Path, samples: Mapping[str, str]) -> None:
    addresses = {**samples, "suche mit Wort": "suche/?q=reparatur", "suche ohne Treffer": "suche/?q=%3Cscript%3Ealert(1)%3C/script%3E"}
    found = {}
    with protected(site_folder) as base:
        for name, address in addresses.items():
            context = browser.new_context()
            faults = faults_of(context.new_page(), base + address)
            found |= {name: faults} if faults else {}
            context.close()
    assert found == {}
    assert len(addresses) > 20


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        ("<script>document.title = 'x'</script>", "POLICY script-src-elem inline"),
        ('<p style="color:red">x</p>', "POLICY style-src-attr inline"),
        ('<img src="https://fremd.example/x.gif" alt="">', "POLICY img-src"),
        ('<p onclick="x()" id="klick">x</p><script type="module" src="/assets/js/menu.js" integrity="sha384-AAAA"></script>', "integrity"),
    ],
)
def test_violations_would_be_seen(browser: Browser, site_folder: Path, tmp_path: Path, planted: str, expected: str) -> None:
    for name in ("assets/js/menu.js",):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((site_folder / name).read_bytes())
    (tmp_path / "index.html").write_text(f"<!doctype html><html lang=de><head><title>x</title></head><body>{planted}</body></html>", "utf-8")
    with protected(tmp_path) as base:
        context = browser.new_context()
        faults = faults_of(context.new_page(), base)
        context.close()
    assert [fault for fault in faults if expected in fault], faults


@pytest.mark.parametrize("told", [False, True])
def test_search_words_in_the_address_are_not_told_to_our_server(browser: Browser, tmp_path: Path, told: bool) -> None:
    """Hosts of pages send no headers: the seal in the page must do; without it the word would be told."""
    site = write_site(tmp_path)
    if told:
        for path in site.rglob("*.html"):
            path.write_text(path.read_text("utf-8").replace('<meta name="referrer" content="strict-origin">', ""), "utf-8")
    told_by: list[str] = []

    class Listener(browser_support._Handler):
        """Notes what each request says about the page before."""

        def do_GET(self) -> None:  # noqa: N802 - name given by the standard library
            """Answer as usual."""
            told_by.append(self.headers.get("Referer", ""))
            super().do_GET()

    with serving(site, Listener) as base:
        context = browser.new_context()
        page = context.new_page()
        page.goto(base)
        page.evaluate("history.replaceState(null, '', '?q=geheimwort'); fetch('assets/teil.js')")
        page.click("a[href*='zwei/']")
        page.wait_for_url("**/zwei/**")
        context.close()
    assert base in told_by
    assert any("geheimwort" in text for text in told_by) is told
