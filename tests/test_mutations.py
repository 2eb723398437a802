"""Whatever happens to a sound file, checking ends with problems and not with an exception."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import NETZ, find_problems

from kreislaufstadt.problems import CODES

FILES = sorted(path.relative_to(NETZ).as_posix() for path in NETZ.rglob("*.*") if path.suffix in {".md", ".yml"})
SNIPPETS = ("\n", ":", ": ", "- ", "  ", "\t", '"', "'", "[[", "]]", "[", "{", "---\n", "&a ", "*a", "#", "x: y\n", "ä", "\0", "\u200b", "](", "<b>", "```\n", "~", "!", "|", ">-\n", "[[musterstadt#x]]", "[Q:x]", "titel:\n", "../", "1", "null")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(NETZ, tmp_path_factory.mktemp("mutations") / "content"))


@given(
    name=st.sampled_from(FILES),
    edits=st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 30), st.sampled_from(SNIPPETS)), min_size=1, max_size=3),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_edited_content_is_told_about_and_never_crashes(content: Path, name: str, edits: list[tuple[int, int, str]]) -> None:
    path = content / name
    before = text = path.read_text(encoding="utf-8")
    for at, cut, snippet in edits:
        start = at % (len(text) + 1)
        text = text[:start] + snippet + text[start + cut :]
    try:
        path.write_bytes(text.encode("utf-8"))
        problems = find_problems(content)
    finally:
        path.write_text(before, encoding="utf-8")
    total = text.count("\n") + text.count("\r") + 2
    for problem in problems:
        assert problem.code in CODES
        assert "\n" not in str(problem)
        assert problem.place.file != f"content/{name}" or problem.place.line <= total
