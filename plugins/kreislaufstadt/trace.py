"""What a page was made from: every look into the catalogue is noted and can be verified later.

A page that is rendered while a :class:`Tracker` listens leaves a trace: the names
of all things it asked for. A later build compares fingerprints of those names
instead of rendering; as rendering is a pure function of what was asked, equal
fingerprints mean an equal page ("verifying traces", Mokhov, Mitchell and
Peyton Jones, Build Systems à la Carte, 2018).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from kreislaufstadt.cache import digest
from kreislaufstadt.catalog import ENTRY_KINDS, Catalog, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kreislaufstadt.load import Loaded
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.model.lists import Item
    from kreislaufstadt.model.provenance import Provenance
    from kreislaufstadt.references import TextLink
    from kreislaufstadt.source import Source

T = TypeVar("T")
K = TypeVar("K")

_BORDER = "\x1f"
_UNKNOWN, _KNOWN, _MISSING = digest("?"), digest("known"), digest("")


class Tracker:
    """Collects names while something is made; views have traces of their own."""

    def __init__(self) -> None:
        """Begin without a listener: notes are dropped."""
        self.listeners: list[set[str]] = []
        """Who listens, the innermost last; nobody else sees what is noted meanwhile."""
        self.views: dict[str, tuple[str, ...]] = {}
        self._values: dict[str, Any] = {}

    def note(self, *parts: str) -> None:
        """Note that the innermost listener asked for the thing of that name."""
        if self.listeners:
            self.listeners[-1].add(_BORDER.join(parts))

    def note_all(self, names: Iterable[str]) -> None:
        """Note again what was noted while something was made that is used once more."""
        if self.listeners:
            self.listeners[-1].update(names)

    @contextmanager
    def listen(self) -> Iterator[set[str]]:
        """Collect the names noted inside the block."""
        names: set[str] = set()
        self.listeners.append(names)
        try:
            yield names
        finally:
            self.listeners.pop()

    def view(self, name: str, make: Callable[[], Any]) -> Any:
        """The value of a view, made once; who asks notes the view, the view notes what it asks."""
        self.note("view", name)
        if name not in self._values:
            with self.listen() as names:
                self._values[name] = make()
            self.views[name] = tuple(sorted(names))
        return self._values[name]

    def result(self, name: str, argument: str, make: Callable[[], Any], tell: Callable[[Any], Told]) -> Any:
        """The value of a view that is verified by what it says, not by what it was made from."""
        self.note("result", name, argument)
        key = f"{name}({argument})"
        if key not in self._values:
            with self.listen():
                self._values[key] = make()
        for parts in tell(self._values[key]).names:
            self.note(*parts)
        return self._values[key]


class Told(NamedTuple):
    """What a view says in words, if somebody asks, and the names of what else can be read through it."""

    words: Callable[[], str]
    names: tuple[tuple[str, ...], ...]


def name_of_view(view: str) -> str:
    """What a view is called among the things that a page asks for."""
    return f"view{_BORDER}{view}"


def is_view(name: str) -> bool:
    """Whether the thing is a view, whose fingerprint hangs on what it asked for the last time."""
    return name.startswith(f"view{_BORDER}")


def base_of(name: str, bases: Mapping[str, str]) -> str:
    """The name of the view that a result is looked up in, if the thing is a result."""
    what, _, rest = name.partition(_BORDER)
    base = bases.get(rest.partition(_BORDER)[0]) if what == "result" else None
    return name_of_view(base) if base else ""


class TracedCatalog(Catalog):
    """A catalogue that notes every question.

    An entry stands for its fields; who reads its text (``body``) as well notes ``text`` of its own accord.
    Most pages show an entry by its fields, and most edits change a text.
    """

    def __init__(self, loaded: Loaded, tracker: Tracker) -> None:
        """Take over what was loaded; links are computed before anybody listens."""
        self._tracker, self._listeners = tracker, tracker.listeners
        super().__init__(loaded)
        self._by_target  # noqa: B018 - computed here, where nobody listens

    def entries(self, kind: str) -> Sequence[Entry]:
        """All entries of a kind."""
        self._note("kind", kind)
        return super().entries(kind)

    def items(self, kind: str) -> Sequence[Item]:
        """All items of a list."""
        self._note("kind", kind)
        return super().items(kind)

    def names(self, kind: str) -> Sequence[str]:
        """The ids of a kind or list."""
        self._note("kind", kind)
        return super().names(kind)

    def all_entries(self) -> Iterable[tuple[tuple[str, str], Entry]]:
        """Every entry with its key."""
        for kind in self._entries:
            self._note("kind", kind)
        return super().all_entries()

    def find(self, kind: str, name: str) -> Entry | Item | None:
        """The entry or item with that key."""
        if self._listeners:
            self._listeners[-1].add(f"find{_BORDER}{kind}{_BORDER}{name}")
        table = self._tables.get(kind)
        return table.get(name) if table else None

    def kinds_of(self, name: str, kinds: Iterable[str] = ENTRY_KINDS) -> tuple[str, ...]:
        """The kinds that have an entry with this id: one thing to note instead of an entry of each kind."""
        if kinds is not ENTRY_KINDS:
            return super().kinds_of(name, kinds)
        self._note("kinds", name)
        with self._tracker.listen():
            return super().kinds_of(name)

    def source(self, key: tuple[str, str]) -> Source:
        """The file that the entry or item was read from."""
        self._note("find", *key)
        return super().source(key)

    def backlinks(self, kind: str, name: str) -> tuple[Link, ...]:
        """Every link to the entry or item."""
        self._note("links", kind, name)
        return super().backlinks(kind, name)

    def linked_from(self, kind: str, name: str, source_kind: str) -> tuple[Entry, ...]:
        """The entries of a kind that point to the entry or item."""
        found = super().linked_from(kind, name, source_kind)
        for entry in found:
            self._note("find", source_kind, entry.id)
        return found

    def text_links(self, key: tuple[str, str], entry: Entry) -> tuple[TextLink, ...]:
        """The links to entries in an entry's text."""
        self._note("text", *key)
        return super().text_links(key, entry)

    def provenance(self, key: tuple[str, str]) -> Provenance | None:
        """Where the entry was taken over from."""
        self._note("find", *key)
        return super().provenance(key)

    def once(self, made: dict[K, tuple[T, Collection[str]]], key: K, make: Callable[[], T]) -> T:
        """What ``make`` finds out, made once for each key; who asks again notes again all that it was made from."""
        if key not in made:
            with self._tracker.listen() as names:
                value = make()
            made[key] = value, names
        found, asked = made[key]
        self._tracker.note_all(asked)
        return found

    def _note(self, *parts: str) -> None:
        if self._listeners:
            self._listeners[-1].add(_BORDER.join(parts))


