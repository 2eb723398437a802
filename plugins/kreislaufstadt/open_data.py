"""The open data of a site: which entries and pages they know, made once and kept while nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from kreislaufstadt.catalog import ENTRY_KINDS
from kreislaufstadt.exports.dataset import Dataset, Facts
from kreislaufstadt.exports.jsonld import dataset_node, make_safe
from kreislaufstadt.exports.write import DataFiles, write_data
from kreislaufstadt.kept_pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.cache import Cache
    from kreislaufstadt.exports.manifest import DataFile
    from kreislaufstadt.site import Settings, Site


def facts_of(settings: Settings) -> Facts:
    """What the writers need of the settings."""
    return Facts(settings.name, settings.base_url, settings.description, settings.language, settings.today)


def dataset_of(site: Site, pieces: Pieces | None = None) -> Dataset:
    """The catalogue as it may be published; only pages that exist have addresses."""
    days = {draft.key: draft.changed for draft in site.drafts if draft.key and draft.changed and not draft.language}
    return Dataset(site.catalog, facts_of(site.settings), frozenset(draft.url for draft in site.drafts), pieces=pieces, days=days)


def publisher_of(site: Site) -> str:
    """Who publishes: the operator, or while that is a placeholder the site's name."""
    operator = site.catalog.operator
    return site.settings.name if operator is None or "name" in operator.placeholders else operator.name


def data_files(site: Site, cache: Cache) -> DataFiles:
    """All data files; what of them comes from single entries is taken from the cache where nothing has changed."""
    pieces = open_pieces(site, cache, "daten")
    made = write_data(dataset_of(site, pieces), publisher_of(site))
    pieces.keep()
    return made


def open_pieces(site: Site, cache: Cache, family: str) -> Pieces:
    """What an earlier build wrote of single entries; which pages exist beside those of entries counts for all."""
    facts = facts_of(site.settings)
    others = (draft.url for draft in site.drafts if draft.key is None or draft.key[0] not in ENTRY_KINDS)
    base = (family, facts.name, facts.base_url, facts.description, facts.language, *others)
    return Pieces(cache, site.tracker, site.fingerprints, base)


def dataset_jsonld(site: Site, files: Sequence[DataFile]) -> Markup:
    """The open data as a schema.org dataset, safe inside a script element."""
    rows = [(file.title, file.path, file.media_type, file.size) for file in files]
    node = {"@context": "https://schema.org", **dataset_node(facts_of(site.settings), rows)}
    return Markup(make_safe(node))  # noqa: S704 - < and > are escaped
