"""Finished pages from an earlier build, as long as nothing they were made from has changed."""

from __future__ import annotations

import dataclasses
import json
from array import array
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kreislaufstadt.cache import SIZE, Cache, code_digest, digest, folder_digest, pack, unpack
from kreislaufstadt.rendered_pages import RenderedPage
from kreislaufstadt.template_tools import BASES
from kreislaufstadt.trace import Fingerprints, base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kreislaufstadt.pages import Draft
    from kreislaufstadt.render_pool import MadePage
    from kreislaufstadt.site import Site


class Trace(NamedTuple):
    """The name of a page's text, and the names of what the page was made from, sorted."""

    html: str
    names: tuple[str, ...]


class Traces:
    """The traces of all pages of a site by the keys of their drafts, with one fingerprint for each thing they name."""

    def __init__(self) -> None:
        """Begin without pages."""
        self.pages: dict[str, Trace] = {}
        self.prints: dict[str, bytes] = {}

    def sign(self, of: Callable[[str], bytes], bases: Mapping[str, str]) -> None:
        """Take the fingerprints that things have now; ``bases`` as in :data:`kreislaufstadt.template_tools.BASES`."""
        named = {name for trace in self.pages.values() for name in trace.names}
        named |= {base for name in named if (base := base_of(name, bases))}
        self.prints = {name: of(name) for name in sorted(named)}

    def holding(self, is_as_before: Callable[[str, Mapping[str, bytes]], bool]) -> dict[str, Trace]:
        """The pages of which nothing has changed: every thing they name is as it was."""
        changed = {name for name in self.prints if not is_as_before(name, self.prints)}
        return {key: trace for key, trace in self.pages.items() if changed.isdisjoint(trace.names)}

    def pack(self) -> bytes:
        """Write them: what things are called once, pages by the places of their things in that list."""
        places = {name: place for place, name in enumerate(self.prints)}
        rows = [(key, trace.html, len(trace.names)) for key, trace in self.pages.items()]
        numbers = array("I", [places[name] for trace in self.pages.values() for name in trace.names])
        head = json.dumps([list(self.prints), rows], ensure_ascii=False).encode()
        return b"".join([head, b"\n", *self.prints.values(), numbers.tobytes()])

    @classmethod
    def unpack(cls, stored: bytes) -> Traces:
        """Read what :meth:`pack` wrote."""
        head, _, rest = stored.partition(b"\n")
        names, rows = json.loads(head)
        end = len(names) * SIZE
        found, numbers, position = cls(), array("I"), 0
        found.prints = {name: rest[place * SIZE : place * SIZE + SIZE] for place, name in enumerate(names)}
        numbers.frombytes(rest[end:])
        for key, html, count in rows:
            found.pages[key] = Trace(html, tuple(map(names.__getitem__, numbers[position : position + count])))
            position += count
        return found


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
        self._fingerprints = Fingerprints(site.catalog, self._views, ask)
        self._digests: dict[int, tuple[Any, bytes]] = {}
        self._traces_key = digest("traces", self._base)
        stored = cache.get(self._traces_key)
        self._before = Traces.unpack(unpack(stored)) if stored else Traces()
        self._holding = self._before.holding(partial(self._fingerprints.is_as_before, bases=BASES))
        self._now = Traces()
        self._is_new = False

    def find(self, draft: Draft) -> RenderedPage | None:
        """The finished page of the draft, if its trace still holds; its text is read when somebody wants it."""
        key = self._key(draft).hex()
        trace = self._holding.get(key)
        if trace is None:
            return None
        self._now.pages[key] = trace
        name = bytes.fromhex(trace.html)
        self._cache.use(_text_key(name))
        return RenderedPage(draft, name, lambda: self._text(draft, name))

    def keep(self, made: Iterable[MadePage]) -> None:
        """Remember pages with their traces."""
        for page in made:
            self._is_new = True
            self._cache.put(_text_key(page.name), page.packed)
            self._now.pages[self._key(page.draft).hex()] = Trace(page.name.hex(), tuple(sorted(page.names)))

    def save(self) -> None:
        """Write the traces of all pages that were found or made, and those of the views they used; nothing if all are as before."""
        if not self._is_new and self._now.pages == self._before.pages:
            return
        views: dict[str, Any] = {**self._views, **self._site.tracker.views}
        self._now.sign(self._fingerprints.renewed(views).of, BASES)
        self._cache.put(self._views_key, pack(json.dumps(views, sort_keys=True).encode()))
        self._cache.put(self._traces_key, pack(self._now.pack()))

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
