"""Scalar values of an entry: text from a file in, a typed value out.

Every scalar arrives as text (see :mod:`kreislaufstadt.source`); the types here
convert it. A wrong text raises :class:`ValueFault` inside pydantic, which
:mod:`kreislaufstadt.validate` turns into a German problem with its place.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kreislaufstadt.model.numbers import NUMBERS, UNCLEAR_NUMBERS, format_number, parse_number


def value_fault(code: str, message: str, advice: str) -> PydanticCustomError:
    """Make the error that carries a problem code, its sentence and its next step."""
    context: dict[str, Any] = {"code": code, "message": message, "advice": advice}
    return PydanticCustomError("wert", "{message}", context)


MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def _suggest_date(text: str) -> str:
    """Suggest the written form of a date like ``22.5.2024`` or ``2024-5-22``."""
    match = re.fullmatch(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})", text, re.ASCII)
    match = match or re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", text, re.ASCII)
    return f"Meinten Sie „{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}“?" if match else ""


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A date that is known to the year, the month or the day (0: not known)."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    @lru_cache(maxsize=10_000)
    def parse(cls, text: str) -> Self:
        """Read ``2024``, ``2024-05`` or ``2024-05-22``; anything else is a value fault."""
        match = _DATE.fullmatch(text)
        if not match:
            advice = "Bitte als Jahr, Jahr-Monat oder Jahr-Monat-Tag schreiben, z. B. 2024-05-22."
            raise value_fault("KS204", f"„{text}“ ist kein Datum.", _suggest_date(text) or advice)
        year, month, day = (int(part or 0) for part in match.groups())
        try:
            dt.date(year, month or 1, day or 1)
        except ValueError:
            raise value_fault("KS204", f"Den Tag „{text}“ gibt es im Kalender nicht.", "Bitte das Datum berichtigen.") from None
        if match[2] == "00" or match[3] == "00":
            raise value_fault("KS204", f"„{text}“ ist kein Datum.", "Bitte Unbekanntes weglassen, z. B. 2024-05.")
        return cls(year, month, day)

    @property
    def first_day(self) -> dt.date:
        """The first day that the date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def iso(self) -> str:
        """ISO 8601 with the precision that is known: ``2024``, ``2024-05`` or ``2024-05-22``."""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def german(self) -> str:
        """The date in German words: ``22. Mai 2024``, ``Mai 2024`` or ``2024``."""
        if self.day:
            return f"{self.day}. {MONTHS[self.month - 1]} {self.year}"
        return f"{MONTHS[self.month - 1]} {self.year}" if self.month else str(self.year)

    def __str__(self) -> str:
        """Write the date as in a content file."""
        return self.iso

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate from text, write as text."""
        return core_schema.no_info_after_validator_function(
            cls.parse,
            core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the text form."""
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """The value of a figure: the text as published and the numbers in it.

    ``text`` is shown to readers ("mehr als 60", "6 bis 8"); ``numbers`` holds each
    number of the text in order; ``exact`` says that the text is just one number.
    """

    text: str
    numbers: tuple[float, ...]
    exact: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number or qualified text; numbers with two readings and text without any amount are value faults."""
        for pattern, what, meant in UNCLEAR_NUMBERS:
            if pattern.search(text):
                raise value_fault("KS216", f"„{text}“ {what}.", meant)
        numbers = tuple(parse_number(found) for found in NUMBERS.findall(text))
        if not numbers and not re.search(r"\b(?:ein|zwei|drei|vier|hälfte|drittel|viertel|keine?)", text.lower()):
            advice = "Bitte eine Zahl oder einen Ausdruck mit Zahl schreiben, z. B. 65 oder mehr als 60."
            raise value_fault("KS216", f"„{text}“ nennt keinen Wert.", advice)
        return cls(text, numbers, bool(NUMBERS.fullmatch(text)))

    @property
    def number(self) -> float | None:
        """The one number to compute and draw with, if the text holds exactly one."""
        return self.numbers[0] if len(self.numbers) == 1 else None

    @property
    def german(self) -> str:
        """The text with thin-spaced thousands for reading (``2 700``), otherwise as published."""
        return NUMBERS.sub(lambda found: format_number(found[0]), self.text)

    def __str__(self) -> str:
        """Write the value as in a content file."""
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate from text, write as text."""
        return core_schema.no_info_after_validator_function(
            cls.parse,
            core_schema.str_schema(min_length=1, max_length=60),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the text form."""
        return {"type": ["string", "number"], "maxLength": 60}


_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[!-~]*)?")
"""Most addresses; they need not be taken apart."""


def _check_url(text: str) -> str:
    if _PLAIN_URL.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        parts, host = None, None
    if parts is None or parts.scheme not in {"http", "https"} or not host or "." not in host or re.search(r"\s", text):
        raise value_fault(
            "KS207",
            f"„{text}“ ist keine Internetadresse.",
            "Bitte die ganze Adresse mit https:// angeben, z. B. https://www.bund.de.",
        )
    return text


class Pattern:
    """A text that matches ``pattern`` as a whole (ASCII digits and letters only)."""

    def __init__(self, pattern: str, code: str, what: str, advice: str) -> None:
        """Name the pattern and what to say of a text that does not match."""
        self.pattern = pattern
        self._compiled = re.compile(pattern, re.ASCII)
        self._fault = code, what, advice

    def check(self, text: str) -> str:
        """Return the text, or raise the value fault."""
        if not self._compiled.fullmatch(text):
            code, what, advice = self._fault
            raise value_fault(code, f"„{text}“ ist {what}.", advice)
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after pydantic's own rules for text."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))


def _read_yes_no(text: Any) -> Any:
    answers = {"ja": True, "nein": False}
    if isinstance(text, str) and text.lower() in answers:
        return answers[text.lower()]
    raise value_fault("KS210", f"„{text}“ ist weder ja noch nein.", "Bitte ja oder nein schreiben.")


def _read_integer(text: Any) -> Any:
    if isinstance(text, str) and re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+|\d{1,12}", text, re.ASCII):
        return int(text.replace(".", ""))
    raise value_fault("KS205", f"„{text}“ ist keine ganze Zahl.", "Bitte nur Ziffern schreiben, z. B. 12345.")


def _read_decimal(text: Any) -> Any:
    if isinstance(text, str) and re.fullmatch(r"-?\d{1,9}([.,]\d{1,9})?", text, re.ASCII):
        return float(text.replace(",", "."))
    raise value_fault("KS205", f"„{text}“ ist keine Zahl.", "Bitte nur Ziffern und ein Komma schreiben, z. B. 52,265.")


def _check_day(value: PartialDate) -> PartialDate:
    if not value.day:
        raise value_fault("KS204", f"„{value}“ nennt keinen Tag.", "Bitte den ganzen Tag angeben, z. B. 2024-05-22.")
    return value


class Ref:
    """Marks a text field as a reference to an entry of one of the named kinds."""

    def __init__(self, *kinds: str) -> None:
        """Name the kinds that the reference may point to."""
        self.kinds = kinds

    def __repr__(self) -> str:
        """Show the kinds, for schema and debug output."""
        return f"Ref{self.kinds}"


Text = Annotated[str, Field(min_length=1, max_length=5000)]
ShortText = Annotated[str, Field(min_length=1, max_length=400)]
Id = Annotated[
    str,
    Pattern(
        r"[a-z0-9]+(?:-[a-z0-9]+)*",
        "KS215",
        "keine gültige Kennung",
        "Bitte nur kleine Buchstaben a bis z, Ziffern und Bindestriche verwenden, z. B. bad-muenster.",
    ),
    Field(max_length=80),
]
SdgId = Annotated[
    str, Pattern(r"\d{1,2}(\.(\d{1,2}|[a-c]))?", "KS215", "keine SDG-Nummer", "Bitte z. B. 12 oder 12.5 schreiben.")
]
Url = Annotated[str, AfterValidator(_check_url), Field(max_length=2000)]
Day = Annotated[PartialDate, AfterValidator(_check_day)]
YesNo = Annotated[bool, BeforeValidator(_read_yes_no)]
Integer = Annotated[int, BeforeValidator(_read_integer)]
Decimal = Annotated[float, BeforeValidator(_read_decimal)]
Ags = Annotated[
    str,
    Pattern(
        r"\d{8}|\d{5}|\d{2}", "KS208", "kein amtlicher Gemeindeschlüssel", "Der AGS hat acht Ziffern, z. B. 01234567."
    ),
]
PostalCode = Annotated[
    str,
    Pattern(
        r"\d{5}|\d{4}( ?[A-Z]{2})?|[A-Z]{2}-\d{4,5}", "KS209", "keine Postleitzahl", "Bitte fünf Ziffern schreiben, z. B. 01067."
    ),
]
Email = Annotated[
    str,
    Pattern(
        r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,6}",
        "KS212",
        "keine E-Mail-Adresse",
        "Bitte z. B. wirtschaft@stadt.de schreiben.",
    ),
]
Phone = Annotated[
    str,
    Pattern(
        r"(?:\+\d{1,3}|\(?0\d{1,5}\)?)[\d /()–-]{3,24}\d|115",
        "KS213",
        "keine Telefonnummer",
        "Bitte mit Vorwahl schreiben, z. B. 030 23125 000 oder +43 1 4000.",
    ),
]
