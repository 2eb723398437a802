"""Measure builds side by side: ours cold, warm and after edits, stock MkDocs with Material, one table.

Whole processes, interleaved, medians; every tree is the project's content plus
generated examples. Needs requirements/bench.txt; called by hand:
``.venv/bin/python scripts/bench.py 100 1000 --runden 3 --datei docs/bench-build.md``.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from bench_content import generate
from bench_preview import save_to_page, variables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
STOCK = "stock: MkDocs + Material, Seiten außerhalb der Navigation"
STOCK_NAV = "stock: alle Seiten in der Navigation"
EXAMPLE = "beispiele/testfall-00000"
EDITS: dict[str, str] = {
    "ein Beispiel geändert": f"content/{EXAMPLE}.md",
    "eine Komponente geändert": "content/modell/strategie.md",
    "eine Liste geändert": "content/listen/handlungsfelder.yml",
    "eine Vorlage geändert": "overrides/partials/footer.html",
}
PREVIEW = "Vorschau: vom Sichern bis zur neuen Seite"
_STAGES = 13
LARGEST_WITH_NAVIGATION = 1000
"""Above this many examples a build with all pages in the navigation takes too long to wait for."""


class Run(NamedTuple):
    """One measured process: seconds and peak memory in MB."""

    seconds: float
    megabytes: float


def main() -> int:
    """Measure and write the table."""
    options = _parser().parse_args()
    tables, stages = {}, {}
    with tempfile.TemporaryDirectory() as trees:  # deleted at the end, see :func:`cold`
        for count in options.groessen:
            folder = Path(trees) / str(count)
            print(f"{count} Beispiele …", flush=True)
            tables[count] = measure(folder, count, options.runden, navigation=count <= options.navigation_bis)
            stages[count] = profile(folder / "ours")
    text = write_report(tables, stages, options.runden)
    print(text)
    if options.datei:
        options.datei.write_text(text, encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Misst Bauzeiten im Vergleich.")
    parser.add_argument("groessen", nargs="*", type=int, default=[100, 1000], help="Zahl erzeugter Beispiele")
    parser.add_argument("--runden", type=int, default=3, help="Wiederholungen je Messung")
    parser.add_argument("--navigation-bis", type=int, default=LARGEST_WITH_NAVIGATION, help="bis zu dieser Größe auch stock mit allen Seiten in der Navigation")
    parser.add_argument("--datei", type=Path, help="Tabelle auch in diese Datei schreiben")
    return parser


def measure(folder: Path, count: int, rounds: int, *, navigation: bool) -> dict[str, list[Run]]:
    """Measure every variant ``rounds`` times, interleaved; stock with all pages in the ``navigation`` only if asked for."""
    ours, stock = folder / "ours", folder / "stock"
    make_ours(ours, count)
    run_build(ours)
    make_stock(ours / "site", stock)
    variants: dict[str, Callable[[], Run]] = {"kalt": lambda: cold(ours), STOCK: lambda: cold(stock)}  # one behind the other: machines waver
    variants["warm, nichts geändert"] = lambda: run_build(ours)
    variants |= {name: partial(edited, ours, path) for name, path in EDITS.items()}
    if navigation:
        variants[STOCK_NAV] = lambda: run_build(stock, "mkdocs-nav.yml")
    found: dict[str, list[Run]] = {name: [] for name in variants}
    for number in range(rounds):
        for name, build in variants.items():
            found[name].append(build())
            print(f"  Runde {number + 1}: {name}: {found[name][-1].seconds:.1f} s", flush=True)
    found[PREVIEW] = [Run(seconds, 0) for seconds in save_to_page(ours, f"content/{EXAMPLE}.md", f"{EXAMPLE}/", rounds + 2)]
    print(f"  {PREVIEW}: {statistics.median(run.seconds for run in found[PREVIEW]):.1f} s", flush=True)
    return found


def profile(folder: Path) -> Sequence[str]:
    """The stages of a cold build and of one after an edit, as the build itself tells them."""
    lines = []
    edit, path = next(iter(EDITS.items()))
    for title, build in (("kalt", cold), (edit, partial(edited, path=path))):
        told = folder / "stufen.txt"
        with told.open("w", encoding="utf-8") as stream:
            build(folder, told=stream)
        lines += ["", f"Stufen, {title}:", "", "```text", *told.read_text(encoding="utf-8").rstrip().splitlines()[-_STAGES:], "```"]
    return lines


def make_ours(folder: Path, count: int) -> None:
    """Make a project like this one with generated content; it has its own copy of the programs."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "plugins", folder / "plugins")
    generate(ROOT / "content", folder / "content", count)
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")


