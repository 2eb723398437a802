"""``kreislaufstadt new``: begin an entry from its template, by questions or flags."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.layout import to_id
from kreislaufstadt.load import load_content
from kreislaufstadt.loaded import Loaded
from kreislaufstadt.model.kinds import KINDS, Kind
from kreislaufstadt.scaffold import Draft, build_template, questions

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from kreislaufstadt.scaffold import Question


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    text = "Einen neuen Eintrag anlegen. Was nicht als Angabe dabeisteht, wird gefragt. Es wird nichts aus dem Netz geholt."
    parser = commands.add_parser("new", help="neuen Eintrag aus der Vorlage anlegen", description=text)
    parser.add_argument("art", choices=sorted(KINDS), help="Art des Eintrags")
    parser.add_argument("--titel", help="Überschrift des Eintrags")
    parser.add_argument("--kennung", help="Dateiname ohne Endung (üblich: aus dem Titel gebildet)")
    parser.add_argument("--feld", action="append", default=[], metavar="FELD=WERT", help="Wert eines Pflichtfelds, z. B. status=laufend")
    parser.add_argument("--inhalt", type=Path, default=Path("content"), help="Inhaltsordner (üblich: content)")
    parser.add_argument("--heute", type=dt.date.fromisoformat, default=None, help="Tag, der eingetragen wird (üblich: heute)")
    parser.add_argument("--vorlage", action="store_true", help="nur die Vorlage zeigen, keine Datei anlegen")
    parser.set_defaults(run=run_new)


def run_new(options: argparse.Namespace) -> int:
    """Ask for what is missing, write the file, say what comes next."""
    kind = KINDS[options.art]
    today = options.heute or dt.datetime.now(dt.UTC).date()
    loaded = load_content(options.inhalt) if options.inhalt.is_dir() else Loaded()
    listed = {name: tuple(items) for name, items in loaded.items.items()}
    if options.vorlage:
        print(build_template(kind, Draft(today, list_values=listed)), end="")
        return 0
    values = dict(pair.partition("=")[::2] for pair in options.feld)
    if options.titel:
        values["titel"] = options.titel
    missing = _ask(questions(kind, listed), values)
    if missing:
        return _fail(f"Es fehlen Angaben: {', '.join(missing)}. Bitte als --feld {missing[0]}=… angeben.")
    return _write(kind, options, Draft(today, values, listed))


def _ask(asked: Iterable[Question], values: dict[str, str]) -> list[str]:
    """Ask for each value that is not given; without a terminal return the keys that are missing."""
    missing = []
    for question in asked:
        if values.get(question.key, "").strip():
            continue
        if sys.stdin.isatty():
            values[question.key] = _ask_one(question)
        else:
            missing.append(question.key)
    return missing


def _ask_one(question: Question) -> str:
    hint = f"Möglich: {', '.join(question.choices)}" if question.choices else question.description
    while True:
        answer = input(f"{question.title} ({hint}): ").strip()
        if answer and (not question.choices or answer in question.choices):
            return answer
        print("Bitte einen der Werte eingeben." if answer else "Bitte etwas eingeben.")


def _write(kind: Kind, options: argparse.Namespace, draft: Draft) -> int:
    name = options.kennung or to_id(draft.values["titel"])
    if to_id(name) != name:
        return _fail(f"„{name}“ ist keine gültige Kennung. Möglich wäre: {to_id(name)}")
    if not options.inhalt.is_dir():
        return _fail(f"Den Inhaltsordner „{options.inhalt}“ gibt es nicht.")
    path: Path = options.inhalt / kind.folder / f"{name}{kind.suffix}"
    if path.exists():
        return _fail(f"Die Datei {path.as_posix()} gibt es schon. Bitte eine andere --kennung wählen.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(build_template(kind, draft), encoding="utf-8", newline="\n")
    print(f"Angelegt: {path.as_posix()}")
    print(f"Bitte ausfüllen und danach prüfen: kreislaufstadt check {path.as_posix()}")
    return 0


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 2
