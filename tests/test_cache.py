"""The cache vouches for what it hands out, or hands out nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kreislaufstadt.cache import Cache, digest, folder_digest


def filled(file: Path, **rows: bytes) -> None:
    cache = Cache(file)
    for name, value in rows.items():
        cache.put(digest(name), value)
    cache.save()
    cache.close()


def test_a_saved_row_is_found_by_the_next_build(tmp_path: Path) -> None:
    filled(tmp_path / "c.sqlite", page=b"text")
    assert Cache(tmp_path / "c.sqlite").get(digest("page")) == b"text"


def test_an_unsaved_row_is_found_by_the_same_build_only(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite")
    cache.put(b"key", b"text")
    assert cache.get(b"key") == b"text"
    assert Cache(tmp_path / "c.sqlite").get(b"key") is None


def test_without_a_file_a_row_lives_as_long_as_the_build() -> None:
    cache = Cache(None)
    cache.put(b"key", b"text")
    cache.save()
    assert cache.get(b"key") == b"text"
    assert Cache(None).get(b"key") is None


def test_a_damaged_row_is_not_handed_out(tmp_path: Path) -> None:
    filled(tmp_path / "c.sqlite", page=b"text", other=b"sound")
    with sqlite3.connect(tmp_path / "c.sqlite") as connection:
        connection.execute("UPDATE rows SET value = ? WHERE key = ?", (b"forged", digest("page")))
    connection.close()
    cache = Cache(tmp_path / "c.sqlite")
    assert cache.get(digest("page")) is None
    assert cache.get(digest("other")) == b"sound"


def test_a_row_moved_to_another_key_is_not_handed_out(tmp_path: Path) -> None:
    filled(tmp_path / "c.sqlite", page=b"text")
    with sqlite3.connect(tmp_path / "c.sqlite") as connection:
        connection.execute("UPDATE rows SET key = ?", (digest("other"),))
    connection.close()
    assert Cache(tmp_path / "c.sqlite").get(digest("other")) is None


@pytest.mark.parametrize("junk", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_cache_is_replaced(tmp_path: Path, junk: bytes) -> None:
    file = tmp_path / "c.sqlite"
    file.write_bytes(junk)
    filled(file, page=b"text")
    assert Cache(file).get(digest("page")) == b"text"


def test_a_cut_off_file_never_stops_a_build(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    filled(file, **{f"page{number}": bytes(5000) for number in range(50)})
    file.write_bytes(file.read_bytes()[:20_000])
    cache = Cache(file)
    for number in range(50):
        assert cache.get(digest(f"page{number}")) in (None, bytes(5000))
    cache.put(b"new", b"text")
    cache.save()


def test_a_cache_of_another_version_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("CREATE TABLE rows (key BLOB)")
    connection.close()
    filled(file, page=b"text")
    assert Cache(file).get(digest("page")) == b"text"


def test_two_processes_may_write_at_once(tmp_path: Path) -> None:
    one, two = Cache(tmp_path / "c.sqlite"), Cache(tmp_path / "c.sqlite")
    one.put(b"one", b"1")
    two.put(b"two", b"2")
    one.save()
    two.save()
    after = Cache(tmp_path / "c.sqlite")
    assert (after.get(b"one"), after.get(b"two")) == (b"1", b"2")


def test_above_the_limit_the_least_recently_used_rows_go(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    for name in ("first", "second", "third"):
        cache = Cache(file, limit=2500)
        cache.get(digest("first"))
        cache.put(digest(name), bytes(1000))
        cache.save()
        cache.close()
    cache = Cache(file)
    found = {name: cache.get(digest(name)) is not None for name in ("first", "second", "third")}
    assert found == {"first": True, "second": False, "third": True}


def crowded(folder: Path) -> Path:
    """A cache that one run has filled beyond its limit, saving several times."""
    cache = Cache(folder / "c.sqlite", limit=2500)
    for number in range(5):
        cache.put(digest(str(number)), bytes(1000))
        cache.save()
    cache.close()
    return folder / "c.sqlite"


def test_what_a_run_used_stays_however_much_it_is(tmp_path: Path) -> None:
    cache = Cache(file := crowded(tmp_path), limit=2500)
    assert all(cache.get(digest(str(number))) is not None for number in range(5))
    cache.put(digest("next"), bytes(1000))
    cache.save()
    assert all(cache.get(digest(str(number))) is not None for number in range(4)), "what the run may still want goes only at its end"
    cache.save()
    cache.close()
    cache = Cache(file)
    found = [cache.get(digest(name)) is not None for name in ("0", "1", "2", "3", "4", "next")]
    assert found == [True] * 6


def test_a_run_that_writes_nothing_drops_nothing(tmp_path: Path) -> None:
    cache = Cache(file := crowded(tmp_path), limit=2500)
    cache.get(digest("0"))
    cache.save()
    cache.close()
    cache = Cache(file)
    assert all(cache.get(digest(str(number))) is not None for number in range(5))


def test_borders_of_parts_count() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_a_changed_or_renamed_file_changes_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("one", encoding="utf-8")
    before = folder_digest([tmp_path])
    (tmp_path / "a.html").write_text("two", encoding="utf-8")
    changed = folder_digest([tmp_path])
    (tmp_path / "a.html").rename(tmp_path / "b.html")
    assert len({before, changed, folder_digest([tmp_path])}) == 3


def test_a_row_that_will_be_wanted_stays(tmp_path: Path) -> None:
    first = Cache(tmp_path / "c.sqlite", limit=0)
    for key in (b"wanted", b"other"):
        first.put(key, b"x" * 1000)
    first.close()
    second = Cache(tmp_path / "c.sqlite", limit=0)
    second.use(b"wanted")
    second.use(b"missing")
    second.put(b"new", b"x")
    second.close()
    third = Cache(tmp_path / "c.sqlite")
    assert [third.get(key) is not None for key in (b"wanted", b"other", b"missing", b"new")] == [True, False, False, True]
    third.close()


def test_late_rows_are_put_when_rows_are_written(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite")
    cache.put_late(lambda: cache.put(b"late", b"text"))
    assert cache.get(b"late") is None
    cache.save()
    cache.save()
    assert Cache(tmp_path / "c.sqlite").get(b"late") == b"text"


def test_rows_that_are_written_between_are_still_at_hand(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite")
    cache.put_late(lambda: cache.put(b"late", b"text"))
    cache.put(b"key", b"text")
    cache.write()
    assert cache.unsaved == {}
    assert cache.get(b"key") == b"text"
    assert [Cache(tmp_path / "c.sqlite").get(key) for key in (b"key", b"late")] == [b"text", None]
    (tmp_path / "c.sqlite").write_bytes(b"")
    assert cache.get(b"key") == b"text"


def test_a_first_build_that_is_killed_while_it_writes_leaves_nothing_wrong(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    program = (
        "import sys, pathlib; from kreislaufstadt.cache import Cache, digest; cache = Cache(pathlib.Path(sys.argv[1]))\n"
        "for number in range(100_000):\n"
        "    cache.put(digest(str(number)), str(number).encode() * 1000)\n"
        "    if number % 50 == 0: cache.write(); print(number, flush=True)\n"
    )
    for rounds in (1, 3, 7):
        with subprocess.Popen([sys.executable, "-c", program, str(file)], stdout=subprocess.PIPE) as process:
            assert process.stdout
            for _ in range(rounds):
                process.stdout.readline()
            process.kill()
        cache = Cache(file)
        for number in range(400):
            assert cache.get(digest(str(number))) in (None, str(number).encode() * 1000)
        cache.put(b"new", b"text")
        cache.save()
        cache.close()
        assert Cache(file).get(b"new") == b"text"
        file.unlink()
