"""Measure the search against Material's, Pagefind and MiniSearch as they come: same pages, same queries, one run.

    python scripts/bench_search.py --site site --out docs/bench-search.md

Needs the test environment, a built site, and ``pip install "pagefind[bin]"``. The pages
are read back from our own index (title, sections, text), so that all four see the same
words. Interfaces are left out of all four: measured is what it takes to get the first
five results with their texts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import html
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import material  # type: ignore[import-untyped]
import yaml
from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]
from playwright.sync_api import sync_playwright

from bench_server import CountingServer
from environment import find_browser
from kreislaufstadt.classic_script import bundle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
ADAPTERS = ROOT / "scripts" / "bench_search.js"
QUERIES = ROOT / "tests" / "search" / "anfragen.yml"
COLD_EVERY = 12
"""Every how many queries one is asked in a fresh browser, to count bytes and first answers."""

SEPARATOR = r"[\s\-]+"
"""What Material's German translation sets as separator; its pipeline is ``stopWordFilter``."""


@dataclass
class Result:
    """What was measured for one system."""

    name: str
    version: str
    folder: str
    ranks: list[int] = field(default_factory=list)
    empty: int = 0
    first_bytes: list[int] = field(default_factory=list)
    first_ms: list[float] = field(default_factory=list)
    later_ms: list[float] = field(default_factory=list)
    index_bytes: int = 0

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank of the first good answer among the first ten."""
        return sum(1 / rank for rank in self.ranks if rank) / len(self.ranks)

    @property
    def first_three(self) -> float:
        """Share of queries with a good answer among the first three."""
        return sum(0 < rank <= 3 for rank in self.ranks) / len(self.ranks)

    def row(self) -> str:
        """The line of the table."""
        numbers = (
            f"{self.mrr:.3f}",
            f"{self.first_three:.1%}".replace(".", ","),
            str(self.empty),
            f"{statistics.mean(self.first_bytes) / 1000:.0f}",
            f"{max(self.first_bytes) / 1000:.0f}",
            f"{statistics.median(self.first_ms):.0f}",
            f"{statistics.median(self.later_ms):.0f}",
            f"{self.index_bytes / 1000:.0f}",
        )
        return f"| {self.name} | {self.version} | " + " | ".join(numbers) + " |"


def read_pages(site: Path) -> list[dict[str, Any]]:
    """Read the pages back from our index."""
    folder = next(path for path in (site / "suche").iterdir() if path.is_dir())
    files = sorted(folder.glob("s[0-9]*.js"), key=lambda path: int(path.stem[1:]))
    texts = (path.read_text("utf-8").replace("\u00ad", "").splitlines()[1] for path in files)
    return [json.loads(text) for text in texts]


def page_html(page: dict[str, Any]) -> str:
    """A page as plain HTML: title, sections with anchors, text."""
    parts = [f"<h1>{html.escape(page['titel'])}</h1>"]
    for anchor, heading, text in page["teile"]:
        parts += [f'<h2 id="{anchor}">{html.escape(heading)}</h2>'] if anchor else []
        parts.append(f"<p>{html.escape(text)}</p>")
    return "\n".join(parts)


def write_ours(folder: Path, site: Path) -> None:
    """Copy our index, without the interface."""
    shutil.copytree(site / "suche", folder / "suche", ignore=shutil.ignore_patterns("oberflaeche.js", "index.html"))


def write_material(folder: Path, pages: list[dict[str, Any]]) -> None:
    """Write Material's index with its own plugin, for German, and copy its worker."""
    fields = {"title": {"boost": 1e3}, "text": {"boost": 1e0}, "tags": {"boost": 1e6}}
    index = SearchIndex(lang=["de"], separator=SEPARATOR, pipeline=["stopWordFilter"], fields=fields)
    for page in pages:
        index.add_entry_from_context(SimpleNamespace(meta={}, title=page["titel"], url=page["url"], content=page_html(page), toc=()))
    (folder / "search").mkdir(parents=True)
    (folder / "search" / "search_index.json").write_text(index.generate_search_index(None), "utf-8")
    scripts = Path(material.__file__).parent / "templates" / "assets" / "javascripts"
    shutil.copytree(scripts / "lunr", folder / "assets" / "javascripts" / "lunr")
    (folder / "assets" / "javascripts" / "workers").mkdir()
    worker = next((scripts / "workers").glob("search.*.min.js"))
    shutil.copy(worker, folder / "assets" / "javascripts" / "workers" / "search.js")


def write_pagefind(folder: Path, pages: list[dict[str, Any]]) -> None:
    """Write the pages and let Pagefind index them as it comes."""
    for page in pages:
        path = folder / page["url"] / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        title = html.escape(page["titel"])
        path.write_text(f'<!doctype html><html lang="de"><title>{title}</title><main data-pagefind-body>{page_html(page)}</main>', "utf-8")
    subprocess.run([sys.executable, "-m", "pagefind", "--site", str(folder)], check=True, capture_output=True)
    for path in folder.rglob("index.html"):
        path.unlink()


