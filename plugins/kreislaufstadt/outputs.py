"""All that a build writes beside its HTML: open data, Markdown of every page, files that programs look for."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from kreislaufstadt.exports.dataset import checked, rule_of
from kreislaufstadt.exports.markdown import MarkdownWriter, PageText, markdown_path
from kreislaufstadt.exports.web import SECURITY, Listed, write_llms, write_robots, write_security, write_sitemap
from kreislaufstadt.model.entries import Contact, Entry
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.model.parts import ContactKind
from kreislaufstadt.open_data import dataset_of, facts_of, open_pieces
from kreislaufstadt.schema import build_schemas
from kreislaufstadt.template_filters import label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kreislaufstadt.build import Build
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.site import Site

DATA_PAGE = "daten/"


def write_exports(build: Build) -> Iterator[tuple[str, bytes]]:
    """Everything, as site-relative path and bytes: the same build gives the same bytes in the same order."""
    site = build.site
    yield from build.data.files.items()
    yield from write_markdown_pages(build)
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


def write_markdown_pages(build: Build) -> Iterator[tuple[str, bytes]]:
    """The Markdown of every listed page."""
    site = build.site
    data = dataset_of(site)
    writer, pieces = MarkdownWriter(data, label), open_pieces(site, build.cache, "markdown")
    public = dict(data.all_entries())
    drafts = [draft for draft in site.drafts if draft.listed]
    known = {draft.url: draft for draft in drafts}
    below = _by_parent(drafts)
    for draft in drafts:
        links = _data_links(build) if draft.url == DATA_PAGE else _links(draft, below, known)
        folder = draft.source.partition("/")[2].rpartition("/")[0]
        page = PageText(draft.url, draft.title, draft.kind, draft.description, draft.key, folder, links)
        inputs = f"{page}{rule_of(public.get(draft.key))}" if draft.key else repr(page)
        yield markdown_path(draft.url), pieces.text(draft.url, inputs, partial(writer.write, page)).encode()
    pieces.keep()


def _by_parent(drafts: Iterable[Draft]) -> dict[str, list[Draft]]:
    """The pages directly below each address."""
    found: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.url:
            parent = draft.url.rstrip("/").rpartition("/")[0]
            found.setdefault(f"{parent}/" if parent else "", []).append(draft)
    return found


def _links(draft: Draft, below: Mapping[str, Sequence[Draft]], known: Mapping[str, Draft]) -> tuple[tuple[str, str, str], ...]:
    """The pages that an overview lists: the examples of a selection, else what lies below it."""
    names = draft.data.get("names")
    if names is not None:
        return _rows(known[url] for name in names if (url := f"beispiele/{name}/") in known)
    return _rows(below.get(draft.url, ())) if draft.kind in {"Übersicht", "Startseite"} else ()


def _rows(drafts: Iterable[Draft]) -> tuple[tuple[str, str, str], ...]:
    return tuple((draft.title, draft.url, draft.description) for draft in drafts)


def _data_links(build: Build) -> tuple[tuple[str, str, str], ...]:
    """The data files by absolute address: they are no pages."""
    base = build.site.settings.base_url
    return tuple((file.title, base + file.path, f"{file.description} ({file.media_type}, {file.size} Bytes)") for file in build.data.described)


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
