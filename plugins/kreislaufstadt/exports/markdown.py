"""A page as plain Markdown: for programs that read text, and as the way to another site generator.

Each page becomes ``<address>index.md``; links between pages are relative links
between these files, so any generator that knows Markdown keeps the addresses.
"""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import LICENCE_TITLE
from kreislaufstadt.exports.fields import FieldDoc, fields_of
from kreislaufstadt.layout import classify, entry_id
from kreislaufstadt.model.kinds import Kind
from kreislaufstadt.model.numbers import format_number
from kreislaufstadt.model.values import PartialDate
from kreislaufstadt.references import MARKDOWN_LINK, ORIGINS, SOURCE_MARK, WIKI_LINK, mask_code
from kreislaufstadt.urls import page_url, relative_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pydantic import BaseModel

    from kreislaufstadt.catalog import Key
    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.model.parts import Citation

SKIPPED = frozenset({"id", "titel", "kurz", "suchbegriffe", "frueher", "body", "quellen", "vorlage", "reihenfolge", "verlinken"})
"""Fields that are no content of their own, or stand elsewhere on the page."""

_ORIGIN = re.compile(rf"(?m)^([ \t]*(?:[-*+] |\d+\. )?)\[({'|'.join(ORIGINS)})\]\s*")
_MARKS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|"})


@dataclass(frozen=True)
class PageText:
    """What a page's Markdown needs: address, title, words, the entry it shows, pages it lists."""

    url: str
    title: str
    kind: str
    description: str
    key: Key | None = None
    folder: str = ""
    """The content folder of the page's text, that its relative links start from."""
    links: tuple[tuple[str, str, str], ...] = ()
    """Title, address and words of pages that it lists."""


def markdown_path(url: str) -> str:
    """Where the Markdown of a page is."""
    return f"{url}index.md"


@lru_cache(maxsize=20_000)
def escape(text: str) -> str:
    """Plain text in one line of Markdown; titles and words of lists stand on many pages."""
    return " ".join(text.split()).translate(_MARKS)


