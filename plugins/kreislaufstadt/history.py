"""When each content file was last changed, from git; nothing where the history is not all there."""

from __future__ import annotations

import datetime as dt
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MARK = "\0"


def read_history(content: Path) -> Mapping[str, dt.date]:
    """The day of the last commit by file (``content/…``); empty without git or with a shallow clone.

    In a shallow clone every file would seem to be as old as the clone's oldest commit.
    """
    if _git(content, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    text = _git(content, "-c", "core.quotePath=false", "log", f"--format={'%x00'}%cs", "--name-only", "--relative", "--no-renames", "--", ".")
    days: dict[str, dt.date] = {}
    for commit in text.split(_MARK)[1:]:
        day, *names = commit.split("\n")
        for name in filter(None, names):
            days.setdefault(f"{content.name}/{name}", dt.date.fromisoformat(day))
    return days


def _git(folder: Path, *arguments: str) -> str:
    """What git prints; nothing if it is missing or refuses."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603, S607 - git of the PATH, arguments without a shell
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def history_address(repo: str, edit: str) -> str:
    """The forge's address of a file's history, from that of its editor: ``edit`` becomes ``commits``."""
    if not repo or not edit:
        return ""
    for editor, history in (("_edit/", "commits/branch/"), ("-/edit/", "-/commits/"), ("edit/", "commits/")):
        if f"{edit}/".startswith(editor):
            return f"{repo}/{history}{f'{edit}/'.removeprefix(editor)}{{path}}"
    return ""
