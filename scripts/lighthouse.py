"""Measure pages with Lighthouse (mobile): ``.venv/bin/python scripts/lighthouse.py --datei docs/lighthouse.md``.

Called by hand, not by the tests: Lighthouse comes from npm, and its figures vary.
The built site is served gzipped on this machine, as a web server would.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench_server import CountingServer
from environment import ROOT, WORK

VERSION = "12.8.2"
BAR = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}
"""What the design asks for, in points."""

NAMES = {"performance": "Leistung", "accessibility": "Barrierefreiheit", "best-practices": "gute Praxis", "seo": "Auffindbarkeit"}
PAGES = {
    "Startseite": "",
    "Kommune": "kommunen/braunschweig/",
    "Beispiel": "beispiele/braunschweig-verpackungssteuer/",
    "alle Beispiele": "beispiele/",
    "Kontakte": "kontakte/",
}
METRICS = {"first-contentful-paint": "erster Inhalt (s)", "largest-contentful-paint": "größter Inhalt (s)", "total-blocking-time": "blockiert (ms)"}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"


def main() -> int:
    """Measure every page and write the table; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description="Misst Seiten mit Lighthouse.")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="gebaute Website (üblich: site/)")
    parser.add_argument("--runden", type=int, default=3)
    parser.add_argument("--datei", type=Path)
    options = parser.parse_args()
    program = install()
    with CountingServer(options.site) as server:
        found = {name: measure(program, server.address + page, options.runden) for name, page in PAGES.items()}
    text = write_report(found, options.runden)
    print(text)
    if options.datei:
        options.datei.write_text(text, encoding="utf-8")
    return int(any(points < BAR[category] for page in found.values() for category, points in page["points"].items()))


def install() -> Path:
    """Let npm fetch the pinned version, once."""
    folder = WORK / "lighthouse"
    program = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-save", "--no-package-lock", f"lighthouse@{VERSION}"], cwd=folder, check=True)
    return program


def measure(program: Path, address: str, rounds: int) -> dict[str, Any]:
    """Points and times of a page: medians of several rounds."""
    runs = [run(program, address) for _ in range(rounds)]
    points = {name: round(statistics.median(one["categories"][name]["score"] * 100 for one in runs)) for name in BAR}
    times = {name: statistics.median(one["audits"][name]["numericValue"] for one in runs) for name in METRICS}
    return {"points": points, "times": times, "browser": runs[0]["environment"]["hostUserAgent"], "missed": _missed(runs[0])}


def run(program: Path, address: str) -> dict[str, Any]:
    """One run of Lighthouse."""
    browser = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        command = ["node", str(program), address, "--quiet", "--output=json", f"--output-path={result}", f"--chrome-flags={FLAGS}"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": browser})
        found: dict[str, Any] = json.loads(result.read_text("utf-8"))
        return found


def _missed(run: dict[str, Any]) -> list[str]:
    """What took points away."""
    rows = [(audit["weight"], audit["id"]) for name in BAR for audit in run["categories"][name]["auditRefs"]]
    return sorted({name for weight, name in rows if weight and (run["audits"][name]["score"] or 0) < 0.9 and run["audits"][name]["score"] is not None})


def write_report(found: dict[str, dict[str, Any]], rounds: int) -> str:
    """Write the table."""
    browser = next(iter(found.values()))["browser"].partition("Chrome/")[2].partition(" ")[0]
    lines = [
        "# Lighthouse",
        "",
        f"Gemessen am {time.strftime('%d.%m.%Y')} mit `scripts/lighthouse.py`: Lighthouse {VERSION}, Chromium {browser}, Einstellung „mobil“",
        f"(gebremstes Netz und gebremster Prozessor), Median aus {rounds} Läufen, {os.cpu_count()} Kerne, gzip, Server auf demselben Rechner.",
        "",
        f"| Seite | {' | '.join(NAMES[name] for name in BAR)} | {' | '.join(METRICS.values())} |",
        "|---|" + "---:|" * (len(BAR) + len(METRICS)),
        f"| *gefordert* | {' | '.join(f'*{points}*' for points in BAR.values())} |" + " |" * len(METRICS),
    ]
    for name, page in found.items():
        times = [page["times"][metric] for metric in METRICS]
        shown = [f"{times[0] / 1000:.1f}", f"{times[1] / 1000:.1f}", f"{times[2]:.0f}"]
        lines.append(f"| {name} | {' | '.join(map(str, page['points'].values()))} | {' | '.join(shown).replace('.', ',')} |")
    missed = {name: page["missed"] for name, page in found.items() if page["missed"]}
    lines += ["", *(f"- {name}: Abzug bei {', '.join(f'`{audit}`' for audit in audits)}" for name, audits in missed.items())]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
