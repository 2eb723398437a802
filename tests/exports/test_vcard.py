"""vCard 4.0: read back by a reader of our own after RFC 6350 and by vobject."""

from __future__ import annotations

import re
from typing import Any

import pytest
import segno
import vobject
from exports.support_exports import AWKWARD, BASE, dataset_with, netz
from hypothesis import given, settings

from kreislaufstadt.exports.lines import fold
from kreislaufstadt.exports.phone import phone_number
from kreislaufstadt.exports.qr import MASK, contact_qr, qr_rows
from kreislaufstadt.exports.vcard import ADDRESS_BOOK, card_path, compact_vcard, place_path, vcard, write_vcards
from kreislaufstadt.model.entries import Contact
from kreislaufstadt.model.parts import Address, ContactKind, Person
from kreislaufstadt.model.values import PartialDate

FILES = dict(write_vcards(netz()))
NAME = "musterstadt-testamt"


def contact(**changes: Any) -> Contact:
    found = netz().catalog.find("kontakt", NAME)
    assert isinstance(found, Contact)
    return found.model_copy(update=changes)


def read_cards(text: str) -> list[dict[str, list[str]]]:
    """Read cards as RFC 6350 says: unfold, split at the first colon outside quotes, keep the raw value."""
    cards: list[dict[str, list[str]]] = []
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n"):
        if not line:
            continue
        found = re.fullmatch(r'([A-Z-]+)((?:;[A-Z]+=(?:"[^"]*"|[^";:]*))*):(.*)', line, re.DOTALL)
        assert found, line
        if found[1] == "BEGIN":
            cards.append({})
        cards[-1].setdefault(found[1], []).append(found[3])
    return cards


def unescape(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def components(value: str, separator: str = ";") -> list[str]:
    return [unescape(part) for part in re.findall(rf"(?:^|{separator})((?:\\.|[^\\{separator}])*)", value, re.DOTALL)]


def test_a_card_says_what_the_catalogue_says() -> None:
    card = read_cards(FILES[card_path(NAME)].decode())[0]
    office = contact()
    assert card["VERSION"] == ["4.0"]
    assert card["KIND"] == ["org"]
    assert components(card["ORG"][0]) == [office.title, office.unit]
    assert unescape(card["FN"][0]) == f"{office.title}, {office.unit}"
    assert unescape(card["ROLE"][0]) == office.role
    assert card["TEL"] == ["tel:+493023125001"]
    assert card["EMAIL"] == [office.email]
    assert office.address is not None
    assert components(card["ADR"][0]) == ["", "", office.address.street, office.address.city, "", office.address.postal_code, ""]
    assert office.website in card["URL"]
    assert f"{BASE}kontakte/{NAME}/" in card["URL"]
    assert card["REV"] == ["20260115T000000Z"]
    assert components(card["CATEGORIES"][0], ",")


def test_another_reader_agrees() -> None:
    card = vobject.readOne(FILES[card_path(NAME)].decode())
    assert card.version.value == "4.0"
    assert card.email.value == contact().email
    assert card.contents["role"][0].value == contact().role


def test_address_book_and_places_hold_every_office() -> None:
    contacts = [entry for entry in netz().entries("kontakt") if isinstance(entry, Contact)]
    assert len(read_cards(FILES[ADDRESS_BOOK].decode())) == len(contacts)
    for place in {entry.municipality for entry in contacts}:
        expected = sum(entry.municipality == place for entry in contacts)
        assert len(read_cards(FILES[place_path(place)].decode())) == expected


def test_identifiers_outlive_a_new_name() -> None:
    before = read_cards(vcard(netz(), contact()))[0]["UID"]
    assert read_cards(vcard(netz(), contact(id="neues-amt", former_ids=(NAME,))))[0]["UID"] == before


def test_a_card_never_names_a_person() -> None:
    person = contact(
        kind=ContactKind.PERSON,
        person=Person(name="Erika Testperson", funktion="Leitung (Testdaten)"),
        email="erika.testperson@example.org",
        verified_on=PartialDate.parse("2026-05-01"),
        next_check=PartialDate.parse("2027-04-30"),
    )
    for text in (vcard(netz(), person), compact_vcard(person), contact_qr(person)):
        assert "Testperson" not in text
        assert "testperson" not in text
        assert "23125" not in text
        assert "Testdaten" in text


@settings(max_examples=150, deadline=None)
@given(AWKWARD, AWKWARD, AWKWARD)
def test_awkward_texts_survive(title: str, unit: str, role: str) -> None:
    text = vcard(dataset_with("kontakt", contact()), contact(title=title, unit=unit, role=role))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    card = read_cards(text)[0]
    assert components(card["ORG"][0]) == [title, unit]
    assert unescape(card["ROLE"][0]) == role
    assert list(card).count("EMAIL") == 1
    assert len(card["EMAIL"]) == 1


@settings(max_examples=40, deadline=None)
@given(AWKWARD, AWKWARD, AWKWARD)
def test_awkward_addresses_and_notes_survive(street: str, city: str, note: str) -> None:
    address = Address.model_construct(note=note, street=street, city=city, postal_code="00000")
    text = vcard(netz(), contact(address=address, purpose=note, unverified=(), notes=(street,)))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    card = read_cards(text)[0]
    assert components(card["ADR"][0]) == ["", note, street, city, "", "00000", ""]
    notes = [unescape(value) for value in card["NOTE"]]
    assert notes[0].endswith(f"Zweck: {note}")
    assert notes[-1] == street
    read = vobject.readOne(text)
    assert (read.adr.value.street, read.adr.value.city) == (street, city)


@given(AWKWARD)
def test_folding_keeps_characters_whole(text: str) -> None:
    line = "NOTE:" + text.replace("\n", "\\n") * 5
    folded = fold(line)
    assert folded.endswith("\r\n")
    assert folded.replace("\r\n ", "").removesuffix("\r\n") == line
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))


