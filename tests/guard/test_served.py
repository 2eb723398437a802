"""Debian's nginx with the generated snippet, started here on loopback: what readers really get."""

from __future__ import annotations

import asyncio
import gzip
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest
from guard.small_site import RULES, change, write_site

from kreislaufstadt.guard.compress import compress_site
from kreislaufstadt.guard.policy import HEADERS, Policy
from kreislaufstadt.guard.servers import serving_of, write_servers
from kreislaufstadt.guard.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
CADDY = shutil.which("caddy")
REQUESTS = 10_000
CONNECTIONS = 64
TYPES = {
    "daten/a.ics": "text/calendar; charset=utf-8",
    "daten/a.vcf": "text/vcard; charset=utf-8",
    "daten/a.geojson": "application/geo+json; charset=utf-8",
    "site.webmanifest": "application/manifest+json; charset=utf-8",
    "daten/a.csv": "text/csv; charset=utf-8",
    "daten/a.json": "application/json; charset=utf-8",
    "assets/menue.js": "text/javascript; charset=utf-8",
    "assets/stil.css": "text/css; charset=utf-8",
    "bilder/haus.svg": "image/svg+xml; charset=utf-8",
    ".well-known/security.txt": "text/plain; charset=utf-8",
}
CONFIGURATION = """
{modules} {user}
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {site}; {brotli} include {snippet}; }}
}}
"""


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text("utf-8")
        time.sleep(0.05)


def make_site(folder: Path) -> Path:
    site = write_site(folder / "site")
    for name in TYPES:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text("Testdaten " * 100, "utf-8")
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("geheim", "utf-8")
    (site / "daten" / ".env").write_text("geheim", "utf-8")
    (site / "_headers").write_text("x", "utf-8")
    (site / "alt").mkdir()
    page = (site / "zwei" / "index.html").read_text("utf-8")
    (site / "alt" / "index.html").write_text(page.replace("<title>", '<meta http-equiv="refresh" content="0; url=../zwei/">\n<title>'), "utf-8")
    compress_site(site)
    return site


def caddy_command(folder: Path, site: Path, snippet: Path, port: int) -> list[str]:
    if CADDY is None:
        pytest.skip("caddy is missing: apt-get install caddy")
    main = folder / "Caddyfile.main"
    main.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\nhttp://:{port} {{\n\tbind 127.0.0.1\n\troot * {site}\n\timport {snippet}\n}}\n", "utf-8")
    return [CADDY, "run", "--config", str(main), "--adapter", "caddyfile"]


