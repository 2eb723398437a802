"""A small sound site to plant defects in; its words are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.guard.policy import Policy
from kreislaufstadt.guard.rules import inspect_site
from kreislaufstadt.guard.seal import Sealer
from kreislaufstadt.guard.whole import Rules

if TYPE_CHECKING:
    from pathlib import Path

    from kreislaufstadt.problems import Problem

RULES = Rules("https://musterstadt.example/")

PAGE = """<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Testseite</title>
<meta name="description" content="Beschreibung von {title} (Testdaten)">
<link rel="canonical" href="https://musterstadt.example/{url}">
<link rel="icon" href="{up}assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{up}assets/stil.css">
<script type="module" src="{up}assets/menue.js"></script>
<script type="application/ld+json">{{"@context": "https://schema.org", "name": "Test \\u003c & mehr"}}</script>
</head>
<body class="seite">
<main id="inhalt" tabindex="-1">
<h1>{title}</h1>
<p>Ein Absatz mit <a href="{up}zwei/#ziel">Link</a>, <a class="extern" href="https://www.musterstadt.example/a?b=1&amp;c=2">fremdem Link</a>
und <a href="mailto:amt@musterstadt.example">Postfach</a>.<br>Zeile&nbsp;zwei</p>
<ul>
<li id="ziel">Punkt <svg viewBox="0 0 16 16" aria-hidden="true"><path d="m3 5.5 5 5" fill="none" stroke="currentColor"/></svg></li>
</ul>
<table><caption>Zahlen</caption><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
<form action="{up}zwei/" method="get"><label for="q">Suche</label><input id="q" name="q" type="search"></form>
<img src="{up}bilder/haus.svg" alt="Ein Haus (Testbild)" width="16" height="16">
</main>
</body>
</html>
"""

FILES = {
    "assets/stil.css": "body { color: #111; background: url('haus.svg'); }\n@media print { a { color: inherit } }\n",
    "assets/haus.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 2h12v12H2z"/></svg>\n',
    "assets/icon.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6"/></svg>\n',
    "assets/menue.js": 'import { zeige } from "./teil.js";\n// https://www.musterstadt.example is only a comment\nzeige(/["\']\\/\\//.test("a"));\n',
    "assets/teil.js": 'const NS = "http://www.w3.org/2000/svg";\nexport const zeige = (x) => (x ? NS : `a ${x}`);\n',
    "bilder/haus.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16"/></svg>\n',
    "suche/0123456789ab/t1.js": 'kreislaufsuche("t1","https://www.musterstadt.example/ eval( ist hier nur Text")\n',
}


def write_site(folder: Path) -> Path:
    """Write the site, sealed, below ``folder``."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    sealer = Sealer(lambda name: (folder / name).read_bytes() if (folder / name).is_file() else None, Policy())
    for url, title in (("", "Start"), ("zwei/", "Zwei"), ("zwei/drei/", "Drei")):
        file = f"{url}index.html"
        page = PAGE.format(url=url, title=title, up="../" * url.count("/"))
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(sealer.seal(file, page), "utf-8")
    error = PAGE.format(url="404.html", title="Fehler", up="/").replace('<link rel="canonical"', '<meta name="robots" content="noindex">\n<link rel="canonical"')
    (folder / "404.html").write_text(sealer.seal("404.html", error), "utf-8")
    return folder


def inspect(folder: Path) -> list[Problem]:
    """All problems of the site in ``folder``."""
    return inspect_site(folder, RULES)[1]


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Plant a defect: replace text in a file that has it."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
