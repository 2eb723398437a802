"""What sealed pages are called: a page whose text and scripts are as before need not be sealed again.

All pages stand in one row of the cache: thousands of small ones would take longer to look up.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from kreislaufstadt.cache import code_digest, digest, pack, unpack
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kreislaufstadt.cache import Cache
    from kreislaufstadt.guard.seal import Sealer
    from kreislaufstadt.rendered_pages import RenderedPage

Seal = tuple[str, tuple[tuple[str, str], ...]]
"""The name of a sealer, and the hashes that it gave to scripts."""

Sealed = tuple[str, str, dict[str, str]]
"""A sealed page as it travels: what it is known by, its name, and the hashes that it carries by the paths of the scripts."""


class SealedPages:
    """The names of sealed pages, of this build and the last."""

    def __init__(self, cache: Cache) -> None:
        """Keep what this run has seen when the cache is saved."""
        self._cache = cache
        self._key = digest("sealed pages", code_digest())
        self._now: dict[str, tuple[str, Seal]] = {}
        self._holding: dict[tuple[Seal, Sealer], bool] = {}
        self._will_be_saved = False

    @cached_property
    def _before(self) -> Mapping[str, tuple[str, Seal]]:
        stored = self._cache.get(self._key)
        groups = json.loads(unpack(stored)) if stored else ()
        seals = [((name, tuple(map(tuple, hashes))), pages) for name, hashes, pages in groups]
        return {key: (name, seal) for seal, pages in seals for key, name in pages.items()}

    def find(self, page: RenderedPage, sealer: Sealer) -> str | None:
        """The name of the sealed page if it was sealed before, and the scripts are still the same."""
        key = key_of(page)
        found = self._now.get(key) or self._before.get(key)
        if found is None or not self._holds(found[1], sealer):
            return None
        self._add(key, found)
        return found[0]

    def keep(self, key: str, name: str, hashes: Mapping[str, str], sealer: Sealer) -> None:
        """Remember a page by its key; ``hashes`` are those that it carries."""
        self._add(key, (name, (sealer.name, tuple(hashes.items()))))

    def _add(self, key: str, found: tuple[str, Seal]) -> None:
        self._now[key] = found
        if not self._will_be_saved:
            self._will_be_saved = True
            self._cache.put_late(self._save)

    def _holds(self, seal: Seal, sealer: Sealer) -> bool:
        """Whether the sealer would do the same now; asked once for all pages that load the same."""
        known = self._holding.get((seal, sealer))
        if known is None:
            name, hashes = seal
            known = self._holding[seal, sealer] = name == sealer.name and all(sealer.hash_of(path) == found for path, found in hashes)
        return known

    def _save(self) -> None:
        self._will_be_saved = False
        if self._now == self._before:
            return
        groups: dict[Seal, dict[str, str]] = {}
        for key, (name, seal) in self._now.items():
            groups.setdefault(seal, {})[key] = name
        self._cache.put(self._key, pack(json.dumps([(*seal, pages) for seal, pages in groups.items()]).encode()))


def seal_page(page: RenderedPage, sealer: Sealer) -> tuple[Made, Sealed]:
    """The sealed page, and what :meth:`SealedPages.keep` wants to know of it."""
    content, hashes = sealer.seal_with_hashes(page.draft.file, page.raw)
    made = Made.of(content)
    return made, (key_of(page), made.name, hashes)


def key_of(page: RenderedPage) -> str:
    """What a page is known by: its text, and the file that it is for."""
    return f"{page.name.hex()} {page.draft.file}"