class TracedMembers:
    """Base of a class whose public members are views: each is made once and leaves a trace."""

    _tracker: Tracker
    _told: ClassVar[Mapping[str, Callable[[Any], Told]]] = {}
    """Methods that are verified by their results: dear to depend on, cheap to ask again. They take one entry."""

    def __getattribute__(self, name: str) -> Any:
        """Hand out members through the tracker; a method's arguments are part of the view's name."""
        if name.startswith("_"):
            return object.__getattribute__(self, name)
        tracker = object.__getattribute__(self, "_tracker")
        member = getattr(type(self), name, None)
        if not callable(member):
            return tracker.view(name, lambda: object.__getattribute__(self, name))

        def call(*arguments: Any) -> Any:
            told = type(self)._told  # noqa: SLF001 - our own
            if name in told:
                return tracker.result(name, arguments[0].id, lambda: member(self, *arguments), told[name])
            key = ",".join(map(_argument, arguments))
            return tracker.view(f"{name}({key})", lambda: member(self, *arguments))

        return call


def _argument(value: Any) -> str:
    """The name of an argument: an entry's class and id, otherwise its own words."""
    name = getattr(value, "id", None)
    return f"{type(value).__name__}:{name}" if isinstance(name, str) else repr(value)


class Fingerprints:
    """Fingerprints of noted names for the catalogue as it is now."""

    def __init__(self, catalog: Catalog, views: Mapping[str, Sequence[str]], ask: Callable[[str, str], str] | None = None) -> None:
        """``views`` holds the traces that views left in an earlier build; ``ask`` what a view says now of an entry."""
        self._catalog = catalog
        self._views = views
        self._ask = ask
        self._known: dict[str, bytes] = {}

    def is_as_before(self, name: str, before: Mapping[str, bytes], bases: Mapping[str, str]) -> bool:
        """Whether the thing has the fingerprint it had; a result need not be asked for while what it is looked up in is the same."""
        base = base_of(name, bases)
        if base and self.of(base) == before.get(base) != _UNKNOWN:
            return True
        return self.of(name) == before.get(name)

    def renewed(self, views: Mapping[str, Sequence[str]]) -> Fingerprints:
        """The same catalogue after views have left traces; if one left another than before, what all views say is worked out again."""
        found = Fingerprints(self._catalog, views, self._ask)
        same = all(name in self._views and list(names) == list(self._views[name]) for name, names in views.items())
        found._known = {name: known for name, known in self._known.items() if same or not is_view(name)}
        return found

    def combined(self, names: Iterable[str]) -> bytes:
        """One fingerprint for all the names."""
        ordered = sorted(names)
        return digest("\x1e".join(ordered), b"".join(map(self.of, ordered)))

    def of(self, name: str) -> bytes:
        """The fingerprint of one name; all have the same length."""
        found = self._known.get(name)
        if found is None:
            self._known[name] = _UNKNOWN  # a view that asks for itself never verifies
            found = self._known[name] = self._compute(*name.split(_BORDER))
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
            return self.combined(_BORDER.join(("find", parts[0], name)) for name in names)
        if what == "links":
            links = Catalog.backlinks(self._catalog, parts[0], parts[1])
            return digest(*(f"{link.source}{link.field}" for link in links))
        if what == "view" and parts[0] in self._views:
            return self.combined(self._views[parts[0]])
        return digest(self._ask(*parts)) if what == "result" and self._ask else _UNKNOWN

    def _of_entry(self, kind: str, name: str) -> bytes:
        found: Any = Catalog.find(self._catalog, kind, name)
        if found is None:
            return _KNOWN if Catalog.knows(self._catalog, kind, name) else _MISSING
        if kind in ENTRY_KINDS and (kind, name) not in self._catalog.pruned:
            fields = Catalog.remember(self._catalog, (kind, name), "fields", lambda: self._of_fields(kind, name))
            origin = Catalog.provenance(self._catalog, (kind, name))
            return digest(fields, repr(origin)) if origin else fields
        return digest(found.model_dump_json(exclude={"body"}))

    def _of_fields(self, kind: str, name: str) -> bytes:
        source = Catalog.source(self._catalog, (kind, name))
        return digest(source.file, source.yaml_text)

    def _of_text(self, kind: str, name: str) -> bytes:
        return digest(getattr(Catalog.find(self._catalog, kind, name), "body", ""))
