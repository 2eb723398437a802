"""Finished pages from an earlier build, as long as nothing they were made from has changed."""

from __future__ import annotations

import dataclasses
import json
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kreislaufstadt.cache import Cache, code_digest, digest, folder_digest, pack, unpack
from kreislaufstadt.pages import Draft
from kreislaufstadt.rendered_pages import RenderedPage
from kreislaufstadt.template_tools import BASES
from kreislaufstadt.trace import is_view, name_of_view
from kreislaufstadt.traces import Traces

if TYPE_CHECKING:
    from collections.abc import Callable

    from kreislaufstadt.render_pool import MadePage
    from kreislaufstadt.site import Site


class PageCache:
    """Looks pages up by draft; those of which a trace no longer holds are not there. Remembers new ones."""

    def __init__(self, site: Site, cache: Cache, ask: Callable[[str, str], str], render: Callable[[Draft], str]) -> None:
        """Name everything that all pages depend on: code, templates, settings, operator, pictures."""
        self._render = render
        self._cache = cache
        self._site = site
        self._ask = ask
        self._base = digest(
            code_digest(),
            folder_digest(site.settings.templates[:1]),
            repr(dataclasses.replace(site.settings, content=_NOWHERE, templates=(), cache=None)),
            repr(site.catalog.operator),
            "\n".join(file for file in site.catalog.files if file.startswith("bilder/")),
            folder_digest([site.settings.content / "karte"], ("*.geojson", "*.yml")),
            folder_digest([site.settings.content / "sprache"], ("*.po",)),
            repr(site.pictures),
        )
        self._views_key = digest("views", self._base)
        stored = cache.get(self._views_key)
        self._views: dict[str, list[str]] = json.loads(unpack(stored)) if stored else {}
        self._fingerprints = site.fingerprints.with_views(self._views, ask)
        self._digests: dict[int, tuple[Any, bytes]] = {}
        self._traces_key = digest("traces", self._base)
        stored = cache.get(self._traces_key)
        self._before = Traces.unpack(stored) if stored else Traces()
        self._holding = self._before.holding(partial(self._fingerprints.is_as_before, bases=BASES))
        self._now = Traces(self._before)
        self._is_new = False

    def find(self, draft: Draft) -> RenderedPage | None:
        """The finished page of the draft, if its trace still holds; its text is read when somebody wants it."""
        key = self._key(draft).hex() if self._holding else ""
        trace = self._holding.get(key)
        if trace is None:
            return None
        self._now.pages[key] = trace
        name = bytes.fromhex(trace.html)
        self._cache.use(_text_key(name))
        return RenderedPage(draft, name, lambda: self._text(draft, name))

    def keep(self, page: MadePage) -> None:
        """Remember a page with its trace."""
        self._is_new = True
        self._cache.put(_text_key(page.name), page.packed)
        self._now.add(self._key(page.draft).hex(), page.name.hex(), page.names)

    def save(self) -> None:
        """Write the traces of all pages that were found or made, and those of the views they used; nothing if all are as before."""
        if not self._is_new and self._now.pages == self._before.pages:
            return
        views = self._views | {name: list(names) for name, names in self._site.tracker.views.items()}
        renewed, before, changed = self._fingerprints.renewed(views, self._site.tracker.prints), self._before.prints, self._before.changed

        def of(name: str) -> bytes:
            return before[name] if name in before and name not in changed and not is_view(name) else renewed.of(name)

        self._now.sign(of, BASES)
        if views != self._views:
            self._cache.put(self._views_key, pack(json.dumps(views, sort_keys=True).encode()))
        self._cache.put(self._traces_key, self._now.pack())

    def view_before(self, name: str) -> bytes | None:
        """The row for what a view says, if it says what it said in the last build."""
        thing = name_of_view(name)
        return None if thing in self._before.changed else self._row_of_view(self._before.prints.get(thing))

    def view_now(self, name: str) -> bytes | None:
        """The row for what a view says, once :meth:`save` knows what it was made from."""
        return self._row_of_view(self._now.prints.get(name_of_view(name)))

    def _row_of_view(self, known: bytes | None) -> bytes | None:
        return digest("view", self._base, known) if known else None

    def _text(self, draft: Draft, name: bytes) -> str:
        """The text of a kept page; should it have been lost meanwhile, it is made again."""
        stored = self._cache.get(_text_key(name))
        return self._render(draft) if stored is None else unpack(stored).decode()

    def _key(self, draft: Draft) -> bytes:
        data = [part for name in sorted(draft.data) for part in (name, self._data_digest(draft.data[name]))]
        return digest("page", self._base, repr(_plain(draft)), *data)

    def _data_digest(self, value: Any) -> bytes:
        """The digest of a draft's datum; data shared by many drafts are written out once."""
        known = self._digests.get(id(value))
        if known is None or known[0] is not value:
            known = self._digests[id(value)] = (value, digest(repr(value)))
        return known[1]


def _text_key(name: bytes) -> bytes:
    return digest("page text", name)


_plain = attrgetter(*(field.name for field in dataclasses.fields(Draft) if field.name != "data"))
"""All of a draft but its data."""

_NOWHERE: Any = None
