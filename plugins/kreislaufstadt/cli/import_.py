"""``kreislaufstadt import datapackage``: take over another network's entries as read-only content.

The file was fetched before, by hand or script: this command opens no network. It
is pinned by the checksum that the caller names, and only entries that pass our
own checks are taken over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks import check_catalog
from kreislaufstadt.cli.configuration import default_day
from kreislaufstadt.exports.bundle import BundleError, read_bundle
from kreislaufstadt.federation import LICENCES, Taken, take_over, write_provenance
from kreislaufstadt.foreign import FOLDER, RECORD
from kreislaufstadt.load import load_content
from kreislaufstadt.problems import Problem, Severity

if TYPE_CHECKING:
    import argparse

    from kreislaufstadt.exports.bundle import Bundle

_NETWORK = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("import", help="Einträge eines anderen Netzes übernehmen", description="Einträge eines anderen Netzes übernehmen.")
    sources = parser.add_subparsers(title="Quellen", required=True, metavar="QUELLE")
    text = "Den Bestand eines anderen Netzes übernehmen. Vorhandene Einträge desselben Netzes werden ersetzt. Es wird nichts aus dem Netz geholt."
    package = sources.add_parser("datapackage", help="aus datapackage.json oder bestand.json", description=text)
    package.add_argument("datei", type=Path, help="heruntergeladene datapackage.json (mit bestand.json daneben) oder bestand.json")
    package.add_argument("--netz", required=True, help="Kennung des Netzes, z. B. nachbarnetz")
    package.add_argument("--pruefsumme", required=True, help="SHA-256 der Datei, wie sie das andere Netz nennt")
    package.add_argument("--inhalt", type=Path, default=Path("content"), help="Inhaltsordner (üblich: content)")
    package.add_argument("--heute", type=dt.date.fromisoformat, default=None, help="Tag der Übernahme (üblich: heute)")
    package.set_defaults(run=run_import)


def run_import(options: argparse.Namespace) -> int:
    """Read, convert, check, then replace the network's folder in one step."""
    try:
        bundle = _read(options)
    except BundleError as error:
        print(error, file=sys.stderr)
        return 2
    today = options.heute or default_day()
    taken = take_over(bundle, options.netz, Catalog(load_content(options.inhalt)))
    target = options.inhalt / FOLDER / options.netz
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, options.inhalt.name)
        shutil.copytree(options.inhalt, copy, ignore=lambda here, _names: [options.netz] if Path(here).name == FOLDER else [])
        refused = _write_checked(copy, bundle, options, today, taken)
        if taken.files:
            target.parent.mkdir(exist_ok=True)
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(copy / FOLDER / options.netz, target)
    for line in [*taken.notes, *map(str, refused)]:
        print(line)
    print(f"{len(taken.files)} Einträge von „{bundle.name}“ nach {target} übernommen, {len(refused)} Probleme, {len(taken.notes)} Hinweise.")
    return 0 if taken.files else 1


def _read(options: argparse.Namespace) -> Bundle:
    """The bundle behind the named file, if everything is as pinned."""
    if not _NETWORK.fullmatch(options.netz):
        raise BundleError(f"„{options.netz}“ ist keine Kennung. Bitte nur kleine Buchstaben a bis z, Ziffern und Bindestriche verwenden.")
    if not options.inhalt.is_dir():
        raise BundleError(f"Den Inhaltsordner „{options.inhalt}“ gibt es nicht. Bitte mit --inhalt angeben.")
    content = _bytes(options.datei)
    if hashlib.sha256(content).hexdigest() != options.pruefsumme.lower():
        raise BundleError(f"„{options.datei}“ hat eine andere Prüfsumme. Bitte neu laden oder die Prüfsumme beim anderen Netz vergleichen.")
    if options.datei.name == "datapackage.json":
        content = _resource(options.datei, content)
    bundle = read_bundle(content)
    if bundle.licence not in LICENCES:
        raise BundleError(f"Die Lizenz „{bundle.licence}“ erlaubt die Übernahme nicht. Möglich sind {', '.join(sorted(LICENCES))}.")
    return bundle


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BundleError(f"„{path}“ lässt sich nicht lesen ({error.strerror}). Bitte den Pfad prüfen.") from None


def _resource(file: Path, content: bytes) -> bytes:
    """The bundle that a data package names, beside it and with the checksum that it states."""
    try:
        resources: Any = json.loads(content)["resources"]
        found = next(item for item in resources if item.get("name") == "bestand")
        path, expected = str(found["path"]), str(found["hash"]).removeprefix("sha256:")
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration, RecursionError):
        raise BundleError("Die datapackage.json nennt keinen Bestand mit Prüfsumme. Bitte die Datei bestand.json angeben.") from None
    if "/" in path or "\\" in path or path.startswith("."):
        raise BundleError("Die datapackage.json verweist auf einen anderen Ordner. Bitte die Datei bestand.json angeben.")
    bundle = _bytes(file.parent / path)
    if hashlib.sha256(bundle).hexdigest() != expected:
        raise BundleError(f"„{path}“ passt nicht zur Prüfsumme in der datapackage.json. Bitte beide Dateien neu laden.")
    return bundle


def _write_checked(copy: Path, bundle: Bundle, options: argparse.Namespace, today: dt.date, taken: Taken) -> list[Problem]:
    """Write the files into the copy; those with errors are taken away until none is left."""
    refused: list[Problem] = []
    folder = copy / FOLDER / options.netz
    prefix = f"{copy.name}/{FOLDER}/{options.netz}/"
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        provenance = write_provenance(bundle, options.netz, today, options.pruefsumme.lower(), taken.files)
        for path, text in {**taken.files, RECORD: provenance}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        loaded = load_content(copy)
        problems = [*loaded.problems, *check_catalog(Catalog(loaded), today)]
        errors = [problem for problem in problems if problem.severity is Severity.ERROR and problem.place.file.startswith(prefix)]
        if any(problem.place.file == f"{prefix}{RECORD}" for problem in errors):
            taken.files.clear()
            return errors
        bad = {problem.place.file.removeprefix(prefix) for problem in errors} & set(taken.files)
        refused += errors
        if not bad:
            return refused
        for path in bad:
            del taken.files[path]
