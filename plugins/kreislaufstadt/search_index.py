"""The search files of a site, kept while no page and no word of the language changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.cache import digest, pack_files, unpack_files
from kreislaufstadt.search.opensearch import write_opensearch
from kreislaufstadt.search.write import write_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kreislaufstadt.build import Build


def search_files(build: Build, program: Path) -> dict[str, bytes]:
    """Write index, program and OpenSearch description of a build: relative output path → bytes."""
    settings = build.site.settings
    key = digest("search files", build.indexed.digest, *_program_of(program))
    stored = build.cache.get(key)
    files = unpack_files(stored) if stored is not None else write_files(build.indexed.pages, build.language[0], program)
    if stored is None:
        build.cache.put(key, pack_files(files))
    if settings.base_url.startswith("http"):
        files["opensearch.xml"] = write_opensearch(settings.name, settings.description, settings.base_url)
    return files


def _program_of(folder: Path) -> Iterator[bytes]:
    """The browser side's modules: the files of the search contain them."""
    for file in sorted([*folder.rglob("*.js"), folder.parent / "js" / "texte.js"]):
        yield file.read_bytes()
