"""Work aside gives what it would have given here, and says what went wrong."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kreislaufstadt import parallel
from kreislaufstadt.parallel import SMALLEST, in_chunks, start_aside

if TYPE_CHECKING:
    from collections.abc import Callable

MANY, FEW = range(SMALLEST), range(3)


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cores and no other thread, whatever the machine and the test runner have."""
    monkeypatch.setattr(parallel.os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)


@pytest.mark.usefixtures("two_cores")
def test_work_is_done_in_another_process_and_once() -> None:
    wait = start_aside(lambda: (os.getpid(), b"x" * 300_000), MANY)
    number, content = wait()
    assert number != os.getpid()
    assert len(content) == 300_000
    assert wait() == (number, content)


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize(("items", "allowed"), [(FEW, True), (MANY, False)])
def test_little_work_is_done_here_when_asked_for(items: range, *, allowed: bool) -> None:
    asked: list[int] = []

    def work() -> int:
        asked.append(os.getpid())
        return len(asked)

    wait = start_aside(work, items, allowed=allowed)
    assert asked == []
    assert (wait(), wait(), asked) == (1, 1, [os.getpid()])


def fail() -> int:
    message = "Testfehler"
    raise ValueError(message)


def die() -> int:
    if os.getpid() != HERE:
        os._exit(3)
    return 7


HERE = os.getpid()


@pytest.mark.usefixtures("two_cores")
def test_an_error_is_raised_where_it_is_waited_for() -> None:
    wait: Callable[[], int] = start_aside(fail, MANY)
    with pytest.raises(ValueError, match="Testfehler"):
        wait()


@pytest.mark.usefixtures("two_cores")
def test_work_of_a_killed_process_is_done_here() -> None:
    assert start_aside(die, MANY)() == 7


@pytest.mark.usefixtures("two_cores")
def test_a_process_aside_works_alone() -> None:
    found = start_aside(lambda: [os.getpid(), *in_chunks(lambda _: os.getpid(), MANY)], MANY)()
    assert found[0] != HERE
    assert len(set(found)) == 1


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("count", [SMALLEST, SMALLEST + 1, 1000, 4321])
def test_chunks_come_in_order_whatever_their_sizes(count: int) -> None:
    chunks = list(in_chunks(list, range(count)))
    assert [number for chunk in chunks for number in chunk] == list(range(count))
    assert len(chunks[-1]) <= len(chunks[0]), "the last ones are small, so that no core waits long for the other"


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("pool", [None, type("Pool", (), {"_outqueue": None})()])
def test_a_pool_whose_pipe_cannot_be_widened_works_as_well(pool: object) -> None:
    parallel._widen(pool)
