"""Attacks on texts, one by one and quickly: what comes out of the walls is strict HTML, and what was taken out is named."""

from __future__ import annotations

import time

import pytest

from kreislaufstadt.guard.reading import read_page
from kreislaufstadt.prose import ProseContext, ProseRenderer
from kreislaufstadt.source import read_source

ADDRESSES = [
    *("[x](javascript:alert(1))", "[x](javascript:y 'z')", "[a [b] c](javascript:x)", "[x](<javascript:a b>)", "[x](java\tscript:alert(1))"),
    *("[x][r]\n\n[r]:\n  javascript:alert(1)", '[x][R]\n\n[r]: <javascript:alert(1)> "t"', "[r]\n\n[r]: JAVASCRIPT:alert(1)"),
    *("[x][r]\n\n[r]: java&#10;script:alert(1)", "[x](data&colon;text/html,x)", '[x](vbscript:1 "t")', "|a|\n|-|\n|[x](javascript:1)|"),
    *("[[x#y|[z](javascript:1)]]", "[" * 19 + "](javascript:1)", "[x](blob:https://a.example/1)", "[x](view-source:https://a.example/)"),
]
"""Addresses that no link may have: taken out, and said so."""

HARMLESS = [
    *("<!-- -- --><img src=x onerror=alert(1)>", "<!--[if IE]><script>alert(1)</script><![endif]-->", "--><img src=x onerror=alert(1)>"),
    *("<!-- entfernt: x -->", "entfernt: x -->", "<svg><animate onbegin=alert(1) attributeName=x>", "<svg><foreignObject><iframe src=javascript:alert(1)>"),
    '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    *("## a {: #inhalt onclick=x }", "## document", "## __proto__", "## constructor", '[^a"b]: x\n\n[^a"b]', "[^1][^1]\n\n[^1]: [^1]\n"),
    *("[[a|b|c]]", "[[<script>]]", '[[x#"><img src=x onerror=alert(1)>]]', '[Q:a,b,"]', '```"><script>\nx\n```', "``` {.x onclick=alert(1)}\nx\n```"),
    *('~~~ html" onclick="x\ny\n~~~', '!!! note" onclick="x\n    y', '!!! "><script>\n    y', '| a | b |\n|:-:"|---|\n| x | y |'),
    *("1000000000000000000000000. x", "\\[x\\](javascript:1)", "<https://a.example/?x=<script>>", "<mailto:a@b.example?subject=<script>>"),
    *('<a@b.example"onclick=x>', "\x02wzxhzdk:1\x03 `a`", "\x02amp\x03script", "- " * 8 + "x", "> " * 8 + "x", "*" * 300, "`" * 300, "[x](" + "(" * 200),
    *("_a" * 2000, "[TOC]\n\n## a\n## a\n## a", "x\u202e<script>\u202c", "\u2066[x](\u2069https://a.example/)"),
]
"""Markup, ids, notes, frames and rows of signs: shown as text, or as what Markdown makes of them."""

FILES = [
    *("titel: " + "[" * 100_000, "titel: " + "{a: " * 3000, "a: " * 2000, "- " * 5000 + "x", "titel: &a [*a]", "? " * 3000, "<<: {a: b}"),
    *('titel: "a\\rX-INJECT:1"', 'titel: "\\uD800"', 'titel: "\\x00"', "titel: !!binary AAAA", "a: b\n---\nc: d", '"' * 5000, "titel: {<<: *x}", "titel: !!python/name:os.system"),
]
"""YAML that must be refused, with a problem and soon."""

LONGEST = 1.0


def findings(text: str) -> list[tuple[str, str]]:
    html = ProseRenderer().render(text, ProseContext(lambda _kind, _name: None, lambda _path: None)).html
    page = f'<!doctype html>\n<html lang="de"><head><title>x</title></head><body>{html}</body></html>'
    return [(finding.code, finding.message) for finding in read_page(page).findings]


def test_attacks_are_many() -> None:
    assert len({*ADDRESSES, *HARMLESS, *FILES}) >= 70


@pytest.mark.parametrize("number", range(len(ADDRESSES)))
def test_forbidden_addresses_are_taken_out_and_named(number: int) -> None:
    found = findings(ADDRESSES[number])
    assert [code for code, _ in found] == ["KS612"], found
    assert "&lt;a href=" in found[0][1]


@pytest.mark.parametrize("number", range(len(HARMLESS)))
def test_markup_and_rows_of_signs_do_no_harm(number: int) -> None:
    start = time.thread_time()
    assert findings(HARMLESS[number]) == []
    assert time.thread_time() - start < LONGEST


@pytest.mark.parametrize("number", range(len(FILES)))
def test_hostile_yaml_is_refused_soon(number: int) -> None:
    start = time.thread_time()
    source, problems = read_source("content/x.yml", FILES[number].encode())
    assert problems
    assert source is None or problems[0].code == "KS103"
    assert time.thread_time() - start < LONGEST


@pytest.mark.parametrize("sign", ["\\u202e", "\\u2066", "\\u200b", "\\xad"])
def test_invisible_signs_behind_a_backslash_are_seen(sign: str) -> None:
    _, problems = read_source("content/x.yml", f'titel: "ab{sign}cd"\n'.encode())
    assert [(problem.code, problem.place.line, problem.place.column) for problem in problems] == [("KS120", 1, 8)]
