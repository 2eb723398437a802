"""All that a build writes beside its HTML: open data, Markdown of every page, files that programs look for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kreislaufstadt.exports.dataset import checked
from kreislaufstadt.exports.web import SECURITY, Listed, write_llms, write_robots, write_security, write_sitemap
from kreislaufstadt.model.entries import Contact, Entry
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.model.parts import ContactKind
from kreislaufstadt.open_data import facts_of
from kreislaufstadt.schema import build_schemas
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kreislaufstadt.build import Build
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.site import Site

def write_exports(build: Build) -> Iterator[tuple[str, Made]]:
    """Everything that is not in the folder yet, as site-relative path and content: the same build gives the same bytes in the same order."""
    yield from ((path, Made.of(content)) for path, content in _for_programs(build))  # while the data are still being written
    yield from ((path, Made.of(content)) for path, content in build.published.files.items())


def _for_programs(build: Build) -> Iterator[tuple[str, bytes]]:
    site = build.site
    facts = facts_of(site.settings)
    pages = listed_pages(site)
    for name, schema in build_schemas().items():
        yield f"schemas/{name}.schema.json", (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
    persons = _person_pages(site)
    yield "sitemap.xml", write_sitemap(facts, [page for page in pages if page.url not in persons])
    yield "robots.txt", write_robots(facts)
    yield "llms.txt", write_llms(facts, pages)
    security = write_security(facts, site.catalog.operator)
    if security:
        yield SECURITY, security


def listed_pages(site: Site) -> list[Listed]:
    """Every page that may be found, overviews first, then by kind and address."""
    drafts = [draft for draft in site.drafts if draft.listed]
    order = {"Startseite": 0, "Übersicht": 1}
    ranked = sorted(drafts, key=lambda draft: (order.get(draft.kind, 2), draft.kind, draft.url))
    return [Listed(draft.url, draft.title, draft.description, _section(draft), _changed(site, draft)) for draft in ranked]


def _section(draft: Draft) -> str:
    return "Übersichten" if draft.kind in {"Startseite", "Übersicht"} else draft.kind


def _changed(site: Site, draft: Draft) -> dt.date | None:
    """The day an entry's page last changed: from git, else its last check; pages that list others have none."""
    if draft.key is None or draft.key[0] not in KINDS:
        return None
    entry = site.catalog.find(*draft.key)
    return draft.changed or (checked(entry) if isinstance(entry, Entry) else None)


def _person_pages(site: Site) -> frozenset[str]:
    """Pages of contacts that are persons: search engines are not led to them."""
    persons = {entry.id for entry in site.catalog.entries("kontakt") if isinstance(entry, Contact) and entry.kind is ContactKind.PERSON}
    return frozenset(draft.url for draft in site.drafts if draft.key and draft.key[0] == "kontakt" and draft.key[1] in persons)
