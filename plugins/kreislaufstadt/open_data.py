"""The open data of a site: which entries and pages they know, made once and kept while nothing changes."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from kreislaufstadt.cache import name_by_sum
from kreislaufstadt.catalog import ENTRY_KINDS
from kreislaufstadt.exports.dataset import Dataset, Facts
from kreislaufstadt.exports.jsonld import dataset_node
from kreislaufstadt.exports.manifest import name_files
from kreislaufstadt.exports.safe_json import make_safe
from kreislaufstadt.kept_pieces import Pieces
from kreislaufstadt.kept_records import KeptRecords
from kreislaufstadt.kept_texts import KeptTexts
from kreislaufstadt.markdown_pages import DATA_PAGE, write_markdown_pages
from kreislaufstadt.parallel import start_aside
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kreislaufstadt.cache import Cache
    from kreislaufstadt.exports.manifest import DataFile
    from kreislaufstadt.folder_files import Row
    from kreislaufstadt.site import Settings, Site
    from kreislaufstadt.site_folder import SiteFolder


def facts_of(settings: Settings) -> Facts:
    """What the writers need of the settings."""
    return Facts(settings.name, settings.base_url, settings.description, settings.language, settings.today)


def dataset_of(site: Site, pieces: Pieces | None = None, records: KeptRecords | None = None) -> Dataset:
    """The catalogue as it may be published; only pages that exist have addresses."""
    days = {draft.key: draft.changed for draft in site.drafts if draft.key and draft.changed and not draft.language}
    urls = frozenset(draft.url for draft in site.drafts)
    return Dataset(site.catalog, facts_of(site.settings), urls, pieces=pieces, records=records, days=days)


def publisher_of(site: Site) -> str:
    """Who publishes: the operator, or while that is a placeholder the site's name."""
    operator = site.catalog.operator
    return site.settings.name if operator is None or "name" in operator.placeholders else operator.name


class Published(NamedTuple):
    """The data files and the Markdown of the pages, the words for the data files, and the rows of the cache that they leave.

    If there is a folder, the files are in it already and ``standing`` has their rows; else ``files`` has their contents.
    """

    files: Mapping[str, bytes]
    standing: Mapping[str, Row]
    described: tuple[DataFile, ...]
    rows: Mapping[bytes, bytes]


class _Written(NamedTuple):
    """What one of the processes that publish has done; ``described`` only by the one that writes the data."""

    files: Mapping[str, bytes]
    standing: Mapping[str, Row]
    rows: Mapping[bytes, bytes]
    described: tuple[DataFile, ...] = ()


class _Publisher:
    """Writes what is published beside the pages; only the page of the open data names files."""

    def __init__(self, site: Site, cache: Cache, folder: SiteFolder | None) -> None:
        self._site, self._folder = site, folder
        self._pieces = Pieces(cache, site.tracker, site.fingerprints, _base_of(site, "daten"))
        self._records = KeptRecords(cache, site.fingerprints, folder, _base_of(site, "daten")) if folder else None
        self._data_page, self._pages = (
            KeptTexts(cache, site.tracker, site.fingerprints, _base_of(site, family)) for family in ("markdown daten", "markdown")
        )

    def write_files(self) -> _Written:
        """The data, and the Markdown of the page that names them."""
        from kreislaufstadt.exports.write import write_data  # noqa: PLC0415 - only the process that writes loads the writers

        dataset = dataset_of(self._site, self._pieces, self._records)
        data = write_data(dataset, publisher_of(self._site))
        files = ((path, Made(name_by_sum(data.sha256_of(path)), partial(data.files.__getitem__, path))) for path in data.files)
        page = write_markdown_pages(self._site, dataset, self._data_page, data.described, lambda draft: draft.url == DATA_PAGE)
        contents, standing = self._write(chain(files, page))
        records = self._records
        standing |= records.staying if records else {}
        kept = records.changed_rows({path: row[0] for path, row in standing.items()}) if records else {}
        rows = {**self._pieces.changed_rows(), **kept, **self._data_page.changed_rows()}
        return _Written(contents, standing, rows, data.described)

    def write_texts(self) -> _Written:
        """The Markdown of all other pages."""
        pages = write_markdown_pages(self._site, dataset_of(self._site), self._pages, (), lambda draft: draft.url != DATA_PAGE)
        return _Written(*self._write(pages), self._pages.changed_rows())

    def _write(self, files: Iterable[tuple[str, Made]]) -> tuple[dict[str, bytes], dict[str, Row]]:
        folder = self._folder
        return ({}, {path: folder.put(path, made) for path, made in files}) if folder else ({path: made.read() for path, made in files}, {})


def start_publishing(site: Site, cache: Cache, folder: SiteFolder | None = None, *, is_first: bool = True) -> Callable[[], Published]:
    """Begin to write all that is published beside the pages, in processes of its own if they can be; return how to wait for them.

    In a first build the data and the Markdown of the pages are written side by side. In a later one most
    Markdown stands already: the rest is written when all else is done and the data are still being waited for.
    """
    if folder:
        folder.begin()
    publisher, may_begin = _Publisher(site, cache, folder), not site.settings.preview
    wait_for_files = start_aside(publisher.write_files, site.drafts, allowed=may_begin)
    wait_for_texts = start_aside(publisher.write_texts, site.drafts, allowed=may_begin and is_first)

    def receive() -> Published:
        texts, data = wait_for_texts(), wait_for_files()
        return Published({**data.files, **texts.files}, {**data.standing, **texts.standing}, data.described, {**data.rows, **texts.rows})

    return receive


def _base_of(site: Site, family: str) -> tuple[str, ...]:
    """What all that is kept of a family depends on beside the catalogue; which pages exist beside those of entries counts for all."""
    facts = facts_of(site.settings)
    others = (draft.url for draft in site.drafts if draft.key is None or draft.key[0] not in ENTRY_KINDS)
    return family, facts.name, facts.base_url, facts.description, facts.language, *others


def described_names(site: Site) -> tuple[DataFile, ...]:
    """The data files by their names, for pages that are made before the files."""
    return name_files(dataset_of(site))


def dataset_jsonld(site: Site, files: Sequence[DataFile]) -> Markup:
    """The open data as a schema.org dataset, safe inside a script element."""
    rows = [(file.title, file.path, file.media_type, file.size) for file in files]
    node = {"@context": "https://schema.org", **dataset_node(facts_of(site.settings), rows)}
    return Markup(make_safe(node))  # noqa: S704 - < and > are escaped
