"""The same work on all cores: results in order, the same as with one, only sooner."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

SMALLEST = 150
"""Below this many items, starting processes takes longer than they save."""

_CHUNK = 160
"""Items at once: what some pages give together, such as the terms of the search, travels once for all of them."""

_PIPE = 1 << 20
"""Bytes that a pipe may hold; more is not given to everybody."""

_LAST_CHUNK = 4
"""The last chunks become smaller and smaller, down to this, so that all cores end together."""

_shared: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def in_chunks(work: Callable[[Sequence[T]], R], items: Sequence[T], *, allowed: bool = True) -> Iterator[R]:
    """Do ``work`` for the items in chunks, on all cores if there are many and the system can fork.

    Workers inherit what they need by forking; only what ``work`` returns is sent back.
    """
    cores = cores_for(items)
    if cores < 2 or not allowed or not _may_fork():
        yield from (work(items[start : start + _CHUNK]) for start in range(0, len(items), _CHUNK))
        return
    yield from _pooled(work, items, cores)


def cores_for(items: Sequence[Any]) -> int:
    """How many cores the work may take: one for little work."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return cores if len(items) >= SMALLEST else 1


def _may_fork() -> bool:
    """Forking is safe only while no other thread runs, which a preview server has; a process aside has no children of its own."""
    is_free = threading.active_count() == 1 and not multiprocessing.current_process().daemon
    return is_free and "fork" in multiprocessing.get_all_start_methods()


def _pooled(work: Callable[[Sequence[T]], R], items: Sequence[T], cores: int) -> Iterator[R]:
    global _shared  # noqa: PLW0603 - inherited by the forked workers, which cannot be sent a renderer
    _shared = (work, items)
    gc.freeze()  # workers share the memory of what exists as long as nobody counts in it
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            _widen(pool)
            yield from pool.imap(_run, _cut(len(items), cores))
    finally:
        gc.unfreeze()
        _shared = None


def _widen(pool: Any) -> None:
    """Let a chunk through the pool's pipe in few pieces, where the system can: else they are many and small, with a change of processes at each."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - not everywhere

        fcntl.fcntl(pool._outqueue._writer.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)  # noqa: SLF001 - the library shows no other way


def _cut(count: int, cores: int) -> Iterator[slice]:
    """The chunks of so many items."""
    start = 0
    while start < count:
        size = max(_LAST_CHUNK, min(_CHUNK, (count - start) // (2 * cores)))
        yield slice(start, start + size)
        start += size


def start_aside(work: Callable[[], R], items: Sequence[Any], *, allowed: bool = True) -> Callable[[], R]:
    """Begin ``work`` on ``items`` in a process of its own, and return how to wait for its result.

    Where that cannot be, or there are few items, it is done when somebody waits for it. The process
    inherits what it needs by forking and must not touch an open database; it ends with this one.
    An error in it is raised where it is waited for. What has been told is taken at once: that the system
    takes the other process's memory back is waited for by nobody.
    """
    if cores_for(items) < 2 or not allowed or not _may_fork():
        return cache(work)
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(work, sender), daemon=True)
    process.start()
    sender.close()

    @cache
    def wait() -> R:
        try:
            held, result = receiver.recv()
        except EOFError:
            process.join()
            return work()
        finally:
            receiver.close()
        if not held:
            raise result
        return result  # type: ignore[no-any-return]

    return wait


def _tell(work: Callable[[], Any], sender: Connection) -> None:
    gc.disable()  # it makes one thing and ends
    try:
        found = (True, work())
    except Exception as error:  # noqa: BLE001 - raised again where the result is waited for
        found = (False, error)
    sender.send(found)


def _run(part: slice) -> Any:
    assert _shared is not None  # noqa: S101 - set before the fork
    work, items = _shared
    return work(items[part])
