"""The inspection of a finished folder, as short as what is known of the last one allows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.guard.complete import check_complete, expected_pages, shows
from kreislaufstadt.guard.proof import Proof, State, prove
from kreislaufstadt.guard.rules import inspect_site
from kreislaufstadt.guard.servers import serving_of
from kreislaufstadt.guard.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.guard.keep import KeptFiles
    from kreislaufstadt.guard.proof import Head
    from kreislaufstadt.guard.servers import Serving
    from kreislaufstadt.guard.whole import Rules
    from kreislaufstadt.problems import Problem


class Inspection:
    """One folder: whether it is sound, whether it is complete, how to serve it.

    ``before`` says what stood there when the build began (files to digests of their contents), ``state`` what stands there now.
    """

    def __init__(self, site: Path, rules: Rules, cache: Cache, before: Mapping[str, str], state: State) -> None:
        """Keep where to look."""
        self._site, self._rules, self._cache = site, rules, cache
        self._before, self._state = before, state
        self._heads: Mapping[str, Head] = {}

    def find_faults(self, kept: KeptFiles, *, listed: bool = False) -> tuple[Serving, list[Problem]]:
        """Prove that the change did no harm, or inspect everything; how to serve the site, and all problems.

        ``listed``: somebody else looks whether just the files of the state stand there, and no links to others.
        """
        key = digest("guard proof", code_digest(), repr(self._rules))
        stored = self._cache.get(key)
        proof = prove(Proof.unpack(stored), Whole(self._site, self._rules, kept), self._before, self._state, kept) if stored else None
        if proof is None:
            whole, problems = inspect_site(self._site, self._rules, kept, self._state.sizes if listed else None)
            if problems:
                return serving_of(whole), problems
            proof = Proof.of(whole, self._state.names)
        self._cache.put(key, proof.pack())
        self._heads = proof.heads
        return proof.serving, []

    def find_gaps(self, catalog: Catalog) -> list[Problem]:
        """Entries without a page that shows them; pages that say so in their title, or did so before and are the same, need no look."""
        key, names = digest("guard complete", code_digest()), self._state.names
        seen = json.loads(self._cache.get(key) or "{}")
        titles = {f"{url}index.html": title for _, url, title in expected_pages(catalog)}
        pages = {file: [names.get(file), title] for file, title in titles.items()}
        shown = {(file, title) for file, title in titles.items() if seen.get(file) == pages[file] or self._names(file, title)}
        problems = check_complete(self._site, catalog, shown)
        if not problems and seen != pages:
            self._cache.put(key, json.dumps(pages).encode())
        return problems

    def _names(self, file: str, title: str) -> bool:
        """Whether a sound page has the title in its own."""
        return file in self._heads and shows(self._heads[file][0], title)
