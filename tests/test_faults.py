"""Every fault example gives exactly the lines it promises to an editor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import FAULTS, as_lines, copy_netz, find_problems, lay_over

from kreislaufstadt.problems import CODES

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = sorted(path for path in FAULTS.iterdir() if path.is_dir())
TESTED_ELSEWHERE = re.compile(r"KS(?:122|417|420|50[12]|6\d\d|901)")
"""Codes of a change, of pages, of the finished site and of our own bugs: no content file alone can show them."""

PLUGIN = Path(__file__).parents[1] / "plugins" / "kreislaufstadt"


@pytest.mark.golden
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_example_gives_exactly_its_expected_lines(case: Path, tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    content = copy_netz(tmp_path)
    lay_over(case, content)
    golden(case / "erwartet.txt", as_lines(find_problems(content)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_example_is_named_after_what_it_shows(case: Path) -> None:
    found = set(re.findall(r"(?m)^[^:]+(?::\d+:\d+)?: (?:Fehler|Warnung|Hinweis) (KS\d{3}): ", (case / "erwartet.txt").read_text(encoding="utf-8")))
    name = case.name.partition("-")[0]
    assert name in found if name in CODES else (name == "gut" and not found)


def test_there_is_an_example_of_every_code_that_is_in_use() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in PLUGIN.rglob("*.py") if path.name != "problems.py")
    used = {code for code in CODES if f'"{code}"' in sources and not TESTED_ELSEWHERE.fullmatch(code)}
    assert used <= {case.name.partition("-")[0] for case in CASES}


def test_there_are_many_examples() -> None:
    assert len(CASES) >= 80


def test_lines_have_a_place_a_sentence_and_a_next_step() -> None:
    line = re.compile(r"content/[^:]+(:\d+:\d+)?: (Fehler|Warnung|Hinweis) KS\d{3}: .*[.?“] (?:Bitte|Meinten Sie|Möglich sind|Erlaubt sind|Eine |Der AGS).*[.?…)]")
    for case in CASES:
        for text in (case / "erwartet.txt").read_text(encoding="utf-8").splitlines():
            assert line.fullmatch(text), text
