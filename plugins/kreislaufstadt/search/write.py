"""Write everything the browser needs for the search: pure, the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kreislaufstadt.classic_script import bundle
from kreislaufstadt.search.analysis import Analysis
from kreislaufstadt.search.documents import FACETS
from kreislaufstadt.search.index import Index, IndexedPage, build_index, index_page
from kreislaufstadt.search.shards import cut_shards, write_postings
from kreislaufstadt.search.words import collect_vocabulary, write_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kreislaufstadt.search.documents import SearchDocument
    from kreislaufstadt.search.language import Language

FOLDER = "suche"
"""Folder of the search below the site's root."""

PROGRAM = Path(__file__).parents[3] / "overrides" / "assets" / "suche"
"""Where the browser side's modules are."""


def write_index(documents: Iterable[SearchDocument], language: Language, program: Path = PROGRAM) -> dict[str, bytes]:
    """Analyse the documents and write all files of the search."""
    analysis = Analysis(language)
    return write_files([index_page(document, analysis) for document in documents], language, program)


def write_files(pages: Sequence[IndexedPage], language: Language, program: Path = PROGRAM) -> dict[str, bytes]:
    """Write index, page texts, language and program: relative output path → bytes.

    All files but one stand in a folder named after a hash of their content, so they
    may be cached for ever; ``suche/verzeichnis.js`` names that folder.
    """
    files = _data_files(pages, build_index(pages), language)
    files["kern.js"] = bundle(program / "kern.js").encode()
    files["oberflaeche.js"] = bundle(program / "oberflaeche.js").encode()
    digest = _digest(files)
    written = {f"{FOLDER}/{digest}/{name}": content for name, content in sorted(files.items())}
    written[f"{FOLDER}/verzeichnis.js"] = as_script("verzeichnis", {"ordner": digest, "seiten": len(pages)})
    return written


def _data_files(pages: Sequence[IndexedPage], index: Index, language: Language) -> dict[str, bytes]:
    shards = cut_shards(index)
    vocabulary = collect_vocabulary(pages, language.stop_words)
    data: dict[str, Any] = {f"t{number}": text for number, (_, text) in enumerate(shards)}
    data |= {f"w-{letter}": write_words(words) for letter, words in vocabulary.items()}
    data["teile"] = " ".join(sorted(language.compounds.parts))
    data["grund"] = {
        "laengen": index.lengths,
        "mittel": index.average_lengths,
        "scherben": [first for first, _ in shards],
        "buchstaben": "".join(vocabulary),
        "stoppwoerter": sorted(language.stop_words),
        "synonyme": [_synonym_data(group.words, weak=group.weak) for group in language.synonyms],
        "facetten": _facet_data(pages),
        "gewicht": [[number, page.boost] for number, page in enumerate(pages) if page.boost != 1],
    }
    texts = {name: to_json(value) for name, value in data.items()}
    texts |= {f"s{number}": page.data for number, page in enumerate(pages)}
    return {f"{name}.js": wrap(name, text) for name, text in texts.items()}


def _synonym_data(words: tuple[str, ...], *, weak: bool) -> dict[str, Any]:
    return {"woerter": list(words), "gering": True} if weak else {"woerter": list(words)}


def _facet_data(pages: Sequence[IndexedPage]) -> list[dict[str, Any]]:
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
    return wrap(name, to_json(data))


def to_json(data: Any) -> str:
    """Write data as JSON in one line."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def wrap(name: str, text: str) -> bytes:
    """Put JSON into the call."""
    return f'kreislaufsuche("{name}",\n{text}\n);\n'.encode()


def _digest(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()[:12]
