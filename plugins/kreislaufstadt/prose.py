"""Markdown of an entry into HTML: entry links, source marks, origin labels, glossary terms.

Raw HTML is never passed through; it appears as text (and is a problem, KS406).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

import markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from kreislaufstadt.entities import spell_out
from kreislaufstadt.glossary_links import GlossaryTerms, LinkedTerms, Target
from kreislaufstadt.guard.addresses import scheme_of, without_blanks
from kreislaufstadt.guard.figures import make_figures
from kreislaufstadt.guard.wall import guard_text
from kreislaufstadt.prose_frames import Frames
from kreislaufstadt.prose_html import Headings, to_html
from kreislaufstadt.prose_plain import plain_tree
from kreislaufstadt.prose_signs import leave_out
from kreislaufstadt.references import ORIGINS, SOURCE_MARK, WIKI_LINK
from kreislaufstadt.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kreislaufstadt.guard.pictures import Shown

_ORIGIN = re.compile(rf"\s*\[({'|'.join(ORIGINS)})\]\s*")


class Heading(NamedTuple):
    """A heading of the text: level 2 to 6, anchor, words."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True)
class ProseContext:
    """What one text needs to know of its page.

    ``link`` resolves kind (may be empty) and id, ``file_link`` a content path,
    ``keys`` numbers the page's sources by their key, ``terms`` are the glossary
    words to link (word in lower case to term id), ``own_term`` is left unlinked,
    ``picture`` knows the pictures of the content by path.
    """

    link: Callable[[str, str], Target | None]
    file_link: Callable[[str], str | None]
    folder: str = ""
    keys: Mapping[str, int] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    own_term: str = ""
    picture: Callable[[str], Shown | None] = lambda _path: None
    taken: Collection[str] = ()
    """Anchors that the page around the text has; a heading of the same words gets another."""


@dataclass(frozen=True)
class RenderedProse:
    """HTML of a text and its headings."""

    html: str
    headings: Sequence[Heading]


class ProseRenderer:
    """Renders texts one after another with one reused Markdown object."""

    def __init__(self) -> None:
        """Set up Markdown with what content may use."""
        self._extension = _ContentExtension()
        self._markdown = markdown.Markdown(
            extensions=[
                TableExtension(use_align_attribute=True),
                "admonition",
                "sane_lists",
                "def_list",
                "fenced_code",
                FootnoteExtension(BACKLINK_TITLE="Zurück zur Stelle {} im Text", SEPARATOR="-"),
                Headings(slugify=self._extension.anchor, toc_depth="2-6"),
                self._extension,
            ],
            output_format="html",
        )
        self._markdown.serializer = to_html

    def render(self, text: str, context: ProseContext) -> RenderedProse:
        """Render ``text``; the result depends on nothing but the arguments."""
        if not text.strip():
            return RenderedProse("", ())
        self._extension.context = context
        html = self._convert(text)
        html = guard_text(spell_out(html.replace("<pre><code", '<pre tabindex="0"><code')))
        tokens: Any = getattr(self._markdown, "toc_tokens", [])
        return RenderedProse(html, tuple(_flatten(tokens)))

    def _convert(self, text: str) -> str:
        """Go through the library only with what it alone can find; the steps for a plain text are those that can change one."""
        root = plain_tree(text, self._extension.link)
        if root is None:
            return self._markdown.reset().convert(text)
        for name in ("kreislaufstadt-href", "kreislaufstadt-term", "toc"):
            self._markdown.treeprocessors[name].run(root)
        return "".join(map(to_html, root)).strip()


def _flatten(tokens: Any) -> list[Heading]:
    found: list[Heading] = []
    for token in tokens:
        found.append(Heading(token["level"], token["id"], token["name"]))
        found += _flatten(token["children"])
    return found


class _ContentExtension(Extension):
    """Registers our syntax; ``context`` is set before each text."""

    context: ProseContext

    def anchor(self, heading: str, separator: str) -> str:
        """The anchor of a heading in the text."""
        found = slugify(heading, separator)
        return f"{found}{separator}text" if found in self.context.taken else found

    def link(self, where: str, words: str = "") -> ET.Element | str:
        """The link to an entry, or plain text if the target is unknown (that is a problem elsewhere)."""
        kind, _, name = where.strip().rpartition(":")
        name, mark, anchor = name.partition("#")
        target = self.context.link(kind.strip(), name.strip())
        label = words.strip()
        if target is None:
            return label or name
        element = ET.Element("a", {"href": target.href + mark + anchor})
        element.text = AtomicString(label or target.title)
        return element

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - name given by Markdown
        """Hook up the processors and take raw HTML out."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_WikiLink(WIKI_LINK.pattern, md, self), "kreislaufstadt-link", 175)
        md.inlinePatterns.register(_SourceMark(SOURCE_MARK.pattern, md, self), "kreislaufstadt-source", 174)
        md.treeprocessors.register(_Marks(md), "kreislaufstadt-mark", 16)
        md.treeprocessors.register(_Origins(md), "kreislaufstadt-origin", 15)
        md.treeprocessors.register(_Pictures(md, self), "kreislaufstadt-picture", 14.5)
        md.treeprocessors.register(_Links(md, self), "kreislaufstadt-href", 14)
        md.treeprocessors.register(GlossaryTerms(md, self._linked_terms), "kreislaufstadt-term", 13)
        md.treeprocessors.register(Frames(md), "kreislaufstadt-frame", 3)
        leave_out(md)

    def _linked_terms(self) -> LinkedTerms:
        context = self.context
        return LinkedTerms(context.terms, context.own_term, lambda term: context.link("begriff", term))


class _WikiLink(InlineProcessor):
    """``[[id|label]]`` becomes a link with the target's title."""

    def __init__(self, pattern: str, md: markdown.Markdown, extension: _ContentExtension) -> None:
        super().__init__(pattern, md)
        self._extension = extension

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element | str, int, int]:  # type: ignore[override]  # noqa: N802
        """Make the link."""
        return self._extension.link(m["target"], m["label"] or ""), m.start(0), m.end(0)


