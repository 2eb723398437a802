"""Take the pictures of the editors' guide: ``python3 scripts/guide_pictures.py [--site SITE]``.

They show our own pages only, walked through as the guide tells it, and are written
to ``content/bilder`` together with their credits. The place in them is invented.
Run it again when the form looks different.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "content" / "bilder"
FORM = "mitmachen/formular/"
WIDTH = 780
"""Wide enough for the form, narrow enough to stay readable in the guide's column."""

CREDIT = """# yaml-language-server: $schema=../../schemas/bild.schema.json
titel: '{title}'
urheber: Mitwirkende an Kreislaufstadt
lizenz: CC BY 4.0
lizenz_url: https://creativecommons.org/licenses/by/4.0/deed.de
herkunft: {origin}
"""


def main() -> int:
    """Walk through the steps and take a picture at each."""
    parser = argparse.ArgumentParser(description="Take the pictures of the editors' guide.")
    parser.add_argument("--site", type=Path, help="folder of a finished site; built anew without it")
    options = parser.parse_args()
    from screenshots import build_site  # noqa: PLC0415 - a sibling script, found once this one runs

    with tempfile.TemporaryDirectory() as folder:
        take_pictures(options.site or build_site(Path(folder, "site")))
    print(f"{len(STEPS)} pictures in {FOLDER}")
    return 0


def take_pictures(site: Path) -> None:
    """Take all pictures on one page, step after step."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "plugins")]
    from browser_support import ARGUMENTS, find_browser, open_page, serve  # type: ignore[import-not-found]  # noqa: PLC0415 - the path is set above
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a tool of the tests

    FOLDER.mkdir(exist_ok=True)
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
        with open_page(browser, address + FORM, width=WIDTH) as page:
            for name, (title, step) in STEPS.items():
                first, last = step(page)
                page.screenshot(path=FOLDER / f"{name}.png", clip=span(page, first, last), full_page=True)
                (FOLDER / f"{name}.yml").write_text(CREDIT.format(title=title, origin=site_address() + FORM), encoding="utf-8")
        browser.close()


def span(page: Any, first: str, last: str) -> dict[str, float]:
    """The part of the page from the top of one element to the bottom of another, with a margin."""
    page.evaluate("window.scrollTo(0, 0)")
    boxes = [page.locator(selector).first.bounding_box() for selector in (first, last)]
    top, bottom = boxes[0]["y"] - 16, boxes[1]["y"] + boxes[1]["height"] + 16
    return {"x": 0, "y": max(0, top), "width": WIDTH, "height": bottom - max(0, top)}


def site_address() -> str:
    """The site's address as mkdocs.yml names it."""
    found: list[str] = re.findall(r"(?m)^site_url: (\S+)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    return found[0]


def field(page: Any, name: str) -> Any:
    """A field of the form."""
    return page.locator(f"#feld-{name}")


def show_empty(page: Any) -> tuple[str, str]:
    """The form as it opens; the invented town is added to the choices."""
    page.evaluate("document.querySelector('#feld-kommune').add(new Option('Musterstadt (erfunden)', 'musterstadt'), 1)")
    return "h1", ".form-field:has(#feld-kommune)"


def show_filled(page: Any) -> tuple[str, str]:
    """The required fields at the top, filled in."""
    field(page, "titel").fill("Leihladen in der Stadtbücherei")
    field(page, "kurz").fill("Musterstadt verleiht Werkzeug und Küchengeräte über die Stadtbücherei.")
    field(page, "kommune").select_option("musterstadt")
    field(page, "status").select_option("laufend")
    field(page, "titel").evaluate("element => element.blur()")
    return ".form-field:has(#feld-titel)", ".form-field:has(#feld-status)"


def show_source(page: Any) -> tuple[str, str]:
    """The source, whose address has lost its beginning."""
    field(page, "quellen-1-url").fill("www.example.org/leihladen")
    field(page, "quellen-1-titel").fill("Ein Jahr Leihladen")
    field(page, "quellen-1-herausgeber").fill("Stadt Musterstadt")
    field(page, "quellen-1-abgerufen").fill("2026-01-15")
    field(page, "body").fill("Die Stadtbücherei verleiht seit Mai 2024 Werkzeug und Küchengeräte.")
    return "#feld-quellen", ".form-field:has(#feld-quellen-1-abgerufen)"


def show_fault(page: Any) -> tuple[str, str]:
    """What the form says when something is wrong."""
    page.get_by_role("button", name="Angaben prüfen").click()
    return ".form-summary", ".form-summary"


def show_result(page: Any) -> tuple[str, str]:
    """The finished file and the ways to hand it in."""
    field(page, "quellen-1-url").fill("https://www.example.org/leihladen")
    page.get_by_role("button", name="Angaben prüfen").click()
    page.evaluate("document.querySelector('#datei-inhalt').scrollTop = 0")
    return ".form-result", ".form-result"


STEPS: dict[str, tuple[str, Callable[[Any], tuple[str, str]]]] = {
    "anleitung-formular-leer": ("Formular „Beispiel vorschlagen“", show_empty),
    "anleitung-formular-ausgefuellt": ("Formular mit den ersten Angaben", show_filled),
    "anleitung-quelle": ("Angaben zur Quelle im Formular", show_source),
    "anleitung-meldung": ("Meldung des Formulars", show_fault),
    "anleitung-datei-fertig": ("Fertige Datei im Formular", show_result),
}


if __name__ == "__main__":
    raise SystemExit(main())
