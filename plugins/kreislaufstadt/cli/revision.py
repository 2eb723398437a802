"""The content folder as it was in another version of the repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.load import load_content

if TYPE_CHECKING:
    from kreislaufstadt.loaded import Loaded


class RevisionError(Exception):
    """The version cannot be read; the message says in German what to do."""


def load_revision(root: Path, revision: str) -> Loaded:
    """Load the content folder ``root`` as of a version that git knows."""
    place = root.resolve()
    commit = _git(place, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    if not commit:
        raise RevisionError(f"Die Fassung „{revision}“ kennt git hier nicht. Bitte den Namen prüfen oder sie mit git fetch holen.")
    archive = _git(place, "archive", "--format=tar", commit, ".")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / root.name
        target.mkdir()
        if archive:
            with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
                tar.extractall(target, filter="data")
        return load_content(target)


def _git(folder: Path, *arguments: str) -> bytes:
    """What git prints; nothing if it is missing or refuses."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603, S607 - git of the PATH, arguments without a shell
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