class _SourceMark(InlineProcessor):
    """``[Q:kuerzel]`` becomes raised numbers that lead to the page's list of sources."""

    def __init__(self, pattern: str, md: markdown.Markdown, extension: _ContentExtension) -> None:
        super().__init__(pattern, md)
        self._extension = extension

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802
        """Number the keys as they stand in the list; unknown keys are left out."""
        keys = self._extension.context.keys
        element = ET.Element("sup", {"class": "beleg"})
        for key in (part.strip() for part in m["keys"].split(",")):
            if key in keys:
                link = ET.SubElement(element, "a", {"href": f"#quelle-{keys[key]}", "aria-label": f"Quelle {keys[key]}"})
                link.text = str(keys[key])
        return element, m.start(0), m.end(0)


class _Marks(Treeprocessor):
    """Source numbers stay on the line of the word before them."""

    def run(self, root: ET.Element) -> None:
        """Make the space before each number one that does not break."""
        for element in root.iter():
            before: ET.Element | None = None
            for child in element:
                if child.get("class") == "beleg":
                    self._bind(element, before)
                before = child

    @staticmethod
    def _bind(parent: ET.Element, before: ET.Element | None) -> None:
        text = (parent.text if before is None else before.tail) or ""
        if not text.endswith((" ", "\n")):
            return
        bound = text.rstrip(" \n") + "\N{NARROW NO-BREAK SPACE}"
        if before is None:
            parent.text = bound
        else:
            before.tail = bound


class _Origins(Treeprocessor):
    """A paragraph or list item that opens with ``[Studie]`` and the like gets a label."""

    def run(self, root: ET.Element) -> None:
        """Label paragraphs and list items."""
        for element in root.iter():
            found = _ORIGIN.match(element.text or "") if element.tag in {"p", "li"} else None
            if found:
                name = ORIGINS[found[1]]
                label = ET.Element("span", {"class": f"herkunft herkunft-{name}"})
                label.text = found[1]
                label.tail = " " + (element.text or "")[found.end() :]
                element.text = None
                element.insert(0, label)
                element.set("class", f"mit-herkunft aus-{name}")


class _Pictures(Treeprocessor):
    """Pictures get their size and their credit."""

    def __init__(self, md: markdown.Markdown, extension: _ContentExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: ET.Element) -> None:
        """Look every picture up before its address is rewritten."""
        make_figures(root, self._extension.context.folder, self._extension.context.picture)


class _Links(Treeprocessor):
    """Links between content files lead to pages; links to other hosts are marked."""

    def __init__(self, md: markdown.Markdown, extension: _ContentExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: ET.Element) -> None:
        """Rewrite addresses of files; forbidden schemes stay, plainly written, so that the wall takes them out and says so."""
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            if name and element.get("class") is None:
                self._rewrite(element, name)

    def _rewrite(self, element: ET.Element, name: str) -> None:
        url = element.get(name) or ""
        scheme = scheme_of(unescape(url))
        if scheme in {"http", "https"}:
            element.set("rel", "external noopener")
            element.set("class", "extern")
        elif scheme and scheme not in {"mailto", "tel"}:
            element.set(name, without_blanks(unescape(url)))
        elif not scheme and not self._is_done(url):
            self._rewrite_local(element, name, url)

    def _rewrite_local(self, element: ET.Element, name: str, url: str) -> None:
        context = self._extension.context
        path, mark, fragment = url.partition("#")
        path = path.partition("?")[0]
        found = context.file_link(posixpath.normpath(posixpath.join(context.folder, path))) if path else None
        if found is not None:
            element.set(name, found + mark + fragment)

    @staticmethod
    def _is_done(url: str) -> bool:
        """Links made by ``[[id]]`` already lead to a page."""
        return url.partition("#")[0].endswith(("/", "index.html"))
