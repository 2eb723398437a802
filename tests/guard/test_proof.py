"""What the proof lets pass, a whole inspection lets pass too; what that would find, the proof leaves to it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from guard.small_site import RULES, change, inspect, write_site
from guard.test_site import DEFECTS

from kreislaufstadt.cache import Cache, content_name
from kreislaufstadt.guard import complete, inspection
from kreislaufstadt.guard.inspection import Inspection
from kreislaufstadt.guard.keep import KeptFiles
from kreislaufstadt.guard.proof import Proof, State, prove
from kreislaufstadt.guard.rules import inspect_site
from kreislaufstadt.guard.servers import serving_of
from kreislaufstadt.guard.whole import Whole
from kreislaufstadt.problems import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OTHER_PAGE = "zwei/index.html"


def state(site: Path) -> State:
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return State({file: content_name(raw) for file, raw in files.items()}, {file: len(raw) for file, raw in files.items()})


def kept(cache: Cache, found: State) -> KeptFiles:
    return KeptFiles(cache, found.names.get)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


@pytest.fixture
def cache(site: Path) -> Cache:
    """What a build leaves that found the small site sound."""
    cache = Cache(None)
    found = state(site)
    assert Inspection(site, RULES, cache, {}, found).find_faults(kept(cache, found))[1] == []
    return cache


def proof_of(site: Path, cache: Cache, before: State) -> Proof | None:
    """The proof for the site as it is now, from the sound state before."""
    whole, _ = inspect_site_before(site, before)
    now = state(site)
    return prove(whole, Whole(site, RULES, kept(cache, now)), before.names, now, kept(cache, now))


def inspect_site_before(site: Path, before: State) -> tuple[Proof, State]:
    sound = write_site(site.parent / "davor")
    return Proof.of(inspect_site(sound, RULES)[0], before.names), before


@pytest.mark.parametrize("name", DEFECTS)
def test_no_planted_defect_is_proved_to_be_none(name: str, site: Path, cache: Cache) -> None:
    file, old, new, code, _ = DEFECTS[name]
    before = state(site)
    change(site, file, old, new)
    assert proof_of(site, cache, before) is None
    now = state(site)
    problems = Inspection(site, RULES, cache, before.names, now).find_faults(kept(cache, now))[1]
    assert code in {problem.code for problem in problems}
    assert problems == inspect(site)


SOUND: dict[str, Callable[[Path], object]] = {
    "nothing": lambda site: None,
    "another text": lambda site: change(site, OTHER_PAGE, "</h1>", "</h1><p>Noch ein Satz (Testdaten).</p>"),
    "another title": lambda site: change(site, OTHER_PAGE, "<title>Zwei", "<title>Ganz anders"),
    "a link to a page that stays": lambda site: change(site, OTHER_PAGE, "</h1>", '</h1><a href="drei/#inhalt">drei</a>'),
    "a new anchor": lambda site: change(site, OTHER_PAGE, "</h1>", '</h1><p id="neu"></p>'),
    "new data": lambda site: ((site / "daten").mkdir(), (site / "daten" / "a.json").write_text("{}")),
    "search moves": lambda site: (site / "suche/0123456789ab").rename(site / "suche/0123456789ac"),
    "other search": lambda site: (site / "suche/0123456789ab/t1.js").write_text('kreislaufsuche("t1","andere Testdaten")\n'),
    "page gone that nobody wants": lambda site: (site / "404.html").unlink(),
}


@pytest.mark.parametrize("name", SOUND)
def test_harmless_changes_are_proved(name: str, site: Path, cache: Cache) -> None:
    before = state(site)
    SOUND[name](site)
    proof = proof_of(site, cache, before)
    assert proof is not None
    whole, problems = inspect_site(site, RULES)
    anew = Proof.of(whole, state(site).names)
    assert problems == []
    assert (proof.state, proof.heads, proof.serving) == (anew.state, anew.heads, serving_of(whole))
    assert all(set(anchors) <= set(proof.needs[target]) for target, anchors in anew.needs.items())
    assert Proof.unpack(proof.pack()) == proof


HARM: dict[str, Callable[[Path], object]] = {
    "anchor gone that another page wants": lambda site: change(site, OTHER_PAGE, 'id="ziel"', 'id="weg"'),
    "page gone": lambda site: (site / OTHER_PAGE).unlink(),
    "style gone": lambda site: (site / "assets/stil.css").unlink(),
    "title of another page": lambda site: change(site, OTHER_PAGE, "<title>Zwei", "<title>Drei"),
    "description of another page": lambda site: change(site, OTHER_PAGE, "Beschreibung von Zwei", "Beschreibung von Drei"),
    "new page with an old title": lambda site: ((site / "neu").mkdir(), (site / "neu/index.html").write_text((site / OTHER_PAGE).read_text())),
    "hidden file": lambda site: (site / ".env").write_text("x"),
    "file that is not public": lambda site: (site / "bau.py").write_text("x"),
    "link to another file": lambda site: (site / "passwoerter.txt").symlink_to("/etc/hostname"),
    "no UTF-8": lambda site: (site / OTHER_PAGE).write_bytes("<p>ä</p>".encode("latin-1")),
    "data that asks": lambda site: (site / "suche/0123456789ab/t1.js").write_text('fetch("https://fremd.example/")\n'),
    "data not in UTF-8": lambda site: (site / "suche/0123456789ab/t1.js").write_bytes(b'kreislaufsuche("t1","\xff")\n'),
    "script beside the data": lambda site: (site / "assets/neu.js").write_text("1;\n"),
    "redirect": lambda site: change(site, OTHER_PAGE, "<title>", '<meta http-equiv="refresh" content="0; url=drei/"><title>'),
}


@pytest.mark.parametrize("name", HARM)
def test_what_others_need_is_not_taken_away_unseen(name: str, site: Path, cache: Cache) -> None:
    before = state(site)
    HARM[name](site)
    assert proof_of(site, cache, before) is None


def test_a_state_that_was_never_inspected_proves_nothing(site: Path, cache: Cache) -> None:
    before = state(site)
    other = State({**before.names, "neu.txt": "00"}, before.sizes)
    assert proof_of(site, cache, before) is not None
    proof = Proof.of(inspect_site(site, RULES)[0], before.names)
    assert prove(proof, Whole(site, RULES, kept(cache, before)), other.names, before, kept(cache, before)) is None
    assert prove(Proof.of(inspect_site(site, RULES)[0], {}), Whole(site, RULES, kept(cache, before)), before.names, before, kept(cache, before)) is None


def test_what_pages_said_stays_known_after_a_proof(site: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(site)
    SOUND["another text"](site)
    now = state(site)
    assert Inspection(site, RULES, cache, before.names, now).find_faults(kept(cache, now))[1] == []
    monkeypatch.setattr("kreislaufstadt.guard.keep.inspect_page", None)
    pages = [file for file in now.names if file.endswith(".html")]
    assert None not in list(kept(cache, now).pages(site, pages))


def test_only_pages_whose_title_does_not_name_the_entry_are_looked_at(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [("zwei/", "Zwei"), ("zwei/drei/", "Punkt & Zahlen"), ("", "Punkt"), ("zwei/drei/", "Nirgends")]
    change(site, "zwei/drei/index.html", "Punkt", "Punkt &amp; Zahlen")
    for module in (inspection, complete):
        monkeypatch.setattr(module, "expected_pages", lambda _catalog: [(("begriff", url), url, title) for url, title in wanted])
    looked: list[str] = []
    monkeypatch.setattr(complete, "shows", lambda page, title: (looked.append(title), inspection.shows(page, title))[1])
    catalog, found, cache = SimpleNamespace(source=lambda _key: Place("content/a.md")), state(site), Cache(None)
    one = Inspection(site, RULES, cache, {}, found)
    assert one.find_faults(kept(cache, found))[1] == []
    assert [problem.message for problem in one.find_gaps(catalog)] == ["Die Seite zwei/drei/index.html zeigt den Eintrag „Nirgends“ nicht."]
    assert looked == ["Punkt & Zahlen", "Punkt", "Nirgends"]