@pytest.mark.parametrize(
    ("written", "dialled"),
    [("030 23125 001", "+493023125001"), ("+43 1 4000", "+4314000"), ("+49 (0)531 470", "+49531470"), ("(0531) 4703462", "+495314703462"), ("115", "115")],
)
def test_numbers_can_be_dialled_from_anywhere(written: str, dialled: str) -> None:
    assert phone_number(written) == dialled


def test_the_qr_code_is_a_picture_without_style() -> None:
    svg = contact_qr(contact(title='Amt <für> "Tests" & mehr'))
    assert svg.startswith("<svg ")
    assert "style" not in svg
    assert "<für>" not in svg
    assert "<title>QR-Code mit den Kontaktdaten: Amt &lt;für&gt;" in svg


@pytest.mark.parametrize("words", ["", "&" * 40, "ä" * 500])
def test_the_qr_code_is_the_one_that_the_library_draws(words: str) -> None:
    found = contact(title=f"Amt <für> Tests{words}")
    code = segno.make(compact_vcard(found), error="m", micro=False, boost_error=False, mask=MASK, encoding="utf-8")
    title = f"QR-Code mit den Kontaktdaten: {found.title}"
    drawn = code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, title=title, dark="#000", light="#fff")
    assert contact_qr(found).replace(' role="img" focusable="false"', "") == drawn


@pytest.mark.parametrize("text", ["1234", "KREIS 7", *("Grüße, Maß; " * count for count in (1, 3, 7, 12, 20, 35, 60, 90, 130))])
def test_codes_of_every_size_are_those_of_the_library(text: str) -> None:
    code = segno.make(text, error="m", micro=False, boost_error=False, mask=MASK, encoding="utf-8")
    for _ in range(2):  # the first of its size, and one that finds where bits go
        assert qr_rows(text) == ["".join(map(str, row)) for row in code.matrix]
