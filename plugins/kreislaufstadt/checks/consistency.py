"""Fields of one entry that must fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kreislaufstadt.model.entries import Contact, Entry, Framework, Municipality
from kreislaufstadt.model.lists import State
from kreislaufstadt.model.parts import ContactKind, Level, Participation
from kreislaufstadt.problems import Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.source import Source

GERMANY = {"breite": (47.2, 55.1), "laenge": (5.8, 15.1)}
"""Bounding box of Germany in degrees, for swapped or mistyped coordinates."""


def check_consistency(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """Land fits country and key, persons fit contact kind, evidence fits participation."""
    for key, entry in catalog.all_entries():
        check = _OF_TYPE.get(type(entry))
        if check:
            yield from check(catalog, catalog.source(key), entry)
        keys = [citation.key for citation in entry.sources if citation.key]
        if len({*keys}) < len(keys):
            yield from _check_keys(catalog.source(key), entry)


def _check_municipality(catalog: Catalog, source: Source, entry: Municipality) -> Iterator[Problem]:
    german = entry.country == "de"
    if german and not entry.state:
        yield Problem(source.place(("land",)), "KS217", "Für eine deutsche Kommune fehlt das Land.", "Bitte land: ergänzen, z. B. land: niedersachsen.")
    if not german and (entry.state or entry.ags):
        message = "Land und AGS gibt es nur für deutsche Kommunen."
        yield Problem(source.place(("land",) if entry.state else ("ags",)), "KS217", message, "Bitte das Feld region: benutzen.")
    state = catalog.find("land", entry.state or "")
    if isinstance(state, State) and entry.ags and not entry.ags.startswith(state.prefix):
        message = f"Der AGS {entry.ags} gehört nicht zu {state.title} (beginnt mit {state.prefix})."
        yield Problem(source.place(("ags",)), "KS217", message, "Bitte Land oder AGS berichtigen.")
    if german and entry.position:
        yield from _check_position(source, entry)
    if entry.study and entry.study.participation is Participation.EVIDENCED and not entry.study.source:
        message = "Die Teilnahme gilt als belegt, aber es fehlt die Quelle."
        yield Problem(source.place(("studie", "quelle")), "KS401", message, "Bitte quelle: unter studie: ergänzen.")


def _check_position(source: Source, entry: Municipality) -> Iterator[Problem]:
    assert entry.position is not None  # noqa: S101 - asked by the caller
    for field, value in (("breite", entry.position.latitude), ("laenge", entry.position.longitude)):
        low, high = GERMANY[field]
        if not low <= value <= high:
            message = f"„{field}“ {value} liegt nicht in Deutschland ({low} bis {high}).".replace(".", ",", 3)
            yield Problem(source.place(("lage", field)), "KS214", message, "Bitte prüfen, ob Breite und Länge vertauscht sind.")


def _check_contact(_catalog: Catalog, source: Source, entry: Contact) -> Iterator[Problem]:
    if entry.kind is ContactKind.PERSON and not entry.person:
        message = "Die Art ist person, aber es ist keine Person angegeben."
        yield Problem(source.place(("art",)), "KS217", message, "Bitte art: funktion schreiben oder person: ergänzen.")
    if not any((entry.address, entry.phone, entry.email, entry.website)):
        message = "Die Kontaktstelle hat weder Anschrift noch Telefon, E-Mail oder Website."
        yield Problem(source.place(("titel",)), "KS409", message, "Bitte mindestens einen Weg zur Stelle angeben.")


def _check_framework(_catalog: Catalog, source: Source, entry: Framework) -> Iterator[Problem]:
    if entry.level is Level.STATE and not entry.state:
        yield Problem(source.place(("ebene",)), "KS217", "Bei Ebene land fehlt das Land.", "Bitte land: ergänzen.")
    if entry.level is not Level.STATE and entry.state:
        yield Problem(source.place(("land",)), "KS217", "Ein Land passt nur zur Ebene land.", "Bitte ebene: oder land: berichtigen.")


def _check_keys(source: Source, entry: Entry) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, citation in enumerate(entry.sources):
        if citation.key in seen:
            message = f"Das Kürzel „{citation.key}“ ist zweimal vergeben."
            yield Problem(source.place(("quellen", number, "kuerzel")), "KS303", message, "Bitte ein anderes Kürzel wählen.")
        if citation.key:
            seen.add(citation.key)


_OF_TYPE: dict[type[Entry], Callable[[Catalog, Source, Any], Iterator[Problem]]] = {
    Municipality: _check_municipality,
    Contact: _check_contact,
    Framework: _check_framework,
}
"""What must hold for entries of some kinds."""
