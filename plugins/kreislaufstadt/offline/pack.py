"""The archive: files in a fixed order with a fixed date, so that the same site gives the same bytes."""

from __future__ import annotations

import html
import re
import zipfile
from typing import TYPE_CHECKING

from kreislaufstadt.offline.copy import offline_files

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_README = """{name}: Offline-Fassung
{line}

Stand: {day}

So geht es
  1. Dieses Archiv vollständig entpacken (nicht nur hineinsehen).
  2. Im entpackten Ordner die Datei index.html mit einem Webbrowser öffnen.

Alle Seiten, die Suche, die Filter und die Werkzeuge arbeiten ohne Internet und ohne
Installation. Der Ordner kann auf einem USB-Stick oder einem Netzlaufwerk liegen.
Nur Verweise auf fremde Seiten, zum Beispiel auf die Quellen, brauchen eine Verbindung.

Die Fassung ändert sich nicht von selbst. Der neuere Stand steht auf der Website.

Lizenzen
  Welche Lizenz wofür gilt, steht auf der Seite „Lizenzen“ (projekt/lizenzen/index.html)
  und im Ordner LIZENZEN.
"""


def write_archive(site: Path, project: Path, target: Path, day: dt.date) -> int:
    """Pack the offline copy of ``site`` with a readme and the licences; return the number of files."""
    folder = target.name.removesuffix(".zip")
    files = dict(offline_files(site))
    files["LIESMICH.txt"] = _readme(files["index.html"].decode(), day).encode()
    for path in sorted([project / "LICENSE", *project.glob("LICENSES/*.txt")]):
        files[f"LIZENZEN/{path.name}"] = path.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.teil")
    with zipfile.ZipFile(part, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{folder}/{name}", (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.external_attr = 0o100644 << 16
            info.create_system = 3
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=9)
    part.replace(target)
    return len(files)


def _readme(start: str, day: dt.date) -> str:
    title = re.search(r"<title>(.*?)</title>", start)
    name = html.unescape(title[1]).partition(" – ")[0] if title else "Website"
    return _README.format(name=name, line="=" * (len(name) + 17), day=f"{day.day}.{day.month}.{day.year}")
