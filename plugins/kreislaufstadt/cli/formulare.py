"""``kreislaufstadt formulare``: write the forms that forges show to people who propose or report something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.issue_forms import write_forms
from kreislaufstadt.load import load_content

if TYPE_CHECKING:
    import argparse


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    text = "Formulare für Vorschläge und Fehlermeldungen auf GitHub, Gitea und GitLab aus den Modellen und Listen schreiben."
    parser = commands.add_parser("formulare", help="Formulare für GitHub, Gitea und GitLab schreiben", description=text)
    parser.add_argument("--inhalt", type=Path, default=Path("content"), help="Inhaltsordner (üblich: content)")
    parser.add_argument("--ziel", type=Path, default=Path(), help="Ordner des Projekts (üblich: der jetzige)")
    parser.set_defaults(run=run_forms)


def run_forms(options: argparse.Namespace) -> int:
    """Write the forms and name those that changed."""
    choices = {name: [item.title for item in items.values()] for name, items in load_content(options.inhalt).items.items()}
    changed = write_forms(options.ziel, choices)
    for path in changed:
        print(path.as_posix())
    print(f"{len(changed)} Formulare neu geschrieben.")
    return 0
