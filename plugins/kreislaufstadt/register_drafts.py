"""The drafts of the search page and, where the register is too large for it, of the register's own pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kreislaufstadt.pages import Draft
from kreislaufstadt.search.register import RegisterPage, register_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.search.register import RegisterLetter


def register_drafts(search: Draft, letters: Sequence[RegisterLetter]) -> list[Draft]:
    """The search page with the register, or with links to the pages that follow it."""
    pages = register_pages(letters)
    listed = [(page.name, page.letter, page.span if page.count > 1 else "", len(page.entries)) for page in pages]
    first = replace(search, data={**search.data, "letters": () if pages else letters, "pages": listed})
    return [first, *(_draft(search, page, before, after) for page, before, after in zip(pages, (None, *pages), (*pages[1:], None), strict=False))]


def _draft(search: Draft, page: RegisterPage, before: RegisterPage | None, after: RegisterPage | None) -> Draft:
    """A page of the register between its neighbours."""
    near = {"before": before and (before.name, before.title), "after": after and (after.name, after.title)}
    return Draft(
        f"{search.url}{page.name}/",
        page.title,
        "register.html",
        "Übersicht",
        f"Einträge von {page.span}",
        trail=(*search.trail, (search.title, search.url)),
        data={"entries": page.entries, **near},
        listed=False,
    )
