"""Every page once more as Markdown: what an entry says, and what an overview lists."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kreislaufstadt.exports.dataset import rule_of
from kreislaufstadt.exports.markdown import MarkdownWriter, PageText, markdown_path
from kreislaufstadt.template_filters import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
    known = {draft.url: draft for draft in drafts}
    below = _by_parent(drafts)
    for draft in filter(is_wanted, drafts):
        links = _data_links(site.settings.base_url, files) if draft.url == DATA_PAGE else _links(draft, below, known)
        folder = draft.source.partition("/")[2].rpartition("/")[0]
        page = PageText(draft.url, draft.title, draft.kind, draft.description, draft.key, folder, links)
        inputs = f"{page}{rule_of(public.get(draft.key))}" if draft.key else repr(page)
        yield markdown_path(draft.url), kept.made(draft.url, inputs, partial(_write, site, writer, page))


def _write(site: Site, writer: MarkdownWriter, page: PageText) -> str:
    """The Markdown of one page; of texts it reads only that of the entry it shows."""
    if page.key:
        site.tracker.note("text", *page.key)
    return writer.write(page)


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


def _data_links(base: str, files: Sequence[DataFile]) -> tuple[tuple[str, str, str], ...]:
    """The data files by absolute address: they are no pages."""
    return tuple((file.title, base + file.path, f"{file.description} ({file.media_type}, {file.size} Bytes)") for file in files)
