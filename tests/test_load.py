"""The content folder: no file is passed over in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import NETZ, as_lines, copy_netz, find_problems

from kreislaufstadt import load
from kreislaufstadt.layout import FREE_FOLDERS, PAGE, classify, to_id
from kreislaufstadt.load import load_content
from kreislaufstadt.loaded import Loaded
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.model.operator import Operator

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def netz() -> Loaded:
    return load_content(NETZ)


def test_the_test_network_is_sound() -> None:
    assert as_lines(find_problems(NETZ)) == ""


def test_the_test_network_has_every_kind_and_every_list(netz: Loaded) -> None:
    assert [kind for kind, found in netz.entries.items() if not found] == []
    assert [kind for kind, found in netz.items.items() if not found] == []
    assert netz.operator


def test_a_text_that_an_entry_says_is_kept_once_and_its_places_stay(netz: Loaded) -> None:
    texts = 0
    for kind, found in netz.entries.items():
        for name, entry in found.items():
            source = netz.sources[kind, name]
            assert source.body is entry.body or not source.body.startswith(entry.body)
            raw = (NETZ.parent / source.file).read_text("utf-8").split("\n")
            for index in range(0, len(entry.body), 7):
                place = source.place_in_body(index)
                assert entry.body[index] == "\n" or raw[place.line - 1][place.column - 1] == entry.body[index]
                texts += 1
    assert texts > 100


def test_files_that_have_been_read_are_not_read_again(netz: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    read = {str(path): path.read_bytes() for path in NETZ.rglob("*") if path.is_file()}
    with monkeypatch.context() as patch:
        patch.setattr(load, "open", lambda *_: pytest.fail("read again"), raising=False)
        found = load_content(NETZ, read=read)
    assert (found.entries, found.items, found.files, found.problems) == (netz.entries, netz.items, netz.files, netz.problems)


def test_the_test_network_says_that_it_is_one() -> None:
    for path in NETZ.rglob("*.*"):
        assert "test" in path.read_text(encoding="utf-8").lower(), path


def test_every_file_is_an_entry_a_list_the_operator_or_free(netz: Loaded) -> None:
    counted = sum(map(len, netz.entries.values())) + len(LISTS) + 1
    free = [file for file in netz.files if file.split("/")[0] in FREE_FOLDERS]
    assert counted + len(free) == len(netz.files)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("beispiele/a.md", KINDS["beispiel"]),
        ("zeitstrahl/a.yml", KINDS["meilenstein"]),
        ("index.md", PAGE),
        ("modell/index.md", PAGE),
        ("listen/status.yml", LISTS["status"]),
        ("betreiber.yml", Operator),
        ("beispiele/a.yml", None),
        ("beispiele/a/b.md", None),
        ("listen/anderes.yml", None),
        ("a.md", None),
        ("bilder/a.svg", None),
    ],
)
def test_the_place_of_a_file_decides_what_it_is(path: str, expected: object) -> None:
    assert classify(tuple(path.split("/"))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Größe & Maß", "groesse-mass"), ("Café", "cafe"), ("Ä", "ae"), ("A\u0308", "ae"), ("---", "eintrag"), ("x" * 99, "x" * 80)],
)
def test_a_title_becomes_an_id(text: str, expected: str) -> None:
    assert to_id(text) == expected


def test_hidden_files_and_folders_are_free(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    (content / ".git").mkdir()
    (content / ".git" / "x.md").write_text("Testdaten")
    (content / "beispiele" / ".DS_Store").write_bytes(b"\0")
    assert find_problems(content) == []


def test_an_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = copy_netz(tmp_path)

    def refuse(path: str, mode: str) -> object:
        if path.endswith("muster-rahmen.md"):
            raise PermissionError(13, "Permission denied")
        return open(path, mode)  # noqa: PTH123

    monkeypatch.setattr(load, "open", refuse, raising=False)
    assert [problem.code for problem in find_problems(content)] == ["KS118"]


def test_places_do_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    lines = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        content = copy_netz(tmp_path / name)
        (content / "glossar" / "testwort.md").write_bytes(b"")
        lines.append(as_lines(find_problems(content)))
    assert lines[0] == lines[1] != ""


@pytest.mark.parametrize("path", sorted(path.relative_to(NETZ).as_posix() for path in NETZ.rglob("*.*") if path.suffix in {".md", ".yml"}))
def test_one_broken_file_gives_one_answer_and_no_dangling_references(path: str, tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    (content / path).write_bytes(b"Testdaten: [\n")
    problems = find_problems(content)
    assert [problem.place.file for problem in problems] == [f"content/{path}"], as_lines(problems)


NAMES = st.sampled_from(["beispiele/x.md", "beispiele/X y.md", "kommunen/x.yml", "kontakte/x.yml", "glossar/a/b.md", "listen/status.yml", "listen/x.yml", "x.txt", "bilder/x.png", "betreiber.yml", "modell/index.md", "fremd/x.md", "beispiele/.x.md"])


@given(st.dictionaries(NAMES, st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)), max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_file_is_ever_lost(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    content = tmp_path_factory.mktemp("lost") / "content"
    content.mkdir()
    for name, raw in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(raw)
    loaded = load_content(content)
    told = {problem.place.file for problem in loaded.problems}
    used = {source.file for source in loaded.sources.values()}
    for name in files:
        is_free = name.split("/")[0] in FREE_FOLDERS or name.split("/")[-1].startswith(".")
        assert is_free or f"content/{name}" in told | used, name
