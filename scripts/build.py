"""Build the site into ``site/``: ``python3 scripts/build.py`` on a machine with Python 3.11+ and git."""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (this very line must answer older Pythons)
    sys.exit("Kreislaufstadt braucht Python 3.11 oder neuer. Diese ist " + sys.version.split()[0] + ".")

import argparse
import errno
import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

from environment import ROOT, WORK, SetupError, exclusive, prepare, progress, run_module, say, seconds
from swap import fresh_folder, link_copy, swap

if TYPE_CHECKING:
    from pathlib import Path

SITE = ROOT / "site"
COPY = ROOT / "dist" / "kreislaufstadt-offline.zip"


def main() -> int:
    """Build and say where the site is and how long it took."""
    options = _parser().parse_args()
    start = time.monotonic()
    if options.produktion:
        os.environ["KREISLAUFSTADT_PRODUKTION"] = "true"
    if options.ohne_cache:
        os.environ["KREISLAUFSTADT_CACHE"] = "aus"
    if options.profil:
        os.environ["KREISLAUFSTADT_PROFIL"] = "1"
    try:
        prepare("site", offline=options.ohne_netz)
        with exclusive("build"):
            code = build_copy(COPY) if options.offline else build_site(SITE, compress=options.produktion or options.komprimiert)
    except SetupError as error:
        say(str(error))
        return 2
    except OSError as error:
        say(_describe(error))
        code = 1
    if code:
        say("Der Bau ist abgebrochen; die Meldungen stehen oben." + (" Die letzte gute Fassung in site/ bleibt." if SITE.exists() else ""))
        return code
    if options.offline:
        say(f"Fertig in {seconds(start)}.")
        return 0
    pages = sum(1 for _ in SITE.rglob("*.html"))
    say(f"Fertig: {pages} Seiten in {seconds(start)}. Startseite: {SITE / 'index.html'}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Baut die Website nach site/.")
    parser.add_argument("--offline", action="store_true", help="die Offline-Fassung bauen: ein Archiv in dist/, das ohne Server und Netz läuft")
    parser.add_argument("--ohne-netz", action="store_true", help="nichts aus dem Netz laden; die Umgebung muss schon stehen")
    parser.add_argument("--produktion", action="store_true", help="für den Betrieb: ohne Platzhalter, mit komprimierten Fassungen")
    parser.add_argument("--ohne-cache", action="store_true", help="alles neu bauen, nichts aus früheren Läufen übernehmen")
    parser.add_argument("--profil", action="store_true", help="am Ende zeigen, wie lange jeder Schritt gedauert hat")
    parser.add_argument("--komprimiert", action="store_true", help="auch .gz- und .br-Dateien schreiben")
    return parser


def _describe(error: OSError) -> str:
    """Say in German what the system refused."""
    reasons = {errno.ENOSPC: "Der Datenträger ist voll.", errno.EROFS: "Der Datenträger ist schreibgeschützt.", errno.EACCES: "Die Schreibrechte fehlen."}
    place = f" ({error.filename})" if error.filename else ""
    return f"{reasons.get(error.errno or 0, f'Das System meldet: {error.strerror}.')}{place}"


def build_site(target: Path, *, compress: bool = False) -> int:
    """Build into a fresh folder, check it, and put it in ``target``'s place only when it is complete."""
    fresh = fresh_folder(target, WORK)
    progress("Ich baue die Seiten …")
    link_copy(target, fresh)
    try:
        code = run_mkdocs(fresh)
        if code == 0 and compress:
            progress("Ich komprimiere die Dateien …")
            code = run_module("kreislaufstadt.guard.compress", str(fresh), str(target))
        if code == 0:
            swap(fresh, target, WORK)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return code


def run_mkdocs(target: Path) -> int:
    """Let MkDocs build into ``target``, every warning an error; then count the pages, whatever built them."""
    code = run_module("mkdocs", "build", "--strict", "--site-dir", str(target), extra=source_date())
    return code or check_whole(target, os.environ.get("KREISLAUFSTADT_CACHE", ".cache/kreislaufstadt.sqlite"))


def check_whole(target: Path, cache: str) -> int:
    """Ask whether every entry has its page and every plugin did its work; the answer for the same files is kept."""
    kept = [] if cache in {"", "aus"} else [str(ROOT / cache)]
    return run_module("kreislaufstadt.guard", str(target), str(ROOT / "content"), str(ROOT / "mkdocs.yml"), *kept)


def build_copy(target: Path) -> int:
    """Build all pages for ``file://`` beside the site, then pack them; the site and its server files stay as they are."""
    progress("Ich baue die Offline-Fassung …")
    folder = WORK / "offline"
    apart = {"KREISLAUFSTADT_SERVER": str(WORK / "offline-server"), **source_date()}
    if "KREISLAUFSTADT_CACHE" not in os.environ:
        apart["KREISLAUFSTADT_CACHE"] = ".cache/kreislaufstadt-offline.sqlite"
    code = run_module("mkdocs", "build", "--strict", "--no-directory-urls", "--site-dir", str(folder), extra=apart)
    code = code or check_whole(folder, apart.get("KREISLAUFSTADT_CACHE") or os.environ["KREISLAUFSTADT_CACHE"])
    return code or run_module("kreislaufstadt.offline", str(folder), str(ROOT), str(target), extra=apart)


def source_date() -> dict[str, str]:
    """Return the date that the output may carry: the last commit's, so that the same state gives the same bytes."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return {}
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return {}
    stamp = done.stdout.strip()
    return {"SOURCE_DATE_EPOCH": stamp} if stamp.isdigit() else {}


if __name__ == "__main__":
    sys.exit(main())
