"""Regular expressions stay quick on hostile input: twice the length takes about twice the time, not four times."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
import typing

import pytest

import kreislaufstadt
from kreislaufstadt.model.values import Pattern

if typing.TYPE_CHECKING:
    from collections.abc import Iterator

UNITS = [
    *("a", " ", "\n", "\t", "[", "]", "(", "<", ">", '"', "'", "`", "#", "*", "-", "|", ":", "=", ".", ",", "0", "1.", "&", "\\", "/", "//", "/*", "*/", "<!--"),
    *("[[", "[a](", "[Q:", "![", "](", "<a ", '<a b="', 'a="b" ', "{{", "- ", "  - ", "# ", "#a ", "## \t", "```\n", "~~~", ": ", "a: ", "&#", "\\a", "url(", "url( ", '@import "'),
    *("eval (", "new  ", "'\\", '"\\', "a\n", " \n", "\u202e", "ä", "aB", "a-", "a.", "1.1", "-1", "http:", "https://", "x@", "a@a.", "+49 ", "(0", "0 /"),
]
ENDS = ("", "!", "\n")
LENGTH = 1500
ENOUGH = 0.004
"""Seconds below which a time says nothing."""


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of every module, with its name."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(kreislaufstadt.__path__, "kreislaufstadt."):
        if info.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(info.name)).values():
            for pattern in inside(value):
                found.setdefault(pattern.pattern, pattern)
    return sorted(found.items())


def inside(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns in a module's value: itself, in its rows, or behind a type of a field."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from inside(item)
    elif isinstance(value, dict):
        yield from inside(list(value.values()))
    elif isinstance(value, Pattern):
        yield value._compiled
    elif typing.get_origin(value) is typing.Annotated:
        yield from inside(value.__metadata__)  # type: ignore[attr-defined]


AT_START = ("[A-Za-z_][\\w-]*:(?:", "\\s*\\[(Studie", "^[ -]*(?:[\\w-]+:", "^[ -]*[\\w-]+:", '[a-z][^<>"]*+(?:')
"""How patterns begin that are only ever asked whether a line or text begins like them."""


def seconds(pattern: re.Pattern[str], text: str) -> float:
    best = 1e9
    for _ in range(2):
        start = time.thread_time()
        if pattern.pattern.startswith(AT_START):
            pattern.match(text)
            pattern.fullmatch(text)
        else:
            for _ in pattern.finditer(text):
                pass
            pattern.fullmatch(text)
        best = min(best, time.thread_time() - start)
    return best


def slow_units(pattern: re.Pattern[str]) -> list[str]:
    """Inputs on which four times the length takes far more than four times the time."""
    found = []
    for unit in UNITS:
        for end in ENDS:
            short = unit * (LENGTH // len(unit)) + end
            if seconds(pattern, short) < ENOUGH:
                continue
            ratio = seconds(pattern, unit * (4 * LENGTH // len(unit)) + end) / seconds(pattern, short)
            if ratio > 9:
                found.append(f"{unit!r} + {end!r}: {ratio:.1f}")
    return found


PATTERNS = patterns()


def test_patterns_are_found() -> None:
    assert len(PATTERNS) >= 60


@pytest.mark.parametrize("number", range(len(PATTERNS)))
def test_pattern_grows_with_its_input(number: int) -> None:
    source, pattern = PATTERNS[number]
    assert slow_units(pattern) == [], source


def test_blow_up_is_found() -> None:
    assert slow_units(re.compile(r"\s+$"))
