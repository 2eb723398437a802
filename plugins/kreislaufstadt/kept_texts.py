"""Texts that stand in the output folder and hold: only what they were made from is kept, and the digest of what came of it.

While nothing of it changes, neither the text is made nor its content looked at; should the
file be gone, the text is made again.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kreislaufstadt.cache import code_digest, digest
from kreislaufstadt.site_folder import Made
from kreislaufstadt.traces import Traces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kreislaufstadt.cache import Cache
    from kreislaufstadt.fingerprints import Fingerprints
    from kreislaufstadt.trace import Tracker
    from kreislaufstadt.traces import Trace


class KeptTexts:
    """The texts of one family; ``base`` names everything but the catalogue that all of them depend on."""

    def __init__(self, cache: Cache, tracker: Tracker, fingerprints: Fingerprints, base: Iterable[str]) -> None:
        """Fetch what the last build kept; it is read in the process that asks for the first text."""
        self._tracker, self._fingerprints = tracker, fingerprints
        self._key = digest("texts", code_digest(), *base)
        self._stored = cache.get(self._key)

    @cached_property
    def _before(self) -> Traces:
        return Traces.unpack(self._stored) if self._stored else Traces()

    @cached_property
    def _now(self) -> Traces:
        return Traces(self._before)

    @cached_property
    def _holding(self) -> Mapping[str, Trace]:
        return self._before.holding(lambda name, before: self._fingerprints.of(name) == before[name])

    def made(self, name: str, inputs: str, make: Callable[[], str]) -> Made:
        """The text of that name; ``inputs`` says what it depends on beyond base and catalogue."""
        key = digest(name, inputs).hex()
        trace = self._holding.get(key)
        if trace is not None:
            self._now.pages[key] = trace
            return Made(trace.html, lambda: make().encode())
        with self._tracker.listen() as names:
            made = Made.of(make().encode())
        self._now.add(key, made.name, names)
        return made

    def changed_rows(self) -> dict[bytes, bytes]:
        """What the next build wants to read, if it is not what this one read."""
        if self._now.pages == self._before.pages:
            return {}
        self._now.sign(self._fingerprints.of, {})
        return {self._key: self._now.pack()}
