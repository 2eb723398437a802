"""What can be wrong in content, as values: place, code, sentence, next step.

Nothing here raises or prints. A :class:`Problem` is sortable by place, knows its
severity through its code, and codes never change their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a problem weighs: an error stops a build, a warning stops CI, a hint never."""

    ERROR = "Fehler"
    WARNING = "Warnung"
    HINT = "Hinweis"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a content file; line and column count from 1 (0: the file as a whole)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write the place as editors and terminals know it: ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Code:
    """A permanent problem code with its severity and its German headline."""

    name: str
    severity: Severity
    title: str


def _codes(*rows: tuple[str, Severity, str]) -> dict[str, Code]:
    return {name: Code(name, severity, title) for name, severity, title in rows}


_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT

CODES = _codes(
    # KS1xx: reading a file
    ("KS101", _E, "Datei ist leer"),
    ("KS102", _E, "Datei ist nicht in UTF-8 gespeichert"),
    ("KS103", _E, "Datei enthält Steuerzeichen"),
    ("KS104", _E, "Datei ist zu groß"),
    ("KS105", _W, "Datei beginnt mit einer unsichtbaren Markierung (BOM)"),
    ("KS106", _E, "Tabulator statt Leerzeichen"),
    ("KS107", _E, "YAML ist nicht lesbar"),
    ("KS108", _E, "Feld steht doppelt"),
    ("KS109", _E, "YAML-Kurzschreibweise, die hier nicht erlaubt ist"),
    ("KS110", _E, "Kopf mit --- fehlt"),
    ("KS111", _E, "Kopf ist nicht mit --- geschlossen"),
    ("KS112", _E, "Datei enthält keine Felder"),
    ("KS113", _E, "Verweis führt aus dem Inhaltsordner hinaus"),
    ("KS114", _E, "Zu tief verschachtelt"),
    ("KS115", _E, "Dateiname ist keine gültige Kennung"),
    ("KS116", _W, "Datei gehört nicht in diesen Ordner"),
    ("KS117", _E, "Kennung und Dateiname sind verschieden"),
    ("KS118", _E, "Datei lässt sich nicht öffnen"),
    ("KS119", _E, "Mehrere Dokumente in einer Datei"),
    ("KS120", _W, "Unsichtbare Zeichen im Text"),
    ("KS121", _E, "Übernommene Datei wurde verändert"),
    ("KS122", _E, "Zu viele Dateien"),
    ("KS123", _W, "Text hinter einem Rautezeichen wird nicht gelesen"),
    ("KS124", _W, "Listenpunkt hängt an der Zeile darüber"),
    ("KS125", _W, "Umlaute sind zerstört"),
    # KS2xx: shape of an entry
    ("KS201", _E, "Pflichtfeld fehlt"),
    ("KS202", _E, "Unbekanntes Feld"),
    ("KS203", _E, "Falsche Form"),
    ("KS204", _E, "Kein gültiges Datum"),
    ("KS205", _E, "Keine gültige Zahl"),
    ("KS206", _E, "Wert steht nicht zur Auswahl"),
    ("KS207", _E, "Keine gültige Internetadresse"),
    ("KS208", _E, "Kein gültiger Schlüssel (AGS)"),
    ("KS209", _E, "Keine gültige Postleitzahl"),
    ("KS210", _E, "Weder ja noch nein"),
    ("KS211", _E, "Text zu kurz oder zu lang"),
    ("KS212", _E, "Keine gültige E-Mail-Adresse"),
    ("KS213", _E, "Keine gültige Telefonnummer"),
    ("KS214", _E, "Koordinate außerhalb des Wertebereichs"),
    ("KS215", _E, "Keine gültige Kennung"),
    ("KS216", _E, "Kein lesbarer Wert einer Kennzahl"),
    ("KS217", _E, "Angaben passen nicht zusammen"),
    # KS3xx: references
    ("KS301", _E, "Verweis führt ins Leere"),
    ("KS302", _E, "Verweis auf die falsche Art von Eintrag"),
    ("KS303", _E, "Kennung ist zweimal vergeben"),
    ("KS304", _E, "Textverweis führt ins Leere"),
    ("KS305", _E, "Textverweis ist nicht eindeutig"),
    ("KS306", _E, "Sprungmarke gibt es nicht"),
    ("KS307", _W, "Eintrag verweist auf sich selbst"),
    ("KS308", _E, "Quelle fehlt in der Quellenliste"),
    ("KS309", _W, "Verweis steht doppelt"),
    ("KS310", _E, "Wert steht nicht in der Liste"),
    # KS4xx: editorial rules
    ("KS401", _E, "Quelle fehlt"),
    ("KS402", _W, "Prüfung ist überfällig"),
    ("KS403", _E, "Datum liegt in der Zukunft"),
    ("KS404", _W, "Überschriften sind nicht geordnet"),
    ("KS405", _E, "Bild ohne Alternativtext"),
    ("KS406", _E, "HTML im Text ist nicht erlaubt"),
    ("KS407", _W, "Nicht erlaubtes Gestaltungselement"),
    ("KS408", _W, "Text ist sehr lang"),
    ("KS409", _H, "Angabe fehlt noch"),
    ("KS410", _W, "Quelle steht doppelt"),
    ("KS411", _H, "Zugriffstag der Quelle fehlt"),
    ("KS412", _H, "Betreiberangabe ist ein Platzhalter"),
    ("KS413", _E, "Linkziel ist nicht erlaubt"),
    ("KS414", _E, "Bild ist nicht brauchbar"),
    ("KS415", _E, "Bildnachweis fehlt"),
    ("KS416", _E, "Text ist zu verschachtelt"),
    ("KS417", _W, "Nur das Prüfdatum ist neu"),
    ("KS418", _E, "Text ist nicht geprüft"),
    ("KS419", _W, "Auszeichnung in einem Feld"),
    ("KS420", _W, "Frühere Adresse führt ins Leere"),
    ("KS421", _W, "Prüfung ohne Angabe, wer wie geprüft hat"),
    # KS5xx: pages and URLs
    ("KS501", _E, "Zwei Seiten hätten dieselbe Adresse"),
    ("KS502", _E, "Seite in der Navigation gibt es nicht"),
    ("KS503", _E, "Bilddatei fehlt"),
    # KS6xx: the finished site
    ("KS601", _E, "Seite eines Eintrags fehlt"),
    ("KS602", _E, "Zugriff auf einen fremden Server"),
    ("KS603", _E, "Skript, Stil oder Adresse, die in einer Seite nicht erlaubt ist"),
    ("KS604", _E, "HTML ist nicht gültig"),
    ("KS605", _E, "Interner Link führt ins Leere"),
    ("KS606", _E, "Sprungmarke fehlt auf der Zielseite"),
    ("KS607", _E, "Sprungmarke steht doppelt"),
    ("KS608", _E, "Seitentitel oder Beschreibung fehlt oder steht doppelt"),
    ("KS609", _E, "Seite oder Datei ist zu groß"),
    ("KS610", _E, "Sicherheitsrichtlinie fehlt oder ist zu weit"),
    ("KS611", _E, "Betreiberangaben sind Platzhalter"),
    ("KS612", _E, "Markierung wurde aus dem Text entfernt"),
    ("KS613", _E, "Datei gehört nicht auf die Website"),
    ("KS614", _E, "Datei und Prüfsumme passen nicht zusammen"),
    # KS9xx: our own bug
    ("KS901", _E, "Fehler im Programm"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in content: where, which code, what is wrong, what to do.

    ``message`` and ``advice`` are full German sentences; the place is added by
    whoever prints, never written into the message.
    """

    place: Place
    code: str
    message: str
    advice: str = ""

    @property
    def severity(self) -> Severity:
        """The severity that belongs to the code."""
        return CODES[self.code].severity

    @property
    def sort_key(self) -> tuple[Place, str, str]:
        """Order of a report: by place, then by code, then by message."""
        return (self.place, self.code, self.message)

    def __str__(self) -> str:
        """Write one line: ``file:line:column: Fehler KS201: sentence next step``."""
        line = f"{self.place}: {self.severity} {self.code}: {self.message}"
        return f"{line} {self.advice}" if self.advice else line


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by place and drop exact doubles."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.sort_key)


def count_by_severity(problems: Iterable[Problem]) -> dict[Severity, int]:
    """Count problems per severity; every severity has a key."""
    counts = dict.fromkeys(Severity, 0)
    for problem in problems:
        counts[problem.severity] += 1
    return counts
