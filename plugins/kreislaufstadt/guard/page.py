"""What one finished page says about itself, what it loads, where it leads, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Finding(NamedTuple):
    """Something wrong in a file: code, line (0: the file as a whole), sentence, next step."""

    code: str
    line: int
    message: str
    advice: str


class Loaded(NamedTuple):
    """Something that the browser asks for by itself."""

    tag: str
    url: str
    integrity: str


@dataclass
class Page:
    """What one page says; ``refresh`` is the address that a moved page leads to.

    ``links`` leaves out those to an ``id`` of the page itself. The lines of links and of what is loaded are
    looked for when something is to be said of them (``walk.Lines``).
    """

    title: str = ""
    description: str = ""
    language: str = ""
    canonical: str = ""
    policy: str = ""
    refresh: str = ""
    indexed: bool = True
    headings: int = 0
    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    loaded: tuple[Loaded, ...] = ()
    findings: list[Finding] = field(default_factory=list)
