"""Pack a site that was built for ``file://``: ``python -m kreislaufstadt.offline SITE PROJECT ARCHIVE``."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

from kreislaufstadt.offline.pack import write_archive


def main(arguments: list[str]) -> int:
    """Write the archive; its date is that of ``SOURCE_DATE_EPOCH``."""
    if len(arguments) != 3:
        sys.stderr.write("python -m kreislaufstadt.offline SITE PROJECT ARCHIVE\n")
        return 2
    site, project, target = map(Path, arguments)
    day = dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), dt.UTC).date()
    count = write_archive(site, project, target, day)
    size = f"{target.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    sys.stdout.write(f"Offline-Fassung: {target} ({count} Dateien, {size} MB)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
