"""A page as plain Markdown: for programs that read text, and as the way to another site generator.

Each page becomes ``<address>index.md``; links between pages are relative links
between these files, so any generator that knows Markdown keeps the addresses.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache, lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kreislaufstadt.exports.dataset import LICENCE_TITLE
from kreislaufstadt.exports.fields import FieldDoc, fields_of
from kreislaufstadt.layout import classify, entry_id
from kreislaufstadt.model.kinds import Kind
from kreislaufstadt.model.numbers import format_number
from kreislaufstadt.model.values import PartialDate
from kreislaufstadt.references import MARKDOWN_LINK, ORIGINS, SOURCE_MARK, WIKI_LINK, mask_code
from kreislaufstadt.urls import page_url, relative_url

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from pydantic import BaseModel

    from kreislaufstadt.catalog import Key
    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.model.parts import Citation

SKIPPED = frozenset({"id", "titel", "kurz", "suchbegriffe", "frueher", "body", "quellen", "vorlage", "reihenfolge", "verlinken"})
"""Fields that are no content of their own, or stand elsewhere on the page."""

_ORIGIN = re.compile(rf"(?m)^([ \t]*(?:[-*+] |\d+\. )?)\[({'|'.join(ORIGINS)})\]\s*")
_ORIGIN_MARKS = tuple(f"[{name}]" for name in ORIGINS)
_MARKS = re.compile(r"[\\`*_\[\]<>|]")


class PageText(NamedTuple):
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
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))


@cache
def _starts(model: type[BaseModel]) -> tuple[tuple[FieldDoc, str], ...]:
    """The fields of a model and how their lines begin."""
    docs = fields_of(model)
    editorial = (" (redaktionell)" if doc.description.startswith("Redaktionell") else "" for doc in docs)
    return tuple((doc, f"- **{escape(doc.title)}{mark}:**") for doc, mark in zip(docs, editorial, strict=True))


@lru_cache(maxsize=20_000)
def _from_folder(folder: str, url: str) -> str:
    """The link from the pages of a folder to what is not below them: the same from each of them."""
    return relative_url(f"{folder}\0/", url)


class MarkdownWriter:
    """Writes pages; ``label`` gives the German word of an enumeration's value."""

    def __init__(self, data: Dataset, label: Callable[[Any], str]) -> None:
        """Keep catalogue and words."""
        self._data = data
        self._label = label
        self._public = dict(data.all_entries())
        self._named: dict[tuple[Sequence[str], str], tuple[tuple[str, str | None], Collection[str]]] = {}
        self._linked: dict[tuple[str, str], tuple[tuple[str, str | None], Collection[str]]] = {}

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
        lines = (f"{name}: {encode_basestring(' '.join(value.split()))}" for name, value in rows.items() if value)
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
        if url.startswith(("https://", "http://")):
            return url
        if url.startswith(here):
            below = url.removeprefix(here)
            return f"{below}index.md" if below.endswith("/") and "#" not in below else relative_url(here, url, index="index.md")
        folder = here[: here.rfind("/", 0, -1) + 1]
        if not url.endswith("/") or "#" in url or folder.startswith(url):
            return relative_url(f"{folder}\0/", url, index="index.md")
        start = url.rfind("/", 0, -1) + 1  # the way to the folder around it is the same for thousands of pages
        return f"{_from_folder(folder, url[:start])}{url[start:]}index.md"

    # fields

    def _fields(self, here: str, value: Any, level: int = 0) -> list[str]:
        lines: list[str] = []
        tables: list[str] = []
        model: type[BaseModel] = type(value)
        for doc, start in _starts(model):
            found = getattr(value, doc.attribute)
            if found is None or (doc.many and not found) or (level == 0 and doc.name in SKIPPED):
                continue
            if doc.part is not None and doc.many:
                tables += [f"## {doc.title}", self._table(here, doc.part, found)]
            else:
                lines += self._field(here, doc, found, level, "    " * level + start)
        return ["\n".join(lines), *tables]

    def _field(self, here: str, doc: FieldDoc, found: Any, level: int, start: str) -> list[str]:
        if doc.part is not None:
            below = "\n".join(self._fields(here, found, level + 1)).strip("\n")
            return [start, below] if below.strip() else []
        if not doc.many:
            return [f"{start} {self._value(here, doc, found)}"]
        values = [self._value(here, doc, item) for item in found]
        if doc.kinds:
            return [f"{start} {', '.join(values)}"]
        item = "    " * (level + 1) + "- "
        return [start, *[item + words for words in values]]

    def _table(self, here: str, model: type[BaseModel], rows: Sequence[Any]) -> str:
        docs = fields_of(model)
        read: Any = attrgetter(*[doc.attribute for doc in docs])
        nothing = (None,) * len(rows)
        used = [(doc, values) for doc, values in zip(docs, zip(*map(read, rows), strict=True), strict=True) if values != nothing]
        cells = [["" if found is None else self._value(here, doc, found) for found in values] for doc, values in used]
        lines = [" | ".join([escape(doc.title) for doc, _ in used]), " | ".join(["---"] * len(used))]
        lines += map(" | ".join, zip(*cells, strict=True))
        return "\n".join([f"| {line} |" for line in lines])

    def _value(self, here: str, doc: FieldDoc, value: Any) -> str:
        if doc.kinds:
            title, url = self._data.catalog.once(self._named, (doc.kinds, value), lambda: self._target(doc.kinds, str(value)))
            return title if url is None else f"[{title}]({self._href(here, url)})"
        if type(value) is str and not doc.choices:
            return f"<{value}>" if value.startswith(("http://", "https://")) else escape(value)
        if isinstance(value, bool):
            return "ja" if value else "nein"
        if isinstance(value, PartialDate):
            return value.german
        text = str(value)
        if isinstance(value, int | float):
            return format_number(text.replace(".", ",")) if doc.form == "integer" else text.replace(".", ",")
        return escape(self._label(value) if doc.choices else getattr(value, "german", text))

    def _target(self, kinds: Sequence[str], name: str) -> tuple[str, str | None]:
        """What a reference says, and the page it leads to, if there is one."""
        for kind in kinds:
            found = self._data.catalog.find(kind, name)
            if found is not None:
                return escape(found.title), page_url(kind, name) if self._data.page(kind, name) else None
        return escape(name), None

    # prose

    def _body(self, page: PageText, entry: Any) -> str:
        body: str = getattr(entry, "body", "")
        if not body.strip():
            return ""
        keys = {source.key: number for number, source in enumerate(getattr(entry, "sources", ()), 1) if source.key}
        links: list[str] = []
        text = _replace(body, "[[", WIKI_LINK, lambda found: self._wiki_link(page, found, links))
        text = _replace(text, "[Q:", SOURCE_MARK, lambda found: _source_mark(found, keys))
        if text.count("](") > len(links):  # more than those that lead to index.md already
            text = _replace(text, "](", MARKDOWN_LINK, lambda found: self._link(page, found))
        return (_ORIGIN.sub(r"\1**\2:** ", text) if any(mark in text for mark in _ORIGIN_MARKS) else text).strip()

    def _wiki_link(self, page: PageText, found: re.Match[str], links: list[str]) -> str:
        kind, _, name = found["target"].strip().rpartition(":")
        name, mark, anchor = name.partition("#")
        label = (found["label"] or "").strip()
        title, url = self._data.catalog.once(self._linked, (kind.strip(), name), lambda: self._text_target(kind.strip(), name))
        if url is None:
            return label or title
        links.append(f"[{label or escape(title)}]({self._href(page.url, url)}{mark}{anchor})")
        return links[-1]

    def _text_target(self, kind: str, name: str) -> tuple[str, str | None]:
        """The title of what a link in a text means, and its page, if it means one thing that has one."""
        targets = self._data.catalog.resolve_text_target(kind, name.strip())
        entry = self._data.catalog.find(*targets[0]) if len(targets) == 1 else None
        if entry is None:
            return name, None
        return entry.title, page_url(*targets[0]) if self._data.page(*targets[0]) else None

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
