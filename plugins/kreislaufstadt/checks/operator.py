"""Facts about the operator: present, and known which are still placeholders."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kreislaufstadt.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.operator import Operator
    from kreislaufstadt.source import Source

RENEWAL_DAYS = 30
"""How many days before its end security.txt is due for renewal."""

LONGEST_DAYS = 366
"""How far ahead security.txt may hold at most (RFC 9116 recommends less than a year)."""

STATEMENT_DAYS = 365
"""How long a check of the accessibility statement holds; some Länder ask for it every year."""


def check_operator(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """The operator's facts exist; each placeholder is named."""
    if catalog.operator is None:
        if "betreiber.yml" not in catalog.files:
            message = "Die Datei mit den Angaben zum Betreiber fehlt."
            yield Problem(Place("content/betreiber.yml"), "KS201", message, "Bitte betreiber.yml anlegen.")
        return
    source = catalog.source(("betreiber", "betreiber"))
    for field in catalog.operator.placeholders:
        message = f"„{field}“ ist noch ein Platzhalter."
        yield Problem(source.place((field,)), "KS412", message, "Bitte vor der Veröffentlichung durch die echte Angabe ersetzen.")
    yield from _check_security(source, catalog.operator, today)
    yield from _check_statement(source, catalog.operator, today)


def _check_security(source: Source, operator: Operator, today: dt.date) -> Iterator[Problem]:
    """security.txt holds until a day that the operator names; it is renewed before that day."""
    until = operator.security_until
    if until is None and "sicherheit_email" not in operator.placeholders:
        message = "Ohne „sicherheit_gilt_bis“ wird keine security.txt geschrieben."
        yield Problem(source.place(("sicherheit_email",)), "KS409", message, "Bitte einen Tag innerhalb des nächsten Jahres angeben.")
    elif until is not None and until.first_day < today + dt.timedelta(days=RENEWAL_DAYS):
        message = f"Die Angabe, wie Sicherheitslücken zu melden sind, gilt nur bis {until.german}."
        yield Problem(source.place(("sicherheit_gilt_bis",)), "KS402", message, "Bitte das Postfach prüfen und einen neuen Tag eintragen.")
    elif until is not None and until.first_day > today + dt.timedelta(days=LONGEST_DAYS):
        message = f"Die Angabe, wie Sicherheitslücken zu melden sind, soll bis {until.german} gelten, also länger als ein Jahr."
        yield Problem(source.place(("sicherheit_gilt_bis",)), "KS217", message, "Bitte einen Tag innerhalb des nächsten Jahres eintragen.")


def _check_statement(source: Source, operator: Operator, today: dt.date) -> Iterator[Problem]:
    """The accessibility statement is checked every year; while the operator is not known, its lack is only mentioned."""
    checked = operator.statement_checked
    advice = "Bitte die Erklärung prüfen und den Tag unter „erklaerung_geprueft_am“ eintragen."
    if checked is None:
        code = "KS409" if operator.placeholders else "KS402"
        yield Problem(source.place(("barriere_email",)), code, "Die Erklärung zur Barrierefreiheit ist noch nicht geprüft.", advice)
    elif checked.first_day < today - dt.timedelta(days=STATEMENT_DAYS):
        message = f"Die Erklärung zur Barrierefreiheit wurde zuletzt am {checked.german} geprüft."
        yield Problem(source.place(("erklaerung_geprueft_am",)), "KS402", message, advice)
