"""Publish ``site/``: ``python3 scripts/publish.py ZIEL`` to a folder, or by rsync to ``rechner:/pfad/``.

Only files whose content differs are written. New files come first, pages last, and
what is gone goes at the very end, so that at no moment a page asks for a missing file.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from environment import ROOT, child_environment, exclusive, python_path, say

SITE = ROOT / "site"
DRAFT = "Entwurf ohne Betreiber"
MARKS = ("index.html", "_headers")
"""Files that every site of ours has: a target with neither is not one, and must be empty."""


DATA = "daten/v1"
BUNDLE = f"{DATA}/bestand.json"
CHANGELOG = (f"{DATA}/aenderungen.json", f"{DATA}/aenderungen.md")
"""The changelog of the data stands at the target only: it tells the publications apart, which no build knows."""


class Changes(NamedTuple):
    """What publishing will do to the target, each list in order."""

    new: list[str]
    changed: list[str]
    gone: list[str]

    def __bool__(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self.new or self.changed or self.gone)


class RefusedError(Exception):
    """Publishing would do harm; the message says why and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Publish, or with ``--trocken`` only say what would change."""
    options = _parser().parse_args(arguments)
    try:
        check_site(SITE, draft=options.entwurf)
        with exclusive("build"):
            if ":" in options.ziel:
                return rsync(SITE, options.ziel, dry=options.trocken)
            changes = compare(SITE, Path(options.ziel))
            report(changes)
            if changes and not options.trocken:
                extend_changelog(SITE / BUNDLE, Path(options.ziel) / BUNDLE, Path(options.ziel) / DATA)
                apply(SITE, Path(options.ziel), changes)
    except RefusedError as error:
        say(str(error))
        return 2
    except OSError as error:
        say(f"Nicht veröffentlicht: {error.strerror or error} ({error.filename or options.ziel}). Derselbe Befehl setzt später fort.")
        return 1
    say("Nur geprüft, nichts geändert." if options.trocken else "Fertig.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Überträgt die gebaute Website; nur geänderte Dateien.")
    parser.add_argument("ziel", help="Ordner (auch eingehängt) oder rsync-Ziel wie rechner:/var/www/kreislaufstadt/")
    parser.add_argument("--trocken", action="store_true", help="nur zeigen, was sich ändern würde")
    parser.add_argument("--entwurf", action="store_true", help="auch eine Fassung mit Platzhaltern zulassen (nie für die Öffentlichkeit)")
    return parser


def check_site(site: Path, *, draft: bool) -> None:
    """Refuse what is not a whole site, and drafts unless they are wanted."""
    missing = [name for name in (*MARKS, "404.html") if not (site / name).is_file()]
    if missing:
        message = f"In {site} fehlt {missing[0]}. Bitte zuerst bauen: python3 scripts/build.py --produktion"
        raise RefusedError(message)
    if DRAFT in (site / "index.html").read_text("utf-8") and not draft:
        message = "Diese Fassung enthält Platzhalter statt Angaben zum Betreiber. Bitte content/betreiber.yml ausfüllen und mit --produktion bauen."
        raise RefusedError(message)


def compare(site: Path, target: Path) -> Changes:
    """Compare two folders file by file, by content."""
    if target.exists() and any(target.iterdir()) and not any((target / name).is_file() for name in MARKS):
        message = f"Der Ordner {target} ist nicht leer und enthält keine Fassung dieser Website. Bitte einen anderen nennen."
        raise RefusedError(message)
    if target.resolve().is_relative_to(site.resolve()) or site.resolve().is_relative_to(target.resolve()):
        message = f"Der Ordner {target} und die gebaute Website liegen ineinander. Bitte einen anderen nennen."
        raise RefusedError(message)
    ours, theirs = _files(site), _files(target)
    both = sorted(ours & theirs)
    return Changes(
        sorted(ours - theirs, key=_order),
        sorted((name for name in both if not filecmp.cmp(site / name, target / name, shallow=False)), key=_order),
        sorted(theirs - ours, key=_order, reverse=True),
    )


def _files(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink()}
    return found.difference(CHANGELOG)


def extend_changelog(new: Path, old: Path, folder: Path) -> None:
    """Add to the changelog in ``folder`` how the data differ; the first publication has nothing to compare with."""
    if not (new.is_file() and old.is_file()) or filecmp.cmp(new, old, shallow=False):
        return
    command = [str(python_path()), "-m", "kreislaufstadt.cli", "diff", str(old), str(new), "--fortschreiben", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", env=child_environment()) if python_path().is_file() else None
    if done is None or done.returncode:
        say(f"Die Änderungsliste der Daten blieb, wie sie war. {done.stderr.strip() if done else 'Bitte zuerst bauen: python3 scripts/build.py'}")


def _order(name: str) -> tuple[bool, str]:
    """Pages after everything that they ask for."""
    return (name.endswith((".html", ".html.gz", ".html.br")), name)


def report(changes: Changes) -> None:
    """List the changes."""
    for sign, names in (("+", changes.new), ("~", changes.changed), ("-", changes.gone)):
        for name in names:
            say(f"{sign} {name}")
    say(f"{len(changes.new)} neu, {len(changes.changed)} geändert, {len(changes.gone)} entfernt")


def apply(site: Path, target: Path, changes: Changes) -> None:
    """Write the differences: each file under another name first, then in one step in its place."""
    for name in sorted([*changes.new, *changes.changed], key=_order):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_name(f".{path.name}.neu")
        try:
            shutil.copyfile(site / name, waiting)
            waiting.replace(path)
        finally:
            waiting.unlink(missing_ok=True)
    for name in changes.gone:
        path = target / name
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == target or any(folder.iterdir()):
                break
            folder.rmdir()


def rsync(site: Path, target: str, *, dry: bool) -> int:
    """Let rsync do the same over a network: by content, delayed, deletions last."""
    if shutil.which("rsync") is None:
        message = "Das Programm rsync fehlt. Debian, Ubuntu: sudo apt-get install rsync"
        raise RefusedError(message)
    check_far_folder(target)
    options = ["--recursive", "--checksum", "--delay-updates", "--delete-after", "--itemize-changes", *(["--dry-run"] if dry else [])]
    options += [f"--exclude=/{name}" for name in CHANGELOG]
    if not dry:
        extend_far_changelog(site, target.rstrip("/"))
    done = subprocess.run(["rsync", *options, f"{site}{os.sep}", target], check=False)
    return done.returncode


def extend_far_changelog(site: Path, target: str) -> None:
    """Fetch the far bundle and changelog, carry the changelog on, and bring it back; nothing if there is no bundle yet."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (BUNDLE, *CHANGELOG):
            subprocess.run(["rsync", f"{target}/{name}", f"{folder}/"], check=False, capture_output=True)
        extend_changelog(site / BUNDLE, Path(folder, Path(BUNDLE).name), Path(folder))
        written = [str(path) for name in CHANGELOG if (path := Path(folder, Path(name).name)).is_file()]
        if written:
            subprocess.run(["rsync", "--checksum", *written, f"{target}/{DATA}/"], check=False)


def check_far_folder(target: str) -> None:
    """Refuse a far folder that holds something other than this site: publishing would delete it."""
    listed = subprocess.run(["rsync", "--list-only", f"{target.rstrip('/')}/"], capture_output=True, text=True, check=False)
    names = {line.split(maxsplit=4)[-1] for line in listed.stdout.splitlines() if line[:1] in "-dl"} - {"."}
    if names and not names & set(MARKS):
        message = f"Der Ordner {target} ist nicht leer und enthält keine Fassung dieser Website. Bitte einen anderen nennen."
        raise RefusedError(message)


if __name__ == "__main__":
    sys.exit(main())
