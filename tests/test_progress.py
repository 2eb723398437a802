"""Stages are measured by a clock of the test's own."""

from __future__ import annotations

import pytest

from kreislaufstadt.progress import Progress, Stages, format_table


class Clock:
    """A clock that goes on when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_inner_stages_and_parts_are_not_counted_twice() -> None:
    clock = Clock()
    stages = Stages(clock)
    clock.now = 1
    with stages.stage("Seiten"):
        clock.now = 3
        with stages.stage("Suche"):
            clock.now = 4
        clock.now = 6
        stages.part("Markdown", 1.5)
    clock.now = 8
    seconds = {name: value for name, value, _ in stages.table()}
    assert seconds == {"Seiten": 2.5, "Suche": 1, "Markdown": 1.5, "Übriges": 3}
    assert sum(share for _, _, share in stages.table()) == pytest.approx(1)
    assert format_table(stages.table()).splitlines()[0] == "Seiten       2,50 s    31%"


def test_long_stages_say_what_is_left_short_ones_nothing() -> None:
    clock, said = Clock(), []
    stages = Stages(clock, said.append)
    with stages.stage("Lesen", 10):
        stages.step(10)
    with stages.stage("Seiten", 100):
        for second in range(1, 5):
            clock.now = second
            stages.step(10)
    assert said == ["Seiten: 30 von 100, noch etwa 7 s", "Seiten: 40 von 100, noch etwa 6 s", ""]


def test_the_same_stage_twice_adds_up() -> None:
    clock = Clock()
    stages = Stages(clock)
    for _ in range(2):
        with stages.stage("Kontrolle"):
            clock.now += 2
    assert stages.table()[0][:2] == ("Kontrolle", 4)


def test_nobody_watches() -> None:
    silent = Progress()
    with silent.stage("Lesen", 3):
        silent.step()
        silent.part("x", 1)
    assert silent.now() == 0
