"""How long a preview takes from a saved file to the page that shows it; used by ``bench.py``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONGEST = 600.0
"""Seconds after which a preview counts as broken."""

PAUSE = 2.0
"""Seconds between two changes, as a quick writer leaves them."""


def save_to_page(folder: Path, file: str, page: str, changes: int) -> list[float]:
    """Start a preview of the project, change the file so many times, and give the seconds until the page said so."""
    path = folder / file
    before = path.read_text(encoding="utf-8")
    address = f"127.0.0.1:{_free_port()}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "--dev-addr", address]
    with subprocess.Popen(command, cwd=folder, env=variables_of(folder)) as process:
        try:
            _wait(f"http://{address}/{page}", lambda text: "<main" in text)
            return [_change(path, before, f"http://{address}/{page}") for _ in range(changes)]
        finally:
            path.write_text(before, encoding="utf-8")
            process.terminate()


def variables_of(folder: Path) -> dict[str, str]:
    """The variables for a build of the project with its own programs; Python keeps compiled modules, as it does by default."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PYTHONPATH": str(folder / "plugins"), "NO_MKDOCS_2_WARNING": "1"}


def _change(path: Path, before: str, address: str) -> float:
    time.sleep(PAUSE)
    word = f"Messpunkt{time.time_ns()}"
    start = time.monotonic()
    path.write_text(f"{before}\n{word} steht hier.\n", encoding="utf-8")
    _wait(address, lambda text: word in text)
    return time.monotonic() - start


def _wait(address: str, holds: Callable[[str], bool]) -> None:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=LONGEST) as answer:  # noqa: S310 - our own server
                if holds(answer.read().decode()):
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    message = "Die Vorschau folgt der Änderung nicht."
    raise SystemExit(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
