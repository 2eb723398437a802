"""Put a finished folder in another's place in one step, and tidy up after a run that was ended in between.

Standard library only. On Linux and macOS the two folders change places in a single
system call, so at every moment the old or the new folder is there, complete. Where
the system cannot do that, two renames do it, and :func:`recover` closes the gap.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def fresh_folder(target: Path, work: Path) -> Path:
    """Name the folder to build into, emptied, after putting right what an earlier run left behind."""
    work.mkdir(parents=True, exist_ok=True)
    recover(target, work)
    fresh = work / f"{target.name}-neu"
    shutil.rmtree(fresh, ignore_errors=True)
    return fresh


def link_copy(source: Path, target: Path) -> None:
    """Begin ``target`` as ``source`` without copying its content; compressed forms are made anew.

    Files are links to the same content, which stays true for the old folder as long as
    nobody changes a file in place. Where the system knows no links, ``target`` begins empty.
    """
    try:
        for parent, _, names in os.walk(source):
            folder = target / os.path.relpath(parent, source)
            folder.mkdir(parents=True, exist_ok=True)
            for name in names:
                if not name.endswith((".gz", ".br")):
                    os.link(os.path.join(parent, name), folder / name, follow_symlinks=False)  # noqa: PTH118 - a text suffices
    except OSError:
        shutil.rmtree(target, ignore_errors=True)


def swap(fresh: Path, target: Path, work: Path) -> None:
    """Let ``target`` be what ``fresh`` is; the old state goes."""
    old = _old(target, work)
    if not target.exists():
        fresh.rename(target)
        return
    if not exchange(fresh, target):
        target.rename(old)
        fresh.rename(target)
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def recover(target: Path, work: Path) -> None:
    """Bring back the last good state if a run ended between two renames; drop what is left over."""
    old = _old(target, work)
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False if this system cannot."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            call, arguments = library.renamex_np, (os.fsencode(one), os.fsencode(other), _RENAME_SWAP)
        else:
            call, arguments = library.renameat2, (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    except (AttributeError, OSError, TypeError):
        return False
    return bool(call(*arguments) == 0)


def _old(target: Path, work: Path) -> Path:
    return work / f"{target.name}-alt"
