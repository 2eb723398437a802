"""Parser messages of YAML in the words of an editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.yaml_slips import Gave, find_slip

if TYPE_CHECKING:
    import yaml

_COLON = "Bitte den ganzen Text hinter dem Feldnamen in gerade Anführungszeichen setzen."
_INDENT = "Bitte prüfen, ob die Zeile genauso weit eingerückt ist wie ihre Nachbarn."
_QUOTE = "Bitte das fehlende Anführungszeichen am Ende des Textes ergänzen."
_BRACKET = "Bitte das Komma oder die schließende Klammer ergänzen."

_TRANSLATIONS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "Ein Doppelpunkt im Text wird als neues Feld gelesen.", _COLON),
    ("could not find expected ':'", "Hinter dem Feldnamen fehlt der Doppelpunkt.", "Bitte in der Form feld: Wert schreiben; gehört die Zeile zum Wert darüber, zwei Leerzeichen davor setzen."),
    ("unexpected end of stream", "Ein Anführungszeichen wird nicht geschlossen.", _QUOTE),
    ("unexpected document", "Ein Anführungszeichen wird nicht geschlossen.", _QUOTE),
    ("expected ',' or", "In einer Liste oder Klammer fehlt ein Komma oder das Ende.", _BRACKET),
    ("did not find expected node content", "In einer Klammer steht ein unerwartetes Zeichen.", _BRACKET),
    ("cannot start any token", "Der Wert beginnt mit einem Zeichen, das YAML anders versteht.", "Bitte den Wert in Anführungszeichen setzen."),
    ("scanning an alias", "Der Wert beginnt mit einem Sternchen, das in YAML eine andere Bedeutung hat.", "Bitte den Wert in Anführungszeichen setzen."),
    ("scanning an anchor", "Der Wert beginnt mit einem Und-Zeichen, das in YAML eine andere Bedeutung hat.", "Bitte den Wert in Anführungszeichen setzen."),
    ("unknown escape", "Hinter dem Rückstrich steht ein unerlaubtes Zeichen.", "Bitte einfache statt doppelte Anführungszeichen verwenden."),
    ("block sequence entries are not allowed", "Eine Liste beginnt an einer Stelle, an der keine stehen darf.", "Bitte die Liste unter den Feldnamen in eine neue Zeile setzen."),
    ("expected '-' indicator", "Eine Zeile der Liste beginnt nicht mit einem Strich.", "Bitte jede Zeile der Liste mit „- “ beginnen und gleich weit einrücken."),
    ("did not find expected key", "Die Zeile ist anders eingerückt als ihre Nachbarn.", _INDENT),
    ("expected <block end>", "Die Zeile ist anders eingerückt als ihre Nachbarn.", _INDENT),
    ("expected a single document", "In der Datei steht eine zweite Zeile aus drei Strichen (---).", "Bitte die zweite Zeile --- löschen; eine Datei enthält genau einen Eintrag."),
)  # fmt: skip

_CODES = {"expected a single document": "KS119", "scanning an alias": "KS109", "scanning an anchor": "KS109"}


def describe_yaml_error(file: str, text: str, offset: int, error: yaml.YAMLError) -> Problem:
    """Say what a YAML error means, where it stands and what to do."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    context = getattr(error, "context", None) or ""
    found = f"{getattr(error, 'problem', None) or error} {context}"
    line, column = _best_place(found, error, line, column)
    slip = find_slip(Gave(text.split("\n"), line, column, found))
    if slip:
        code = "KS109" if "scanning an alias" in found else "KS107"
        return Problem(Place(file, offset + slip.line + 1, slip.column + 1), code, _with_line(slip.message, text, slip.line), slip.advice)
    for english, message, advice in _TRANSLATIONS:
        if english in found:
            code = _CODES.get(english, "KS107")
            return Problem(Place(file, offset + line + 1, column + 1), code, _with_line(message, text, line), advice)
    message = _with_line("Die Felder sind nicht lesbar.", text, line)
    return Problem(Place(file, offset + line + 1, column + 1), "KS107", message, _INDENT)


def _best_place(found: str, error: yaml.YAMLError, line: int, column: int) -> tuple[int, int]:
    """Point at where something was opened rather than at where the parser gave up."""
    context_mark = getattr(error, "context_mark", None)
    if context_mark and any(part in found for part in ("quoted scalar", "expected ':'", "expected ',' or")):
        return context_mark.line, context_mark.column
    return line, column


def _with_line(message: str, text: str, line: int) -> str:
    lines = text.split("\n")
    shown = re.sub(r"\s+", " ", lines[line]).strip() if line < len(lines) else ""
    return f"{message} Gelesen wurde: „{shown[:60]}“." if shown else message
