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
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kreislaufstadt.cache import Cache
    from kreislaufstadt.fingerprints import Fingerprints
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
        self.staying: list[tuple[str, str, Callable[[], bytes]]] = []
        """Files that stand as they should: path, name of the content, and how to make it nevertheless."""

    @cached_property
    def _before(self) -> dict[str, Any]:
        """By stem the name of the file's content, and by id what a record was made from and the name of its own file's content."""
        return json.loads(unpack(self._stored)) if self._stored else {}

    @cached_property
    def _standing(self) -> Mapping[str, str]:
        return self._folder.before()

    def lines(self, stem: str, kind: str, inputs: Mapping[str, str], split: Callable[[bytes], Sequence[bytes]]) -> Mapping[str, bytes]:
        """The lines that hold by the ids of their entries.

        ``inputs`` says what each entry's record depends on beyond its file; ``split`` gives the lines of a file.
        """
        now = self._now[stem] = {name: self._sum(kind, name, given) for name, given in inputs.items()}
        known, before = self._before.get(stem, ("", {}))
        content = self._folder.read(f"{stem}.json") if known and self._standing.get(f"{stem}.json") == known else b""
        if content_name(content) != known:
            return {}
        lines = zip(before.items(), split(content), strict=True)
        return {name: line for (name, (given, _)), line in lines if now.get(name) == given}

    def stay(self, stem: str, name: str, make: Callable[[], bytes]) -> bool:
        """Let the own file of a record whose line holds be as it is, if it stands."""
        path, known = f"{stem}/{name}.json", self._before[stem][1][name][1]
        if self._standing.get(path) != known:
            return False
        self.staying.append((path, known, make))
        return True

    def changed_rows(self, names: Mapping[str, str]) -> dict[bytes, bytes]:
        """The row of the cache, if it is not as before: what the next build wants to read; ``names`` are those of the files' contents."""
        now = {
            stem: [names[f"{stem}.json"], {name: [given, names[f"{stem}/{name}.json"]] for name, given in found.items()}]
            for stem, found in self._now.items()
        }
        return {} if now == self._before else {self._key: pack(json.dumps(now).encode())}

    def _sum(self, kind: str, name: str, inputs: str) -> str:
        names = (BORDER.join((what, kind, name)) for what in ("find", "text"))
        return digest(inputs, *map(self._fingerprints.of, names)).hex()
