"""Fingerprints of what pages were made from, for the catalogue as it is now: equal ones mean that a thing is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kreislaufstadt.cache import digest
from kreislaufstadt.catalog import ENTRY_KINDS, Catalog, Key
from kreislaufstadt.trace import BORDER, base_of, is_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kreislaufstadt.model.entries import Entry

_UNKNOWN, _KNOWN, _MISSING = digest("?"), digest("known"), digest("")

_OF_VIEWS = (f"view{BORDER}", f"result{BORDER}")
"""How names begin that only views can tell about."""


class Fingerprints:
    """Fingerprints of noted names for the catalogue as it is now."""

    def __init__(self, catalog: Catalog, views: Mapping[str, Sequence[str]], ask: Callable[[str, str], str] | None = None) -> None:
        """``views`` holds the traces that views left in an earlier build; ``ask`` what a view says now of an entry."""
        self._catalog = catalog
        self._views = views
        self._ask = ask
        self._things: dict[str, bytes] = {}
        self._said: dict[str, bytes] = {}

    def take_remembered(self) -> Fingerprints:
        """Know at once what is remembered of entries: there are thousands."""
        for (kind, name), memory in self._catalog.remembered():
            if kind in ENTRY_KINDS:
                thing = f"{kind}{BORDER}{name}"
                if "text" in memory:
                    self._things[f"text{BORDER}{thing}"] = memory["text"]
                if "fields" in memory and not Catalog.provenance(self._catalog, (kind, name)):
                    self._things[f"find{BORDER}{thing}"] = memory["fields"]
        return self

    def with_views(self, views: Mapping[str, Sequence[str]], ask: Callable[[str, str], str]) -> Fingerprints:
        """The same catalogue with what views tell; the fingerprints of its things are worked out once for both."""
        found = Fingerprints(self._catalog, views, ask)
        found._things = self._things
        return found

    def is_as_before(self, name: str, before: Mapping[str, bytes], bases: Mapping[str, str]) -> bool:
        """Whether the thing has the fingerprint it had; a result need not be asked for while what it is looked up in is the same."""
        base = base_of(name, bases)
        if base and self.of(base) == before.get(base) != _UNKNOWN:
            return True
        return self.of(name) == before.get(name)

    def renewed(self, views: Mapping[str, Sequence[str]], results: Mapping[str, bytes] | None = None) -> Fingerprints:
        """The same catalogue after views have left traces; if one left another than before, what all views say is worked out again.

        ``results`` are fingerprints of what views say, taken where pages were made: they need not be asked for once more.
        """
        found = Fingerprints(self._catalog, views, self._ask)
        same = all(name in self._views and list(names) == list(self._views[name]) for name, names in views.items())
        found._things = self._things
        found._said = {name: said for name, said in self._said.items() if same or not is_view(name)} | dict(results or {})
        return found

    def combined(self, names: Iterable[str]) -> bytes:
        """One fingerprint for all the names."""
        ordered = sorted(names)
        return digest("\x1e".join(ordered), b"".join(map(self.of, ordered)))

    def of(self, name: str) -> bytes:
        """The fingerprint of one name; all have the same length."""
        known = self._said if name.startswith(_OF_VIEWS) else self._things
        found = known.get(name)
        if found is None:
            known[name] = _UNKNOWN  # a view that asks for itself never verifies
            found = known[name] = self._compute(*name.split(BORDER))
        return found

    def _compute(self, what: str, *parts: str) -> bytes:
        if what == "find":
            return self._of_entry(*parts)
        if what == "text":
            return self._of_text(*parts)
        if what == "kinds":
            return digest(*Catalog.kinds_of(self._catalog, parts[0]))
        if what == "kind":
            names = Catalog.names(self._catalog, parts[0])
            return self.combined(BORDER.join(("find", parts[0], name)) for name in names)
        if what == "links":
            links = Catalog.backlinks(self._catalog, parts[0], parts[1])
            return digest("\n".join([f"{kind}{BORDER}{name}{BORDER}{field}" for (kind, name), field, _ in links]))
        if what == "view" and parts[0] in self._views:
            return self.combined(self._views[parts[0]])
        return digest(self._ask(*parts)) if what == "result" and self._ask else _UNKNOWN

    def _of_entry(self, kind: str, name: str) -> bytes:
        found: Any = Catalog.find(self._catalog, kind, name)
        if found is None:
            return _KNOWN if Catalog.knows(self._catalog, kind, name) else _MISSING
        if kind in ENTRY_KINDS and (kind, name) not in self._catalog.pruned:
            fields = digest_of_fields(self._catalog, (kind, name))
            origin = Catalog.provenance(self._catalog, (kind, name))
            return digest(fields, repr(origin)) if origin else fields
        return digest(found.model_dump_json(exclude={"body"}))

    def _of_text(self, kind: str, name: str) -> bytes:
        found: Any = Catalog.find(self._catalog, kind, name)
        return digest_of_text(self._catalog, (kind, name), found) if found is not None and kind in ENTRY_KINDS else digest(getattr(found, "body", ""))


def digest_of_fields(catalog: Catalog, key: Key, _entry: Entry | None = None) -> bytes:
    """The digest of an entry's fields as they are written; remembered."""
    source = Catalog.source(catalog, key)
    return Catalog.remember(catalog, key, "fields", lambda: digest(source.file, source.yaml_text))


def digest_of_text(catalog: Catalog, key: Key, entry: Entry) -> bytes:
    """The digest of an entry's text; remembered."""
    return Catalog.remember(catalog, key, "text", lambda: digest(entry.body))
