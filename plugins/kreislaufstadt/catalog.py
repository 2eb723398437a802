"""All entries by kind and id, and every link between them, both ways.

The catalogue answers questions; it never prints and never looks at files.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kreislaufstadt.layout import PAGE
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.references import Reference, TextLink, find_wiki_links, iter_references

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kreislaufstadt.loaded import Loaded
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.model.lists import Item
    from kreislaufstadt.model.operator import Operator
    from kreislaufstadt.model.provenance import Provenance
    from kreislaufstadt.source import Source

T = TypeVar("T")
K = TypeVar("K")

Key = tuple[str, str]
"""Kind name and id."""

ENTRY_KINDS = (*KINDS, PAGE.name)


class Link(NamedTuple):
    """A link from one entry or item to another; ``field`` is its YAML path or ``text``."""

    source: Key
    field: str
    target: Key


Pointer = tuple[str, Key]
"""The YAML path of a field and the key it names."""


def _pointers_of(references: Iterable[Reference]) -> tuple[Pointer, ...]:
    found = {
        (".".join(step for step in reference.path if isinstance(step, str)), (kind, reference.target))
        for reference in references
        for kind in reference.kinds
    }
    return tuple(sorted(found))


class Catalog:
    """The checked content: entries, list items, operator, and the links among them."""

    def __init__(self, loaded: Loaded) -> None:
        """Take over what was loaded."""
        self._entries = {kind: dict(sorted(found.items())) for kind, found in loaded.entries.items()}
        self._items = loaded.items
        self._tables: dict[str, Mapping[str, Entry | Item]] = {**self._items, **self._entries}
        self._sources = loaded.sources
        self._broken = frozenset(loaded.broken)
        self._broken_lists = frozenset(loaded.broken_lists)
        self.operator: Operator | None = loaded.operator
        self.files = loaded.files
        self.pruned = frozenset(loaded.pruned)
        self.networks = loaded.networks
        self._memory = loaded.memory
        self._asked: tuple[Entry, tuple[Reference, ...]] | None = None
        self._foreign = {key: loaded.networks[name] for key, name in loaded.foreign.items() if name in loaded.networks}

    def entries(self, kind: str) -> Sequence[Entry]:
        """All entries of a kind, by id."""
        return tuple(self._entries[kind].values())

    def items(self, kind: str) -> Sequence[Item]:
        """All items of a controlled list, in the list's order."""
        return tuple(self._items[kind].values())

    def all_entries(self) -> Iterable[tuple[Key, Entry]]:
        """Every entry with its key, kind by kind."""
        for kind, found in self._entries.items():
            for name, entry in found.items():
                yield (kind, name), entry

    def find(self, kind: str, name: str) -> Entry | Item | None:
        """The entry or item with that key, if it exists and is sound."""
        table = self._tables.get(kind)
        return table.get(name) if table else None

    def title(self, kind: str, name: str) -> str:
        """The title of an entry or item, its id if there is none."""
        found = self.find(kind, name)
        return found.title if found else name

    def knows(self, kind: str, name: str) -> bool:
        """Say whether the key is taken, even by an entry with faults or a value of an unreadable list."""
        return self.find(kind, name) is not None or (kind, name) in self._broken or kind in self._broken_lists

    def names(self, kind: str) -> Sequence[str]:
        """The ids of a kind or list."""
        return tuple(self._entries.get(kind) or self._items.get(kind, {}))

    def kinds_of(self, name: str, kinds: Iterable[str] = ENTRY_KINDS) -> tuple[str, ...]:
        """The kinds that have an entry with this id."""
        if kinds is ENTRY_KINDS:
            return self._kinds_by_name.get(name, ())
        return tuple(kind for kind in kinds if self.knows(kind, name))

    def source(self, key: Key) -> Source:
        """The file that the entry or item was read from."""
        return self._sources[key]

    def sources(self, without: Collection[Key] = ()) -> Iterable[Source]:
        """Every file with entries or values, each once, by path; those of some entries may be left out."""
        found = {source.file: source for key, source in self._sources.items() if key not in without}
        return (found[file] for file in sorted(found))

    def remember(self, key: Key, name: str, make: Callable[[], T]) -> T:
        """What ``make`` finds out about an entry from its own file alone; later builds find it again until the file changes."""
        memory = self._memory.get(key)
        if memory is None or key in self.pruned:
            return make()
        if name not in memory:
            memory[name] = make()
        found: T = memory[name]
        return found

    def once(self, made: dict[K, tuple[T, Collection[str]]], key: K, make: Callable[[], T]) -> T:
        """What ``make`` finds out in the catalogue, made once for each key; ``made`` keeps it, with what was asked for."""
        if key not in made:
            made[key] = make(), ()
        return made[key][0]

    def remembered(self) -> Iterator[tuple[Key, Mapping[str, Any]]]:
        """What is remembered of entries that are as their files say."""
        for kind, found in self._entries.items():
            for name in found:
                memory = self._memory.get((kind, name))
                if memory and (kind, name) not in self.pruned:
                    yield (kind, name), memory

    def references(self, entry: Entry) -> tuple[Reference, ...]:
        """The typed references of an entry; not remembered, since what is found out about them is: only those of the last entry are at hand."""
        if self._asked is None or self._asked[0] is not entry:
            self._asked = entry, tuple(iter_references(entry))
        return self._asked[1]

    def text_links(self, key: Key, entry: Entry) -> tuple[TextLink, ...]:
        """The links to entries in an entry's text."""
        return self.remember(key, "text links", lambda: tuple(find_wiki_links(entry.body)))

    def provenance(self, key: Key) -> Provenance | None:
        """Where an entry was taken over from; nothing if it is our own."""
        return self._foreign.get(key)

    def resolve_text_target(self, kind: str, name: str) -> tuple[Key, ...]:
        """The entries that a text link can mean: none, one, or several if it is ambiguous."""
        if kind:
            return ((kind, name),) if self.knows(kind, name) else ()
        return tuple((found, name) for found in self.kinds_of(name))

    def leads_to_one(self, kind: str, name: str) -> bool:
        """Whether a text link means just one thing, and that one is sound."""
        return (kind, name) in self.plain_targets

    def pointers(self, key: Key, entry: Entry) -> tuple[Pointer, ...]:
        """Where the references of an entry point: its fields and their targets, sorted, each once."""
        return self.remember(key, "pointers", lambda: _pointers_of(self.references(entry)))

    @cached_property
    def known(self) -> frozenset[Key]:
        """The keys of all sound entries and items."""
        tables: tuple[Mapping[str, Iterable[str]], ...] = (self._entries, self._items)
        return frozenset((kind, name) for table in tables for kind, names in table.items() for name in names)

    @cached_property
    def plain_targets(self) -> frozenset[Key]:
        """What text links can say that means just one sound thing: its kind and id, or without a kind an id that only one kind has."""
        alone = (("", name) for name, kinds in self._kinds_by_name.items() if len(kinds) == 1 and (kinds[0], name) in self.known)
        return self.known.union(alone)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every sound link, references and text links, sorted."""
        found: list[Link] = []
        for kind in sorted({*self._entries, *self._items}):
            for name, entry in self._entries.get(kind, {}).items():
                found += self._links_of((kind, name), self.pointers((kind, name), entry), entry)
            for name, item in sorted(self._items.get(kind, {}).items()):
                found += self._links_of((kind, name), _pointers_of(iter_references(item)), None)
        return tuple(found)

    def _links_of(self, key: Key, pointers: Iterable[Pointer], entry: Entry | None) -> list[Link]:
        """The sound links of one entry or item, sorted."""
        known = self.known
        links = [Link(key, field, target) for field, target in pointers if target in known]
        texts = self.text_links(key, entry) if entry else ()
        if texts:
            links = sorted({*links, *self._text_links(key, texts)})
        return links

    def _text_links(self, key: Key, texts: Iterable[TextLink]) -> Iterator[Link]:
        for link in texts:
            name = link.target.partition("#")[0]
            if self.leads_to_one(link.kind, name):
                yield Link(key, "text", (link.kind or self._kinds_by_name[name][0], name))

    @cached_property
    def _kinds_by_name(self) -> dict[str, tuple[str, ...]]:
        """What :meth:`kinds_of` says of every id."""
        found: dict[str, list[str]] = defaultdict(list)
        for kind in ENTRY_KINDS:
            for name in self._entries.get(kind, {}).keys() | {name for broken, name in self._broken if broken == kind}:
                found[name].append(kind)
        return {name: tuple(kinds) for name, kinds in found.items()}

    @cached_property
    def _by_target(self) -> dict[Key, tuple[Link, ...]]:
        grouped: dict[Key, list[Link]] = defaultdict(list)
        for link in self.links:
            grouped[link.target].append(link)
        return {key: tuple(found) for key, found in grouped.items()}

    def backlinks(self, kind: str, name: str) -> tuple[Link, ...]:
        """Every link that points to the entry or item."""
        return self._by_target.get((kind, name), ())

    def linked_from(self, kind: str, name: str, source_kind: str) -> tuple[Entry, ...]:
        """The entries of ``source_kind`` that point to the entry or item, by id, each once."""
        names = sorted({link.source[1] for link in self.backlinks(kind, name) if link.source[0] == source_kind})
        return tuple(self._entries[source_kind][found] for found in names)


