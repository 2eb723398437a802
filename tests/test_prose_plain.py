"""Plain texts become the same with and without the library, and only those are taken for plain."""

from __future__ import annotations

import random
from xml.etree import ElementTree as ET

import pytest

from kreislaufstadt.glossary_links import Target
from kreislaufstadt.prose import ProseContext, ProseRenderer
from kreislaufstadt.prose_plain import plain_tree

PIECES = (
    *("Ein Wort", " & ", "wort", "Vom ", "Zeile\n", "Zeile \n", "ß–„x“", "2024. ", "\n", "\n\n", "\n\n", "\n\nWort", "\n\n## ", "# Titel\n\n", "### Abschnitt", " "),
    *("[[wort]]", "[[wort]]", "[[begriff:wort#stelle|Wörter]]", "[[nichts]]", "[[nichts|Reiner & Text]]", "[[ wort | ]]", "\xa0", "\u2028", "\f", ":", "!", "~~~\n"),
)
NOT_PLAIN = (
    *("- Punkt", "1. Punkt", "> Zitat", "Titel\n===", "Text\n---", "    Code", "`Code`", "*wichtig*", "_wichtig_", "a | b", "a\\*", "Zeile  \nUmbruch", "<https://x.example>"),
    *("[x](y.md)", "[x]", "![b](b.png)", "[Q:test]", "[[a\nb]]", "[[[wort]]]", "[[wort]] beginnt", "Ein [[wort|Wort]]", "[Studie] Text", "&euro;", "&#8364;", "Begriff\n: Erklärung", "!!! note", "Text\n\n\n\nText", "a\tb"),
    *("```\nx\n```", "~~~\n~~~", "[TOC]", "| a |\n|---|", "Text\n | x", "a\r\nb", "\x02amp\x03", " Text", "Text\n \nText", "# A # B", "#\\#"),
)


def _context() -> ProseContext:
    targets = {"wort": Target("../wort/", "Ein *Wort* & <mehr>")}
    return ProseContext(lambda _kind, name: targets.get(name), lambda path: path, terms={"zeile": "wort", "ein wort": "wort"}, taken={"titel"})


def _link(target: str) -> ET.Element | str:
    return target


def test_plain_texts_become_what_the_library_makes_of_them() -> None:
    chance, renderer, taken = random.Random(11), ProseRenderer(), 0
    for _ in range(1500):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 9)))
        found = renderer.render(text, _context())
        taken += plain_tree(text, _link) is not None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(renderer, "_convert", lambda text: renderer._markdown.reset().convert(text))
            assert found == renderer.render(text, _context()), repr(text)
    assert taken > 150


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_what_may_be_more_is_left_to_the_library(text: str) -> None:
    assert plain_tree(f"Text\n\n{text}\n\nText", _link) is None


def test_links_stand_between_words_or_become_words() -> None:
    def link(target: str) -> ET.Element | str:
        return ET.Element("a", {"href": target}) if target == "da" else target

    root = plain_tree("\n# Titel\n\nVom [[fort]], [[da]][[da]] und [[fort]].\n", link)
    assert root is not None
    assert ET.tostring(root, "unicode") == '<div><h1>Titel</h1>\n<p>Vom fort, <a href="da" /><a href="da" /> und fort.</p>\n</div>'
