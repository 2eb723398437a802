"""Swap folders again and again; killed at line number ``at`` of the work, or by whoever started it."""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path
from typing import Any

folder, at, mode = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
import swap  # noqa: E402 - the path is set just above

FILES = 12
steps = itertools.count(1)


def count(frame: Any, _event: str, _argument: Any) -> Any:
    """Kill the process at the chosen step, without any chance to tidy up."""
    if frame.f_code.co_filename.rpartition(os.sep)[2] in {"swap.py", "kill_swap.py", "shutil.py", "pathlib.py"} and next(steps) == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return count


def build(number: int) -> None:
    """Build one generation and put it in place."""
    fresh = swap.fresh_folder(folder / "site", folder / "work")
    for name in range(FILES):
        path = fresh / f"ordner-{name % 3}" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(number))
    swap.swap(fresh, folder / "site", folder / "work")


if mode == "paar":
    swap.exchange = lambda _one, _other: False
if at:
    sys.settrace(count)
for generation in range(2, 5):
    build(generation)
sys.settrace(None)
print("steps", next(steps))
