"""``kreislaufstadt export``: write the open data, or all pages as plain Markdown, without MkDocs."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.build import Build
from kreislaufstadt.cli.configuration import read_settings
from kreislaufstadt.exports.markdown import markdown_path
from kreislaufstadt.outputs import write_exports
from kreislaufstadt.problems import Severity
from kreislaufstadt.report import format_summary, format_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from kreislaufstadt.site import Settings


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    text = "Offene Daten und Markdown aller Seiten schreiben, ohne MkDocs."
    parser = commands.add_parser("export", help="offene Daten schreiben", description=text)
    parser.add_argument("--to", type=Path, required=True, metavar="ORDNER", help="Zielordner")
    parser.add_argument("--nur-markdown", action="store_true", help="nur die Seiten als Markdown, fertig für einen anderen Website-Generator")
    parser.add_argument("--inhalt", type=Path, default=Path("content"), help="Inhaltsordner (üblich: content)")
    parser.add_argument("--konfiguration", type=Path, default=Path("mkdocs.yml"), help="Datei mit Name und Adresse der Website")
    parser.add_argument("--heute", type=dt.date.fromisoformat, default=None, help="Stand der Daten (üblich: heute oder SOURCE_DATE_EPOCH)")
    parser.set_defaults(run=run_export)


def run_export(options: argparse.Namespace) -> int:
    """Write the files; content with errors is not exported."""
    if not options.inhalt.is_dir():
        print(f"Den Inhaltsordner „{options.inhalt}“ gibt es nicht.", file=sys.stderr)
        return 2
    build = Build(read_settings(options.konfiguration, options.inhalt, options.heute))
    if not build.site.settings.base_url.startswith("http"):
        print("Die Adresse der Website ist nicht bekannt. Bitte site_url in mkdocs.yml eintragen oder --konfiguration angeben.", file=sys.stderr)
        return 2
    errors = [problem for problem in build.site.problems if problem.severity is Severity.ERROR]
    if errors:
        print(f"{format_text(errors)}\n{format_summary(errors)}", file=sys.stderr)
        return 1
    if options.nur_markdown:
        count = _write(options.to / "docs", (file for file in build.published.files.items() if file[0].endswith(markdown_path(""))))
        _write(options.to, [("mkdocs.yml", configuration_text(build.site.settings).encode())])
        _copy_pictures(options.inhalt, options.to / "docs")
    else:
        count = _write(options.to, ((path, made.read()) for path, made in write_exports(build)))
    print(f"{count} Dateien nach {options.to} geschrieben.")
    return 0


def configuration_text(settings: Settings) -> str:
    """A configuration with which stock MkDocs builds the Markdown; other generators need only the folder docs."""
    lines = [
        f"site_name: {json.dumps(settings.name, ensure_ascii=False)}",
        f"site_url: {json.dumps(settings.base_url)}",
        "docs_dir: docs",
        "markdown_extensions: [tables, admonition, sane_lists, def_list, fenced_code, footnotes]",
    ]
    return "\n".join(lines) + "\n"


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    count = 0
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    return count


def _copy_pictures(content: Path, folder: Path) -> None:
    pictures = content / "bilder"
    if pictures.is_dir():
        shutil.copytree(pictures, folder / "bilder", dirs_exist_ok=True)