class MarkdownWriter:
    """Writes pages; ``label`` gives the German word of an enumeration's value."""

    def __init__(self, data: Dataset, label: Callable[[Any], str]) -> None:
        """Keep catalogue and words."""
        self._data = data
        self._label = label
        self._public = dict(data.all_entries())

    def write(self, page: PageText) -> str:
        """One page."""
        entry = self._find(page.key) if page.key else None
        blocks = [self._head(page), f"# {escape(page.title)}"]
        if page.description:
            blocks.append(escape(page.description))
        if entry is not None:
            blocks += self._fields(page.url, entry)
            blocks.append(self._body(page, entry))
        if page.links:
            blocks += ["## Seiten dazu", "\n".join(self._listed(page))]
        sources: Sequence[Citation] = getattr(entry, "sources", ())
        if sources:
            blocks += ["## Quellen", "\n".join(f"{number}. {_cite(source)}" for number, source in enumerate(sources, 1))]
        blocks.append(self._origin(page))
        return "\n\n".join(block for block in blocks if block.strip()) + "\n"

    def _find(self, key: Key) -> Any:
        found = self._data.catalog.find(*key)  # asked in any case: a catalogue may note what a page was made from
        return self._public.get(key) or found

    def _head(self, page: PageText) -> str:
        rows = {"title": page.title, "description": page.description}
        lines = (f"{name}: {json.dumps(' '.join(value.split()), ensure_ascii=False)}" for name, value in rows.items() if value)
        return "---\n" + "\n".join(lines) + "\n---"

    def _origin(self, page: PageText) -> str:
        origin = self._data.catalog.provenance(page.key) if page.key else None
        taken = f" Übernommen von {escape(origin.name)} (<{origin.url}>), Stand {origin.as_of.german}." if origin else ""
        address = self._data.absolute(page.url)
        return f"---\n\n{escape(self._data.facts.name)}: <{address}>. Lizenz: {LICENCE_TITLE}.{taken}"

    def _listed(self, page: PageText) -> Iterator[str]:
        for title, url, words in page.links:
            tail = f": {escape(words)}" if words else ""
            yield f"- [{escape(title)}]({self._href(page.url, url)}){tail}"

    @staticmethod
    def _href(here: str, url: str) -> str:
        return url if url.startswith(("https://", "http://")) else relative_url(here, url, index="index.md")

    # fields

    def _fields(self, here: str, value: Any, level: int = 0) -> list[str]:
        model: type[BaseModel] = type(value)
        lines: list[str] = []
        tables: list[str] = []
        for doc in fields_of(model):
            found = getattr(value, doc.attribute)
            if found is None or (doc.many and not found) or (level == 0 and doc.name in SKIPPED):
                continue
            if doc.part is not None and doc.many:
                tables += [f"## {doc.title}", self._table(here, doc, found)]
            else:
                lines += self._field(here, doc, found, level)
        return ["\n".join(lines), *tables]

    def _field(self, here: str, doc: FieldDoc, found: Any, level: int) -> list[str]:
        editorial = " (redaktionell)" if doc.description.startswith("Redaktionell") else ""
        start = "    " * level + f"- **{escape(doc.title)}{editorial}:**"
        if doc.part is not None:
            below = "\n".join(self._fields(here, found, level + 1)).strip("\n")
            return [start, below] if below.strip() else []
        if doc.many and not doc.kinds:
            return [start, *("    " * (level + 1) + f"- {self._value(here, doc, item)}" for item in found)]
        words = ", ".join(self._value(here, doc, item) for item in (found if doc.many else (found,)))
        return [f"{start} {words}"]

    def _table(self, here: str, doc: FieldDoc, rows: Sequence[Any]) -> str:
        assert doc.part is not None  # noqa: S101 - asked by the caller
        used = [column for column in fields_of(doc.part) if any(getattr(row, column.attribute) is not None for row in rows)]
        lines = [" | ".join(escape(column.title) for column in used), " | ".join("---" for _ in used)]
        for row in rows:
            cells = ((column, getattr(row, column.attribute)) for column in used)
            lines.append(" | ".join("" if found is None else self._value(here, column, found) for column, found in cells))
        return "\n".join(f"| {line} |" for line in lines)

    def _value(self, here: str, doc: FieldDoc, value: Any) -> str:
        if doc.kinds:
            return self._reference(here, doc.kinds, str(value))
        if isinstance(value, bool):
            return "ja" if value else "nein"
        if isinstance(value, PartialDate):
            return value.german
        text = str(value)
        if isinstance(value, int | float):
            return format_number(text.replace(".", ",")) if doc.form == "integer" else text.replace(".", ",")
        if text.startswith(("http://", "https://")):
            return f"<{text}>"
        return escape(self._label(value) if doc.choices else getattr(value, "german", text))

    def _reference(self, here: str, kinds: Sequence[str], name: str) -> str:
        for kind in kinds:
            found = self._data.catalog.find(kind, name)
            page = page_url(kind, name)
            if found is not None and self._data.page(kind, name) and page is not None:
                return f"[{escape(found.title)}]({self._href(here, page)})"
            if found is not None:
                return escape(found.title)
        return escape(name)

    # prose

    def _body(self, page: PageText, entry: Any) -> str:
        body: str = getattr(entry, "body", "")
        if not body.strip():
            return ""
        keys = {source.key: number for number, source in enumerate(getattr(entry, "sources", ()), 1) if source.key}
        text = _replace(body, "[[", WIKI_LINK, lambda found: self._wiki_link(page, found))
        text = _replace(text, "[Q:", SOURCE_MARK, lambda found: _source_mark(found, keys))
        text = _replace(text, "](", MARKDOWN_LINK, lambda found: self._link(page, found))
        return (_ORIGIN.sub(r"\1**\2:** ", text) if "[" in text else text).strip()

    def _wiki_link(self, page: PageText, found: re.Match[str]) -> str:
        kind, _, name = found["target"].strip().rpartition(":")
        name, mark, anchor = name.partition("#")
        targets = self._data.catalog.resolve_text_target(kind.strip(), name.strip())
        label = (found["label"] or "").strip()
        entry = self._data.catalog.find(*targets[0]) if len(targets) == 1 else None
        url = page_url(*targets[0]) if entry is not None else None
        if entry is None or url is None or not self._data.page(*targets[0]):
            return label or (entry.title if entry else name)
        return f"[{label or escape(entry.title)}]({self._href(page.url, url)}{mark}{anchor})"

    def _link(self, page: PageText, found: re.Match[str]) -> str:
        """A link between content files leads to the Markdown of the page, or to the picture."""
        url = found["url"].strip("<>")
        if re.match(r"[a-z][a-z0-9+.-]*:|#", url) or url.partition("#")[0].endswith("index.md"):
            return found[0]
        path, mark, anchor = url.partition("#")
        parts = tuple(posixpath.normpath(posixpath.join(page.folder, path)).split("/"))
        kind = classify(parts)
        target = page_url(kind.name, entry_id(kind, parts)) if isinstance(kind, Kind) else "/".join(parts)
        if target is None:
            return found["label"]
        return f"{found['image']}[{found['label']}]({self._href(page.url, target)}{mark}{anchor})"


def _replace(text: str, sign: str, pattern: re.Pattern[str], make: Callable[[re.Match[str]], str]) -> str:
    """Replace what the pattern finds outside of code; nothing holds a match without ``sign``."""
    if sign not in text:
        return text
    parts, position = [], 0
    for found in pattern.finditer(mask_code(text)):
        parts += [text[position : found.start()], make(found)]
        position = found.end()
    return "".join([*parts, text[position:]])


def _source_mark(found: re.Match[str], keys: dict[str, int]) -> str:
    numbers = [str(keys[key]) for key in (part.strip() for part in found["keys"].split(",")) if key in keys]
    return f"[{', '.join(numbers)}]" if numbers else ""


def _cite(source: Citation) -> str:
    parts = [f"[{escape(source.title)}](<{source.url}>)", escape(source.publisher)]
    if source.published:
        parts.append(f"vom {source.published.german}" if source.published.day else source.published.german)
    parts.append(f"abgerufen {source.accessed.german}")
    if source.note:
        parts.append(escape(source.note))
    return ", ".join(parts)
