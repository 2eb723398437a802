"""What a template left to be filled in is not published."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.references import mask_code

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.model.entries import Entry
    from kreislaufstadt.source import Source

TO_FILL_IN = "Hier eintragen"
"""What stands in a template where a text belongs."""

TEXT_TO_FILL_IN = "Hier beginnt der Text."
"""What stands in a template below the front matter."""

SAMPLE_AGS, SAMPLE_PLZ, SAMPLE_MAIL, SAMPLE_PHONE, SAMPLE_URL = SAMPLES = (
    "01234567",
    "00123",
    "post@example.org",
    "030 23125 000",
    "https://www.example.org/seite",
)
"""What stands in a template to show the form of a value; no place, office or page has any of them."""

_LEFT = "|".join(map(re.escape, (TO_FILL_IN, *SAMPLES)))
_FIELD = re.compile(rf"""(?m)^[^#\n]*?(?<![^\s"'])(?P<left>{_LEFT})["']?\s*(?:#.*)?$""")


def check_placeholders(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """No field and no text still says what the template said."""
    advice = "Bitte die Angabe eintragen oder die Zeile löschen."
    for key, entry in catalog.all_entries():
        source = catalog.source(key)
        if not may_hold_placeholders(catalog, key, entry):
            continue
        for found in _FIELD.finditer(source.yaml_text):
            index = found.start("left")
            before = source.yaml_text[:index]
            place = Place(source.file, source.yaml_offset + before.count("\n") + 1, index - before.rfind("\n"))
            yield Problem(place, "KS203", f"Hier steht noch „{found['left']}“ aus der Vorlage.", advice)
        for found in re.finditer(rf"(?m)^{re.escape(TEXT_TO_FILL_IN)}$", mask_code(entry.body)):
            place = source.place_in_body(found.start())
            yield Problem(place, "KS203", "Hier steht noch der Platzhalter der Vorlage.", "Bitte den Text schreiben oder die Zeile löschen.")


def may_hold_placeholders(catalog: Catalog, key: Key, entry: Entry) -> bool:
    """Say whether an entry's file has any of the template's words; remembered."""
    return catalog.remember(key, "may hold placeholders", partial(_may_hold_some, catalog.source(key), entry))


def _may_hold_some(source: Source, entry: Entry) -> bool:
    return any(text in source.yaml_text for text in (TO_FILL_IN, *SAMPLES)) or TEXT_TO_FILL_IN in entry.body
