"""vCard 4.0 (RFC 6350) of offices: per contact, per municipality, and as one address book.

Cards name offices only: an address book keeps what it has read long after a
person's entry has run out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.exports.dataset import ROOT, checked
from kreislaufstadt.exports.lines import escape, fold
from kreislaufstadt.exports.phone import phone_number
from kreislaufstadt.model.entries import Contact
from kreislaufstadt.personal import office_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.model.parts import Address

ADDRESS_BOOK = f"{ROOT}/kontakte.vcf"


def write_vcards(data: Dataset) -> Iterator[tuple[str, bytes]]:
    """All files of cards."""
    contacts = [entry for entry in data.entries("kontakt") if isinstance(entry, Contact)]
    cards = {contact.id: vcard(data, contact) for contact in contacts}
    for name, card in cards.items():
        yield card_path(name), card.encode()
    for place in data.entries("kommune"):
        own = [cards[contact.id] for contact in contacts if contact.municipality == place.id]
        if own:
            yield place_path(place.id), "".join(own).encode()
    yield ADDRESS_BOOK, "".join(cards.values()).encode()


def card_path(name: str) -> str:
    """The file of one contact."""
    return f"{ROOT}/kontakte/{name}.vcf"


def place_path(name: str) -> str:
    """The file with the contacts of one municipality."""
    return f"{ROOT}/kommunen/{name}.vcf"


def vcard(data: Dataset, contact: Contact) -> str:
    """One card with CRLF line ends."""
    office = office_of(contact)
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{data.uid('kontakt', office.id, office.former_ids)}", "KIND:org"]
    lines += [f"FN:{escape(_full_name(office))}", f"ORG:{_components(office.title, office.unit)}"]
    lines += _ways(office)
    lines += [f"ROLE:{escape(office.role)}", *_categories(data, office)]
    lines += [f"NOTE:{escape(note)}" for note in _notes(data, office)]
    page = data.page("kontakt", office.id)
    lines += [f"SOURCE:{data.absolute(card_path(office.id))}", f"URL;TYPE=home:{page}", "LANG:de"]
    day = data.changed("kontakt", contact) or checked(contact)
    lines += [f"REV:{day:%Y%m%d}T000000Z"] if day else []
    return "".join(fold(line) for line in [*lines, "END:VCARD"])


def compact_vcard(contact: Contact) -> str:
    """A short card for a QR code: only what a telephone needs."""
    office = office_of(contact)
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"FN:{escape(_full_name(office))}", f"ORG:{_components(office.title, office.unit)}"]
    return "".join(f"{line}\r\n" for line in [*lines, *_ways(office), "END:VCARD"])


def _full_name(office: Contact) -> str:
    return f"{office.title}, {office.unit}" if office.unit else office.title


def _components(*values: str | None) -> str:
    return ";".join(escape(value) for value in values if value)


def _ways(office: Contact) -> list[str]:
    lines = []
    if office.address:
        lines.append(_address(office.address))
    if office.phone:
        lines.append(f"TEL;VALUE=uri;TYPE=work:tel:{phone_number(office.phone)}")
    if office.fax:
        lines.append(f'TEL;VALUE=uri;TYPE="work,fax":tel:{phone_number(office.fax)}')
    if office.email:
        lines.append(f"EMAIL;TYPE=work:{office.email}")
    if office.website:
        lines.append(f"URL;TYPE=work:{office.website}")
    return lines


def _address(address: Address) -> str:
    """Parts of an address: post box, extra, street, town, region, code, country (empty: not known)."""
    parts = ("", address.note or "", address.street or "", address.city or "", "", address.postal_code or "", "")
    return "ADR;TYPE=work:" + ";".join(map(escape, parts))


def _categories(data: Dataset, office: Contact) -> Iterable[str]:
    words = [data.title("kontaktrolle", role) for role in office.roles]
    words += [data.title("handlungsfeld", name) for name in office.fields_of_action]
    return [f"CATEGORIES:{','.join(map(escape, words))}"] if words else []


def _notes(data: Dataset, office: Contact) -> Iterator[str]:
    yield f"Kommune: {data.title('kommune', office.municipality)}. Zweck: {office.purpose}"
    yield f"Quelle: {data.facts.name}, Lizenz CC BY 4.0" + (f", Stand {office.as_of.german}" if office.as_of else "")
    yield from (*office.unverified, *office.notes)
