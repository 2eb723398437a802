"""What pages said, kept by their text: an unchanged page is not read again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.guard.page import Finding, Link, Loaded, Page, read_page
from kreislaufstadt.parallel import in_chunks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class KeptPages:
    """Does what :func:`read_page` does; the result depends on nothing but the text."""

    def __init__(self, cache: Cache) -> None:
        """Read through the cache."""
        self._cache = cache
        self._new: dict[bytes, bytes] = {}

    def prepare(self, folder: Path) -> None:
        """Read the pages below the folder that were never read, on all cores."""
        missing = {}
        for file in folder.rglob("*.html"):
            raw = file.read_bytes()
            key = _key(raw)
            if self._cache.get(key) is None:
                missing[key] = raw
        for rows in in_chunks(_read, list(missing.items())):
            self._new.update(rows)
        for key, packed in self._new.items():
            self._cache.put(key, packed)

    def __call__(self, text: str) -> Page:
        """Read a page, or take what it said before."""
        key = _key(text.encode())
        stored = self._new.pop(key, None) or self._cache.get(key)
        if stored is None:
            stored = _pack(read_page(text))
            self._cache.put(key, stored)
        return _unpack(stored)


def _key(raw: bytes) -> bytes:
    return digest("guard", code_digest(), raw)


def _read(rows: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(key, _pack(read_page(raw.decode("utf-8", "replace")))) for key, raw in rows]


def _pack(page: Page) -> bytes:
    return json.dumps({**vars(page), "ids": sorted(page.ids)}, ensure_ascii=False).encode()


def _unpack(stored: bytes) -> Page:
    record = json.loads(stored)
    return Page(
        **{
            **record,
            "ids": set(record["ids"]),
            "links": list(map(Link._make, record["links"])),
            "loaded": list(map(Loaded._make, record["loaded"])),
            "findings": [Finding(*row) for row in record["findings"]],
        }
    )
