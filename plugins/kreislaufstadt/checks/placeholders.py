"""What a template left to be filled in is not published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.references import mask_code

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog

TO_FILL_IN = "Hier eintragen"
"""What stands in a template where a text belongs."""

TEXT_TO_FILL_IN = "Hier beginnt der Text."
"""What stands in a template below the front matter."""

_FIELD = re.compile(rf"(?m)^[^#\n]*?(?<!\w){TO_FILL_IN}\s*(?:#.*)?$")


def check_placeholders(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """No field and no text still says what the template said."""
    advice = "Bitte die Angabe eintragen oder die Zeile löschen."
    for key, entry in catalog.all_entries():
        source = catalog.source(key)
        if TO_FILL_IN in source.yaml_text:
            for found in _FIELD.finditer(source.yaml_text):
                index = found.start() + found[0].index(TO_FILL_IN)
                before = source.yaml_text[:index]
                place = Place(source.file, source.yaml_offset + before.count("\n") + 1, index - before.rfind("\n"))
                yield Problem(place, "KS203", f"Hier steht noch „{TO_FILL_IN}“ aus der Vorlage.", advice)
        if TEXT_TO_FILL_IN in entry.body:
            for found in re.finditer(rf"(?m)^{re.escape(TEXT_TO_FILL_IN)}$", mask_code(entry.body)):
                place = source.place_in_body(found.start())
                yield Problem(place, "KS203", "Hier steht noch der Platzhalter der Vorlage.", "Bitte den Text schreiben oder die Zeile löschen.")
