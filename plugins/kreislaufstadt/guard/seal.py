"""The last touch on a finished page: its policy, and the hashes of the scripts it loads.

Style sheets carry no hash: browsers refuse hashed files on pages opened from disk,
and a page without its style is worse there than one without its scripts.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from kreislaufstadt.guard.policy import REFERRER, integrity_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kreislaufstadt.guard.policy import Policy

_CHARSET = re.compile(r"<meta charset=\"utf-8\">\n?", re.IGNORECASE)
_LOADING = re.compile(r"<script\b[^>]*?\ssrc=\"([^\"]+)\"(?![^>]*\sintegrity=)")


class Sealer:
    """Seals pages; ``read_file`` gives the bytes of a file of the site, or None."""

    def __init__(self, read_file: Callable[[str], bytes | None], policy: Policy, *, base_path: str = "/", integrity: bool = True) -> None:
        """Remember the site; hashes of files are computed once."""
        self._read_file = read_file
        self._meta = f'<meta http-equiv="Content-Security-Policy" content="{policy.meta}">\n<meta name="referrer" content="{REFERRER}">\n'
        self._base_path = base_path
        self._integrity = integrity
        self._hashes: dict[str, str] = {}
        self.name = f"{self._meta}{base_path} {integrity}"

    def seal(self, file: str, page: str) -> str:
        """Return the page with policy and hashes; a page that has its own policy keeps it."""
        if 'http-equiv="Content-Security-Policy"' not in page:
            page = _CHARSET.sub(lambda found: found[0].rstrip("\n") + "\n" + self._meta, page, count=1)
        if not self._integrity:
            return page
        folder = posixpath.dirname(file)
        return _LOADING.sub(lambda found: self._with_hash(found, folder), page)

    def scripts_of(self, file: str, page: str) -> set[str]:
        """The scripts whose hashes the sealed page carries."""
        return {self._path(found, posixpath.dirname(file)) for found in _LOADING.finditer(page)} if self._integrity else set()

    def _with_hash(self, found: re.Match[str], folder: str) -> str:
        value = self.hash_of(self._path(found, folder))
        return f'{found[0]} integrity="{value}"' if value else found[0]

    def _path(self, found: re.Match[str], folder: str) -> str:
        url = found[1].partition("?")[0].partition("#")[0]
        return url.removeprefix(self._base_path) if url.startswith("/") else posixpath.normpath(posixpath.join(folder, url))

    def hash_of(self, path: str) -> str:
        """The hash of a file of the site; empty if there is none."""
        if path not in self._hashes:
            raw = self._read_file(path)
            self._hashes[path] = "" if raw is None else integrity_of(raw)
        return self._hashes[path]