def write_minisearch(folder: Path, pages: list[dict[str, Any]], browser: Browser, address: str) -> None:
    """Let MiniSearch build and write an index with its default options."""
    folder.mkdir()
    source = ROOT / "overrides" / "assets" / "vendor" / "minisearch" / "minisearch.js"
    joined = bundle(source).removesuffix("})();\n") + "globalThis.MiniSearch = module_minisearch.default;\n})();\n"
    (folder / "minisearch.js").write_text(joined, "utf-8")
    documents = [
        {"id": page["url"], "title": page["titel"], "text": " ".join(" ".join(part[1:]) for part in page["teile"])} for page in pages
    ]
    with browser.new_page() as opened:
        opened.goto(f"{address}bench.html")
        opened.add_script_tag(path=folder / "minisearch.js")
        code = "(pages) => { const m = new MiniSearch({ fields: ['title', 'text'] }); m.addAll(pages); return JSON.stringify(m); }"
        (folder / "index.json").write_text(opened.evaluate(code, documents), "utf-8")


def measure(result: Result, browser: Browser, server: CountingServer, queries: list[dict[str, str]]) -> None:
    """Ask all queries in one page, and some of them in fresh browsers; the server packs the files beforehand."""
    folder = server.root / result.folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    packed = {path: len(server.body(path)) for path in files}
    result.index_bytes = sum(size for path, size in packed.items() if "lunr" not in path.parts)
    context = browser.new_context()
    page = open_adapter(context.new_page(), server.address, result.folder)
    for row in queries:
        start = time.perf_counter()
        urls = page.evaluate("(query) => bench.ask(query, 10)", row["frage"])
        result.later_ms.append((time.perf_counter() - start) * 1000)
        result.ranks.append(rank_of(row["gut"], urls))
        result.empty += not urls
    context.close()
    for row in queries[::COLD_EVERY]:
        measure_cold(result, browser, server, row["frage"])


def measure_cold(result: Result, browser: Browser, server: CountingServer, query: str) -> None:
    """Ask one query in a fresh browser: bytes and time until five results have their texts."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.address}bench.html")
    server.reset()
    start = time.perf_counter()
    page.evaluate("([folder, query]) => bench.start(folder).then(() => bench.ask(query, 5))", [result.folder, query])
    result.first_ms.append((time.perf_counter() - start) * 1000)
    result.first_bytes.append(server.sent)
    context.close()


def open_adapter(page: Page, address: str, folder: str) -> Page:
    """Open the empty page and start one system in it."""
    page.goto(f"{address}bench.html")
    page.evaluate("(folder) => bench.start(folder)", folder)
    return page


def rank_of(good: str, urls: list[str]) -> int:
    """Place of the first good answer from 1, or 0."""
    return next((place for place, url in enumerate(urls, 1) if re.search(good, url)), 0)


def report(results: list[Result], pages: int, words: int, queries: int) -> str:
    """The table in Markdown, with date and size of the task."""
    head = "| System | Version | MRR | first three | empty | first query kB, mean | max | first answer ms | later ms | all files kB |"
    lines = [
        "# Search: measured against others",
        "",
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}; {pages} pages, {words} words; {queries} queries with a good answer (`tests/search/anfragen.yml`).",
        "Written by `scripts/bench_search.py`.",
        "",
        head,
        "|---|---|" + "---:|" * 8,
        *(result.row() for result in results),
        "",
        "Bytes are gzip at level 9, counted from nothing until five results with their texts are there, interfaces left out.",
        "Times are headless Chromium on the machine of the run, server on the same machine: read them as sizes, not as records.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Build the four, measure them, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench-search.md")
    options = parser.parse_args()
    pages = read_pages(options.site)
    queries = [row for row in yaml.safe_load(QUERIES.read_text("utf-8"))["anfragen"] if "gut" in row]
    results = [
        Result("Kreislaufstadt", "this tree", "ours"),
        Result("Material for MkDocs", version("mkdocs-material"), "material"),
        Result("Pagefind", version("pagefind"), "pagefind"),
        Result("MiniSearch without German analysis (prefix and fuzzy on)", "7.2.0", "minisearch"),
    ]
    with tempfile.TemporaryDirectory() as name, CountingServer(Path(name)) as server, sync_playwright() as playwright:
        root = Path(name)
        shutil.copy(ADAPTERS, root / "bench.js")
        (root / "bench.html").write_text('<!doctype html><link rel="icon" href="data:,"><script src="bench.js"></script>', "utf-8")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        write_ours(root / "ours", options.site)
        write_material(root / "material", pages)
        write_pagefind(root / "pagefind", pages)
        write_minisearch(root / "minisearch", pages, browser, server.address)
        for result in results:
            measure(result, browser, server, queries)
            print(result.row(), flush=True)
        browser.close()
    words = sum(len(text.split()) for page in pages for _, _, text in page["teile"])
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(report(results, len(pages), words, len(queries)), "utf-8")


if __name__ == "__main__":
    main()
