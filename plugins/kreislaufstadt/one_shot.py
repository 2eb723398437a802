"""For a process that makes one thing and ends: no search for garbage while it works, no taking apart at the end.

A build holds a million objects that all stay until it is done. Counting them again and
again took 15 % of its time, taking them apart one by one at the end another 10 %.
"""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


_MANY = 100_000
"""Objects that may come into being before the next look for garbage, instead of 700."""


def look_for_garbage_seldom() -> None:
    """For what comes before the work: modules consist of objects that all stay."""
    if gc.isenabled():
        gc.set_threshold(_MANY, *gc.get_threshold()[1:])


@contextmanager
def uncollected() -> Iterator[None]:
    """Do the block without looking for garbage in cycles; what is not in a cycle goes at once as ever."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.freeze()
            gc.unfreeze()  # now all that exists counts as old, and the next look begins with what is new
            gc.enable()


def keep_until_exit(*things: Any) -> None:
    """Leave the things to the system, which takes a process's memory back at once; only for a process that ends now."""
    gc.freeze()
    if sys.implementation.name == "cpython":
        import ctypes  # noqa: PLC0415 - only where a build ends

        for thing in things:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))
