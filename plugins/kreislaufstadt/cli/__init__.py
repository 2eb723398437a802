"""The command ``kreislaufstadt``: check content and more, without MkDocs.

Each subcommand is one module of the same name with a function ``register`` that
adds its parser and sets ``run``; a new one is one more line in :data:`COMMANDS`.
Only the module of the command that is run is imported, so that ``check`` does not
pay for what ``export`` needs.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING

from kreislaufstadt.one_shot import uncollected
from kreislaufstadt.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "kreislaufstadt.cli.check",
    "kreislaufstadt.cli.diff",
    "kreislaufstadt.cli.export",
    "kreislaufstadt.cli.formulare",
    "kreislaufstadt.cli.import_",
    "kreislaufstadt.cli.new",
    "kreislaufstadt.cli.schema",
    "kreislaufstadt.cli.sprache",
)
"""The modules of the subcommands, in the order of the help text."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 means no errors, 1 problems in content, 2 wrong use, 3 our own bug."""
    given = sys.argv[1:] if arguments is None else arguments
    options = build_parser(given[0] if given else "").parse_args(given)
    try:
        with uncollected():
            return int(options.run(options))
    except BrokenPipeError:  # the reader of our output has gone, e.g. ``head``
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the last resort: editors get a sentence, we get the traceback
        traceback.print_exc()
        message = f"Das Programm ist an sich selbst gescheitert ({type(error).__name__})."
        print(Problem(Place("kreislaufstadt"), "KS901", message, "Bitte den ganzen Wortlaut als Fehler melden."), file=sys.stderr)
        return 3


def command_name(module: str) -> str:
    """The name of a module's command; a trailing ``_`` only avoids a Python keyword."""
    return module.rpartition(".")[2].rstrip("_")


def build_parser(command: str = "") -> argparse.ArgumentParser:
    """Build the parser; if ``command`` names a subcommand, of that one only."""
    parser = argparse.ArgumentParser(prog="kreislaufstadt", description="Inhalte der Kreislaufstadt prüfen und verarbeiten.")
    commands = parser.add_subparsers(title="Befehle", required=True, metavar="BEFEHL")
    named = [module for module in COMMANDS if command_name(module) == command]
    for module in named or COMMANDS:
        import_module(module).register(commands)
    return parser
