"""Texts that may only be published after a review by those who need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.model.entries import REVIEWED_PAGES, Article
from kreislaufstadt.problems import Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog


def check_reviews(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """Texts in Leichte Sprache and in sign language name who reviewed them."""
    for name in REVIEWED_PAGES:
        entry = catalog.find("projekt", name)
        if isinstance(entry, Article) and not entry.reviewed_by:
            place = catalog.source(("projekt", name)).place(("titel",))
            step = "Bitte im Feld „geprueft_von“ eintragen, welche Prüfgruppe den Text geprüft hat; vorher erscheint er nicht."
            yield Problem(place, "KS418", f"Die Seite „{entry.title}“ ist noch nicht geprüft.", step)
