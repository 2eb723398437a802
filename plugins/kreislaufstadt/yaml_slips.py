"""Slips of a hurried hand that a YAML parser answers with something else, or not at all.

The parser says where it gave up; here stands what people really did: a blank
forgotten behind the colon, a bullet from a word processor, a line left over
from merging two versions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from yaml.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from yaml.nodes import Node


class Slip(NamedTuple):
    """Where it stands (both from 0), what it is, what to do."""

    line: int
    column: int
    message: str
    advice: str


class Gave(NamedTuple):
    """Where and why the parser gave up."""

    lines: Sequence[str]
    line: int
    column: int
    why: str

    @property
    def here(self) -> str:
        """The line where it gave up."""
        return self.lines[self.line] if self.line < len(self.lines) else ""


_QUOTES = "Bitte den ganzen Wert in gerade einfache Anführungszeichen setzen: '…'."
_MERGE = re.compile(r"(?:<{7}|>{7})(?: |$)|={7}$")
_HARD_BLANK = re.compile(r"^[ \u00a0\u202f]*[\u00a0\u202f]|^ *(?:- )?[\w-]+:[\u00a0\u202f]|^ *-[\u00a0\u202f]")
_OPEN_QUOTE = re.compile(r"""^[ -]*\w[\w-]*:[ ]+(?:"(?:[^"\\]|\\.)*|'(?:[^']|'')*)$""")
_TEXT_AFTER_QUOTE = re.compile(r"""^[ -]*(?:\w[\w-]*:[ ]+)?(?:"[^"]*"|'[^']*')[ ]*[^\s#,\]}:]""")
_TEXT_AFTER_BRACKET = re.compile(r"^[ -]*(?:\w[\w-]*:[ ]+)?(?:\[[^\[\]]*\]|\{[^{}]*\})[ ]*[^\s#,\]}:]")
_FIELD = re.compile(r"^ *(?:- )?(?P<key>[A-Za-z_][\w-]*): +(?P<value>\S.*)$")
_GLUED = re.compile(r"^ *(?:- )?(?P<key>[a-z_][\w-]*):(?!//)(?P<value>\S.*)$")
_EQUALS = re.compile(r"^ *(?:- )?(?P<key>[a-z_][\w-]*) *= *(?P<value>\S.*)$")
_ONLY_A_FIELD = re.compile(r"^ +[\w-]+$")


def find_slip(gave: Gave) -> Slip | None:
    """Recognise what was done where the parser gave up; nothing if its own message says it best."""
    return next((slip for look in _LOOKS if (slip := look(gave))), None)


def _merge_mark(gave: Gave) -> Slip | None:
    line = next((number for number, text in enumerate(gave.lines) if _MERGE.match(text)), None)
    advice = "Bitte eine der beiden Fassungen behalten und die Zeilen mit <<<<<<<, ======= und >>>>>>> löschen."
    return None if line is None else Slip(line, 0, "Beim Zusammenführen zweier Fassungen blieb eine Marke stehen.", advice)


def _hard_blank(gave: Gave) -> Slip | None:
    for number in range(max(0, gave.line - 2), min(gave.line + 1, len(gave.lines))):
        found = _HARD_BLANK.match(gave.lines[number])
        if found:
            message = "Hier steht ein geschütztes Leerzeichen, das wie ein gewöhnliches aussieht."
            return Slip(number, found.end() - 1, message, "Bitte das Zeichen löschen und ein Leerzeichen tippen.")
    return None


def _open_quote(gave: Gave) -> Slip | None:
    if "expected key" not in gave.why and "<block end>" not in gave.why:
        return None
    opened = next((number for number, above in enumerate(gave.lines[: gave.line + 1]) if _OPEN_QUOTE.match(above)), None)
    if opened is None:
        return None
    column = next(index for index, sign in enumerate(gave.lines[opened]) if sign in "\"'")
    return Slip(opened, column, "Ein Anführungszeichen wird nicht geschlossen.", "Bitte das fehlende Anführungszeichen am Ende des Textes ergänzen.")


def _text_behind(gave: Gave) -> Slip | None:
    if "expected key" not in gave.why and "<block end>" not in gave.why:
        return None
    if _TEXT_AFTER_QUOTE.match(gave.here):
        advice = "Bitte den ganzen Wert in einfache Anführungszeichen ' setzen oder „…“ schreiben."
        if re.search(r"\w'\w", gave.here):
            advice = "Bitte den Apostroph im Text durch das Zeichen ’ ersetzen oder verdoppeln ('')."
        return Slip(gave.line, gave.column, "Hinter dem schließenden Anführungszeichen steht noch Text.", advice)
    if _TEXT_AFTER_BRACKET.match(gave.here):
        advice = "Bitte nur die Adresse schreiben, ohne Linktext und Klammern." if re.search(r"\]\(\s*http", gave.here) else _QUOTES
        return Slip(gave.line, gave.column, "Der Wert beginnt mit einer Klammer, und dahinter steht noch Text.", advice)
    return None


