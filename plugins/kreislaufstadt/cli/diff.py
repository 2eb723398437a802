"""``kreislaufstadt diff``: what changed between two bundles of data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.exports.bundle import BundleError, read_bundle
from kreislaufstadt.exports.changelog import CHANGELOG_JSON, extend_changelog
from kreislaufstadt.exports.changes import FORMATS, compare

if TYPE_CHECKING:
    import argparse

    from kreislaufstadt.exports.bundle import Bundle


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    text = "Zwei Bestände (daten/v1/bestand.json) vergleichen: neue, geänderte und entfernte Einträge mit ihren Feldern."
    parser = commands.add_parser("diff", help="zwei Datenbestände vergleichen", description=text)
    parser.add_argument("alt", type=Path, help="älterer Bestand")
    parser.add_argument("neu", type=Path, help="neuerer Bestand")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="Form der Ausgabe (üblich: text)")
    words = "statt der Ausgabe die Änderungsliste in diesem Ordner um die neue Fassung ergänzen"
    parser.add_argument("--fortschreiben", type=Path, metavar="ORDNER", help=words)
    parser.set_defaults(run=run_diff)


def run_diff(options: argparse.Namespace) -> int:
    """Compare and print, or carry the changelog on."""
    try:
        old, new = _read(options.alt), _read(options.neu)
        if options.fortschreiben:
            _extend(options.fortschreiben, old, new)
            return 0
    except BundleError as error:
        print(error, file=sys.stderr)
        return 2
    print(FORMATS[options.format](compare(old, new)))
    return 0


def _extend(folder: Path, old: Bundle, new: Bundle) -> None:
    """Write the files of the changelog beside those of before; nothing where nothing has changed."""
    known = folder / CHANGELOG_JSON
    for name, content in extend_changelog(known.read_bytes() if known.is_file() else None, old, new).items():
        waiting = folder / f".{name}.neu"
        waiting.write_bytes(content)
        waiting.replace(folder / name)
        print(folder / name)


def _read(path: Path) -> Bundle:
    try:
        return read_bundle(path.read_bytes())
    except OSError as error:
        raise BundleError(f"„{path}“ lässt sich nicht lesen ({error.strerror}). Bitte den Pfad prüfen.") from None
    except BundleError as error:
        raise BundleError(f"{path}: {error}") from None
