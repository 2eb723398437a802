"""A content tree of any size for measuring: the project's own content plus generated entries.

Generated entries are marked as test data in title, text and file name. Their
sentences are drawn from the project's own examples, so that words, lengths and
glossary hits are those of real German pages.
"""

from __future__ import annotations

import random
import re
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SOURCE = "https://example.org/testdaten"
FIELDS = ("bauen", "beschaffung", "textilien", "verpackung", "ernaehrung", "elektro", "abfall", "gewerbe-industrie")
COMPONENTS = ("leitbild-und-ziele", "strategie", "prozesse", "strukturen", "instrumente", "produkte")
STATES = (("niedersachsen", "03", 52.3, 9.8), ("bayern", "09", 48.9, 11.4), ("sachsen", "14", 51.0, 13.4), ("hessen", "06", 50.6, 9.0))
STATUS = ("geplant", "laufend", "laufend", "laufend", "abgeschlossen", "gestoppt", "unbekannt")


def generate(content: Path, target: Path, count: int, seed: int = 1) -> None:
    """Copy ``content`` to ``target`` and add ``count`` examples with places and offices."""
    shutil.copytree(content, target)
    rng = random.Random(seed)  # noqa: S311 - test data
    sentences = read_sentences(content)
    places = max(1, count // 10)
    for number in range(places):
        write(target / "kommunen" / f"testort-{number:05d}.md", municipality(rng, number, sentences))
        write(target / "kontakte" / f"testort-{number:05d}-stelle.yml", contact(number))
    for number in range(count):
        write(target / "beispiele" / f"testfall-{number:05d}.md", example(rng, number, number % places, count, sentences))


def write(path: Path, text: str) -> None:
    """Write one generated file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def read_sentences(content: Path) -> Sequence[str]:
    """Sentences of the real examples, without links and marks."""
    found: list[str] = []
    for file in sorted((content / "beispiele").glob("*.md")):
        body = file.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        found += [part.strip() for part in re.split(r"(?<=[.!?])\s+", body) if len(part) > 40 and "[" not in part]
    return found or ["Dies ist ein Satz aus Testdaten, der nur zum Messen da ist."]


def citation() -> str:
    """A source that says what it is."""
    return f"quellen:\n  - url: {SOURCE}\n    titel: Testdaten ohne Aussage\n    herausgeber: Testdaten\n    abgerufen: 2026-01-15\n"


def text(rng: random.Random, sentences: Sequence[str], paragraphs: int) -> str:
    """Paragraphs of four to six sentences under headings."""
    blocks = []
    for number in range(paragraphs):
        if number % 2:
            blocks.append(f"## Abschnitt {number // 2 + 1}")
        blocks.append(" ".join(rng.choice(sentences) for _ in range(rng.randint(4, 6))))
    return "\n\n".join(blocks) + "\n"


def municipality(rng: random.Random, number: int, sentences: Sequence[str]) -> str:
    """A place that says that it is test data."""
    state, prefix, north, east = STATES[number % len(STATES)]
    return (
        f"---\ntitel: Testort {number} (Testdaten)\ntyp: stadt\nstaat: de\nland: {state}\nags: '{prefix}{number % 10**6:06d}'\n"
        f"einwohner:\n  wert: {rng.randint(2000, 600000)}\n  stand: 2022-12-31\n  quelle: {SOURCE}\n"
        f"lage:\n  breite: {north + rng.uniform(-0.5, 0.5):.3f}\n  laenge: {east + rng.uniform(-0.5, 0.5):.3f}\n"
        f"studie:\n  teilnahme: nicht-belegt\n"
        f"strategie:\n  titel: Konzept (Testdaten)\n  stand: beschlossen\n  datum: 2024\n  quellen:\n    - {SOURCE}\n"
        f"{citation()}---\n\n{text(rng, sentences, 2)}"
    )


def contact(number: int) -> str:
    """An office that says that it is test data."""
    return (
        f"titel: Teststelle {number} (Testdaten)\nart: funktion\naufgabe: Auskunft (Testdaten)\nrollen:\n  - wirtschaftsfoerderung\n"
        f"kommune: testort-{number:05d}\nemail: stelle{number}@example.org\nzweck: Testdaten\n{citation()}"
    )


def example(rng: random.Random, number: int, place: int, count: int, sentences: Sequence[str]) -> str:
    """An example with figures, mapping and links, about 600 words long."""
    fields = "".join(f"    - {field}\n" for field in rng.sample(FIELDS, 2))
    parts = "".join(f"    - {part}\n" for part in rng.sample(COMPONENTS, 2))
    figures = "".join(
        f"  - bezeichnung: Menge {index} (Testdaten)\n    wert: {rng.randint(1, 99999)}\n    einheit: t pro Jahr\n"
        f"    zeitraum: '2024'\n    art: {rng.choice(('ziel', 'ergebnis', 'schaetzung', 'aufwand'))}\n    quelle: {SOURCE}\n"
        for index in range(3)
    )
    other = rng.randrange(count)
    return (
        f"---\ntitel: Testfall {number} (Testdaten)\nkurz: Ein erzeugtes Beispiel zum Messen, Nummer {number}.\n"
        f"kommune: testort-{place:05d}\nstatus: {rng.choice(STATUS)}\nseit: {rng.randint(2010, 2025)}\nbeteiligte:\n  - Testamt (Testdaten)\n"
        f"kennzahlen:\n{figures}einordnung:\n  komponenten:\n{parts}  handlungsfelder:\n{fields}"
        f"  r_strategien:\n    - r{rng.randrange(10)}\n  sdg:\n    - '12'\nkontakte:\n  - testort-{place:05d}-stelle\n"
        f"{citation()}---\n\n{text(rng, sentences, 7)}\nSiehe auch [[testfall-{other:05d}]] und [[kommune:testort-{place:05d}]].\n"
    )
