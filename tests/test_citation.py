"""How to cite: the project by CITATION.cff, a page by the line at its end."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from support import render_page

ROOT = Path(__file__).parents[1]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_file_has_what_the_format_requires() -> None:
    assert {"cff-version", "message", "title", "authors"} <= set(CITATION)
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] == "software"


def test_version_and_licence_are_those_of_the_package() -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert CITATION["version"] == package["version"] == public["softwareVersion"]
    assert CITATION["license"] == package["license"] == "EUPL-1.2"
    assert CITATION["preferred-citation"]["license"] == "CC-BY-4.0"


def test_nobody_is_named_who_does_not_want_to_be() -> None:
    assert CITATION["authors"] == CITATION["preferred-citation"]["authors"] == [{"name": "Kreislaufstadt contributors"}]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("beispiele/muster-leihladen/", "Testnetz: „Leihladen Musterstadt (Testdaten)“, Stand 2025."),
        ("kommunen/musterstadt/", "Testnetz: „Musterstadt (Testdaten)“"),
    ],
)
def test_a_page_says_how_to_cite_it(url: str, words: str) -> None:
    found = re.findall(r'So zitieren</dt>\s*<dd><span class="cite-text">(.*?)</span></dd>', render_page(url), re.DOTALL)
    assert len(found) == 1
    assert found[0].startswith(words)
    assert found[0].endswith(f" https://example.org/{url} (Lizenz: CC BY 4.0)")
