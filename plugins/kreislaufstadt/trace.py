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

from kreislaufstadt.catalog import ENTRY_KINDS, Catalog, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kreislaufstadt.loaded import Loaded
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.model.lists import Item
    from kreislaufstadt.model.provenance import Provenance
    from kreislaufstadt.references import TextLink
    from kreislaufstadt.source import Source

T = TypeVar("T")
K = TypeVar("K")

BORDER = "\x1f"
"""Between the parts of a name."""


class Tracker:
    """Collects names while something is made; views have traces of their own."""

    def __init__(self) -> None:
        """Begin without a listener: notes are dropped."""
        self.listeners: list[set[str]] = []
        """Who listens, the innermost last; nobody else sees what is noted meanwhile."""
        self.views: dict[str, tuple[str, ...]] = {}
        self.told: dict[str, Callable[[], str]] = {}
        """What views say that are verified by it, in words, by the names of these things."""

        self.prints: dict[str, bytes] = {}
        """Fingerprints of such things, where somebody has taken them already."""

        self._values: dict[str, Any] = {}

    def note(self, *parts: str) -> None:
        """Note that the innermost listener asked for the thing of that name."""
        if self.listeners:
            self.listeners[-1].add(BORDER.join(parts))

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
        thing = BORDER.join(("result", name, argument))
        self.note(thing)
        if thing not in self._values:
            with self.listen():
                self._values[thing] = make()
        told = tell(self._values[thing])
        self.told[thing] = told.words
        for parts in told.names:
            self.note(*parts)
        return self._values[thing]


class Told(NamedTuple):
    """What a view says in words, if somebody asks, and the names of what else can be read through it."""

    words: Callable[[], str]
    names: tuple[tuple[str, ...], ...]


def name_of_view(view: str) -> str:
    """What a view is called among the things that a page asks for."""
    return f"view{BORDER}{view}"


def is_view(name: str) -> bool:
    """Whether the thing is a view, whose fingerprint hangs on what it asked for the last time."""
    return name.startswith(f"view{BORDER}")


def base_of(name: str, bases: Mapping[str, str]) -> str:
    """The name of the view that a result is looked up in, if the thing is a result."""
    what, _, rest = name.partition(BORDER)
    base = bases.get(rest.partition(BORDER)[0]) if what == "result" else None
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
            self._listeners[-1].add(f"find{BORDER}{kind}{BORDER}{name}")
        table = self._tables.get(kind)
        return table.get(name) if table else None

    def kinds_of(self, name: str, kinds: Iterable[str] = ENTRY_KINDS) -> tuple[str, ...]:
        """The kinds that have an entry with this id: one thing to note instead of an entry of each kind."""
        if kinds is not ENTRY_KINDS:
            return super().kinds_of(name, kinds)
        self._note("kinds", name)
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
            self._listeners[-1].add(BORDER.join(parts))


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