def _no_colon(gave: Gave) -> Slip | None:
    if "expected ':'" not in gave.why:
        return None
    column = len(gave.here) - len(gave.here.lstrip())
    for pattern, message in ((_GLUED, "Hinter dem Doppelpunkt fehlt ein Leerzeichen."), (_EQUALS, "Hinter dem Feldnamen steht = statt eines Doppelpunkts.")):
        found = pattern.match(gave.here)
        if found:
            return Slip(gave.line, column, message, f"Bitte so schreiben: „{found['key']}: {found['value'].strip()}“.")
    if re.match(r" *[a-z_]+(?: |$)", gave.here):
        return None
    if re.match(r" *- ", gave.lines[gave.line - 1]):
        advice = "Bitte „- “ davor setzen, wenn sie ein eigener Punkt ist; sonst weiter einrücken als den Strich darüber."
        return Slip(gave.line, column, "Diese Zeile der Liste beginnt nicht mit einem Strich.", advice)
    advice = "Bitte zwei Leerzeichen davor setzen, wenn sie zum Wert darüber gehört; Fließtext gehört unter die zweite Zeile aus drei Strichen."
    return Slip(gave.line, column, "Diese Zeile gehört zu keinem Feld.", advice)


def _field_out_of_line(gave: Gave) -> Slip | None:
    indent = len(gave.here) - len(gave.here.lstrip())
    if "mapping values are not allowed" in gave.why and _ONLY_A_FIELD.match(gave.here[: gave.column]):
        advice = "Bitte beide Zeilen vergleichen: Felder, die zusammengehören, beginnen an derselben Stelle."
        return Slip(gave.line, indent, "Die Zeile ist weiter eingerückt als die Zeile davor.", advice)
    if "expected '-' indicator" in gave.why and _FIELD.match(gave.here) and not gave.here.lstrip().startswith("-"):
        return Slip(gave.line, indent, "Die Zeile ist anders eingerückt als die Felder darüber.", "Bitte genauso weit einrücken wie das Feld davor.")
    return None


def _colon_in_text(gave: Gave) -> Slip | None:
    found = _FIELD.match(gave.here)
    if "mapping values are not allowed" not in gave.why or not found or len(found["value"]) > 80 or found["value"][0] in "\"'[{>|":
        return None
    value = found["value"].strip().replace("'", "''")
    return Slip(gave.line, gave.column, "Ein Doppelpunkt im Text wird als neues Feld gelesen.", f"Bitte so schreiben: „{found['key']}: '{value}'“.")


def _star_as_bullet(gave: Gave) -> Slip | None:
    if "scanning an alias" not in gave.why or not re.match(r" *\* ", gave.here):
        return None
    advice = "Bitte die Zeile mit „- “ beginnen, also Bindestrich und Leerzeichen."
    return Slip(gave.line, gave.here.index("*"), "Ein Sternchen ist hier kein Listenzeichen.", advice)


_LOOKS: tuple[Callable[[Gave], Slip | None], ...] = (
    _merge_mark, _hard_blank, _open_quote, _text_behind, _no_colon, _field_out_of_line, _colon_in_text, _star_as_bullet,
)  # fmt: skip

_MAYBE_JOINED = re.compile(r"\n( *+)\S[^\n]++(?<![\s:>|-])\n\1 +- ")
"""Text in which a list line may be joined with the one above; most files have none, so most are not looked through."""


def may_join_lines(text: str) -> bool:
    """Say whether a closer look is worth its time."""
    return _MAYBE_JOINED.search("\n" + text) is not None


def find_joined_lines(lines: Sequence[str], scalars: Iterable[Node]) -> Iterator[Slip]:
    """Readable YAML that says something else than was meant: a list line that continues the one above."""
    for node in scalars:
        if not isinstance(node, ScalarNode) or node.style:
            continue
        for number in range(node.start_mark.line + 1, min(node.end_mark.line + 1, len(lines))):
            if lines[number].lstrip().startswith("- "):
                message = f"„{lines[number].strip()[:60]}“ wird an die Zeile darüber angehängt, nicht als eigener Punkt gelesen."
                advice = "Bitte den Strich genauso weit einrücken wie die anderen Striche der Liste."
                yield Slip(number, len(lines[number]) - len(lines[number].lstrip()), message, advice)