def make_stock(site: Path, folder: Path) -> None:
    """Give stock MkDocs the same pages: the Markdown version that stands beside each of ours."""
    for page in sorted(site.rglob("index.md")):
        target = folder / "docs" / page.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)
    head = "site_name: Stock\ntheme:\n  name: material\n  language: de\n  font: false\nplugins: [search]\n"
    quiet = "validation:\n  omitted_files: ignore\n  links:\n    not_found: ignore\n    unrecognized_links: ignore\n"
    (folder / "mkdocs.yml").write_text(f"{head}{quiet}nav:\n  - index.md\n", encoding="utf-8")
    (folder / "mkdocs-nav.yml").write_text(f"{head}{quiet}", encoding="utf-8")


def cold(folder: Path, told: TextIO | None = None) -> Run:
    """Build without anything from earlier builds, and into an empty folder.

    The old folder is set aside, not deleted: some file systems look for a free number among
    all that were freed a moment ago, and that would be measured too.
    """
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    if (folder / "site").exists():
        (folder / "site").rename(folder / f"site-{time.time_ns()}")
    return run_build(folder, told=told)


def edited(folder: Path, path: str, told: TextIO | None = None) -> Run:
    """Change one file, build, and put the file back."""
    file = folder / path
    before = file.read_text(encoding="utf-8")
    if path.endswith(".yml"):
        after = before.replace("titel: ", "titel: Neu ", 1)
    elif path.endswith(".html"):
        after = before + f"<!-- {time.time_ns()} -->\n"
    else:
        after = before + f"\nEin weiterer Satz zum Messen ({time.time_ns()}).\n"
    file.write_text(after, encoding="utf-8")
    try:
        return run_build(folder, told=told)
    finally:
        file.write_text(before, encoding="utf-8")
        run_build(folder)


def run_build(folder: Path, config: str = "mkdocs.yml", told: TextIO | None = None) -> Run:
    """Run one build as a process of its own and weigh it; ``told`` takes the table of its stages."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config]
    start = time.monotonic()
    variables = {**variables_of(folder), "SOURCE_DATE_EPOCH": str(int(time.time()) // 86400 * 86400)}
    variables |= {"KREISLAUFSTADT_PROFIL": "1"} if told else {}
    with subprocess.Popen(command, cwd=folder, env=variables, stderr=told) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{folder.name}: der Bau ist gescheitert"
        raise SystemExit(message)
    return Run(time.monotonic() - start, usage.ru_maxrss / 1024)


def write_report(tables: dict[int, dict[str, list[Run]]], stages: dict[int, Sequence[str]], rounds: int) -> str:
    """Write the tables with medians, ratios to stock and growth."""
    names = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "markdown", "jinja2", "pydantic"))
    lines = [
        "# Bauzeiten im Vergleich",
        "",
        f"Gemessen am {time.strftime('%d.%m.%Y')} mit `scripts/bench.py`: {os.cpu_count()} Kerne, Python {platform.python_version()}, {names}.",
        f"Median aus {rounds} verschränkten Runden, ganze Prozesse. Unsere Bauten enthalten Suche, offene Daten und Prüfungen;",
        "stock ist MkDocs mit Material auf dem Text derselben Seiten. Unter 1 heißt schneller als stock.",
    ]
    for count, table in tables.items():
        lines += ["", f"## {count} erzeugte Beispiele", "", "| Bau | Sekunden | Verhältnis zu stock | Speicher (MB) |", "|---|---:|---:|---:|"]
        stock = statistics.median(run.seconds for run in table[STOCK])
        for name, runs in table.items():
            middle = statistics.median(run.seconds for run in runs)
            memory = statistics.median(run.megabytes for run in runs)
            lines.append(f"| {name} | {_german(middle, 1)} | {_german(middle / stock, 2)} | {_german(memory, 0) if memory else '–'} |")
        lines += stages[count]
    return "\n".join([*lines, *_growth(tables), ""])


def _growth(tables: dict[int, dict[str, list[Run]]]) -> Sequence[str]:
    sizes = sorted(tables)
    if len(sizes) < 2:
        return ()
    lines = ["", "## Wachstum", "", f"Von {sizes[0]} auf {sizes[-1]} Beispiele (Exponent 1 = im gleichen Maß):", ""]
    for name in ("kalt", "warm, nichts geändert", STOCK):
        small, large = (statistics.median(run.seconds for run in tables[size][name]) for size in (sizes[0], sizes[-1]))
        exponent = math.log(large / small) / math.log(sizes[-1] / sizes[0])
        lines.append(f"- {name}: Faktor {_german(large / small, 1)}, Exponent {_german(exponent, 2)}")
    light, heavy = (statistics.median(run.megabytes for run in tables[size]["kalt"]) for size in (sizes[0], sizes[-1]))
    return [*lines, f"- Speicher, kalt: Faktor {_german(heavy / light, 1)}"]


def _german(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main())
