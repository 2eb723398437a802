"""The finished site as a whole: every file read once, then what must hold between files."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from kreislaufstadt.guard.assets import Asset, read_data_script, read_script, read_style
from kreislaufstadt.guard.drawings import read_drawing
from kreislaufstadt.guard.links import Wanted, above_of, wanted_by
from kreislaufstadt.guard.page import Finding, Page
from kreislaufstadt.guard.reading import read_files
from kreislaufstadt.guard.walk import Lines
from kreislaufstadt.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kreislaufstadt.guard.page import Loaded

COMPRESSED = (".gz", ".br")
_NOT_PUBLIC = re.compile(
    r"(?:^|/)(?!\.well-known/|\.nojekyll$)(?:\.[^/]+|_(?!headers$|redirects$)[^/]*\.ya?ml|[^/]*(?:~|\.(?:py|pyc|map|orig|bak|swp|toml|lock|env|key|pem)|(?<!/index)(?<!^index)\.md))(?:$|/)"
)

_NOT_UTF8 = Finding("KS604", 0, "Die Datei ist nicht in UTF-8 geschrieben.", "Bitte als UTF-8 speichern.")


def is_public(file: str) -> bool:
    """Whether a file of that name belongs on a site."""
    return not _NOT_PUBLIC.search(file)


def published_sizes(sizes: Mapping[str, int]) -> dict[str, int]:
    """The sizes of all files, without those that are others compressed."""
    return {file: size for file, size in sizes.items() if not file.endswith(COMPRESSED)}


@dataclass(frozen=True)
class Rules:
    """What the site is and where exceptions hold.

    ``label`` names the folder in messages; ``apart`` lists folders with their own
    policy (an editors' tool); ``data`` folders whose scripts hold nothing but data.
    ``hashed``: every script carries its hash (not in copies for the disk).
    """

    base_url: str
    label: str = "site"
    apart: tuple[str, ...] = ("admin/",)
    data: tuple[str, ...] = ("suche/",)
    hashed: bool = True

    @cached_property
    def base_path(self) -> str:
        """The path of the start page on its host."""
        return urlsplit(self.base_url).path or "/"

    def is_apart(self, file: str) -> bool:
        """Say whether the file belongs to a folder with its own policy."""
        return file.startswith(self.apart)


class Reading(Protocol):
    """How the files of a site are read."""

    def pages(self, folder: Path, files: Sequence[str]) -> Iterator[Page | None]:
        """What the pages say, in order; nothing of a page that is not UTF-8."""

    def is_quiet(self, folder: Path, file: str) -> bool:
        """Whether a script of data need not be read: it asks for nothing."""

    def note_quiet(self, folder: Path, file: str) -> None:
        """Take note of such a script."""


class PlainReading:
    """Reads every file."""

    def pages(self, folder: Path, files: Sequence[str]) -> Iterator[Page | None]:
        """Read the pages one by one."""
        return read_files([folder / file for file in files])

    def is_quiet(self, folder: Path, file: str) -> bool:  # noqa: ARG002 - says nothing of any file
        """Know nothing before it is read."""
        return False

    def note_quiet(self, folder: Path, file: str) -> None:
        """Forget it."""


@dataclass
class Whole:
    """All files of a site: pages and assets read, sizes known."""

    folder: Path
    rules: Rules
    reading: Reading = field(default_factory=PlainReading)
    pages: dict[str, Page] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)
    _known: dict[str, dict[str, str]] = field(default_factory=dict)
    _lines: tuple[str, Lines] | None = None
    _targets: dict[tuple[str, tuple[Loaded, ...]], tuple[str, ...]] = field(default_factory=dict)

    def load(self) -> Whole:
        """Read every file once, pages last; where the sizes are known, somebody else looks whether just these files stand there."""
        names = sorted(self.sizes or self._list(), key=lambda file: file.replace("/", "\0"))
        pages = [file for file in names if file.endswith(".html")]
        for file in names:
            if not is_public(file) and not self.rules.is_apart(file):
                self.report(file, Finding("KS613", 0, "Diese Datei gehört nicht auf die Website.", "Bitte nicht veröffentlichen."))
            read = _READERS.get(file[file.rfind(".") :])
            if read and not (file.startswith(self.rules.data) and self.reading.is_quiet(self.folder, file)):
                self._read(file, read)
        for file, page in zip(pages, self.reading.pages(self.folder, pages), strict=True):
            if page is None:
                self.report(file, _NOT_UTF8)
                continue
            self.pages[file] = page
            self.report(file, *page.findings)
        return self

    def load_assets(self, files: Iterable[str]) -> None:
        """Read styles, scripts and drawings, and what they ask for in turn; the sizes of all files are known already."""
        waiting, seen = sorted(files), set[str]()
        while waiting:
            file = waiting.pop()
            read = _READERS.get(file[file.rfind(".") :])
            if read and file in self.sizes and file not in seen and not file.startswith(self.rules.data):
                seen.add(file)
                self._read(file, read)
                asset = self.assets.get(file, Asset())
                waiting += [self.resolve(file, url) for url in (*asset.loaded, *asset.later)]

    def _list(self) -> Iterator[str]:
        """Name every file, note its size; links to other files are a fault and never followed."""
        folders = [""]
        while folders:
            prefix = folders.pop()
            with os.scandir(self.folder / prefix) as found:
                for one in found:
                    file = prefix + one.name
                    if one.is_symlink():
                        self.report(file, Finding("KS613", 0, "Die Datei ist ein Verweis auf eine andere.", "Bitte die Datei selbst ablegen."))
                    elif one.is_dir(follow_symlinks=False):
                        folders.append(f"{file}/")
                    elif one.is_file(follow_symlinks=False) and not file.endswith(COMPRESSED):
                        self.sizes[file] = one.stat(follow_symlinks=False).st_size
                        yield file

    def _read(self, file: str, read: Callable[[Whole, str, bytes], None]) -> None:
        try:
            read(self, file, (self.folder / file).read_bytes())
        except UnicodeDecodeError:
            self.report(file, _NOT_UTF8)

    def report(self, file: str, *findings: Finding) -> None:
        """Take findings of a file."""
        for finding in findings:
            place = Place(f"{self.rules.label}/{file}", finding.line, int(finding.line > 0))
            self.found.append(Problem(place, finding.code, finding.message, finding.advice))

    def resolve(self, file: str, url: str) -> str:
        """The file that a relative or root-relative address on ``file`` leads to; outside the site it begins with ``..``."""
        above = above_of(file)
        if above is None or not url.startswith("../"):
            return self._resolve(file, url)
        known = self._known.setdefault(above, {})
        if url not in known:
            known[url] = self._resolve(file, url)
        return known[url]

    @cached_property
    def wanted(self) -> Wanted:
        """What the links of all pages want."""
        return wanted_by(self, self.pages)

    def targets_of(self, file: str) -> tuple[str, ...]:
        """The files that a page loads, in order; for pages of one folder that load the same, the same object."""
        loaded, above = self.pages[file].loaded, above_of(file)
        known = None if above is None else self._targets.get((above, loaded))
        if known is None:
            known = tuple(self.resolve(file, item.url) for item in loaded)
            if above is not None and all(item.url.startswith("../") for item in loaded):
                self._targets[above, loaded] = known
        return known

    def lines_of(self, file: str) -> Lines:
        """The lines of what a page links and loads, for which it is read anew; rules ask page by page."""
        if self._lines is None or self._lines[0] != file:
            self._lines = file, Lines((self.folder / file).read_bytes().decode())
        return self._lines[1]

    def _resolve(self, file: str, url: str) -> str:
        path = url.partition("#")[0].partition("?")[0]
        if "%" in path:
            path = unquote(path)
        return _resolve(file.rpartition("/")[0], path, self.rules.base_path) if path else file

    @cached_property
    def public(self) -> dict[str, Page]:
        """The pages that readers find: indexed, not moved, not apart."""
        return self.public_of(self.pages)

    def public_of(self, pages: Mapping[str, Page]) -> dict[str, Page]:
        """Those of the pages that readers find."""
        return {file: page for file, page in pages.items() if page.indexed and not page.refresh and not self.rules.is_apart(file)}

    def scripts_of(self, file: str) -> Iterator[str]:
        """A script and everything that it imports at once."""
        seen, waiting = set(), [file]
        while waiting:
            name = waiting.pop()
            if name not in seen and name in self.sizes:
                seen.add(name)
                yield name
                asset = self.assets.get(name, Asset())
                waiting += [self.resolve(name, url) for url in asset.loaded]

    def _read_style(self, file: str, raw: bytes) -> None:
        self._keep(file, read_style(raw.decode()))

    def _read_script(self, file: str, raw: bytes) -> None:
        if self.rules.is_apart(file):  # megabytes of somebody else's program: its policy holds it, not our rules
            return
        text = raw.decode()
        if not file.startswith(self.rules.data):
            self._keep(file, read_script(text))
            return
        asset = read_data_script(text)
        self._keep(file, asset)
        if asset == Asset():
            self.reading.note_quiet(self.folder, file)

    def _keep(self, file: str, asset: Asset) -> None:
        self.assets[file] = asset
        if not self.rules.is_apart(file):
            self.report(file, *asset.findings)

    def _read_drawing(self, file: str, raw: bytes) -> None:
        self.report(file, *read_drawing(raw))


def _resolve(folder: str, path: str, base: str) -> str:
    """The file that a path leads to from a folder."""
    if path.startswith("/"):
        joined = path.removeprefix(base) if path.startswith(base) else f"..{path}"
    else:
        while folder and path.startswith("../") and not path.startswith("..//"):
            folder, path = folder.rpartition("/")[0], path[3:]
        joined = f"{folder}/{path}" if folder else path
    if "//" in joined or "/." in f"/{joined}":
        normal = posixpath.normpath(joined)
        return posixpath.normpath(posixpath.join(normal, "index.html")) if normal == "." or joined.endswith("/") else normal
    return f"{joined}index.html" if not joined or joined.endswith("/") else joined


_READERS: dict[str, Callable[[Whole, str, bytes], None]] = {
    ".css": Whole._read_style,  # noqa: SLF001
    ".js": Whole._read_script,  # noqa: SLF001
    ".mjs": Whole._read_script,  # noqa: SLF001
    ".svg": Whole._read_drawing,  # noqa: SLF001
}
