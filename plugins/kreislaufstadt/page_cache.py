"""Finished pages from an earlier build, as long as nothing they were made from has changed."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from kreislaufstadt.cache import Cache, code_digest, digest, folder_digest, unpack
from kreislaufstadt.rendered_pages import RenderedPage
from kreislaufstadt.trace import Fingerprints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kreislaufstadt.pages import Draft
    from kreislaufstadt.render_pool import MadePage
    from kreislaufstadt.site import Site


class PageCache:
    """Looks pages up by draft and verifies their traces; remembers new ones."""

    def __init__(self, site: Site, cache: Cache, ask: Callable[[str, str], str], render: Callable[[Draft], str]) -> None:
        """Name everything that all pages depend on: code, templates, settings, operator, file names."""
        self._render = render
        self._cache = cache
        self._site = site
        self._ask = ask
        self._base = digest(
            code_digest(),
            folder_digest(site.settings.templates[:1]),
            repr(dataclasses.replace(site.settings, content=_NOWHERE, templates=(), cache=None)),
            repr(site.catalog.operator),
            "\n".join(site.catalog.files),
            folder_digest([site.settings.content / "karte"], ("*.geojson", "*.yml")),
            folder_digest([site.settings.content / "sprache"], ("*.po",)),
            repr(site.pictures),
        )
        self._views_key = digest("views", self._base)
        stored = cache.get(self._views_key)
        self._views: dict[str, list[str]] = json.loads(stored) if stored else {}
        self._fingerprints = Fingerprints(site.catalog, self._views, ask)
        self._digests: dict[int, tuple[Any, bytes]] = {}

    def find(self, draft: Draft) -> RenderedPage | None:
        """The finished page of the draft, if its trace still holds; its text is read when somebody wants it."""
        stored = self._cache.get(self._key(draft))
        if stored is None:
            return None
        record = json.loads(stored)
        name = bytes.fromhex(record["html"])
        if self._fingerprints.combined(record["names"]).hex() != record["sum"] or not self._cache.has(_text_key(name)):
            return None
        return RenderedPage(draft, name, lambda: self._text(draft, name))

    def keep(self, made: Iterable[MadePage]) -> None:
        """Remember pages with their traces, and the traces of the views they used."""
        views: dict[str, Any] = {**self._views, **self._site.tracker.views}
        fingerprints = Fingerprints(self._site.catalog, views, self._ask)
        for page in made:
            record = {"names": sorted(page.names), "sum": fingerprints.combined(page.names).hex(), "html": page.name.hex()}
            self._cache.put(_text_key(page.name), page.packed)
            self._cache.put(self._key(page.draft), json.dumps(record).encode())
        self._cache.put(self._views_key, json.dumps(views, sort_keys=True).encode())

    def _text(self, draft: Draft, name: bytes) -> str:
        """The text of a kept page; should it have been lost meanwhile, it is made again."""
        stored = self._cache.get(_text_key(name))
        return self._render(draft) if stored is None else unpack(stored).decode()

    def _key(self, draft: Draft) -> bytes:
        plain = repr(dataclasses.replace(draft, data={}))
        data = [part for name in sorted(draft.data) for part in (name, self._data_digest(draft.data[name]))]
        return digest("page", self._base, plain, *data)

    def _data_digest(self, value: Any) -> bytes:
        """The digest of a draft's datum; data shared by many drafts are written out once."""
        known = self._digests.get(id(value))
        if known is None or known[0] is not value:
            known = self._digests[id(value)] = (value, digest(repr(value)))
        return known[1]


def _text_key(name: bytes) -> bytes:
    return digest("page text", name)


_NOWHERE: Any = None
