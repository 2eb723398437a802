"""Preview with live reload on this machine only: ``python3 scripts/serve.py``.

MkDocs rebuilds when content or templates change. It cannot reload Python code, so this script
watches the package, the locks and mkdocs.yml and starts MkDocs anew when one of them changes.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (this very line must answer older Pythons)
    sys.exit("Kreislaufstadt braucht Python 3.11 oder neuer. Diese ist " + sys.version.split()[0] + ".")

import argparse
import signal
import socket
import subprocess
import time
from typing import TYPE_CHECKING

from environment import ROOT, SetupError, child_environment, prepare, python_path, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "127.0.0.1"
PAUSE = 1.0


def main() -> int:
    """Serve until Ctrl+C."""
    options = _parser().parse_args()
    signal.signal(signal.SIGTERM, _stop)
    if not _is_free(options.port):
        say(f"Anschluss {options.port} ist belegt. Läuft die Vorschau schon? Sonst einen anderen nennen: --port {options.port + 1}")
        return 2
    try:
        serve(options.port)
    except SetupError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        say("\nVorschau beendet.")
    return 0


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt  # a polite end, so that MkDocs ends too


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Zeigt die Website auf diesem Rechner und folgt jeder Änderung.")
    parser.add_argument("--port", type=int, default=8000, help="Anschluss (üblich: 8000)")
    return parser


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def serve(port: int) -> None:
    """Run MkDocs and start it anew whenever code changes; after a crash wait for the next change."""
    prepare("site")
    while True:
        before = snapshot()
        say(f"Vorschau: http://{HOST}:{port}/ (beenden mit Strg+C)")
        child = subprocess.Popen(command(port), cwd=ROOT, env=child_environment())
        try:
            wait_for_change(child, before)
        finally:
            child.terminate()
            child.wait()
        say("Das Programm hat sich geändert, ich starte die Vorschau neu …")
        prepare("site")


def command(port: int) -> list[str]:
    """Build the call of MkDocs; ``--livereload`` is named because some versions of click lose its default."""
    options = ["--livereload", "--dev-addr", f"{HOST}:{port}", "--watch", "overrides"]
    return [str(python_path()), "-m", "mkdocs", "serve", *options]


def wait_for_change(child: subprocess.Popen[bytes], before: dict[Path, int]) -> None:
    """Return when a watched file differs from ``before``."""
    told = False
    while snapshot() == before:
        if child.poll() is not None and not told:
            say("Die Vorschau steht (Meldungen oben). Sobald die Ursache behoben ist, geht es von selbst weiter.")
            told = True
        time.sleep(PAUSE)


def snapshot() -> dict[Path, int]:
    """Return the times of change of all files that MkDocs cannot reload by itself."""
    times = {}
    for path in _watched():
        try:
            times[path] = path.stat().st_mtime_ns
        except FileNotFoundError:
            continue
    return times


def _watched() -> Iterator[Path]:
    yield ROOT / "mkdocs.yml"
    yield ROOT / "pyproject.toml"
    yield from (ROOT / "requirements").glob("*.txt")
    yield from (ROOT / "plugins").rglob("*.py")


if __name__ == "__main__":
    sys.exit(main())
