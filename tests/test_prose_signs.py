"""Leaving out parts of the Markdown library changes nothing: random texts, and those of the site, with and without."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from markdown.extensions.toc import TocExtension
from markdown.serializers import to_html_string

from kreislaufstadt import prose
from kreislaufstadt.glossary_links import Target
from kreislaufstadt.prose import ProseContext, ProseRenderer

CONTENT = Path(__file__).parents[1] / "content"
PIECES = (
    *("Testdaten", "eine Zeile", "Wort ", "ß–„x“", "2024. ", "1. ", "12", "- ", "* ", "+ ", "> ", "#", "## ", "### Abschnitt\n", "Titel\n===\n", "x\n---\n"),
    *("\n", "\n", "\n\n", "\n\n", "\n\n\n", "  \n", " ", "    ", "     ", "\t", "\n \n", "\r\n", "\xa0", "\x02", "\x0342\x03", "\x02" + "42\x03"),
    *("*", "**", "_", "__", "***", "`", "``", "```\n", "~~~\n", "\\", "\\*", "\\\\", "\\[", "&", "&amp;", "&euro;", "&x;", "<", ">", "<b>", "<https://x.example>"),
    *("<a@b.example>", "[", "]", "(", ")", "![", "[[", "]]", "[[wort]]", "[[begriff:wort|W]]", "[Q:test]", "[Q:nichts] ", "[Studie] ", "[x](y.md)", "![b](b.png)"),
    *("[x]", "[x][y]", "[x]: https://x.example\n", "[^1]", "[^1]: Fuß\n", "| a | b |\n|---|--:|\n| c | d |\n", "|", "a | b\n- | -\n1 | 2\n", ":", "Begriff\n: Erklärung\n"),
    *("!!! note\n    Text\n", '!!! warning "T"\n', "!", "!!!", "[TOC]", "[TOC]\n\n", "///Footnotes Place Marker///", "***\n", "- - -\n", "___\n", "=", "wort", "Wörter"),
    *("{: #x }", '"', "'", "https://x.example", "[a](https://x.example/(y) 't')", "<!-- x -->", "=== ", "--", "\u2028", "\u3000"),
)  # fmt: skip


def _context(text: str) -> ProseContext:
    targets = {"wort": Target("../wort/", "Ein *Wort* & <mehr>")}
    return ProseContext(lambda _kind, name: targets.get(name), lambda path: path, keys={"test": 1}, terms={"wort": "wort", "eine zeile": "x"}, taken={text[:3]})


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> ProseRenderer:
    """A renderer that asks every part of the library."""
    with monkeypatch.context() as patch:
        patch.setattr(prose, "leave_out", lambda _md: None)
        patch.setattr(prose, "Headings", TocExtension)
        patch.setattr(prose, "to_html", to_html_string)
        renderer = ProseRenderer()
    monkeypatch.setattr(renderer, "_convert", lambda text: renderer._markdown.reset().convert(text))
    return renderer


def test_random_texts_become_the_same(whole: ProseRenderer) -> None:
    chance, renderer = random.Random(7), ProseRenderer()
    for _ in range(1500):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 24)))
        assert renderer.render(text, _context(text)) == whole.render(text, _context(text)), repr(text)


def test_texts_of_the_site_become_the_same(whole: ProseRenderer) -> None:
    renderer = ProseRenderer()
    for path in sorted(CONTENT.rglob("*.md")):
        text = path.read_text("utf-8").partition("\n---\n")[2]
        assert renderer.render(text, _context(text)) == whole.render(text, _context(text)), path