def nginx_command(folder: Path, site: Path, snippet: Path, port: int) -> list[str]:
    if NGINX is None:
        pytest.skip("nginx is missing: apt-get install nginx-light libnginx-mod-http-brotli-static")
    modules, brotli_on = (f"load_module {BROTLI};", "brotli_static on;") if BROTLI.exists() else ("", "")
    user = "user root;" if os.geteuid() == 0 else ""  # the folder belongs to whoever runs the tests
    main = folder / "main.conf"
    main.write_text(CONFIGURATION.format(folder=folder, site=site, port=port, snippet=snippet, modules=modules, brotli=brotli_on, user=user), "utf-8")
    return [NGINX, "-c", str(main)]


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[str]:
    folder = tmp_path_factory.mktemp(server)
    site = make_site(folder)
    form, command = {"nginx": ("nginx.conf", nginx_command), "caddy": ("Caddyfile", caddy_command)}[server]
    snippet = folder / form
    snippet.write_text(write_servers(serving_of(Whole(site, RULES).load()))[form], "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "start.log"
    with log.open("w") as stream:
        process = subprocess.Popen(command(folder, site, snippet, port), stdout=stream, stderr=stream, env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)})
    wait_for(process, port, log)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Shows redirects instead of following them."""

    def redirect_request(self, *_arguments: object) -> None: ...


def get(url: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})  # noqa: S310 - our own server
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/zwei/", 200), ("/assets/stil.css", 200), ("/fehlt/", 404), ("/zwei", 301), ("/suche/0123456789ab/t1.js", 200), ("/daten/a.json", 200), ("/alt/", 301)])
def test_every_answer_has_every_header(base: str, path: str, status: int) -> None:
    code, headers, _ = get(base + path)
    assert code in ({status, 308} if status == 301 else {status})
    expected = {**HEADERS, "Content-Security-Policy": Policy().header}
    if path.startswith("/daten/"):
        expected |= {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
    assert {name: headers.get_all(name) for name in expected} == {name: [value] for name, value in expected.items()}
    assert headers["Server"] in {"nginx", None}  # no version


def test_unknown_addresses_show_the_error_page(base: str) -> None:
    for path in ("/fehlt/", "/a/b/c/d", "/zwei/fehlt.html"):
        code, _, body = get(base + path)
        assert code == 404
        assert b"<h1>Fehler</h1>" in body


def test_moved_pages_redirect_on_this_host(base: str) -> None:
    assert get(f"{base}/alt/")[1]["Location"] == "/zwei/"
    assert get(f"{base}/zwei")[1]["Location"] == "/zwei/"


@pytest.mark.parametrize("name", TYPES)
def test_content_types(base: str, name: str) -> None:
    code, headers, _ = get(f"{base}/{name}")
    assert (code, headers["Content-Type"]) == (200, TYPES[name])


def test_hashed_files_may_be_kept_others_are_asked_for(base: str) -> None:
    assert get(f"{base}/suche/0123456789ab/t1.js")[1].get_all("Cache-Control") == ["public, max-age=31536000, immutable"]
    _, headers, _ = get(f"{base}/zwei/")
    assert headers.get_all("Cache-Control") == ["public, max-age=600"]
    assert get(f"{base}/zwei/", If_None_Match=headers["ETag"])[0] == 304


def test_parts_of_files_can_be_had(base: str) -> None:
    code, headers, body = get(f"{base}/daten/a.json", Range="bytes=10-19")
    assert (code, body) == (206, b"Testdaten ")
    assert headers["Content-Range"] == "bytes 10-19/1000"


@pytest.mark.parametrize("kind", ["gzip", "br"])
def test_compressed_copies_are_served(base: str, kind: str) -> None:
    if kind == "br" and not BROTLI.exists():
        pytest.skip("the module libnginx-mod-http-brotli-static is missing")
    plain = get(f"{base}/")[2]
    _, headers, body = get(f"{base}/", Accept_Encoding=kind)
    assert headers["Content-Encoding"] == kind
    assert (gzip.decompress(body) if kind == "gzip" else brotli.decompress(body)) == plain
    assert "Accept-Encoding" in headers["Vary"]


@pytest.mark.parametrize("path", ["/assets/", "/daten/", "/.git/config", "/.git/", "/daten/.env", "/_headers", "/%2egit/config", "/../etc/passwd", "/zwei/..%2f..%2fetc/passwd", "/bilder/.%00"])
def test_no_listing_no_hidden_files_no_way_out(base: str, path: str) -> None:
    code, _, body = get(base + path)
    assert code in {400, 403, 404}
    assert b"geheim" not in body
    assert b'stil.css"' not in body or b"<h1>Fehler</h1>" in body


async def load_test(host: str, port: int) -> tuple[int, float]:
    """Send requests over kept connections; the number of faults, and the seconds."""
    left = iter(range(REQUESTS))
    faults = 0

    async def work() -> None:
        nonlocal faults
        reader, writer = await asyncio.open_connection(host, port)
        for _ in left:
            writer.write(b"GET /zwei/ HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
            body = await reader.readexactly(length)
            faults += not head.startswith(b"HTTP/1.1 200") or not body.startswith(b"\x1f\x8b")
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
    return faults, time.perf_counter() - start


def test_many_readers_at_once(base: str, server: str) -> None:
    if server != "nginx":
        pytest.skip("the load is measured with nginx")
    port = int(base.rpartition(":")[2])
    with ThreadPoolExecutor(1) as own_thread:  # the browser tests of the same worker keep an event loop running in this one
        faults, seconds = own_thread.submit(lambda: asyncio.run(load_test("127.0.0.1", port))).result()
    print(f"{REQUESTS} requests, {CONNECTIONS} connections, {faults} faults, {seconds:.1f} s")
    assert faults == 0


def test_snippet_checks_can_fail(tmp_path: Path) -> None:
    site = write_site(tmp_path)
    change(site, "zwei/index.html", "<title>", '<meta http-equiv="refresh" content="0; url=javascript:x">\n<title>')
    assert serving_of(Whole(site, RULES).load()).redirects == {}
