"""Repairs: they change the writing, never the content, and leave comments in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import NETZ, copy_netz

from kreislaufstadt.cli import main
from kreislaufstadt.fix import fix_bytes, fix_files, fix_layout
from kreislaufstadt.source import read_source

if TYPE_CHECKING:
    from pathlib import Path

TERM = ("glossar", "x.md")


def fix(text: str) -> str:
    return fix_bytes(TERM, text.encode()).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufefftitel: x\n", "titel: x\n"),
        ("a\r\nb\rc", "a\nb\nc\n"),
        ("a   \nb\t\n", "a\nb\n"),
        ("Zeile mit Umbruch  \nnächste\n", "Zeile mit Umbruch  \nnächste\n"),
        ("a\n\n\n\n", "a\n"),
        ("", ""),
        ("  \n", ""),
    ],
)
def test_layout(before: str, after: str) -> None:
    assert fix_layout(before) == after


def test_fields_are_put_in_order_with_their_comments() -> None:
    before = """---
# yaml-language-server: $schema=../../schemas/begriff.schema.json
# warum diese Quelle
quellen:
  - url: https://www.example.org/a  # eine gute
    # und ihr Titel
    titel: A
    herausgeber: B
    abgerufen: 2026
synonyme: [eins, "zwei"]

# oben steht der Titel
titel: 'Wort'
---

Text
"""
    after = """---
# yaml-language-server: $schema=../../schemas/begriff.schema.json
# oben steht der Titel
titel: 'Wort'
synonyme: [eins, "zwei"]

# warum diese Quelle
quellen:
  - url: https://www.example.org/a  # eine gute
    # und ihr Titel
    titel: A
    herausgeber: B
    abgerufen: 2026
---

Text
"""
    assert fix(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('Ein "Wort" im Satz.', "Ein „Wort“ im Satz."),
        ('("Wort"), "zwei Wörter".', "(„Wort“), „zwei Wörter“."),
        ('**"Wort"** ist fett', '**"Wort"** ist fett'),
        ('5" Rohr und 3" Rohr', '5" Rohr und 3" Rohr'),
        ('Ein " allein', 'Ein " allein'),
        ('Ein "Wort" und `"code"`', 'Ein "Wort" und `"code"`'),
        ('[Text](https://www.example.org "Titel")', '[Text](https://www.example.org "Titel")'),
        ('!!! hinweis "Titel"', '!!! hinweis "Titel"'),
        ('Schon „gut“ und "gemischt"', 'Schon „gut“ und "gemischt"'),
    ],
)
def test_quotation_marks_change_only_in_clear_pairs(before: str, after: str) -> None:
    assert fix(f"---\ntitel: x\n---\n\n{before}\n") == f"---\ntitel: x\n---\n\n{after}\n"


def test_quotation_marks_of_yaml_stay_and_those_of_folded_text_change() -> None:
    before = '---\ntitel: "Das "\nkurz: >-\n  Ein "Wort"\n  im Feld.\nsynonyme:\n  - "eins"\n---\n'
    assert fix(before) == before.replace('Ein "Wort"', "Ein „Wort“")


@pytest.mark.parametrize("text", ["---\ntitel: x: y   \nkurz: z\n---\n", "---\nkurz: z\ntitel: x\n", "titel: x\n", "---\nfarbe: rot\ntitel: x\n---\n"])
def test_a_file_with_faults_is_only_tidied(text: str) -> None:
    assert fix(text) == fix_layout(text)


def test_what_is_no_content_file_is_left_alone() -> None:
    raw = b"\xef\xbb\xbfa  \r\n"
    assert fix_bytes(("bilder", "x.svg"), raw) == raw
    assert fix_bytes(TERM, b"\xff\xfe") == b"\xff\xfe"


def content_of(raw: bytes) -> object:
    source, _ = read_source("glossar/x.md", raw)
    return source and (source.data, source.body)


def comments_of(raw: bytes) -> list[str]:
    return sorted(line.rstrip() for line in raw.decode().split("\n") if line.lstrip().startswith("#"))


@given(st.lists(st.sampled_from(["titel: x", "# zweiter", "  # eingerückt", "kurz: >-", '  Ein "Wort"', "synonyme:", "  - a", "# Kommentar", "", "quellen: []", "---", "Text  ", "\t", "stand: 2024", '"x": y', "- b", '`"c"`']), max_size=14))
def test_fixing_never_changes_what_a_file_says_and_is_done_after_once(lines: list[str]) -> None:
    raw = "\n".join(["---", *lines]).encode()
    fixed = fix_bytes(TERM, raw)
    assert fix_bytes(TERM, fixed) == fixed

    def plain(raw: bytes) -> object:
        found = content_of(raw)
        return found and [lines_of(part) for part in (sorted(found[0].items()), found[1])]  # type: ignore[index]

    def lines_of(part: object) -> list[str]:
        text = str(part).replace("„", '"').replace("“", '"').replace("\n", "\\n")
        lines = [line.rstrip() for line in text.split("\\n")]
        return "\n".join(lines).strip("\n").split("\n")

    assert comments_of(fixed) == comments_of(raw)
    assert plain(raw) in (None, plain(fixed)), "an unreadable file may become readable, a readable one says the same"


def test_sound_content_stays_as_it_is(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    fix_files(content, [content])
    assert fix_files(content, [content]) == []
    for path in NETZ.rglob("*.svg"):
        assert (content / path.relative_to(NETZ)).read_bytes() == path.read_bytes()


def test_the_command_repairs_only_what_was_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copy_netz(tmp_path)
    first, second = content / "glossar" / "testwort.md", content / "glossar" / "testbegriff.md"
    for path in (first, second):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["check", "--inhalt", str(content), "--heute", "2026-06-01", "--fix", str(first)]) == 0
    assert capsys.readouterr().err.splitlines() == [f"Repariert: {first.as_posix()}"]
    assert first.read_bytes().startswith(b"---\n")
    assert second.read_bytes().startswith(b"\xef\xbb\xbf")
