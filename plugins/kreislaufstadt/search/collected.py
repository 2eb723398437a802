"""What all pages together give the search, changed page by page: a change of some pages touches only their terms.

The result is the same as that of collecting anew; the order in which pages changed leaves no trace.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pydantic_core import from_json, to_json

from kreislaufstadt.search.index import FIELDS, PageTerms
from kreislaufstadt.search.shards import Rows, change_field, join_rows, renumber_field
from kreislaufstadt.search.words import stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kreislaufstadt.search.order import Order

NO_TERMS = PageTerms(tuple({} for _ in FIELDS), (), ())
"""What the index holds of a page that is not there: as it was before it came, as it is when it has gone."""


@dataclass
class Collected:
    """Postings by term as :func:`join_rows` writes them, lengths of each page's fields, words with their weights and stems."""

    rows: dict[str, str] = field(default_factory=dict)
    lengths: list[list[int]] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[PageTerms]) -> Collected:
        """Collect the pages; their order is their number."""
        gathering = Gathering()
        for page in pages:
            gathering.add(page)
        return gathering.finish()

    def change(self, pages: Mapping[int, tuple[PageTerms, PageTerms]]) -> None:
        """Replace pages by number: as they were, as they are."""
        touched: list[dict[str, dict[int, int]]] = [{} for _ in FIELDS]
        for number, (old, new) in pages.items():
            for terms, before, after in zip(touched, old.counts, new.counts, strict=True):
                for term in before.keys() | after.keys():
                    if before.get(term) != after.get(term):
                        terms.setdefault(term, {})[number] = after.get(term, 0)
            self.lengths[number] = list(map(len, new.counts))
            self._change_words(Counter(chain(old.words, old.strong)), Counter(chain(new.words, new.strong)))
        for place, terms in enumerate(touched):
            for term, counts in terms.items():
                self._change_field(term, place, counts)

    def _change_field(self, term: str, place: int, counts: Mapping[int, int]) -> None:
        fields = self.rows.pop(term, "").split(";")
        fields += [""] * (place + 1 - len(fields))
        fields[place] = change_field(fields[place], counts)
        if row := ";".join(fields).rstrip(";"):
            self.rows[term] = row

    def renumber(self, order: Order, total: int) -> None:
        """Give pages the numbers they have among so many now; those that go have no terms any more, those that come have none yet."""
        lengths = [[0] * len(FIELDS) for _ in range(total)]
        for before, now in order.numbers():
            lengths[now] = self.lengths[before]
        self.lengths = lengths
        self.rows = {term: ";".join([text and renumber_field(text, order) for text in row.split(";")]) for term, row in self.rows.items()}

    def _change_words(self, old: Mapping[str, int], new: Mapping[str, int]) -> None:
        for word in old.keys() | new.keys():
            weight = self.words.pop(word, 0) + new.get(word, 0) - old.get(word, 0)
            if weight:
                self.words[word] = weight
                self.stems.setdefault(word, stem_of(word))
            else:
                self.stems.pop(word, None)

    def pack(self) -> bytes:
        """Write it for a later build."""
        return to_json(vars(self))

    @classmethod
    def unpack(cls, stored: bytes) -> Collected:
        """Read what :meth:`pack` wrote."""
        return cls(**from_json(stored))


class Packed(NamedTuple):
    """What some pages in a row give together, as it travels: :class:`Rows` by field, lengths, words with their weights."""

    fields: list[dict[str, bytes]]
    lengths: list[list[int]]
    words: dict[str, int]


class Gathering:
    """Collects pages one after the other."""

    def __init__(self, first: int = 0) -> None:
        """Begin without pages; ``first`` is the number of the first one."""
        self._first = first
        self._fields = [Rows() for _ in FIELDS]
        self._lengths: list[list[int]] = []
        self._words = Counter[str]()

    def add(self, page: PageTerms) -> None:
        """Add the next page."""
        for rows, counts in zip(self._fields, page.counts, strict=True):
            rows.add(self._first + len(self._lengths), counts)
        self._lengths.append(list(map(len, page.counts)))
        self._words.update(page.words)
        self._words.update(page.strong)

    def pack(self) -> Packed:
        """What the pages give together, for another process."""
        return Packed([rows.pack() for rows in self._fields], self._lengths, dict(self._words))

    def join(self, packed: Packed) -> None:
        """Add the next pages, collected elsewhere."""
        for rows, some in zip(self._fields, packed.fields, strict=True):
            rows.join(some)
        self._lengths += packed.lengths
        self._words.update(packed.words)

    def finish(self) -> Collected:
        """What the pages give together."""
        return Collected(join_rows(self._fields), self._lengths, dict(self._words), {word: stem_of(word) for word in self._words})
