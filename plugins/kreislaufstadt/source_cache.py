"""Reading unchanged content files from the cache instead of parsing their YAML again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.source import Source, read_source

if TYPE_CHECKING:
    from kreislaufstadt.problems import Problem


class CachedReader:
    """Does what :func:`read_source` does; files without problems are parsed once."""

    def __init__(self, cache: Cache) -> None:
        """Read through the cache."""
        self._cache = cache

    def __call__(self, file: str, raw: bytes) -> tuple[Source | None, list[Problem]]:
        """Read a content file; files with problems are always read anew."""
        key = digest("source", code_digest(), file.rpartition(".")[2], raw)
        stored = self._cache.get(key)
        if stored is not None:
            data, yaml_text, yaml_offset, body, body_offset = json.loads(stored)
            return Source(file, data, yaml_text, yaml_offset, body, body_offset), []
        source, problems = read_source(file, raw)
        if source is not None and not problems:
            row = (source.data, source.yaml_text, source.yaml_offset, source.body, source.body_offset)
            self._cache.put(key, json.dumps(row, ensure_ascii=False).encode())
        return source, problems
