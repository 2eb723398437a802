"""Does every public entry have its page: ``python -m kreislaufstadt.guard SITE CONTENT``.

The build script asks this after every build, whatever program built the site: an
engine that silently drops our plugins writes no pages, and says nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.guard.complete import check_complete, expected_pages
from kreislaufstadt.load import load_content
from kreislaufstadt.report import format_summary, format_text


def main(arguments: list[str]) -> int:
    """Compare the folder with the content; 0 means complete."""
    if len(arguments) != 2:
        sys.stderr.write("python -m kreislaufstadt.guard SITE CONTENT\n")
        return 2
    site, content = map(Path, arguments)
    catalog = Catalog(load_content(content))
    problems = check_complete(site, catalog)
    if problems:
        sys.stdout.write(f"{format_text(problems)}\n{format_summary(problems)}\n")
        return 1
    count = sum(1 for _ in expected_pages(catalog))
    sys.stdout.write(f"Vollständig: {count} Einträge haben ihre Seite.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
