"""Files that know their checksums: several descriptions name them, each file is read through once."""

from __future__ import annotations

import hashlib


class FileSet(dict[str, bytes]):
    """Contents by path; a file is never replaced by another."""

    def __init__(self) -> None:
        """Begin without files."""
        super().__init__()
        self._sums: dict[str, str] = {}

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file, in hexadecimal digits."""
        if path not in self._sums:
            self._sums[path] = hashlib.sha256(self[path]).hexdigest()
        return self._sums[path]
