"""The engine's texts in further languages: gettext catalogues whose message ids are the German texts.

``sprachen/<language>.po`` beside the templates holds the engine's texts,
``sprache/<language>.po`` in the content the words of its lists and menus.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SCRIPT_TEXT = re.compile(r"\bt\(\s*\"((?:[^\"\\]|\\.)*)\"")
"""A text that a script asks for by ``t("…")``."""


SCRIPT_METHODS = [("**/vendor/**", "ignore"), ("admin/**", "ignore"), ("**.html", "jinja2"), ("**.js", "javascript")]
"""How Babel reads templates and scripts; programs of others are left out."""


@dataclass(frozen=True)
class Messages:
    """The texts of one language; what is missing stays German."""

    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def gettext(self, text: str) -> str:
        """The text in this language."""
        return self.texts.get(text) or text

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The singular or the plural in this language."""
        single, plural = self.plurals.get(one, (one, many))
        return single if count == 1 else plural

    def has(self, text: str) -> bool:
        """Say whether the language has its own words for a text."""
        return bool(self.texts.get(text))


def read_messages(files: Iterable[Path]) -> Messages:
    """Read catalogues; a later one adds to and wins over an earlier one."""
    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, str]] = {}
    for file in files:
        if not file.is_file():
            continue
        with file.open("rb") as handle:
            for message in read_po(handle, abort_invalid=True):
                if not message.id:
                    continue
                if isinstance(message.string, str):
                    texts[str(message.id)] = message.string
                elif message.string:
                    plurals[str(message.id[0])] = (str(message.string[0]), str(message.string[1]))
    return Messages(texts, plurals)


def script_texts(messages: Messages, scripts: Iterable[Path]) -> dict[str, str]:
    """The texts that scripts ask for, as far as the language has them."""
    wanted = {text for path in scripts for text in SCRIPT_TEXT.findall(path.read_text("utf-8"))}
    return {text: messages.texts[text] for text in sorted(wanted) if messages.has(text)}


def template_of(folder: Path) -> str:
    """The catalogue's template (.pot): every text that templates and scripts below a folder ask for, with the files."""
    catalog = Catalog(fuzzy=False)
    keywords = {**DEFAULT_KEYWORDS, "t": None}
    for name, _, message, comments, context in extract_from_dir(folder, SCRIPT_METHODS, keywords=keywords):
        catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    written = io.BytesIO()
    write_po(written, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return written.getvalue().decode("utf-8")
