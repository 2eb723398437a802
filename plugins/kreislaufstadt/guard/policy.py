"""The content security policy of a page: what a browser may load, from where (our own host, nothing inline)."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

DIRECTIVES: dict[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""What every page may do; ``frame-ancestors`` works only as a header."""

HEADER_ONLY = frozenset({"frame-ancestors"})

_SOUND = re.compile(r"'(?:self|none|sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2})'")
"""Sources that leave a policy its worth: our own host, nothing, or one text by its hash."""

REFERRER = "strict-origin"
"""What a request tells about the page before: its host, never the search words and filters in its address, not even to our own server."""

HEADERS: dict[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": REFERRER,
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
"""Further headers of every answer. HSTS is left to the operator, who owns the domain."""


@dataclass(frozen=True)
class Policy:
    """A policy: the common directives, and hashes of inline scripts that are allowed (the site has none)."""

    hashes: tuple[str, ...] = ()

    def directives(self) -> dict[str, str]:
        """The directives with what the pages need on top."""
        found = dict(DIRECTIVES)
        if self.hashes:
            found["script-src"] += "".join(f" {value}" for value in sorted(self.hashes))
        return found

    @property
    def header(self) -> str:
        """The policy as the value of a header."""
        return _join(self.directives())

    @property
    def meta(self) -> str:
        """The policy as the content of a ``meta`` element, which knows fewer directives."""
        return _join({name: value for name, value in self.directives().items() if name not in HEADER_ONLY})


def _join(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def hash_source(text: str) -> str:
    """The source expression that allows one inline script by its hash."""
    return f"'sha256-{_base64(hashlib.sha256(text.encode()).digest())}'"


def integrity_of(raw: bytes) -> str:
    """The value of an ``integrity`` attribute for a file."""
    return f"sha384-{_base64(hashlib.sha384(raw).digest())}"


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def weaknesses(policy: str) -> list[str]:
    """What is wrong with a policy: missing directives, sources other than our own host."""
    found = {}
    for part in policy.split(";"):
        name, _, sources = part.strip().partition(" ")
        found[name] = sources.split()
    faults = [f"{name} fehlt" for name in DIRECTIVES if name not in HEADER_ONLY and name not in found]
    for name, allowing in found.items():
        faults += [f"{name} erlaubt {source}" for source in allowing if not _SOUND.fullmatch(source) and (name, source) != ("img-src", "data:")]
    return faults
