"""The published folder holds just what was made; what is unchanged is left alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kreislaufstadt.cache import Cache
from kreislaufstadt.parallel import SMALLEST
from kreislaufstadt.site_folder import Made, SiteFolder

FILES = [("index.html", b"Start (Testdaten)"), ("a/b/index.html", b"Seite"), (".well-known/security.txt", b"x")]


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(folder: Path, cache: Path, files: list[tuple[str, bytes]]) -> str:
    kept = Cache(cache)
    site = SiteFolder(folder, kept)
    site.write((name, Made.of(content)) for name, content in files)
    state = site.complete()
    kept.save()
    kept.close()
    return state


def test_folder_holds_the_files_and_no_others(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "alt" / "tief").mkdir(parents=True)
    (site / "alt" / "tief" / "seite.html").write_text("alt")
    (site / "ziel").symlink_to(tmp_path)
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("bleibt")
    write(site, tmp_path / "c.sqlite", FILES)
    assert written(site) == {**dict(FILES), ".git/config": b"bleibt"}
    assert not (site / "alt").exists()
    assert not (site / "ziel").is_symlink()


def test_only_changed_files_are_written_again(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    write(site, cache, FILES)
    before = {name: (site / name).stat().st_ino for name, _ in FILES}
    write(site, cache, [FILES[0], ("a/b/index.html", b"neu"), FILES[2]])
    after = {name: (site / name).stat().st_ino for name, _ in FILES}
    assert [name for name, _ in FILES if before[name] != after[name]] == ["a/b/index.html"]
    assert (site / "a/b/index.html").read_bytes() == b"neu"


def test_old_links_to_a_file_keep_its_old_content(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    write(site, cache, FILES)
    os.link(site / "index.html", tmp_path / "alt.html")
    write(site, cache, [("index.html", b"neu")])
    assert (tmp_path / "alt.html").read_bytes() == FILES[0][1]


@pytest.mark.parametrize("turned", [False, True])
def test_files_may_change_places(tmp_path: Path, turned: bool) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    write(site, cache, [("a", b"one"), ("b", b"two")])
    swapped = [("a", b"two"), ("b", b"one"), ("c", b"one")]
    write(site, cache, swapped[::-1] if turned else swapped)
    assert written(site) == dict(swapped)


@pytest.mark.parametrize("touch", [b"von Hand", b"Start (Testdaten)"])
def test_a_file_that_was_touched_is_written_again(tmp_path: Path, touch: bytes) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    state = write(site, cache, FILES)
    (site / "index.html").write_bytes(touch)
    os.utime(site / "index.html", ns=(1, 1))
    kept = Cache(cache)
    assert SiteFolder(site, kept).is_in_state(state) == (touch == FILES[0][1])
    kept.close()
    assert write(site, cache, FILES) == state
    assert written(site) == dict(FILES)


def test_state_names_every_file(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    state = write(site, cache, FILES)
    (site / "zusatz.html").write_text("von anderen")
    kept = Cache(cache)
    assert not SiteFolder(site, kept).is_in_state(state)
    assert not SiteFolder(tmp_path / "anderswo" / "site", kept).is_in_state(state)
    kept.close()


@pytest.mark.parametrize("change", ["nothing", "content", "time", "more", "hidden", "less", "link"])
def test_a_folder_is_as_written_until_somebody_touches_it(tmp_path: Path, change: str) -> None:
    site = SiteFolder(tmp_path / "site", Cache(None))
    site.write((name, Made.of(content)) for name, content in FILES)
    page = tmp_path / "site" / "index.html"
    if change == "content":
        page.write_bytes(b"anders")
    elif change == "time":
        os.utime(page, ns=(1, 1))
    elif change in {"more", "hidden"}:
        page.with_name(".git" if change == "hidden" else "x.html").write_bytes(b"x")
    elif change == "less":
        page.unlink()
    elif change == "link":
        facts = page.lstat()
        page.unlink()
        page.symlink_to("x" * facts.st_size)
        os.utime(page, ns=(facts.st_atime_ns, facts.st_mtime_ns), follow_symlinks=False)
    assert site.is_as_written() == site.start_checking()() == (change == "nothing")


@pytest.mark.parametrize("forked", [False, True])
@pytest.mark.parametrize("change", ["nothing", "content", "more", "less", "all"])
def test_who_looks_early_sees_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, forked: bool) -> None:
    monkeypatch.setattr("kreislaufstadt.parallel.SMALLEST", 1 if forked else 10_000)
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    write(site, cache, FILES)
    if change == "content":
        (site / "index.html").write_bytes(b"anders")
    elif change == "more":
        (site / "x.html").write_bytes(b"x")
    elif change != "nothing":
        shutil.rmtree(site / ("a" if change == "less" else ""))
    kept = Cache(cache)
    early, late = SiteFolder(site, kept), SiteFolder(site, kept)
    early.begin_early()
    early.begin()
    late.begin()
    assert early.before() == late.before()
    assert early._there == late._there == {name: (len(content), (site / name).stat().st_mtime_ns) for name, content in written(site).items()}
    early.write((name, Made.of(content)) for name, content in FILES)
    assert early.start_checking()()
    kept.close()
    assert written(site) == dict(FILES)


def test_a_file_that_moves_is_not_written_again(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    write(site, cache, FILES)
    before = (site / "a/b/index.html").stat().st_ino
    state = write(site, cache, [("c/index.html", FILES[1][1]), ("index.html", FILES[1][1]), FILES[2]])
    assert written(site) == {"c/index.html": FILES[1][1], "index.html": FILES[1][1], FILES[2][0]: FILES[2][1]}
    assert {(site / name).stat().st_ino for name in ("c/index.html", "index.html")} == {before}
    kept = Cache(cache)
    assert SiteFolder(site, kept).is_in_state(state)
    kept.close()


def test_a_touched_file_is_not_taken_for_the_one_that_was_written(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    write(site, cache, FILES)
    (site / "a/b/index.html").write_bytes(b"von fremder Hand")
    write(site, cache, [("c/index.html", FILES[1][1])])
    assert written(site) == {"c/index.html": FILES[1][1]}


def test_without_a_cache_everything_is_written(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site", Cache(None))
    site.write((name, Made.of(content)) for name, content in FILES)
    state = site.complete()
    assert written(tmp_path / "site") == dict(FILES)
    assert not SiteFolder(tmp_path / "site", Cache(None)).is_in_state(state)


def test_many_files_are_put_on_all_cores(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    many = [(f"a{number % 7}/{number}.txt", b"%d" % number) for number in range(2 * SMALLEST)]
    write(site, cache, many)
    kept = Cache(cache)
    folder = SiteFolder(site, kept)
    changed = [*many[:200], *((name, content + b"!") for name, content in many[200:])]
    folder.put_all([(name, Made.of(content)) for name, content in changed])
    folder.write([("rest.txt", Made.of(b"rest"))])
    assert written(site) == {**dict(changed), "rest.txt": b"rest"}
    assert folder.name_of(changed[-1][0]) == Made.of(changed[-1][1]).name
    kept.close()


def test_a_folder_that_only_changed_its_name_is_renamed(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    texts = [(f"{number}.js", b"text %d" % number) for number in range(9)]
    write(site, cache, [("index.html", b"a"), *((f"suche/alt/{name}", content) for name, content in texts), ("suche/v.js", b"alt")])
    before = {name: (site / "suche/alt" / name).stat().st_ino for name, _ in texts}
    kept = Cache(cache)
    folder = SiteFolder(site, kept)
    changed = [*texts[:-2], ("7.js", b"other"), ("9.js", b"new")]
    folder.put_all([(name, Made.of(content)) for name, content in [*((f"suche/neu/{name}", content) for name, content in changed), ("suche/v.js", b"neu")]])
    folder.write([("index.html", Made.of(b"a"))])
    assert written(site) == {"index.html": b"a", **{f"suche/neu/{name}": content for name, content in changed}, "suche/v.js": b"neu"}
    assert [name for name, _ in changed if (site / "suche/neu" / name).stat().st_ino == before.get(name)] == [name for name, _ in texts[:-2]]
    assert set(folder.before()) == {"index.html", "suche/v.js", *(f"suche/alt/{name}" for name, _ in texts)}
    assert {name: name_ for name, (name_, _) in folder.contents().items()} == {name: Made.of(content).name for name, content in written(site).items()}
    kept.close()


def test_a_folder_that_stays_is_not_renamed(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    texts = [(f"{number}.js", b"text %d" % number) for number in range(9)]
    write(site, cache, [(f"alt/{name}", content) for name, content in texts])
    both = [(f"{folder}/{name}", content) for folder in ("alt", "neu") for name, content in texts]
    kept = Cache(cache)
    folder = SiteFolder(site, kept)
    folder.put_all([(name, Made.of(content)) for name, content in both[:9]])
    folder.put_all([(name, Made.of(content)) for name, content in both[9:]])
    folder.write([])
    assert written(site) == dict(both)
    kept.close()
    kept = Cache(cache)
    folder = SiteFolder(site, kept)
    folder.put_all([(name, Made.of(content)) for name, content in reversed(both)])
    folder.write([])
    assert written(site) == dict(both)
    kept.close()


def test_a_folder_takes_what_lies_below_it_along_and_a_folder_in_use_stays(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "c.sqlite"
    texts = [(f"{number}.js", b"text %d" % number) for number in range(9)]
    write(site, cache, [*((f"alt/{name}", content) for name, content in texts), ("alt/tief/a.js", b"a"), ("alt/tief/b.js", b"b")])
    kept = Cache(cache)
    folder = SiteFolder(site, kept)
    folder.put_all([(f"neu/{name}", Made.of(content)) for name, content in texts])
    folder.write([("neu/tief/b.js", Made.of(b"b"))])
    assert written(site) == {**{f"neu/{name}": content for name, content in texts}, "neu/tief/b.js": b"b"}
    folder.complete()
    kept.close()
    kept = Cache(cache)
    folder = SiteFolder(site, kept)
    folder.put_all([("neu/tief/b.js", Made.of(b"b"))])
    folder.put_all([(f"ganz/neu/{name}", Made.of(content)) for name, content in texts])
    folder.write([])
    assert written(site) == {**{f"ganz/neu/{name}": content for name, content in texts}, "neu/tief/b.js": b"b"}
    kept.close()


def test_what_others_write_beside_belongs_to_the_state(tmp_path: Path) -> None:
    states = set()
    for looked in (False, True):
        folder = SiteFolder(tmp_path / f"site{looked}", Cache(None))
        folder.write([("a/b.html", Made.of(b"Testdaten"))])
        (tmp_path / f"site{looked}" / "a" / "fremd.txt").write_bytes(b"von anderen (Testdaten)")
        (tmp_path / f"site{looked}" / "_headers").write_bytes(b"von gestern (Testdaten)")
        if looked:
            assert set(folder.contents()) == {"a/b.html", "a/fremd.txt", "_headers"}
        (tmp_path / f"site{looked}" / "_headers").write_bytes(b"oben (Testdaten)")
        states.add(folder.complete())
        assert folder.is_in_state(folder.complete())
    assert len(states) == 1
