"""Limits of what comes in, content as data and never as template, pictures with their credit."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from guard.planting import plant
from guard.small_site import inspect, write_site
from support import copy_netz, find_problems

from kreislaufstadt import load
from kreislaufstadt.build import Build
from kreislaufstadt.guard import wall
from kreislaufstadt.guard.pictures import kind_of, load_pictures, size_of
from kreislaufstadt.guard.wall import clean, guard_text
from kreislaufstadt.site import Settings

ROOT = Path(__file__).parents[2]


def test_too_many_files_are_named_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_FILES", 10)
    loaded = load.load_content(copy_netz(tmp_path))
    assert len(loaded.files) == 10
    assert [problem.code for problem in loaded.problems if problem.code == "KS122"] == ["KS122"]


def test_content_is_never_a_template(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    plant(content, "{{ 7 * 191 }}{% set x = 1 %}")
    build = Build(Settings("Testnetz", "https://testnetz.example/", content, (ROOT / "overrides",), dt.date(2026, 6, 1)))
    pages = [page.html for page in build.pages.values()]
    assert any("{{ 7 * 191 }}" in page for page in pages)
    assert not any("1337" in page for page in pages)


@pytest.mark.parametrize(
    ("markup", "removed"),
    [
        ('<p onclick="x()">a</p>', "<p onclick=x()>"),
        ("<p>a<script>x()</script></p>", "<script>"),
        ('<p><a href="javascript:x()">a</a></p>', "<a href=javascript:x()>"),
        ('<iframe src="https://fremd.example/"></iframe>', "<iframe>"),
        ('<p style="color:red">a</p>', "<p style=color:red>"),
        ('<svg><a href="x">a</a></svg>', "<svg>"),
    ],
)
def test_wall_names_what_it_takes_out(markup: str, removed: str) -> None:
    cleaned = clean(markup)
    assert removed in cleaned.removed
    assert "entfernt" in guard_text(markup)


def test_wall_leaves_sound_markup_as_it_is() -> None:
    markup = '<h2 id="a">A &quot;b&quot;</h2>\n<p>c&#160;d <a class="extern" href="https://a.example/?b=1&amp;c=2" rel="external noopener">e</a></p>'
    assert guard_text(markup) == markup


SOUND_TEXT = '<h2 id="a">A</h2>\n<p title="x">c <a class="begriff" href="../b/">b</a> <em>d</em></p><ul><li>e</li></ul><a href="https://a.example/">f</a>'


def test_wall_asks_about_a_tag_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "_passed", set())
    assert guard_text(SOUND_TEXT) == SOUND_TEXT
    monkeypatch.setattr(wall, "_CLEANER", None)
    other = SOUND_TEXT.replace("../b/", "../../c/d/index.html#e").replace(">A<", ">B &amp; C<")
    assert guard_text(other) == other
    monkeypatch.setattr(wall, "_MOST_PASSED", 3)
    wall._pass({"b"})
    assert wall._passed == {"b"}


BEHIND_SOUND_TAGS = [
    *('<p title="x" onclick="y">', '<p title="x>" onclick="y">', "<p title='x' onclick='y'>", "<p onclick=y>", "<P ONCLICK=y>", "<em/onclick=y>", "<em\nonclick=y>"),
    *('<a href="javascript:x">', '<a class="begriff" href="javascript:x">', '<a href="../b/" href="javascript:x">', '<a href="java\nscript:x">', '<a href="&#106;avascript:x">'),
    *("<script>x</script>", '<script src="x"></script>', "<style>x</style>", "<title><em></title><img src=x onerror=y>", "<svg><em></em></svg>", "<!-- <em> --><iframe>"),
    *('<textarea><p title="x"></textarea>', "<em", "<script", "<scr<em>ipt>x</script>"),
]


@pytest.mark.parametrize("bad", BEHIND_SOUND_TAGS)
def test_wall_says_of_unsound_tags_among_known_ones_what_it_says_of_them_alone(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (SOUND_TEXT + bad, bad + SOUND_TEXT, SOUND_TEXT.replace("<em>d", f"{bad}d")):
        monkeypatch.setattr(wall, "_passed", set())
        alone = guard_text(text)
        assert guard_text(SOUND_TEXT) == SOUND_TEXT
        assert guard_text(text) == alone
        assert alone != text or bad.endswith("em")


@pytest.mark.parametrize("bad", ["<p>a<em>b</p></em>", '<a href="zwei/"><a href="zwei/">b</a></a>', "<em>b", "b</em>", "<ul><em>b</em></ul>"])
def test_known_tags_in_a_wrong_order_are_named_by_one_wall_or_the_other(bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "_passed", set())
    for _ in range(2):  # before the tags are known, and after
        site = write_site(tmp_path / "site")
        page = site / "index.html"
        page.write_text(page.read_text("utf-8").replace("</h1>", f"</h1>{guard_text(bad)}", 1), "utf-8")
        assert {problem.code for problem in inspect(site)} & {"KS604", "KS612"}
        wall._pass({"p", "/p", "em", "/em", "ul", "/ul", "/a"})
        shutil.rmtree(site)


def test_picture_is_shown_with_size_and_credit(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    text = (content / "glossar" / "testwort.md").read_text("utf-8")
    (content / "glossar" / "testwort.md").write_text(text + "\n![Ein Testbild](../bilder/testbild.svg)\n", "utf-8")
    assert [problem for problem in find_problems(content) if problem.severity == "Fehler"] == []
    build = Build(Settings("Testnetz", "https://testnetz.example/", content, (ROOT / "overrides",), dt.date(2026, 6, 1)))
    page = build.pages["glossar/testwort/"].html
    assert "<figure>" in page
    assert "Testbild (Testdaten)</a> von Muster Person (Testdaten)" in page
    assert "creativecommons.org/licenses/by/4.0" in page


REFUSED = {
    "[a][ra]\n\n[ra]: javascript:alert(1)": "KS413",
    "[b][rb]\n\n[rb]:\n  data:text/html,x": "KS413",
    "![c][rc]\n\n[rc]: https://fremd.example/c.gif": "KS413",
    "[f](javascript:alert(1))": "KS413",
}
"""Addresses that stand apart from their link, and one with brackets in it."""


def test_addresses_apart_from_their_link_are_checked(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    file = content / "glossar" / "testwort.md"
    before = file.read_text("utf-8").rstrip() + "\n\n"
    file.write_text(before + "\n\n".join(REFUSED) + "\n\n[g][rg] und [h][^1]\n\n[rg]: https://a.example/\n\n[^1]: keine Adresse\n", "utf-8")
    found = [problem for problem in find_problems(content) if problem.code == "KS413"]
    first = before.count("\n") + 1
    assert [problem.code for problem in found] == list(REFUSED.values()), found
    assert [problem.place.line for problem in found] == sorted(problem.place.line for problem in found)
    assert found[0].place.line == first + 2


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05\0\0\0\x07 eXIf", b"\xff\xd8\xff\xe1\0\x08Exif\0\0\xff\xc0\0\x0b\x08\0\x07\0\x05\x01\0"])
def test_notes_of_the_camera_are_refused(raw: bytes, tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    name = f"foto.{kind_of(raw).lower()}"
    (content / "bilder" / name).write_bytes(raw)
    (content / "bilder" / "foto.yml").write_bytes((content / "bilder" / "testbild.yml").read_bytes())
    _, problems = load_pictures(content, [f"bilder/{name}", "bilder/foto.yml"])
    assert [(problem.code, "EXIF" in problem.message) for problem in problems] == [("KS414", True)]


@pytest.mark.parametrize("path", ["../../../../etc/passwd", "/etc/passwd", "../betreiber.yml", "../bilder/../../../x.png"])
def test_pictures_cannot_come_from_outside(path: str, tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    text = (content / "glossar" / "testwort.md").read_text("utf-8")
    (content / "glossar" / "testwort.md").write_text(text + f"\n![Ein Testbild]({path})\n", "utf-8")
    build = Build(Settings("Testnetz", "https://testnetz.example/", content, (ROOT / "overrides",), dt.date(2026, 6, 1)))
    stopped = any(problem.code == "KS503" for problem in build.site.problems)
    assert stopped or path == "../betreiber.yml"


@pytest.mark.parametrize(
    ("raw", "kind", "size"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05\0\0\0\x07", "PNG", (5, 7)),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x07\0\x05\x01\0", "JPEG", (5, 7)),
        (b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x04\0\0\x06\0\0", "WebP", (5, 7)),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG", None),
        (b"<html><svg></svg></html>", "", None),
        (b"GIF89a", "", None),
        (b"\xff\xd8\xff", "JPEG", None),
        (b"", "", None),
    ],
)
def test_pictures_are_known_by_their_content(raw: bytes, kind: str, size: tuple[int, int] | None) -> None:
    assert kind_of(raw) == kind
    assert size_of(raw) == size
