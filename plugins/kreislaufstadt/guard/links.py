"""What the links of pages want of files: resolved once where they mean the same on many pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kreislaufstadt.guard.page import Page
    from kreislaufstadt.guard.whole import Whole

_UP = "../"

Wanted = dict[str, set[str]]
"""The anchors that are wanted of each file, if any."""


def wanted_by(whole: Whole, pages: Mapping[str, Page]) -> Wanted:
    """What some pages want of files; what they want of themselves only if they have no such anchor."""
    shared: dict[str | None, set[str]] = {}
    wanted: Wanted = {}
    for file, page in pages.items():
        above = above_of(file)
        before = shared.setdefault(above, set())
        for url in page.links - before:
            if above is not None and url.startswith(_UP):
                before.add(url)
                continue
            target, anchor = whole.resolve(file, url), _anchor_of(url)
            if target != file or (anchor and anchor not in page.ids):
                _want(wanted, target, anchor)
    for file, url in _each_shared(shared):
        _want(wanted, whole.resolve(file, url), _anchor_of(url))
    return wanted


def above_of(file: str) -> str | None:
    """The folder above the one of the file, from which all addresses that begin with ``../`` lead on; nothing at the top."""
    folder = file.rpartition("/")[0]
    return folder.rpartition("/")[0] if folder else None


def _each_shared(shared: Mapping[str | None, set[str]]) -> Iterator[tuple[str, str]]:
    """Every address that leads upwards, as short as it can be, with a file from which it leads to the same place."""
    short: dict[str, set[str]] = {}
    for above, urls in shared.items():
        folders = _folders_by_way(above or "")
        for url in urls:
            way, _, rest = url.rpartition(_UP)
            folder = folders.get(way)
            if folder is None or rest.startswith(("/", "%")):  # a way that goes down and up again, or begins anew
                yield f"{above}/x/" if above else "x/", url
            else:
                short.setdefault(folder, set()).add(rest)
    for folder, rests in short.items():
        file = f"{folder}/index.html" if folder else "index.html"
        for rest in rests:
            yield file, rest


def _folders_by_way(folder: str) -> dict[str, str]:
    """A folder and all above it, each by the way that leads there from the folder."""
    found, way = {"": folder}, ""
    while folder:
        folder, way = folder.rpartition("/")[0], way + _UP
        found[way] = folder
    return found


def _anchor_of(url: str) -> str:
    return url.partition("#")[2]


def _want(wanted: Wanted, target: str, anchor: str) -> None:
    anchors = wanted.setdefault(target, set())
    if anchor:
        anchors.add(anchor)
