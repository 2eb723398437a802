"""How far a build is and where its time went; the clock and the screen come from outside."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHOWN_AFTER = 2.0
"""Seconds of a stage after which it is worth a word."""

PAUSE = 0.2
"""Seconds between two words, so that showing costs nothing."""


class Progress:
    """Says nothing and measures nothing: for tests, and where nobody watches."""

    @contextmanager
    def stage(self, name: str, total: int = 0) -> Iterator[None]:  # noqa: ARG002 - nobody listens
        """Everything in the block is part of the stage; ``total`` is the number of steps, if it has any."""
        yield

    def step(self, count: int = 1) -> None:
        """Some steps of the present stage are done."""

    def part(self, name: str, seconds: float) -> None:
        """Some of the present stage's seconds belong to a stage of their own (measured on other cores: of all of them)."""

    def now(self) -> float:
        """Seconds of the clock."""
        return 0.0


class Stages(Progress):
    """Measures stages by ``clock`` and shows long ones with ``show``; an inner stage's time is not the outer one's."""

    def __init__(self, clock: Callable[[], float], show: Callable[[str], None] | None = None) -> None:
        """Begin to measure."""
        self._clock = clock
        self._show = show
        self._begun = clock()
        self._stack: list[str] = []
        self._since = self._begun
        self._seconds: dict[str, float] = {}
        self._steps = (0, 0, self._begun)
        self._shown = self._begun

    def now(self) -> float:
        """Seconds of the clock."""
        return self._clock()

    @contextmanager
    def stage(self, name: str, total: int = 0) -> Iterator[None]:
        """Measure the block as the stage."""
        self._settle()
        self._stack.append(name)
        self._steps = (0, total, self._since)
        self._seconds.setdefault(name, 0.0)
        try:
            yield
        finally:
            self._settle()
            self._stack.pop()
            if self._show and self._shown > self._steps[2]:
                self._show("")

    def step(self, count: int = 1) -> None:
        """Count steps, and from time to time say how many are left."""
        done, total, begun = self._steps
        done += count
        self._steps = (done, total, begun)
        now = self._clock()
        if self._show and self._stack and now - begun > SHOWN_AFTER and now - self._shown > PAUSE:
            self._shown = now
            self._show(_describe(self._stack[-1], done, total, now - begun))

    def part(self, name: str, seconds: float) -> None:
        """Move seconds from the present stage to another."""
        self._seconds[name] = self._seconds.get(name, 0.0) + seconds
        if self._stack:
            self._seconds[self._stack[-1]] -= seconds

    def _settle(self) -> None:
        now = self._clock()
        if self._stack:
            self._seconds[self._stack[-1]] += now - self._since
        self._since = now

    def table(self) -> list[tuple[str, float, float]]:
        """Every stage with its seconds and its share of the whole run, and the rest."""
        whole = max(self._clock() - self._begun, 1e-9)
        rows = {**self._seconds, "Übriges": whole - sum(self._seconds.values())}
        return [(name, seconds, seconds / whole) for name, seconds in rows.items()]


def _describe(name: str, done: int, total: int, seconds: float) -> str:
    """Say how far a stage is, and how long it will take at this pace."""
    if not total:
        return f"{name} …"
    left = seconds / max(done, 1) * (total - done)
    return f"{name}: {done} von {total}, noch etwa {left:.0f} s"


def format_table(rows: list[tuple[str, float, float]]) -> str:
    """Write the stages as a table for the screen."""
    width = max(len(name) for name, _, _ in rows)
    lines = [f"{name:{width}}  {seconds:7.2f} s  {share:5.0%}" for name, seconds, share in rows]
    return "\n".join(lines).replace(".", ",")
