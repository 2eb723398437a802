"""What is done with a page where it is made is the same as what a later look at the page would give."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import NETZ
from test_incremental import settings

import kreislaufstadt.parallel as pool
from kreislaufstadt.build import Build
from kreislaufstadt.cache import Cache
from kreislaufstadt.fingerprints import Fingerprints
from kreislaufstadt.guard.keep import inspect_page
from kreislaufstadt.guard.policy import Policy
from kreislaufstadt.guard.seal import Sealer
from kreislaufstadt.page_steps import InspectStep, SealStep, WriteStep
from kreislaufstadt.rendered_pages import RenderedPage
from kreislaufstadt.sealed_pages import SealedPages, key_of
from kreislaufstadt.search.index import index_page
from kreislaufstadt.site_folder import SiteFolder
from kreislaufstadt.trace import BORDER

SCRIPTS = {"assets/js/seite.js": b"1;"}


@pytest.mark.parametrize("forked", [False, True])
@pytest.mark.parametrize("kept", [False, True], ids=["no cache file", "cache file"])
def test_new_pages_are_sealed_written_inspected_and_analysed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forked: bool, kept: bool) -> None:
    monkeypatch.setattr(pool, "SMALLEST", 1 if forked else 10_000)
    cache = Cache(tmp_path / "c.sqlite" if kept else None)
    build = Build(settings(NETZ, cache=None), cache)
    sealer = Sealer(lambda name: SCRIPTS.get(name, b"x"), Policy())
    folder, inspected, sealed = SiteFolder(tmp_path / "site", cache), {}, SealedPages(cache)
    build.steps += [SealStep(sealer, sealed), WriteStep(folder), InspectStep(inspected)]
    made = build._readable
    analysed: list[str] = []
    monkeypatch.setattr("kreislaufstadt.search_pages.index_page", lambda document, analysis: (analysed.append(document.url), index_page(document, analysis))[1])
    known = [page for page in made.values() if not build.is_late(page.draft)]
    assert len(known) > 30
    for page in known:
        content = sealer.seal(page.draft.file, page.html).encode()
        assert (tmp_path / "site" / page.draft.file).read_bytes() == content
        name = sealed.find(page, sealer)
        assert name == folder.name_of(page.draft.file)
        assert inspected[str(name)] == inspect_page(content)
    assert {head.url for head in build.indexed.heads} == {page.draft.url for page in known if page.draft.listed} | {"daten/"}
    assert set(analysed) <= {"daten/"}
    cache.close()


@pytest.mark.parametrize("forked", [False, True])
def test_what_views_say_is_taken_down_where_pages_are_made(monkeypatch: pytest.MonkeyPatch, forked: bool) -> None:
    monkeypatch.setattr(pool, "SMALLEST", 1 if forked else 10_000)
    build = Build(settings(NETZ, cache=None), Cache(None))
    assert build._readable
    prints = build.site.tracker.prints
    assert {name.split(BORDER)[1] for name in prints} == {"neighbours", "similar"}
    for name, found in prints.items():
        assert found == Fingerprints(build.site.catalog, {}, build._ask).of(name)
    monkeypatch.setattr(build._page_cache, "_fingerprints", Fingerprints(build.site.catalog, {}, None))
    build._page_cache.save()
    assert {name: build._page_cache._now.prints[name] for name in prints} == prints


def test_a_page_whose_script_changed_is_sealed_again() -> None:
    cache = Cache(None)
    build = Build(settings(NETZ, cache=None), cache)
    sealed = SealedPages(cache)
    build.steps.append(SealStep(Sealer(lambda _name: b"old", Policy()), sealed))
    page = build._readable["modell/"]
    assert sealed.find(page, Sealer(lambda _name: b"old", Policy()))
    assert sealed.find(page, Sealer(lambda _name: b"new", Policy())) is None
    assert sealed.find(page, Sealer(lambda _name: b"old", Policy(), base_path="/unter/")) is None


def test_sealed_pages_are_known_in_the_next_build_if_they_were_seen_in_the_last(tmp_path: Path) -> None:
    sealer, file = Sealer(lambda _name: b"1;", Policy()), tmp_path / "c.sqlite"
    pages = Build(settings(NETZ, cache=None), Cache(None))._readable
    first, second = pages["modell/"], pages[""]

    def run(*wanted: RenderedPage, new: bool) -> list[str | None]:
        cache = Cache(file)
        sealed = SealedPages(cache)
        found = [sealed.find(page, sealer) for page in wanted]
        for page in wanted if new else ():
            sealed.keep(key_of(page), page.draft.url, {"assets/js/seite.js": sealer.hash_of("assets/js/seite.js")}, sealer)
            cache.save()
        cache.close()
        return found

    assert run(first, second, new=True) == [None, None]
    assert run(first, second, new=False) == ["modell/", ""]
    assert run(first, new=False) == ["modell/"]
    assert run(first, second, new=False) == ["modell/", None]
