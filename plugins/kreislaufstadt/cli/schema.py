"""``kreislaufstadt schema``: write the JSON Schemas that editing programs use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.schema import build_schemas, write_schemas

if TYPE_CHECKING:
    import argparse


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    text = "JSON-Schemas aller Arten und Listen aus den Modellen schreiben. Editoren prüfen damit schon beim Tippen."
    parser = commands.add_parser("schema", help="JSON-Schemas für Editoren schreiben", description=text)
    parser.add_argument("--ziel", type=Path, default=Path("schemas"), help="Ordner für die Dateien (üblich: schemas)")
    parser.set_defaults(run=run_schema)


def run_schema(options: argparse.Namespace) -> int:
    """Write the schemas and name those that changed."""
    changed = write_schemas(options.ziel)
    for path in changed:
        print(path.as_posix())
    print(f"{len(build_schemas())} Schemas, davon {len(changed)} neu geschrieben.")
    return 0
