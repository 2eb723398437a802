"""The search files of a site: what all pages together say is kept, and changed where pages came, went or have changed."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from kreislaufstadt.parallel import start_aside
from kreislaufstadt.search.collected import NO_TERMS, Collected
from kreislaufstadt.search.opensearch import write_opensearch
from kreislaufstadt.search.order import Order
from kreislaufstadt.search.write import page_file, write_files
from kreislaufstadt.search_gathered import EARLY, collected_key
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from kreislaufstadt.build import Build
    from kreislaufstadt.cache import Cache
    from kreislaufstadt.folder_files import Row
    from kreislaufstadt.search_pages import AnalysedPages

MOST_CHANGED = 0.3
"""Share of new, gone and changed pages above which collecting anew is quicker."""


def search_files(build: Build, program: Path) -> dict[str, Made]:
    """Write index, program and OpenSearch description of a build, by relative output path."""
    with build.progress.stage("Suche"):
        return _search_files(build, program)


def start_search(build: Build, program: Path) -> Callable[[], Mapping[str, Made]]:
    """Begin to write the files into the folder in a process of its own, if this is a first build; else they are made when somebody asks.

    Later builds look up what the last one collected, in a file that only one process may have open.
    """
    folder = build.folder
    if folder is None or not build.is_first:
        return partial(search_files, build, program)

    def put() -> tuple[dict[str, Row], dict[bytes, bytes]]:
        before = set(build.cache.unsaved)
        folder.expect(build.indexed.early)
        rows = folder.put_all(list(_search_files(build, program).items()))
        folder.clear(EARLY)
        return rows, {key: row for key, row in build.cache.unsaved.items() if key not in before}

    wait = start_aside(put, build.documents)

    def take() -> Mapping[str, Made]:
        with build.progress.stage("Suche"):
            standing, kept = wait()
        for key, row in kept.items():
            build.cache.put(key, row)
        for path, facts in standing.items():
            folder.take(path, facts)
        return {}

    return take


def _search_files(build: Build, program: Path) -> dict[str, Made]:
    settings, indexed = build.site.settings, build.indexed
    collected, sums = collect(indexed, build.cache)
    texts = [Made(name, partial(_read_text, indexed, number)) for number, name in enumerate(sums)]
    files = write_files(indexed.heads, collected, texts, build.language[0], program)
    if settings.base_url.startswith("http"):
        files["opensearch.xml"] = Made.of(write_opensearch(settings.name, settings.description, settings.base_url))
    return files


def collect(indexed: AnalysedPages, cache: Cache) -> tuple[Collected, list[str]]:
    """What all pages give together, and the names of the files with their texts; from the last build where it can be."""
    key = collected_key(indexed.base)
    keys, urls = [key.hex() for key in indexed.keys], [head.url for head in indexed.heads]
    found = _change(cache, key, indexed, keys, urls) or indexed.gathered.finish()
    collected, sums = found
    state = json.dumps([keys, urls, sums])
    cache.put(key, state.encode() + b"\n" + collected.pack())
    return found


def _change(cache: Cache, key: bytes, indexed: AnalysedPages, keys: Sequence[str], urls: Sequence[str]) -> tuple[Collected, list[str]] | None:
    """Change what the last build collected; nothing if too many pages came, went or changed, or an old one is lost."""
    stored = cache.get(key)
    if stored is None:
        return None
    state, _, packed = stored.partition(b"\n")
    old_keys, old_urls, old_sums = json.loads(state)
    order = Order.between(old_urls, urls)
    stay = dict(order.numbers())
    gone, new = set(range(len(old_urls))).difference(stay), set(range(len(urls))).difference(stay.values())
    edited = [before for before, now in stay.items() if old_keys[before] != keys[now]]
    if len(gone) + len(new) + len(edited) > MOST_CHANGED * len(urls):
        return None
    rows = {number: row for number in [*gone, *edited] if (row := cache.get(bytes.fromhex(old_keys[number]))) is not None}
    if len(rows) < len(gone) + len(edited):
        return None
    collected = Collected.unpack(packed)
    if gone or new:
        collected.change({number: (indexed.read_terms(rows[number]), NO_TERMS) for number in gone})
        collected.renumber(order, len(urls))
        collected.change({number: (NO_TERMS, indexed.terms(number)) for number in new})
    collected.change({stay[number]: (indexed.read_terms(rows[number]), indexed.terms(stay[number])) for number in edited})
    # A page's number stands in the file with its text.
    sums = {now: old_sums[now] for before, now in stay.items() if before == now and old_keys[now] == keys[now]}
    return collected, [sums.get(number) or _text(indexed, number).name for number in range(len(urls))]


def _text(indexed: AnalysedPages, number: int) -> Made:
    return Made.of(page_file(number, indexed.data(number)))


def _read_text(indexed: AnalysedPages, number: int) -> bytes:
    return page_file(number, indexed.data(number))
