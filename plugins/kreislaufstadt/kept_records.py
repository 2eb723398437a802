"""Records that stand in the output folder and hold: after an edit only those of changed entries are written anew.

A record depends on its entry's own file alone. The lines of all others are read from the
file of their kind that an earlier build left, and their own files stay as they are.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kreislaufstadt.cache import code_digest, content_name, digest, pack, unpack
from kreislaufstadt.trace import BORDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kreislaufstadt.cache import Cache
    from kreislaufstadt.fingerprints import Fingerprints
    from kreislaufstadt.folder_files import Row
    from kreislaufstadt.site_folder import SiteFolder


class KeptRecords:
    """The records in one folder; ``base`` names everything beside the entries that all of them depend on.

    Records of a kind stand in one file, each in a line, and each in a file of its own in the folder of the same ``stem``.
    Every file counts only with the very content that was written when the inputs were noted.
    """

    def __init__(self, cache: Cache, fingerprints: Fingerprints, folder: SiteFolder, base: Iterable[str]) -> None:
        """Fetch what the last build kept; it is read in the process that asks for the first record."""
        self._fingerprints, self._folder = fingerprints, folder
        self._key = digest("records", code_digest(), *base)
        self._stored = cache.get(self._key)
        self._now: dict[str, dict[str, str]] = {}
        self._sizes: dict[str, list[int]] = {}
        self.staying: dict[str, Row] = {}
        """Files that stand as they should."""

    @cached_property
    def _before(self) -> dict[str, Any]:
        """By stem the name of the file's content, and by id what a record was made from, the name of its own file's content, and the length of its line."""
        return json.loads(unpack(self._stored)) if self._stored else {}

    def lines(self, stem: str, kind: str, inputs: Mapping[str, str], start: bytes, border: bytes) -> Mapping[str, memoryview]:
        """The lines that hold by the ids of their entries.

        ``inputs`` says what each entry's record depends on beyond its file; ``start`` ends what stands before the
        first line of a file, and ``border`` stands between two.
        """
        now = self._now[stem] = {name: self._sum(kind, name, given) for name, given in inputs.items()}
        known, before = self._before.get(stem, ("", {}))
        content = self._folder.read(f"{stem}.json") if known and self._stands(f"{stem}.json", known) else b""
        if content_name(content) != known:
            return {}
        found, whole, place = {}, memoryview(content), content.find(start) + len(start)
        for name, (given, _, size) in before.items():
            if now.get(name) == given:
                found[name] = whole[place : place + size]
            place += size + len(border)
        return found

    def _stands(self, path: str, known: str) -> Row | None:
        row = self._folder.standing(path)
        return row if row and row[0] == known else None

    def stay(self, stem: str, name: str) -> bool:
        """Let the own file of a record whose line holds be as it is, if it stands."""
        path = f"{stem}/{name}.json"
        row = self._stands(path, self._before[stem][1][name][1])
        if row:
            self.staying[path] = row
        return row is not None

    def measure(self, stem: str, lines: Iterable[bytes | memoryview]) -> None:
        """Take the lengths of the lines of all entries, in the order in which :meth:`lines` was told of them."""
        self._sizes[stem] = list(map(len, lines))

    def changed_rows(self, names: Mapping[str, str]) -> dict[bytes, bytes]:
        """The row of the cache, if it is not as before: what the next build wants to read; ``names`` are those of the files' contents."""
        now: dict[str, Any] = {}
        for stem, found in self._now.items():
            rows = zip(found.items(), self._sizes[stem], strict=True)
            now[stem] = [names[f"{stem}.json"], {name: [given, names[f"{stem}/{name}.json"], size] for (name, given), size in rows}]
        return {} if now == self._before else {self._key: pack(json.dumps(now).encode())}

    def _sum(self, kind: str, name: str, inputs: str) -> str:
        names = (BORDER.join((what, kind, name)) for what in ("find", "text"))
        return digest(inputs, *map(self._fingerprints.of, names)).hex()
