"""Every page once more as Markdown: what an entry says, and what an overview lists."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from kreislaufstadt.exports.dataset import rule_of
from kreislaufstadt.exports.markdown import MarkdownWriter, PageText, markdown_path
from kreislaufstadt.template_filters import label

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.exports.manifest import DataFile
    from kreislaufstadt.kept_texts import KeptTexts
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.site import Site
    from kreislaufstadt.site_folder import Made

DATA_PAGE = "daten/"
"""The page about the open data names sizes and checksums of its files."""


def write_markdown_pages(
    site: Site, data: Dataset, kept: KeptTexts, files: Sequence[DataFile], is_wanted: Callable[[Draft], bool]
) -> Iterator[tuple[str, Made]]:
    """The Markdown of the listed pages that are wanted; the page of the open data lists ``files``."""
    writer = MarkdownWriter(data, label)
    public = dict(data.all_entries())
    drafts = [draft for draft in site.drafts if draft.listed]
    rows = {draft.url: (draft.title, draft.url, draft.description) for draft in drafts}
    said = cache(lambda url: repr(rows[url]))  # a page stands in several lists
    below = _by_parent(drafts)
    for draft in filter(is_wanted, drafts):
        listed = _listed(draft, below, rows)
        folder = draft.source.partition("/")[2].rpartition("/")[0]
        page = PageText(draft.url, draft.title, draft.kind, draft.description, draft.key, folder)
        if draft.url == DATA_PAGE:
            page = page._replace(links=_data_links(site.settings.base_url, files))
        inputs = "\n".join([f"{page}{rule_of(public.get(draft.key)) if draft.key else ''}", *map(said, listed)])
        yield markdown_path(draft.url), kept.made(draft.url, inputs, partial(_write, site, writer, page, rows, listed))


def _write(site: Site, writer: MarkdownWriter, page: PageText, rows: Mapping[str, tuple[str, str, str]], listed: Sequence[str]) -> str:
    """The Markdown of one page, with links to those that it lists; of texts it reads only that of the entry it shows."""
    if page.key:
        site.tracker.note("text", *page.key)
    return writer.write(page._replace(links=(*page.links, *map(rows.__getitem__, listed))))


def _by_parent(drafts: Iterable[Draft]) -> dict[str, list[str]]:
    """The pages directly below each address."""
    found: dict[str, list[str]] = {}
    for draft in drafts:
        if draft.url:
            parent = draft.url.rstrip("/").rpartition("/")[0]
            found.setdefault(f"{parent}/" if parent else "", []).append(draft.url)
    return found


def _listed(draft: Draft, below: Mapping[str, Sequence[str]], known: Container[str]) -> Sequence[str]:
    """The pages that an overview lists: the examples of a selection, else what lies below it; that of the open data lists files."""
    names = draft.data.get("names")
    if names is not None:
        return [url for name in names if (url := f"beispiele/{name}/") in known]
    return below.get(draft.url, ()) if draft.kind in {"Übersicht", "Startseite"} and draft.url != DATA_PAGE else ()


def _data_links(base: str, files: Sequence[DataFile]) -> tuple[tuple[str, str, str], ...]:
    """The data files by absolute address: they are no pages."""
    return tuple((file.title, base + file.path, f"{file.description} ({file.media_type}, {file.size} Bytes)") for file in files)
