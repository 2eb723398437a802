"""Where every entry and list item has its page, and how pages point at each other."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from kreislaufstadt.layout import PAGE
from kreislaufstadt.model.kinds import KINDS

LIST_FOLDERS = {
    "handlungsfeld": "beispiele/handlungsfeld",
    "r-strategie": "beispiele/r-strategie",
    "status": "beispiele/status",
    "groessenklasse": "beispiele/groessenklasse",
    "land": "kommunen/land",
    "staat": "kommunen/staat",
    "netzwerk": "netzwerke",
    "rahmenart": "rahmen/art",
    "kontaktrolle": "kontakte/rolle",
    "sdg-ziel": "nachhaltigkeitsziele",
    "sdg-unterziel": "nachhaltigkeitsziele",
}
"""Folders of the static pages that list items have; lists not named here have none."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ø": "o", "ž": "z"})


def page_url(kind: str, name: str) -> str | None:
    """The site-relative URL of an entry's or item's page, ending in ``/``; the start page is empty."""
    if kind == PAGE.name:
        return "" if name == "start" else f"{name}/"
    if kind in KINDS:
        return f"{KINDS[kind].folder}/{name}/"
    folder = LIST_FOLDERS.get(kind)
    return f"{folder}/{name}/" if folder else None


def relative_url(here: str, target: str, *, index: str = "") -> str:
    """The link from the page ``here`` to ``target``, both site-relative.

    With ``index`` (such as ``index.html``) folder links name the file, for file://.
    """
    path, mark, fragment = target.partition("#")
    if path == here and mark:
        return f"#{fragment}"
    link = _climb(here.rpartition("/")[0], path)
    is_folder = link.endswith("/")
    return f"{link}{index if is_folder else ''}{mark}{fragment}"


@lru_cache(maxsize=100_000)
def _climb(folder: str, path: str) -> str:
    """The way from ``folder`` to ``path``: up with ``../``, then down."""
    steps = folder.split("/") if folder else []
    above, _, name = path.rpartition("/")
    parts = above.split("/") if above else []
    shared = 0
    while shared < min(len(steps), len(parts)) and steps[shared] == parts[shared]:
        shared += 1
    return ("../" * (len(steps) - shared) + "".join(f"{part}/" for part in parts[shared:]) + name) or "./"


def slugify(text: str, separator: str = "-") -> str:
    """An ASCII anchor for a German heading: ``Größe & Maß`` becomes ``groesse-mass``.

    A heading that begins with a problem code has the code as its anchor, which never changes.
    """
    code = re.match(r"KS\d{3}\b", text)
    if code:
        return code[0].lower()
    plain = text.lower().translate(_UMLAUTS)
    return re.sub(r"[^a-z0-9]+", separator, plain).strip(separator) or "abschnitt"


_QUESTIONS = quote("\n\nWas ist falsch?\n\nWas ist richtig, und wo steht es?\n", safe="")


def report_address(form: str, mailbox: str, title: str, page: str) -> str:
    """Where a fault on a page is reported: the forge's form, else the mailbox, with title and address of the page; nothing without both.

    ``form`` says with ``{titel}`` and ``{adresse}`` where they go; without these marks they are
    added under the names that the generated forms use.
    """
    subject, about = quote(f"Fehler: {title}", safe=""), quote(page, safe="")
    if form and "{" not in form:
        form += ("&" if "?" in form else "?") + "title={titel}&seite={adresse}"
    if form:
        return form.replace("{titel}", subject).replace("{adresse}", about)
    return f"mailto:{mailbox}?subject={subject}&body=Seite%3A%20{about}{_QUESTIONS}" if "@" in mailbox else ""
