"""Compressed copies beside the files: ``.gz`` and ``.br``, the same bytes from the same file.

``python -m kreislaufstadt.guard.compress SITE [LAST]``; copies of files that have not
changed since the folder LAST are taken from there.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import brotli

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = frozenset(
    {".html", ".css", ".js", ".mjs", ".json", ".geojson", ".jsonld", ".svg", ".xml", ".txt", ".csv", ".ics", ".vcf", ".webmanifest"}
    | {".ttl", ".nt", ".rdf", ".atom", ".md", ".yml"}
)
"""Files that shrink; images, fonts and archives do not."""

SMALLEST = 512
"""Below this many bytes a copy saves nothing."""

_QUALITY = 9


def compress_site(folder: Path, last: Path | None = None) -> int:
    """Write the copies and return how many files have them."""
    files = list(compressible(folder))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda file: _compress(folder / file, last / file if last else None), files))
    return len(files)


def compressible(folder: Path) -> Iterator[str]:
    """The files that get copies, in order."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in ENDINGS and path.is_file() and path.stat().st_size >= SMALLEST:
            yield path.relative_to(folder).as_posix()


def _compress(path: Path, last: Path | None) -> None:
    raw = path.read_bytes()
    targets = [path.with_name(f"{path.name}{ending}") for ending in (".gz", ".br")]
    if last and last.is_file() and last.read_bytes() == raw:
        sources = [last.with_name(target.name) for target in targets]
        if all(source.is_file() for source in sources):
            for source, target in zip(sources, targets, strict=True):
                shutil.copyfile(source, target)
            return
    targets[0].write_bytes(gzip.compress(raw, 9, mtime=0))
    targets[1].write_bytes(brotli.compress(raw, mode=brotli.MODE_TEXT, quality=_QUALITY))


def main(arguments: list[str]) -> int:
    """Compress a folder from the command line."""
    last = Path(arguments[1]) if len(arguments) > 1 else None
    compress_site(Path(arguments[0]), last if last and last.is_dir() else None)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
