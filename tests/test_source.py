"""Reading text: everything stays text, everything has a place, nothing crashes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kreislaufstadt.problems import CODES, Place
from kreislaufstadt.source import MAX_BYTES, Source, read_source

FILE = "content/x.md"


def read(text: str, file: str = FILE) -> Source:
    source, problems = read_source(file, text.encode())
    assert source is not None, problems
    assert not problems
    return source


@pytest.mark.parametrize("text", ["03101000", "01067", "Ja", "12:30", "1e3", "null", "0x1F", "2024-05-22", "1_000", "~", "on"])
def test_every_scalar_stays_the_text_that_was_typed(text: str) -> None:
    assert read(f"a: {text}\n", "x.yml").data == {"a": text}


def test_front_matter_and_body_are_separated() -> None:
    source = read("---\ntitel: A\n---\n\n## Kopf\n\nText --- mit Strichen\n\n---\n")
    assert source.data == {"titel": "A"}
    assert source.body == "## Kopf\n\nText --- mit Strichen\n\n---\n"


def test_places_count_in_the_file_not_in_the_front_matter() -> None:
    source = read("---\ntitel: A\nliste:\n  - x\n  - b: 1\n---\n\nTüxt\n[[a]]\n")
    assert source.place(("titel",)) == Place(FILE, 2, 8)
    assert source.place(("titel",), key=True) == Place(FILE, 2, 1)
    assert source.place(("liste", 1, "b")) == Place(FILE, 5, 8)
    assert source.place_in_body(source.body.index("[[")) == Place(FILE, 9, 1)
    assert source.place_in_body(source.body.index("x")) == Place(FILE, 8, 3)


def test_the_place_of_what_is_missing_is_the_closest_thing_that_is_there() -> None:
    source = read("---\ntitel: A\nteil:\n  x: 1\nliste:\n  - b: 1\n---\n")
    assert source.place(("fehlt",)) == Place(FILE, 2, 1)
    assert source.place(("teil", "fehlt")) == Place(FILE, 3, 1)
    assert source.place(("liste", 0, "fehlt")) == Place(FILE, 6, 5)
    assert source.place(("liste", 7)) == Place(FILE, 5, 1)


def test_empty_list_items_count_nowhere() -> None:
    source = read("liste:\n  -\n  - ''\n  - x:\n  - a\n", "x.yml")
    assert source.data == {"liste": ["a"]}
    assert source.place(("liste", 0)) == Place("x.yml", 5, 5)


def test_windows_and_old_mac_line_ends_are_read_like_others() -> None:
    assert read("---\r\ntitel: A\r\n---\r\nText\r\n").body == "Text\n"
    assert read("---\rtitel: A\r---\rText\r").data == {"titel": "A"}


def test_a_file_at_the_size_limit_is_read_and_one_byte_more_is_not() -> None:
    head = b"---\ntitel: A\n---\n"
    assert read_source(FILE, head + b"x" * (MAX_BYTES - len(head)))[0] is not None
    assert [problem.code for problem in read_source(FILE, head + b"x" * (MAX_BYTES - len(head) + 1))[1]] == ["KS104"]


@pytest.mark.parametrize(
    "text",
    ["a: " + "[" * 100_000, "a: " + "[" * 9000 + "]" * 9000, "? " * 50_000 + "a", "- " * 50_000, "a: " + "{b: " * 9000, 'a: ["]", ' * 9000],
    ids=["open", "closed", "keys", "dashes", "mappings", "hidden"],
)
def test_deep_nesting_is_refused_before_it_can_exhaust_the_stack(text: str) -> None:
    source, problems = read_source("x.yml", text.encode())
    assert source is None
    assert {problem.code for problem in problems} <= {"KS107", "KS114"}


def test_many_aliases_never_multiply() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))
    source, problems = read_source("x.yml", bomb.encode())
    assert source is None
    assert {problem.code for problem in problems} == {"KS109"}


def check_reading(file: str, raw: bytes) -> None:
    """Reading gives a source or at least one error, and every problem has a sound place."""
    source, problems = read_source(file, raw)
    assert source is not None or any(problem.severity == "Fehler" for problem in problems)
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    for problem in problems:
        assert problem.code in CODES
        assert problem.place.file == file
        assert 0 <= problem.place.line <= lines + 1
        assert problem.message
        assert "\n" not in str(problem)


YAMLISH = st.lists(
    st.sampled_from(["a", "titel", ":", " ", "\n", "- ", "  ", '"', "'", "[", "]", "{", "}", "&x", "*x", "!t", "#", ">-", "|", "---\n", "?", "\t", "ä", "<<: ", "%", "@", "\\", "\r\n", "…", "\u2028"]),
    max_size=40,
).map("".join)


@given(st.binary(max_size=300), st.sampled_from(["x.yml", "x.md"]))
@example(b"\xff\xfe", "x.md")
@example(b"\xef\xbb\xbf", "x.md")
@example(b"---", "x.md")
@example(b"---\n---", "x.md")
def test_any_bytes_can_be_read(raw: bytes, file: str) -> None:
    check_reading(file, raw)


@given(YAMLISH, st.sampled_from(["x.yml", "x.md"]))
def test_any_text_that_looks_like_yaml_can_be_read(text: str, file: str) -> None:
    check_reading(file, text.encode())
    check_reading(file, f"---\n{text}\n---\n\nText\n".encode())


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1), max_size=6))
def test_quoted_text_survives_reading(data: dict[str, str]) -> None:
    text = "".join("{}: '{}'\n".format(key, value.replace("'", "''")) for key, value in data.items()) or "a: b\n"
    source, problems = read_source("x.yml", text.encode())
    assert not [problem for problem in problems if problem.code not in {"KS120", "KS125"}], "but for characters that were meant as others"
    assert source is not None
    assert source.data == (data or {"a": "b"})
