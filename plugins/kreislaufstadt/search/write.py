"""Write everything the browser needs for the search: pure, the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kreislaufstadt.classic_script import bundle
from kreislaufstadt.search.analysis import Analysis
from kreislaufstadt.search.collected import Collected
from kreislaufstadt.search.documents import FACETS
from kreislaufstadt.search.index import average_lengths, index_page
from kreislaufstadt.search.shards import cut_shards, write_postings
from kreislaufstadt.search.words import collect_vocabulary, write_words
from kreislaufstadt.site_folder import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kreislaufstadt.search.documents import SearchDocument
    from kreislaufstadt.search.index import PageHead
    from kreislaufstadt.search.language import Language

FOLDER = "suche"
"""Folder of the search below the site's root."""

PROGRAM = Path(__file__).parents[3] / "overrides" / "assets" / "suche"
"""Where the browser side's modules are."""


def write_index(documents: Iterable[SearchDocument], language: Language, program: Path = PROGRAM) -> dict[str, bytes]:
    """Analyse the documents and write all files of the search: relative output path → bytes."""
    analysis = Analysis(language)
    pages = [index_page(document, analysis) for document in documents]
    texts = [Made.of(page_file(number, page.data)) for number, page in enumerate(pages)]
    collected = Collected.of(page.terms for page in pages)
    return {name: made.read() for name, made in write_files(pages, collected, texts, language, program).items()}


def write_files(heads: Sequence[PageHead], collected: Collected, texts: Sequence[Made], language: Language, program: Path = PROGRAM) -> dict[str, Made]:
    """Write index, page texts (as :func:`page_file` makes them), language and program: by relative output path.

    All files but one stand in a folder named after a hash of their content, so they
    may be cached for ever; ``suche/verzeichnis.js`` names that folder.
    """
    files = _common_files(heads, collected, language)
    files["kern.js"] = bundle(program / "kern.js").encode()
    files["oberflaeche.js"] = bundle(program / "oberflaeche.js").encode()
    made = {name: Made.of(content) for name, content in files.items()} | {text_file(number): text for number, text in enumerate(texts)}
    digest = _digest(made)
    written = {f"{FOLDER}/{digest}/{name}": content for name, content in sorted(made.items())}
    written[f"{FOLDER}/verzeichnis.js"] = Made.of(as_script("verzeichnis", {"ordner": digest, "seiten": len(heads)}))
    return written


def page_file(number: int, data: bytes) -> bytes:
    """The file with what the browser shows of a page (JSON)."""
    return wrap(_text_name(number), data)


def text_file(number: int) -> str:
    """The name of that file in its folder."""
    return f"{_text_name(number)}.js"


def _text_name(number: int) -> str:
    return f"s{number}"


def _common_files(heads: Sequence[PageHead], collected: Collected, language: Language) -> dict[str, bytes]:
    shards = cut_shards(collected.rows)
    vocabulary = collect_vocabulary(collected.words, collected.stems, language.stop_words)
    data: dict[str, Any] = {f"t{number}": text for number, (_, text) in enumerate(shards)}
    data |= {f"w-{letter}": write_words(words) for letter, words in vocabulary.items()}
    data["teile"] = " ".join(sorted(language.compounds.parts))
    data["grund"] = {
        "laengen": collected.lengths,
        "mittel": average_lengths(collected.lengths),
        "scherben": [first for first, _ in shards],
        "buchstaben": "".join(vocabulary),
        "stoppwoerter": sorted(language.stop_words),
        "synonyme": [_synonym_data(group.words, weak=group.weak) for group in language.synonyms],
        "facetten": _facet_data(heads),
        "gewicht": [[number, head.boost] for number, head in enumerate(heads) if head.boost != 1],
    }
    return {f"{name}.js": as_script(name, value) for name, value in data.items()}


def _synonym_data(words: tuple[str, ...], *, weak: bool) -> dict[str, Any]:
    return {"woerter": list(words), "gering": True} if weak else {"woerter": list(words)}


def _facet_data(pages: Sequence[PageHead]) -> list[dict[str, Any]]:
    facets = []
    for name in FACETS:
        values: dict[str, dict[int, int]] = {}
        for number, page in enumerate(pages):
            for label in page.facets.get(name, ()):
                values.setdefault(label, {})[number] = 1
        rows = [{"titel": label, "seiten": write_postings([members])} for label, members in sorted(values.items())]
        facets.append({"name": name, "werte": rows})
    return facets


def as_script(name: str, data: Any) -> bytes:
    """Write data as a call that a script tag can run and a reader can cut the JSON out of (its middle line)."""
    return wrap(name, to_json(data).encode())


def to_json(data: Any) -> str:
    """Write data as JSON in one line."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def wrap(name: str, text: bytes) -> bytes:
    """Put JSON into the call."""
    return b'kreislaufsuche("%b",\n%b\n);\n' % (name.encode(), text)


def _digest(files: Mapping[str, Made]) -> str:
    total = hashlib.sha256()
    for name, made in sorted(files.items()):
        total.update(f"{name}\0{made.name}\0".encode())
    return total.hexdigest()[:12]
