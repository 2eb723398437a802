"""Is the site whole: ``python -m kreislaufstadt.guard SITE CONTENT [CONFIGURATION [CACHE]]``.

The build script asks this after every build, whatever program built the site: an
engine that silently drops our plugins writes no pages, and says nothing. The answer
depends on the files alone, so for the same files it is kept in the cache.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.cache import Cache, code_digest, digest

if TYPE_CHECKING:
    from collections.abc import Iterator


def main(arguments: list[str]) -> int:
    """Compare the folder with the content and the configuration; 0 means complete."""
    if not 2 <= len(arguments) <= 4:
        sys.stderr.write("python -m kreislaufstadt.guard SITE CONTENT [CONFIGURATION [CACHE]]\n")
        return 2
    site, content = map(Path, arguments[:2])
    config = Path(arguments[2]).read_text("utf-8") if len(arguments) > 2 else ""
    cache = Cache(Path(arguments[3]) if len(arguments) > 3 else None)
    key = digest("complete", code_digest(), config, *_state(content), *_state(site, ".html"), *(path.name for path in sorted(site.glob("*/*"))))
    kept = cache.get(key)
    count = int(kept) if kept is not None else _count(site, content, config, cache)
    if count is not None:
        cache.put(key, str(count).encode())
        sys.stdout.write(f"Vollständig: {count} Einträge haben ihre Seite.\n")
    cache.save()
    cache.close()
    return 0 if count is not None else 1


def _count(site: Path, content: Path, config: str, cache: Cache) -> int | None:
    """Count the entries that have their page, or say what is missing."""
    from kreislaufstadt.catalog import Catalog  # noqa: PLC0415 - half a second that a kept answer saves
    from kreislaufstadt.content_parts import ContentParts  # noqa: PLC0415
    from kreislaufstadt.guard.complete import check_complete, check_plugins, expected_pages  # noqa: PLC0415
    from kreislaufstadt.load import load_content  # noqa: PLC0415
    from kreislaufstadt.report import format_summary, format_text  # noqa: PLC0415

    catalog = Catalog(load_content(content, ContentParts(cache, content)))
    problems = [*check_plugins(site, config), *check_complete(site, catalog)]
    if not problems:
        return sum(1 for _ in expected_pages(catalog))
    sys.stdout.write(f"{format_text(problems)}\n{format_summary(problems)}\n")
    return None


def _state(folder: Path, ending: str = "") -> Iterator[bytes | str]:
    """Every file below the folder with the ending: its path and a digest of what it holds."""
    for parent, names, files in os.walk(folder):
        names.sort()
        for name in sorted(files):
            path = Path(parent, name)
            if name.endswith(ending) and path.is_file():
                yield path.relative_to(folder).as_posix()
                yield digest(path.read_bytes())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
