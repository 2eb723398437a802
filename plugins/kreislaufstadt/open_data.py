"""The open data of a site: which entries and pages they know, made once and kept while nothing changes."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from kreislaufstadt.cache import Cache, code_digest, digest, pack_files, unpack_files
from kreislaufstadt.exports.dataset import Dataset, Facts
from kreislaufstadt.exports.jsonld import dataset_node, make_safe
from kreislaufstadt.exports.manifest import DataFile
from kreislaufstadt.exports.write import DataFiles, write_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kreislaufstadt.site import Settings, Site


def facts_of(settings: Settings) -> Facts:
    """What the writers need of the settings."""
    return Facts(settings.name, settings.base_url, settings.description, settings.language, settings.today)


def dataset_of(site: Site) -> Dataset:
    """The catalogue as it may be published; only pages that exist have addresses."""
    return Dataset(site.catalog, facts_of(site.settings), frozenset(draft.url for draft in site.drafts))


def publisher_of(site: Site) -> str:
    """Who publishes: the operator, or while that is a placeholder the site's name."""
    operator = site.catalog.operator
    return site.settings.name if operator is None or "name" in operator.placeholders else operator.name


def data_files(site: Site, cache: Cache) -> DataFiles:
    """All data files, from the cache if nothing they are made from has changed."""
    key = _key(site)
    stored = cache.get(key)
    if stored is not None:
        return _unpack(stored)
    made = write_data(dataset_of(site), publisher_of(site))
    cache.put(key, _pack(made))
    return made


def dataset_jsonld(site: Site, files: Sequence[DataFile]) -> Markup:
    """The open data as a schema.org dataset, safe inside a script element."""
    rows = [(file.title, file.path, file.media_type, file.size) for file in files]
    node = {"@context": "https://schema.org", **dataset_node(facts_of(site.settings), rows)}
    return Markup(make_safe(node))  # noqa: S704 - < and > are escaped


def _key(site: Site) -> bytes:
    """Everything that the files depend on: code, facts, publisher, the text of every entry, the pages."""
    parts: list[str] = [repr(facts_of(site.settings)), publisher_of(site), *(draft.url for draft in site.drafts), repr(site.catalog.networks)]
    for source in site.catalog.sources():
        parts += [source.file, source.yaml_text, source.body]
    return digest("daten", code_digest(), *parts)


def _pack(data: DataFiles) -> bytes:
    described = json.dumps([dataclasses.astuple(file) for file in data.described])
    return described.encode() + b"\n" + pack_files(data.files)


def _unpack(stored: bytes) -> DataFiles:
    described, _, rest = stored.partition(b"\n")
    return DataFiles(unpack_files(rest), tuple(DataFile(*row) for row in json.loads(described)))
