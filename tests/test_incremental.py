"""A build that reuses what an earlier one made gives the same pages as a clean one."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import material
import pytest
from support import NETZ, TODAY

import kreislaufstadt.parallel as pool
from kreislaufstadt.build import Build
from kreislaufstadt.site import Settings

ROOT = Path(__file__).parents[1]
# EDITS=200 is the long run; fifty keep the suite short.
EDITS = int(os.environ.get("EDITS", "50"))
FROM_OTHER_PAGES = {"suche/", "daten/"}
"""Pages that list words or files of the whole site; they are made at every build."""
WORDS = ("Bauteilbörse", "Kreislauf", "Musterstadt", "Abfall", "[[komponente:strategie]]", "Leihladen")


OVERRIDES = Path(shutil.copytree(ROOT / "overrides", Path(tempfile.mkdtemp()) / "overrides"))
"""A copy, so that editing templates while the tests run does not disturb them."""


def settings(content: Path, cache: Path | None, templates: Path = OVERRIDES) -> Settings:
    return Settings("Testnetz", "https://example.org/", content, (templates, Path(material.__file__).parent / "templates"), TODAY, cache=cache)


def pages(content: Path, cache: Path | None, templates: Path = OVERRIDES) -> dict[str, str]:
    build = Build(settings(content, cache, templates))
    found = {url: page.html for url, page in build.pages.items()}
    build.cache.close()
    return found


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(NETZ, tmp_path / "content"))


def test_a_second_build_renders_only_what_is_made_from_other_pages(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pages(content, tmp_path / "c.sqlite")
    rendered: list[str] = []
    build = Build(settings(content, tmp_path / "c.sqlite"))
    real = build.renderer.render
    monkeypatch.setattr(build.renderer, "render", lambda draft, **extra: (rendered.append(draft.url), real(draft, **extra))[1])
    assert {url: page.html for url, page in build.pages.items()} == first
    assert set(rendered) <= FROM_OTHER_PAGES


def test_an_edit_renders_what_depends_on_it_and_not_everything(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages(content, tmp_path / "c.sqlite")
    file = min((content / "glossar").glob("*.md"))
    file.write_text(file.read_text(encoding="utf-8") + "\nEin weiterer Satz (Testdaten).\n", encoding="utf-8")
    build = Build(settings(content, tmp_path / "c.sqlite"))
    rendered: list[str] = []
    real = build.renderer.render
    monkeypatch.setattr(build.renderer, "render", lambda draft, **extra: (rendered.append(draft.url), real(draft, **extra))[1])
    everything = build.pages
    assert f"glossar/{file.stem}/" in rendered
    assert len(rendered) < len(everything)


def test_random_edits_give_the_same_pages_as_a_clean_build(content: Path, tmp_path: Path) -> None:
    rng = random.Random(20261122)
    for number in range(EDITS):
        edit(rng, content, number)
        kept = pages(content, tmp_path / "c.sqlite")
        clean = pages(content, None)
        different = [url for url in clean if kept.get(url) != clean[url]]
        assert kept.keys() == clean.keys()
        assert not different, f"edit {number}: {different[:5]}"


def edit(rng: random.Random, content: Path, number: int) -> None:
    """Change one file at random: text, title, a field, add or delete an entry."""
    files = sorted(path for path in content.rglob("*") if path.suffix in {".md", ".yml"} and path.name != "betreiber.yml")
    file = rng.choice(files)
    text = file.read_text(encoding="utf-8")
    kind = rng.choice(("word", "word", "title", "line", "copy", "delete", "restore"))
    if kind == "word" and file.suffix == ".md":
        text += f"\nNoch ein Satz über {rng.choice(WORDS)} (Testdaten {number}).\n"
    elif kind == "title":
        text = text.replace("titel: ", f"titel: {rng.choice(('Neu', 'Anders'))} ", 1)
    elif kind == "line":
        lines = text.split("\n")
        del lines[rng.randrange(len(lines))]
        text = "\n".join(lines)
    elif kind == "copy" and file.parent.name in {"beispiele", "glossar", "kontakte"}:
        file.with_name(f"kopie-{number}{file.suffix}").write_text(text, encoding="utf-8")
    elif kind == "delete" and file.stem.startswith("kopie"):
        file.unlink()
        return
    elif kind == "restore":
        shutil.copytree(NETZ, content, dirs_exist_ok=True)
        return
    file.write_text(text, encoding="utf-8")


def test_a_changed_template_renders_every_page_anew(content: Path, tmp_path: Path) -> None:
    templates = Path(shutil.copytree(OVERRIDES, tmp_path / "overrides"))
    pages(content, tmp_path / "c.sqlite", templates)
    footer = templates / "partials" / "footer.html"
    footer.write_text(footer.read_text(encoding="utf-8") + "<!-- geändert -->", encoding="utf-8")
    found = pages(content, tmp_path / "c.sqlite", templates)
    assert all("<!-- geändert -->" in html for url, html in found.items() if 'http-equiv="refresh"' not in html)


def test_all_cores_give_the_same_bytes_as_one(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = pages(content, None)
    monkeypatch.setattr(pool, "SMALLEST", 2)
    monkeypatch.setattr(pool, "_may_fork", lambda: True)
    monkeypatch.setattr(pool.os, "sched_getaffinity", lambda process: {0, 1}, raising=False)
    assert pages(content, None) == alone


def test_a_preview_says_on_every_page_what_is_wrong_now(content: Path, tmp_path: Path) -> None:
    def preview() -> dict[str, str]:
        build = Build(replace(settings(content, tmp_path / "c.sqlite"), preview=True))
        found = {url: page.html for url, page in build.pages.items()}
        build.cache.close()
        return found

    sound = preview()
    assert "KS107" not in sound["vorschau/"] and 'aria-label="Vorschau"' not in sound[""]
    file = content / "glossar" / "testwort.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "\n[Q:Unlesbar]\n", encoding="utf-8")
    (content / "glossar" / "kaputt.md").write_text("---\ntitel: a: b\n---\n", encoding="utf-8")
    faulty = preview()
    assert "KS107" in faulty["vorschau/"] and "KS308" in faulty["vorschau/"]
    assert {url for url, html in faulty.items() if '<div class="page wrap">' in html and "Vorschau: 2 Fehler, 0 Warnungen" not in html} == set()
    assert "glossar/testwort/" not in faulty and "glossar/kaputt/" not in faulty
    file.write_text(text, encoding="utf-8")
    (content / "glossar" / "kaputt.md").unlink()
    assert preview() == sound
