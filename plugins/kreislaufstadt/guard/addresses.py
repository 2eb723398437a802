"""Addresses as browsers read them: their scheme, and whether they name a host."""

from __future__ import annotations

import re

_BLANK = re.compile(r"[\x00-\x20]")
_SCHEME = re.compile(r"\A([a-zA-Z][a-zA-Z0-9+.-]*):")


def scheme_of(url: str) -> str:
    """The scheme of an address as browsers see it (they skip blanks and control characters), in lower case."""
    found = _SCHEME.match(_BLANK.sub("", url)) if ":" in url else None
    return found[1].lower() if found else ""


def without_blanks(url: str) -> str:
    """An address without the blanks and control characters that browsers skip."""
    return _BLANK.sub("", url)


def is_foreign(url: str) -> bool:
    """Say whether an address names a host, by scheme or by ``//``."""
    if ":" not in url and "//" not in url and "\\" not in url and not _BLANK.search(url):
        return False
    plain = _BLANK.sub("", url).replace("\\", "/")
    return plain.startswith("//") or scheme_of(plain) in {"http", "https", "ws", "wss", "ftp"}


def is_local(url: str) -> bool:
    """Say whether an address stays on its site: no scheme, no host."""
    return not scheme_of(url) and not is_foreign(url)
