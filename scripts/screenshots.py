"""Take pictures of every kind of page: ``python3 scripts/screenshots.py FOLDER [--site SITE] [--only TEMPLATE …]``.

The site is built first unless ``--site`` names a finished one. Each kind of page
is shown by its largest page, at 1280 and 375 px, light; ``--dark`` adds dark pictures,
``--pdf`` what the browser prints. Pages that show little before the reader has chosen
something are also shown with a choice made.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
WIDTHS = (1280, 375)
MAX_HEIGHT = 6000
"""Longer pages are cut off here; nobody looks at more of a picture."""

CHOICES = {
    "beispiele": {"gefiltert": "?handlungsfeld=textilien&status=laufend", "tabelle": "?ansicht=tabelle", "karte": "?ansicht=karte"},
    "kontakte": {"gefiltert": "?land=niedersachsen"},
    "staedte-wie-wir": {"gewaehlt": "?land=bayern&groesse=100000-250000"},
    "suche": {"treffer": "?q=Mehrweg"},
    "vergleich": {"gewaehlt": "?k=kiel&k=koeln&k=braunschweig"},
    "zeitstrahl": {"gefiltert": "?ebene=eu"},
}
"""Template → name of the picture → what stands behind the page's address when something is chosen."""


def main() -> int:
    """Build if needed, take the pictures, name the folder."""
    options = read_options()
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or build_site(Path(folder, "site"))
        count = take_pictures(site, options.folder, options.only, dark=options.dark, pdf=options.pdf)
    print(f"{count} pictures in {options.folder}")
    return 0


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Take pictures of every kind of page.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--site", type=Path, help="folder of a finished site")
    parser.add_argument("--only", nargs="*", default=(), metavar="TEMPLATE", help="templates to show, such as start kommune")
    parser.add_argument("--dark", action="store_true", help="also in dark")
    parser.add_argument("--pdf", action="store_true", help="also as the browser prints them")
    return parser.parse_args()


def build_site(folder: Path) -> Path:
    """Build the site into a folder."""
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)], cwd=ROOT, check=True)
    return folder


def take_pictures(site: Path, folder: Path, only: tuple[str, ...], *, dark: bool, pdf: bool) -> int:
    """Take one picture per template, choice, width and colour scheme; return how many."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "plugins")]
    from browser_support import ARGUMENTS, find_browser, open_page, samples_of, serve  # type: ignore[import-not-found]  # noqa: PLC0415 - the path is set above
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a tool of the tests

    folder.mkdir(parents=True, exist_ok=True)
    samples = with_choices({name: url for name, url in samples_of(site).items() if not only or name in only})
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
        for name, url in samples.items():
            for width in WIDTHS:
                for scheme in (False, True) if dark else (False,):
                    with open_page(browser, address + url, width=width, dark=scheme) as page:
                        take_picture(page, width, folder / f"{name}-{width}{'-dark' if scheme else ''}.png")
            if pdf:
                with open_page(browser, address + url) as page:
                    page.pdf(path=folder / f"{name}.pdf", format="A4")
        browser.close()
    return len([*folder.glob("*.png"), *folder.glob("*.pdf")])


def with_choices(samples: Mapping[str, str]) -> dict[str, str]:
    """Add to each sample the addresses of the same page with something chosen."""
    chosen = {f"{name}-{choice}": samples[name] + query for name in samples for choice, query in CHOICES.get(name, {}).items()}
    return {**samples, **chosen}


def take_picture(page: Page, width: int, file: Path) -> None:
    """Take a picture of the whole page, once its scripts have answered."""
    page.wait_for_load_state("networkidle")
    height = min(page.evaluate("document.documentElement.scrollHeight"), MAX_HEIGHT)
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=file)


if __name__ == "__main__":
    raise SystemExit(main())
