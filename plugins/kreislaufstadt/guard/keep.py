"""What pages said, kept by their text: an unchanged page is not read again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.guard.page import Finding, Loaded, Page, read_file
from kreislaufstadt.parallel import in_chunks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class KeptPages:
    """Does what :func:`read_files` does; the result depends on nothing but the bytes of the files."""

    def __init__(self, cache: Cache) -> None:
        """Read through the cache."""
        self._cache = cache

    def __call__(self, paths: Sequence[Path]) -> Iterator[Page | None]:
        """Take what the files said before; those that were never read are read on all cores."""
        stored = [self._cache.get(_key(path.read_bytes())) for path in paths]
        missing = [path for path, packed in zip(paths, stored, strict=True) if packed is None]
        new = (row for rows in in_chunks(_read, missing) for row in rows)
        for packed in stored:
            if packed is not None:
                yield _unpack(packed)
                continue
            key, fresh = next(new)
            self._cache.put(key, fresh)
            yield _unpack(fresh)


def _key(raw: bytes) -> bytes:
    return digest("guard", code_digest(), raw)


def _read(paths: Sequence[Path]) -> list[tuple[bytes, bytes]]:
    rows = []
    for path in paths:
        raw = path.read_bytes()
        rows.append((_key(raw), _pack(read_file(raw))))
    return rows


def _pack(page: Page | None) -> bytes:
    return json.dumps({**vars(page), "ids": sorted(page.ids)} if page else None, ensure_ascii=False).encode()


def _unpack(stored: bytes) -> Page | None:
    record = json.loads(stored)
    if record is None:
        return None
    record["ids"] = set(record["ids"])
    record["loaded"] = list(map(Loaded._make, record["loaded"]))
    record["findings"] = [Finding(*row) for row in record["findings"]]
    return Page(**record)
