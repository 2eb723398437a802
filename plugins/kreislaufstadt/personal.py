"""What may be said of a contact: offices always, persons only while their entry is checked and in date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.model.parts import ContactKind

if TYPE_CHECKING:
    import datetime as dt

    from kreislaufstadt.model.entries import Contact


def may_name_person(contact: Contact, today: dt.date) -> bool:
    """Say whether the person of a contact may be shown: checked once, and the next check is not overdue."""
    if contact.kind is not ContactKind.PERSON or contact.person is None:
        return False
    return bool(contact.verified_on and contact.next_check and contact.next_check.first_day >= today)


def public_contact(contact: Contact, today: dt.date) -> Contact:
    """The contact as it may be published: without a person that may not be named."""
    return contact if may_name_person(contact, today) else office_of(contact)


def office_of(contact: Contact) -> Contact:
    """The office alone: no name, and no direct line or mailbox of a person."""
    if contact.kind is ContactKind.OFFICE:
        return contact.model_copy(update={"person": None}) if contact.person else contact
    gone = {"person": None, "kind": ContactKind.OFFICE, "phone": None, "fax": None, "email": None}
    return contact.model_copy(update=gone)
