"""What content files gave: entries, list items, sources and problems; and whoever keeps that from build to build."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from kreislaufstadt.layout import PAGE, TRANSLATION
from kreislaufstadt.model.kinds import KINDS, LISTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kreislaufstadt.content_files import ContentFile
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.model.lists import Item
    from kreislaufstadt.model.operator import Operator
    from kreislaufstadt.model.provenance import Provenance
    from kreislaufstadt.problems import Problem
    from kreislaufstadt.source import Source


@dataclass
class Loaded:
    """Everything that was read: sound entries and items by kind and id, sources, problems.

    ``broken`` names ids whose file has faults, and ``broken_lists`` lists of which
    values may be missing, so that references to them are not reported as dangling on top.
    """

    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    items: dict[str, dict[str, Item]] = field(default_factory=dict)
    sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    broken: set[tuple[str, str]] = field(default_factory=set)
    broken_lists: set[str] = field(default_factory=set)
    operator: Operator | None = None
    pruned: set[tuple[str, str]] = field(default_factory=set)
    """Entries and items from which references to faulty ones were taken out."""
    networks: dict[str, Provenance] = field(default_factory=dict)
    """Other networks that entries were taken over from, by their folder below ``fremd/``."""
    foreign: dict[tuple[str, str], str] = field(default_factory=dict)
    """The network of each entry that was taken over."""
    files: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    memory: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """What was found out about entries from their own file alone."""

    def take(self, part: Loaded) -> None:
        """Add what one file gave."""
        for own, new in ((self.entries, part.entries), (self.items, part.items)):
            for kind, found in new.items():
                own[kind].update(found)  # type: ignore[arg-type]
        self.sources.update(part.sources)
        self.memory.update(part.memory)
        self.broken |= part.broken
        self.broken_lists |= part.broken_lists
        self.networks.update(part.networks)
        self.foreign.update(part.foreign)
        self.operator = part.operator or self.operator
        self.problems += part.problems


class Keeper(Protocol):
    """Knows what files gave before."""

    def recall(self, file: str, path: str) -> Loaded | None:
        """What the file gave, if it certainly was not touched since; it is not read for that."""

    def find(self, file: str, raw: bytes) -> Loaded | None:
        """What the file gave when it had these bytes."""

    def keep(self, file: str, raw: bytes, part: Loaded) -> None:
        """Remember what the file gave."""

    def share(self, files: Sequence[ContentFile]) -> Collection[str]:
        """Begin to have some of the files read elsewhere, and name them as editors see them; none if that does not pay."""

    def find_out(self, parts: Iterable[Loaded]) -> None:
        """Find out what entries say by themselves."""


def nothing_loaded() -> Loaded:
    """A place for every kind and list, and nothing in them."""
    return Loaded({name: {} for name in (*KINDS, PAGE.name, TRANSLATION.name)}, {name: {} for name in LISTS})
