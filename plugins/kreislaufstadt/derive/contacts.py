"""Offices to write to: as they may be shown, with place and Land, in the order of the finder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kreislaufstadt.derive.places import PlaceGroup, derive_groups, german_order
from kreislaufstadt.model.entries import Contact
from kreislaufstadt.personal import public_contact

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import Municipality
    from kreislaufstadt.model.lists import Item


class Checked(StrEnum):
    """Whether an office's details were checked with the office or on its page."""

    CURRENT = "aktuell"
    OVERDUE = "ueberfaellig"
    NEVER = "nie"


@dataclass(frozen=True, slots=True)
class Office:
    """A contact as it may be shown today: a person only while checked and in date."""

    contact: Contact
    checked: Checked

    @property
    def name(self) -> str:
        """Organisation and unit in one line."""
        unit = self.contact.unit
        return f"{self.contact.title}, {unit}" if unit and unit != self.contact.title else self.contact.title


def office_for(contact: Contact, today: dt.date) -> Office:
    """The contact as it may be shown on a day."""
    return Office(public_contact(contact, today), checked_state(contact, today))


def checked_state(contact: Contact, today: dt.date) -> Checked:
    """Whether the details were checked, and whether the next check is overdue."""
    if contact.verified_on is None:
        return Checked.NEVER
    due = contact.next_check
    return Checked.OVERDUE if due is None or due.first_day < today else Checked.CURRENT


def offices_of(catalog: Catalog, place: Municipality, today: dt.date) -> tuple[Office, ...]:
    """The offices of a municipality; business development first, then by name."""
    found = catalog.linked_from("kommune", place.id, "kontakt")
    contacts = [contact for contact in found if isinstance(contact, Contact) and contact.municipality == place.id]
    return _ordered(catalog, (office_for(contact, today) for contact in contacts))


def _ordered(catalog: Catalog, offices: Iterable[Office]) -> tuple[Office, ...]:
    """In the order of the list of roles: what companies ask for most stands first there."""
    places = {item.id: number for number, item in enumerate(catalog.items("kontaktrolle"))}

    def rank(office: Office) -> tuple[int, str, str]:
        roles = [places[role] for role in office.contact.roles if role in places]
        return (min(roles, default=len(places)), german_order(office.name), office.contact.id)

    return tuple(sorted(offices, key=rank))


@dataclass(frozen=True, slots=True)
class PlaceOffices:
    """A municipality with its offices."""

    place: Municipality
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class OfficeGroup:
    """The offices of one Land or country, by municipality."""

    item: Item
    kind: str
    places: tuple[PlaceOffices, ...]

    @property
    def count(self) -> int:
        """How many offices the group has."""
        return sum(len(place.offices) for place in self.places)


def derive_office_groups(catalog: Catalog, today: dt.date) -> tuple[OfficeGroup, ...]:
    """All offices by Land or country and municipality; groups without any are left out."""
    groups = [_group(catalog, group, today) for group in derive_groups(catalog)]
    return tuple(group for group in groups if group.places)


def _group(catalog: Catalog, group: PlaceGroup, today: dt.date) -> OfficeGroup:
    rows = [PlaceOffices(place, offices_of(catalog, place, today)) for place in group.places]
    return OfficeGroup(group.item, group.kind, tuple(row for row in rows if row.offices))


def with_role(groups: Iterable[OfficeGroup], role: str) -> tuple[OfficeGroup, ...]:
    """Only the offices with a role."""
    chosen = []
    for group in groups:
        rows = [PlaceOffices(row.place, tuple(office for office in row.offices if role in office.contact.roles)) for row in group.places]
        chosen.append(OfficeGroup(group.item, group.kind, tuple(row for row in rows if row.offices)))
    return tuple(group for group in chosen if group.places)
