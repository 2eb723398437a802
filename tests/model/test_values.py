"""Scalar values: what editors may write, and that nothing is lost on the way."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from kreislaufstadt.model.numbers import format_number, parse_number
from kreislaufstadt.model.values import (
    Ags,
    Decimal,
    Email,
    Id,
    Integer,
    PartialDate,
    Phone,
    PostalCode,
    Quantity,
    Url,
    YesNo,
)


class Sample(BaseModel):
    """One field of each type."""

    model_config = ConfigDict(str_strip_whitespace=True)
    ags: Ags = ""
    plz: PostalCode = ""
    mail: Email = ""
    phone: Phone = ""
    url: Url = ""
    id: Id = ""
    yes: YesNo = False
    whole: Integer = 0
    number: Decimal = 0


GOOD = {
    "ags": ("03101000", "09", "05315"),
    "plz": ("01067", "1010", "1012 AB", "CH-8001"),
    "mail": ("amt@example.org", "a.b-c@sub.example.org"),
    "phone": ("030 23125 000", "+43 1 4000", "(030) 23125-1", "115"),
    "url": ("https://www.example.org", "http://example.org/a?b=c#d", "https://example.org/ä"),
    "id": ("a", "bad-muster", "din-91436"),
    "yes": ("ja", "Nein"),
    "whole": ("0", "12345", "12.345"),
    "number": ("52,265", "52.265", "-3"),
}
BAD = {
    "ags": ("3101000", "0310100a", "٠٣١٠١٠٠٠"),
    "plz": ("106", "D-01067x"),
    "mail": ("amt", "amt@", "amt@example", "zwei@example.org, drei@example.org"),
    "phone": ("23125", "030 23125 000 (Zentrale)", "anrufen"),
    "url": ("example.org", "ftp://example.org", "https://", "https://example", "https://a b.de", "javascript:alert(1)", "https://[::1"),
    "id": ("Bad-Muster", "bad_muster", "-a", "a--b", "müster"),
    "yes": ("vielleicht", "true", "1"),
    "whole": ("rund 5", "1,5", "1.23", "-1"),
    "number": ("1.234,5", "fünf"),
}


@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in GOOD.items() for text in texts])
def test_good_text_is_accepted(field: str, text: str) -> None:
    assert Sample.model_validate({field: text})


@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in BAD.items() for text in texts])
def test_bad_text_is_refused_with_a_code(field: str, text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate({field: text})
    assert caught.value.errors()[0]["ctx"]["code"].startswith("KS2")


def test_leading_zeros_survive() -> None:
    assert Sample.model_validate({"ags": "03101000", "plz": "01067"}).ags == "03101000"


@given(st.dates(min_value=dt.date(1, 1, 1)), st.sampled_from([0, 1, 2]))
def test_a_date_survives_writing_and_reading(day: dt.date, precision: int) -> None:
    date = PartialDate(day.year, day.month if precision else 0, day.day if precision == 2 else 0)
    assert PartialDate.parse(date.iso) == date
    assert date.first_day <= day


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_fault(text: str) -> None:
    try:
        assert PartialDate.parse(text).iso == text
    except PydanticCustomError as error:
        assert error.context is not None
        assert error.context["code"] == "KS204"


@pytest.mark.parametrize(
    ("text", "german"), [("2024", "2024"), ("2024-05", "Mai 2024"), ("2024-05-22", "22. Mai 2024"), ("2024-03-01", "1. März 2024")]
)
def test_dates_are_written_in_german(text: str, german: str) -> None:
    assert PartialDate.parse(text).german == german


@pytest.mark.parametrize(
    ("text", "numbers", "exact"),
    [
        ("65", (65.0,), True),
        ("13,9", (13.9,), True),
        ("2.700", (2700.0,), True),
        ("3.141", (3141.0,), True),
        ("0,125", (0.125,), True),
        ("1.000,125", (1000.125,), True),
        ("1,5 bis 2,25", (1.5, 2.25), False),
        ("2024 bis 2025", (2024.0, 2025.0), False),
        ("-3,5", (-3.5,), True),
        ("mehr als 60", (60.0,), False),
        ("6 bis 8", (6.0, 8.0), False),
        ("6-8", (6.0, 8.0), False),
        ("rund ein Drittel", (), False),
    ],
)
def test_quantities_keep_text_and_numbers(text: str, numbers: tuple[float, ...], exact: bool) -> None:
    quantity = Quantity.parse(text)
    assert (quantity.text, quantity.numbers, quantity.exact) == (text, numbers, exact)


@pytest.mark.parametrize("text", ["13.9", "1234.5", "0.125", "0.500", "rund 0.5 t", "1,000", "2,700", "1,000,000", "12,345", "1 000", "1\u202f000", "1'000", "10’000’000", "viele", ""])
def test_ambiguous_or_missing_amounts_are_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        Quantity.parse(text)


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=999))
def test_a_number_survives_formatting(whole: int, decimals: int) -> None:
    text = f"{whole},{decimals}"
    assert parse_number(format_number(text)) == parse_number(text)
    unclear = 0 < whole < 1000 and decimals >= 100  # 5,321 can mean 5.321
    assert unclear or Quantity.parse(str(Quantity.parse(text))) == Quantity.parse(text)


@pytest.mark.parametrize("text", ["0.125", "0.500.000", "1,000"])
def test_whole_numbers_have_points_between_thousands_only(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Integer).validate_python(text)


@given(st.text(max_size=40))
def test_any_text_is_a_quantity_or_a_fault(text: str) -> None:
    try:
        quantity = Quantity.parse(text)
    except PydanticCustomError:
        return
    assert Quantity.parse(str(quantity)) == quantity
    assert quantity.german
