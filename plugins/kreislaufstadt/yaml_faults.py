"""Parser messages of YAML in the words of an editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kreislaufstadt.problems import Place, Problem

if TYPE_CHECKING:
    import yaml

_COLON = "Bitte den ganzen Text hinter dem Feldnamen in Anführungszeichen setzen."
_INDENT = "Bitte prüfen, ob die Zeile genauso weit eingerückt ist wie ihre Nachbarn."
_QUOTE = "Bitte das fehlende Anführungszeichen am Ende des Textes ergänzen."
_BRACKET = "Bitte das Komma oder die schließende Klammer ergänzen."

_TRANSLATIONS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "Ein Doppelpunkt im Text wird als neues Feld gelesen.", _COLON),
    ("could not find expected ':'", "Hinter dem Feldnamen fehlt der Doppelpunkt.", "Bitte in der Form feld: Wert schreiben."),
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
    ("did not find expected key", "Die Einrückung passt nicht, oder hinter einem Anführungszeichen steht noch Text.", _INDENT),
    ("expected <block end>", "Die Einrückung passt nicht, oder hinter einem Anführungszeichen steht noch Text.", _INDENT),
    ("expected a single document", "In der Datei steht eine zweite Zeile aus drei Strichen (---).", "Bitte die zweite Zeile --- löschen; eine Datei enthält genau einen Eintrag."),
)  # fmt: skip

_CODES = {"expected a single document": "KS119", "scanning an alias": "KS109", "scanning an anchor": "KS109"}

_OPEN_QUOTE = re.compile(r"""^[ -]*\w[\w-]*:[ ]+(?:"(?:[^"\\]|\\.)*|'(?:[^']|'')*)$""")
_TEXT_AFTER_QUOTE = re.compile(r"""^[ -]*(?:\w[\w-]*:[ ]+)?(?:"[^"]*"|'[^']*')[ ]*[^\s#,\]}:]""")
_ONLY_A_FIELD = re.compile(r"^ +[\w-]+$")
_STRAY = "Hinter dem schließenden Anführungszeichen steht noch Text."
_STRAY_ADVICE = "Bitte den ganzen Wert in einfache Anführungszeichen ' setzen oder „…“ schreiben."
_HARD_SPACE = re.compile("^ *(?:- +)*(?:\\w[\\w-]*:)?\N{NO-BREAK SPACE}")
_HARD = "Hier steht ein geschütztes Leerzeichen, das wie ein gewöhnliches aussieht."
_HARD_ADVICE = "Bitte das Zeichen löschen und ein Leerzeichen tippen."
_TOO_FAR = "Die Zeile ist weiter eingerückt als ihre Nachbarn."


def describe_yaml_error(file: str, text: str, offset: int, error: yaml.YAMLError) -> Problem:
    """Say what a YAML error means, where it stands and what to do."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    context = getattr(error, "context", None) or ""
    found = f"{getattr(error, 'problem', None) or error} {context}"
    guessed = _guess(file, text, offset, found, line, column)
    if guessed:
        return guessed
    line, column = _best_place(found, error, line, column)
    for english, message, advice in _TRANSLATIONS:
        if english in found:
            code = _CODES.get(english, "KS107")
            return Problem(Place(file, offset + line + 1, column + 1), code, _with_line(message, text, line), advice)
    message = _with_line("Die Felder sind nicht lesbar.", text, line)
    return Problem(Place(file, offset + line + 1, column + 1), "KS107", message, _INDENT)


def _guess(file: str, text: str, offset: int, found: str, line: int, column: int) -> Problem | None:
    """Recognise what the parser's message hides: quotes and lines that are indented too far."""
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    for number in range(max(0, line - 2), min(line + 1, len(lines))):
        hard = _HARD_SPACE.match(lines[number])
        if hard:
            return Problem(Place(file, offset + number + 1, hard.end()), "KS107", _with_line(_HARD, text, number), _HARD_ADVICE)
    if "expected key" in found or "<block end>" in found:
        opened = next((number for number, above in enumerate(lines[: line + 1]) if _OPEN_QUOTE.match(above)), None)
        if opened is not None:
            place = Place(file, offset + opened + 1, re.search("[\"']", lines[opened]).start() + 1)  # type: ignore[union-attr]
            return Problem(place, "KS107", _with_line("Ein Anführungszeichen wird nicht geschlossen.", text, opened), _QUOTE)
        if _TEXT_AFTER_QUOTE.match(here):
            return Problem(Place(file, offset + line + 1, column + 1), "KS107", _with_line(_STRAY, text, line), _STRAY_ADVICE)
    if "mapping values are not allowed" in found and _ONLY_A_FIELD.match(here[:column]):
        indent = len(here) - len(here.lstrip())
        return Problem(Place(file, offset + line + 1, indent + 1), "KS107", _with_line(_TOO_FAR, text, line), _INDENT)
    return None


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
