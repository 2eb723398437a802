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
    from collections.abc import Callable, Iterable, Iterator

    from kreislaufstadt.guard.policy import Policy

_CHARSET = re.compile(rb"<meta charset=\"utf-8\">\n?", re.IGNORECASE)
_LOADING = re.compile(rb"<script\b[^>]*?\ssrc=\"([^\"]+)\"(?![^>]*\sintegrity=)")


def _find_loading(page: bytes) -> Iterator[re.Match[bytes]]:
    """Every tag of a script from a file that has no hash yet, to the end of its address."""
    at = page.find(b"<script")
    while at >= 0:
        found = _LOADING.match(page, at)
        if found:
            yield found
        at = page.find(b"<script", found.end() if found else at + 1)


def _with(page: bytes, added: Iterable[tuple[int, str]]) -> bytes:
    """The page with texts put in at their places."""
    parts, done = [], 0
    for at, text in added:
        parts += [page[done:at], text.encode()]
        done = at
    return b"".join([*parts, page[done:]])


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
        return self.seal_with_hashes(file, page.encode())[0].decode()

    def seal_with_hashes(self, file: str, page: bytes) -> tuple[bytes, dict[str, str]]:
        """The sealed page, and the hashes that it carries by the paths of the scripts; empty where there is no such file."""
        folder, hashes, added = posixpath.dirname(file), dict[str, str](), list[tuple[int, str]]()
        charset = _CHARSET.search(page) if b'http-equiv="Content-Security-Policy"' not in page else None
        if charset:
            added.append((charset.end(), self._meta if charset[0].endswith(b"\n") else f"\n{self._meta}"))
        for found in _find_loading(page) if self._integrity else ():
            path = self._path(found, folder)
            value = hashes[path] = self.hash_of(path)
            if value:
                added.append((found.end(), f' integrity="{value}"'))
        return _with(page, sorted(added)), hashes

    def _path(self, found: re.Match[bytes], folder: str) -> str:
        url = found[1].decode().partition("?")[0].partition("#")[0]
        return url.removeprefix(self._base_path) if url.startswith("/") else posixpath.normpath(posixpath.join(folder, url))

    def hash_of(self, path: str) -> str:
        """The hash of a file of the site; empty if there is none."""
        if path not in self._hashes:
            raw = self._read_file(path)
            self._hashes[path] = "" if raw is None else integrity_of(raw)
        return self._hashes[path]
