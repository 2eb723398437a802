"""A server on this machine that sends everything gzipped and counts the bytes."""

from __future__ import annotations

import gzip
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}


class CountingServer:
    """Serves a folder; ``sent`` counts the bytes of bodies since the last reset."""

    def __init__(self, root: Path) -> None:
        """Prepare to serve ``root``."""
        self.root = root
        self.sent = 0
        self._packed: dict[Path, bytes] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self.address = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        """Start serving."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def reset(self) -> None:
        """Count from zero again."""
        self.sent = 0

    def body(self, path: Path) -> bytes:
        """The packed file; packed once."""
        with self._lock:
            if path not in self._packed:
                self._packed[path] = gzip.compress(path.read_bytes(), 9)
            self.sent += len(self._packed[path])
            return self._packed[path]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, counter: CountingServer, *arguments: object) -> None:
        self.counter = counter
        super().__init__(*arguments)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing."""

    def do_GET(self) -> None:
        path = self.counter.root / self.path.partition("?")[0].lstrip("/")
        if path.is_dir():
            path /= "index.html"
        body = self.counter.body(path) if path.is_file() else b""
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
        if body:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
