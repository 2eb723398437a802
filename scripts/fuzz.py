"""Feed random input to reader, linker, sanitiser and search: ``python3 scripts/fuzz.py [ZIEL] [--sekunden 60]``.

Uses atheris (coverage-guided) where it is installed, otherwise hypothesis's random texts. Any exception is
a fault of ours: content faults are problems, never exceptions. The tests run the hypothesis part briefly.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tests")]

if TYPE_CHECKING:
    from collections.abc import Callable

DICTIONARY = (
    *("---\n", "titel: ", "kurz: ", "- ", ": ", "\n", "[[", "]]", "|", "](", "[Q:", "](javascript:", "<script>", "&lt;", "&#", "{{", "!!! hinweis "),
    *('"', "```\n", "| a | b |\n|---|---|\n", "[^1]", "> ", "1. ", "# ", "**", "\\"),
    *("\u202e", "\u200b", "ß", "Kreislauf", "wirtschaft", "\x00", "\r", "🌱", "<!--"),
)


def read(text: str) -> None:
    """Reader: YAML and front matter."""
    from kreislaufstadt.source import read_source  # noqa: PLC0415 - instrumented by atheris before import

    for file in ("content/x.md", "content/x.yml"):
        read_source(file, text.encode("utf-8", "surrogatepass"))


def link(text: str) -> None:
    """Linker: entry links, and code that is none."""
    from kreislaufstadt.references import find_wiki_links, mask_code  # noqa: PLC0415

    links = list(find_wiki_links(text))
    assert len(mask_code(text)) == len(text)  # noqa: S101 - the property under test
    assert all(text[found.index : found.index + 2] == "[[" for found in links)  # noqa: S101


def render(text: str) -> None:
    """Text to HTML and through the sanitiser: what comes out is strict HTML with nothing unsafe."""
    from kreislaufstadt.guard.reading import read_page  # noqa: PLC0415
    from kreislaufstadt.prose import ProseContext, ProseRenderer  # noqa: PLC0415

    clean = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())[:2000]
    html = ProseRenderer().render(clean, ProseContext(lambda _kind, _name: None, lambda _path: None)).html
    page = f'<!doctype html>\n<html lang="de"><head><title>x</title></head><body>{html}</body></html>'
    refused = ("<img", "&lt;img", "&lt;a&gt;", "&lt;a href=")  # foreign pictures and forbidden schemes: named, and a build stops
    found = [finding for finding in read_page(page).findings if finding.code in {"KS602", "KS603", "KS612"}]
    unsafe = [finding for finding in found if not any(part in finding.message for part in refused)]
    assert not unsafe, unsafe  # noqa: S101


def analyse(text: str) -> None:
    """The search's reading of a text: every word stands where it says, and can be folded and taken apart."""
    from kreislaufstadt.search.text import clean, find_tokens, fold, split_token  # noqa: PLC0415

    plain = clean(text)
    for token in find_tokens(plain):
        assert plain[token.start : token.start + len(token.text)] == token.text  # noqa: S101 - the property under test
        for part in split_token(token.text):
            fold(part)


def scan(text: str) -> None:
    """The guard's own readers of pages, styles, scripts and drawings."""
    from kreislaufstadt.guard.assets import read_script, read_style  # noqa: PLC0415
    from kreislaufstadt.guard.drawings import read_drawing  # noqa: PLC0415
    from kreislaufstadt.guard.reading import read_page  # noqa: PLC0415

    read_page(text)
    read_style(text)
    read_script(text)
    read_drawing(text.encode("utf-8", "replace"))


TARGETS: dict[str, Callable[[str], None]] = {"lesen": read, "verweise": link, "text": render, "suche": analyse, "pruefung": scan}


def random_text(dice: random.Random) -> str:
    """A text of words of the dictionary and any characters."""
    parts = [dice.choice(DICTIONARY) if dice.random() < 0.7 else chr(dice.randrange(1, 0x2FFF)) for _ in range(dice.randrange(1, 60))]
    return "".join(parts)


def run_random(name: str, seconds: float, seed: int) -> int:
    """Run one target on random texts and return how many."""
    dice, end, count = random.Random(seed), time.monotonic() + seconds, 0  # noqa: S311 - repeatable, no secret
    while time.monotonic() < end:
        text = random_text(dice)
        try:
            TARGETS[name](text)
        except Exception:
            print(f"Ziel {name}, Eingabe {text!r}", flush=True)
            raise
        count += 1
    return count


def run_atheris(name: str, seconds: float) -> None:
    """Run one target with coverage feedback; atheris ends the process."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["kreislaufstadt"]):
        TARGETS[name]("x")

    def test(data: bytes) -> None:
        TARGETS[name](data.decode("utf-8", "replace"))

    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", "-max_len=4096"], test)
    atheris.Fuzz()


def main() -> int:
    """Fuzz one target, or all of them one after another."""
    parser = argparse.ArgumentParser(description="Füttert das Programm mit zufälligen Eingaben.")
    parser.add_argument("ziel", nargs="?", choices=list(TARGETS), help="nur dieses Ziel")
    parser.add_argument("--sekunden", type=float, default=30, help="Dauer je Ziel")
    parser.add_argument("--keim", type=int, default=1, help="Startwert des Zufalls")
    parser.add_argument("--atheris", action="store_true", help="mit Rückmeldung über den durchlaufenen Code (Paket atheris)")
    options = parser.parse_args()
    if options.atheris:
        run_atheris(options.ziel or "lesen", options.sekunden)
    for name in [options.ziel] if options.ziel else TARGETS:
        count = run_random(name, options.sekunden, options.keim)
        print(f"{name}: {count} Eingaben, kein Fehler")
    return 0


if __name__ == "__main__":
    sys.exit(main())
