"""Whether every public entry has its page, counted from the catalogue and not from what was drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from markupsafe import escape

from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.urls import LIST_FOLDERS, page_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from kreislaufstadt.catalog import Catalog, Key

_ADVICE = "Bitte mkdocs.yml prüfen: Fehlt das Plugin kreislaufstadt/catalog, oder baut ein Programm, das es nicht kennt?"

LEAVES = {"catalog": "index.html", "exports": "daten/v1", "search": "suche/verzeichnis.js", "guard": "_headers"}
"""What each of our plugins leaves in the folder; an engine that does not know a plugin drops it without a word."""


class _Configuration(yaml.SafeLoader):
    """Reads mkdocs.yml; what stands behind tags such as ``!ENV`` does not matter here."""


_Configuration.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def check_plugins(folder: Path, config: str) -> list[Problem]:
    """Name every plugin of ours that the configuration asks for and that left nothing in the built folder."""
    read = yaml.load(config, Loader=_Configuration)  # noqa: S506 - a safe loader, tags become nothing
    asked: dict[str, Any] = {}
    for item in (read or {}).get("plugins") or ():
        asked |= item if isinstance(item, dict) else {str(item): None}
    problems = []
    for name, left in LEAVES.items():
        options = asked.get(f"kreislaufstadt/{name}", {"enabled": False})
        if (options or {}).get("enabled", True) and not (folder / left).exists():
            message = f"Das Plugin kreislaufstadt/{name} steht in mkdocs.yml, hat aber nichts gebaut ({left} fehlt)."
            problems.append(Problem(Place("mkdocs.yml"), "KS601", message, "Bitte mit MkDocs bauen: python3 scripts/build.py"))
    return problems


def check_complete(folder: Path, catalog: Catalog, shown: Collection[tuple[str, str]] = ()) -> list[Problem]:
    """Name every entry without a page of its own in the built site, and pages without policy; pages are known to show ``shown`` (file and title)."""
    problems = []
    for key, url, title in expected_pages(catalog):
        file = f"{url}index.html"
        if (file, title) in shown:
            continue
        path = folder / file
        if not path.is_file():
            problems.append(_missing(catalog, key, f"Der Eintrag „{title}“ hat keine Seite ({file} fehlt)."))
        elif not shows(path.read_text("utf-8", "replace"), title):
            problems.append(_missing(catalog, key, f"Die Seite {file} zeigt den Eintrag „{title}“ nicht."))
    for name in ("index.html", "404.html"):
        path = folder / name
        if not path.is_file():
            problems.append(Problem(Place(f"site/{name}"), "KS601", "Die Seite fehlt.", _ADVICE))
        elif "Content-Security-Policy" not in path.read_text("utf-8", "replace"):
            advice = "Bitte das Plugin kreislaufstadt/guard in mkdocs.yml einschalten."
            problems.append(Problem(Place(f"site/{name}"), "KS610", "Der Seite fehlt die Sicherheitsrichtlinie.", advice))
    return problems


def expected_pages(catalog: Catalog) -> Iterator[tuple[Key, str, str]]:
    """Every entry and list value that readers can look up: key, address, title."""
    for key, entry in catalog.all_entries():
        url = page_url(*key)
        if url is not None and (key[0] in KINDS or key[1] == "start"):
            yield key, url, entry.title
    for kind in LISTS:
        if kind in LIST_FOLDERS and not LIST_FOLDERS[kind].startswith("beispiele/"):
            for item in catalog.items(kind):
                yield (kind, item.id), page_url(kind, item.id) or "", item.title


def shows(page: str, title: str) -> bool:
    """Say whether the title stands on the page, or in a part of it: in its words, whatever the template puts between them."""
    words = str(escape(title)).split()
    return all(word in page for word in words)


def _missing(catalog: Catalog, key: Key, message: str) -> Problem:
    return Problem(Place(catalog.source(key).file), "KS601", message, _ADVICE)


def check_operator_ready(catalog: Catalog) -> list[Problem]:
    """Before a site goes public, its operator's facts are real."""
    operator = catalog.operator
    if operator is None:
        message = "Die Angaben zum Betreiber fehlen."
        return [Problem(Place("content/betreiber.yml"), "KS611", message, "Bitte betreiber.yml ausfüllen.")]
    source = catalog.source(("betreiber", "betreiber"))
    return [
        Problem(source.place((field,)), "KS611", f"„{field}“ ist noch ein Platzhalter.", "Bitte vor dem Bau für den Betrieb die echte Angabe eintragen.")
        for field in operator.placeholders
    ]
