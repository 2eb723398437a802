"""Measure ``kreislaufstadt check`` beside plain YAML parsing of the same files, in one run.

``.venv/bin/python scripts/bench_check.py 1000 --datei docs/bench-check.md``
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from bench_content import generate
from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks import check_catalog
from kreislaufstadt.load import load_content

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure both, interleaved, and print the table."""
    parser = argparse.ArgumentParser(description="Misst die Prüfung der Inhalte im Vergleich.")
    parser.add_argument("anzahl", nargs="?", type=int, default=1000, help="Zahl erzeugter Beispiele")
    parser.add_argument("--runden", type=int, default=5)
    parser.add_argument("--datei", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        generate(ROOT / "content", content, options.anzahl)
        text = report(content, options.runden)
    print(text)
    if options.datei:
        options.datei.write_text(text, encoding="utf-8")
    return 0


def report(content: Path, rounds: int) -> str:
    """Write the table: seconds of processor time, medians."""
    entries = sum(len(found) for found in load_content(content).entries.values())
    ways: dict[str, Callable[[], object]] = {
        "nur YAML lesen (PyYAML, C-Lader)": lambda: parse_yaml(content),
        "lesen, prüfen, verknüpfen (kreislaufstadt check)": lambda: check(content),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.process_time()
            way()
            times[name].append(time.process_time() - start)
    plain = statistics.median(times["nur YAML lesen (PyYAML, C-Lader)"])
    lines = [
        "# Prüfung der Inhalte im Vergleich",
        "",
        f"Gemessen am {time.strftime('%d.%m.%Y')} mit `scripts/bench_check.py`: {entries} Einträge, Median aus {rounds} verschränkten Runden,",
        f"Rechenzeit eines Kerns, {os.cpu_count()} Kerne, Python {platform.python_version()}, PyYAML {yaml.__version__}.",
        "",
        "| Was | Sekunden | je 1.000 Einträge | Verhältnis zu reinem YAML-Lesen |",
        "|---|---:|---:|---:|",
    ]
    for name, found in times.items():
        middle = statistics.median(found)
        row = (f"{middle:.2f}", f"{middle / entries * 1000:.2f}", f"{middle / plain:.2f}")
        lines.append(f"| {name} | {' | '.join(row).replace('.', ',')} |")
    return "\n".join([*lines, ""])


def parse_yaml(content: Path) -> None:
    """Parse every YAML file and front matter, nothing else."""
    for file in sorted(content.rglob("*")):
        if file.suffix in {".md", ".yml"}:
            text = file.read_text(encoding="utf-8")
            if file.suffix == ".md" and not text.startswith("---\n"):
                continue
            head = text.split("\n---\n", 1)[0] if file.suffix == ".md" else text
            yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader either way


def check(content: Path) -> None:
    """Do what the command does."""
    loaded = load_content(content)
    check_catalog(Catalog(loaded), dt.date(2026, 11, 22))


if __name__ == "__main__":
    raise SystemExit(main())
