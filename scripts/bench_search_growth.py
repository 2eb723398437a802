"""Measure the search at 5,000 pages: what the first query loads, and how long answers take.

    python scripts/bench_search_growth.py --site site --pages 5000 --out docs/bench-search-growth.md

The pages are made from the sentences of the built site, drawn at random with a fixed
seed, plus compounds that exist nowhere else, so that the vocabulary grows as well.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from playwright.sync_api import sync_playwright

from bench_search import ADAPTERS, QUERIES, ROOT, read_pages
from bench_server import CountingServer
from environment import find_browser
from kreislaufstadt.search.documents import SearchDocument
from kreislaufstadt.search.language import Language, read_language
from kreislaufstadt.search.write import write_index

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS_PER_PAGE = 300
NEW_WORDS_PER_PAGE = 4
ASKED_COLD = 15
REPEATED = 5
"""The best of so many answers counts: the machine may have other work."""



def make_documents(pages: list[dict[str, Any]], language: Language, count: int) -> list[SearchDocument]:
    """Make ``count`` documents out of the sentences of the given pages."""
    chance = random.Random(2026)  # noqa: S311 - test data, the same in every run
    sentences = [one for page in pages for _, _, text in page["teile"] for one in text.replace(" · ", ". ").split(". ") if len(one) > 20]
    parts = sorted(language.compounds.parts)
    facets = ("Abfall", "Bauen", "Textilien", "Bildung")
    documents = []
    for number in range(count):
        base = pages[number % len(pages)]
        title = f"{base['titel']} {chance.choice(parts).capitalize()}{chance.choice(parts)} {number}"
        body: list[str] = []
        while sum(len(one.split()) for one in body) < WORDS_PER_PAGE:
            body.append(chance.choice(sentences))
        body += [f"{chance.choice(parts).capitalize()}{chance.choice(parts)}" for _ in range(NEW_WORDS_PER_PAGE)]
        half = len(body) // 2
        html = f'<p>{". ".join(body[:half])}</p><h2 id="a">{title}</h2><p>{". ".join(body[half:])}</p>'
        given = {"art": (base["art"],), "handlungsfeld": (facets[number % 4],)}
        documents.append(SearchDocument(f"seite-{number}/", title, base["art"], base["kurz"], html, given))
    return documents


def measure(browser: Browser, server: CountingServer, query: str) -> tuple[int, float]:
    """One query in a fresh browser: bytes, and milliseconds of the answer once its files are there."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.address}bench.html")
    server.reset()
    page.evaluate("() => bench.start('ours')")
    page.evaluate("(query) => bench.ask(query, 5)", query)
    sent = server.sent
    times = []
    for _ in range(REPEATED):
        start = time.perf_counter()
        page.evaluate("(query) => bench.ask(query, 5)", query)
        times.append((time.perf_counter() - start) * 1000)
    context.close()
    return sent, min(times)


def report(pages: int, measured: list[tuple[int, float]], files: dict[str, bytes], seconds: float) -> str:
    """The measurements as a table in Markdown."""
    sizes, times = [one[0] for one in measured], [one[1] for one in measured]
    shards = sum(bool(re.search(r"/t\d+\.js$", path)) for path in files)
    return (
        f"# Search at {pages} pages\n\n{dt.datetime.now(dt.UTC):%Y-%m-%d}; {pages} generated pages of "
        f"{WORDS_PER_PAGE} words; written by `scripts/bench_search_growth.py`.\n\n"
        "| What | Measured |\n|---|---:|\n"
        f"| First query, gzip kB: median, largest of {len(sizes)} | {statistics.median(sizes) / 1000:.0f}, {max(sizes) / 1000:.0f} |\n"
        f"| Answer after load, ms, best of {REPEATED}: median, largest | {statistics.median(times):.0f}, {max(times):.0f} |\n"
        f"| Shards of the index | {shards} |\n| Writing the index, CPU seconds | {seconds:.0f} |\n"
    )


def main() -> None:
    """Make the pages, write the index, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench-search-growth.md")
    options = parser.parse_args()
    language, _ = read_language(ROOT / "content")
    documents = make_documents(read_pages(options.site), language, options.pages)
    start = time.process_time()
    files = write_index(documents, language)
    seconds = time.process_time() - start
    queries = [row["frage"] for row in yaml.safe_load(QUERIES.read_text("utf-8"))["anfragen"]][::12][:ASKED_COLD]
    with tempfile.TemporaryDirectory() as name, CountingServer(Path(name)) as server, sync_playwright() as playwright:
        for path, content in files.items():
            (Path(name) / "ours" / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(name) / "ours" / path).write_bytes(content)
        shutil.copy(ADAPTERS, Path(name) / "bench.js")
        (Path(name) / "bench.html").write_text('<!doctype html><link rel="icon" href="data:,"><script src="bench.js"></script>', "utf-8")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        measured = [measure(browser, server, query) for query in queries]
        browser.close()
    text = report(options.pages, measured, files, seconds)
    options.out.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
