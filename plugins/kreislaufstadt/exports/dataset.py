"""What every writer starts from: the entries that may be published, and the site's addresses."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kreislaufstadt.catalog import ENTRY_KINDS
from kreislaufstadt.layout import PAGE
from kreislaufstadt.model.entries import Contact
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.personal import public_contact
from kreislaufstadt.urls import page_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.kept_pieces import Pieces
    from kreislaufstadt.kept_records import KeptRecords
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.model.kinds import Kind, ListKind
    from kreislaufstadt.model.lists import Item

ROOT = "daten/v1"
"""Folder of the data below the site's root; a change that breaks readers gets a new folder."""

VOCABULARY = f"{ROOT}/vokabular.ttl"
"""The file of concepts; each has the address of the file plus ``#list-id``."""

LICENCE = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Namensnennung 4.0 International (CC BY 4.0)"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

EPOCH = dt.date(1970, 1, 1)
"""Stands for "not known" where a format demands a date of revision."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the configuration says of the site; ``base_url`` ends in ``/``."""

    name: str
    base_url: str
    description: str
    language: str
    today: dt.date
    open_data: bool = True
    """Whether the data files are published, so that pages may name them."""


class Dataset:
    """The catalogue as it may be published, with the site's absolute addresses."""

    def __init__(
        self,
        catalog: Catalog,
        facts: Facts,
        pages: frozenset[str] | None = None,
        *,
        pieces: Pieces | None = None,
        records: KeptRecords | None = None,
        days: Mapping[Key, dt.date] | None = None,
    ) -> None:
        """Keep catalogue and facts; ``pages`` are the addresses that exist (nothing: all that can), ``days`` those of each entry's last change."""
        self.catalog = catalog
        self.facts = facts
        self._pages = pages
        self._pieces = pieces
        self.records = records
        self._days = days or {}

    def kept_files(self, name: str, write: Callable[[Dataset], Iterable[tuple[str, bytes]]], *kinds: str, rules: str = "") -> Mapping[str, bytes]:
        """The files that ``write`` makes, from an earlier build if they can be.

        They must depend on no entry's text (``body``), which most edits change; of days of change only on those of ``kinds``;
        on the day of the build and on persons only as far as ``rules`` say.
        """
        if self._pieces is None:
            return dict(write(self))
        days = [(*key, day.isoformat()) for key, day in sorted(self._days.items()) if key[0] in kinds]
        return self._pieces.files(name, lambda: dict(write(self)), (repr(days) if days else "") + rules)

    @property
    def rules(self) -> str:
        """What the day decides of all entries."""
        return " ".join(map(rule_of, self._public["kontakt"]))

    def changed(self, kind: str, entry: Entry) -> dt.date | None:
        """The day that an entry's file was last changed, if the history is known."""
        return self._days.get((kind, entry.id))

    def revised(self, kind: str, entry: Entry) -> dt.date | None:
        """The day that an entry was last changed; where no history tells, the latest day that it was demonstrably worked on."""
        return self.changed(kind, entry) or revised(entry)

    def newest(self, kind: str = "") -> dt.date | None:
        """The newest day that an entry of a kind (nothing: anything) was changed, if the history is known."""
        return max((day for key, day in self._days.items() if kind in ("", key[0])), default=None)

    @cached_property
    def _public(self) -> dict[str, tuple[Entry, ...]]:
        """All entries; of contacts only what their rules allow."""
        found: dict[str, tuple[Entry, ...]] = {kind: tuple(self.catalog.entries(kind)) for kind in ENTRY_KINDS}
        contacts = (entry for entry in found["kontakt"] if isinstance(entry, Contact))
        found["kontakt"] = tuple(public_contact(contact, self.facts.today) for contact in contacts)
        return found

    def entries(self, kind: str) -> Sequence[Entry]:
        """The entries of a kind as they may be published, by id."""
        self.catalog.names(kind)  # asked each time: a catalogue may note what a file was made from
        return self._public[kind]

    def items(self, kind: str) -> Sequence[Item]:
        """The values of a controlled list."""
        return self.catalog.items(kind)

    def all_entries(self) -> Iterator[tuple[Key, Entry]]:
        """Every entry with its key, kind by kind."""
        for kind, found in self._public.items():
            for entry in found:
                yield (kind, entry.id), entry

    def absolute(self, path: str) -> str:
        """The absolute address of a site-relative path."""
        return self.facts.base_url + path

    def page(self, kind: str, name: str) -> str | None:
        """The absolute address of an entry's or value's page, if it has one."""
        url = page_url(kind, name)
        if url is None or (self._pages is not None and url not in self._pages):
            return None
        return self.absolute(url)

    def title(self, kind: str, name: str) -> str:
        """The title of an entry or value, or its id if it is not known."""
        found = self.catalog.find(kind, name)
        return found.title if found else name

    def uid(self, kind: str, name: str, former: Sequence[str] = ()) -> uuid.UUID:
        """An identifier that stays when the entry is edited or renamed (the first former id counts)."""
        stable = former[0] if former else name
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self.facts.base_url}{kind}/{stable}")

    @cached_property
    def as_of(self) -> str:
        """The day that the data as a whole were published, in ISO form."""
        return self.facts.today.isoformat()


ENTRY_KIND_LIST: tuple[Kind, ...] = (*KINDS.values(), PAGE)
LIST_KINDS: tuple[ListKind, ...] = tuple(LISTS.values())


def folder_of(kind: Kind) -> str:
    """The folder and file stem of a kind below the data folder."""
    return kind.folder or "seiten"


def stem_of(kind: ListKind) -> str:
    """The file stem of a list below ``listen/``."""
    return kind.file.removesuffix(".yml")


def rule_of(entry: object) -> str:
    """What the day decides of an entry: whether a contact's person may be named."""
    return entry.kind.value if isinstance(entry, Contact) else ""


def revised(entry: Entry) -> dt.date | None:
    """The latest day that an entry was demonstrably worked on: checked, its date of information, sources read.

    A date known to the year or month counts as its first day.
    """
    dates: list[Any] = [entry.as_of, entry.check.date if entry.check else None, getattr(entry, "verified_on", None)]
    dates += [citation.accessed for citation in entry.sources]
    return max((date.first_day for date in dates if date), default=None)


def checked(entry: Entry) -> dt.date | None:
    """The day that an entry was last checked against its sources, if it ever was."""
    dates: list[Any] = [entry.check.date if entry.check else None, entry.verified_on if isinstance(entry, Contact) else None]
    return max((date.first_day for date in dates if date), default=None)
