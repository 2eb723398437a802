"""What has to be checked again, by day."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from support import NETZ, TODAY, copy_netz, render_page

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks.dates import HALF_LIFE_DAYS
from kreislaufstadt.freshness import SOON_DAYS, State, derive_freshness, freshness_json, review_of
from kreislaufstadt.load import load_content


def example(content: Path, check: str = "2026-01-15") -> Catalog:
    path = content / "beispiele" / "gau-plan.md"
    text = path.read_text(encoding="utf-8").replace("---\n", f"---\ngeprueft:\n  datum: {check}\n  hinweis: Testdaten gelesen\nungeprueft:\n  - Testdaten\n", 1)
    path.write_text(text, encoding="utf-8")
    return Catalog(load_content(content))


def state_on(catalog: Catalog, day: dt.date) -> State:
    entry = catalog.find("beispiel", "gau-plan")
    assert entry is not None
    return review_of("beispiel", entry, day).state  # type: ignore[arg-type]


def test_a_check_is_current_then_due_then_overdue(tmp_path: Path) -> None:
    catalog = example(copy_netz(tmp_path))
    end = dt.date(2026, 1, 15) + dt.timedelta(days=HALF_LIFE_DAYS["beispiel"])
    assert state_on(catalog, end - dt.timedelta(days=SOON_DAYS + 1)) is State.CURRENT
    assert state_on(catalog, end - dt.timedelta(days=SOON_DAYS)) is State.DUE
    assert state_on(catalog, end) is State.DUE
    assert state_on(catalog, end + dt.timedelta(days=1)) is State.OVERDUE


def test_unchecked_entries_are_named_only_where_checks_are_due() -> None:
    catalog = Catalog(load_content(NETZ))
    found = derive_freshness(catalog, TODAY)
    assert found.count(State.NEVER) > 0
    assert {kind.kind for kind in found.kinds if kind.days} == {kind for kind in HALF_LIFE_DAYS if catalog.entries(kind)}
    term = catalog.entries("begriff")[0]
    assert review_of("begriff", term, TODAY).state is State.CURRENT


def test_unverified_statements_are_counted(tmp_path: Path) -> None:
    found = derive_freshness(example(copy_netz(tmp_path)), TODAY)
    assert [review.unverified for kind in found.kinds for review in kind.unverified if review.id == "gau-plan"] == [1]


def test_the_longest_overdue_comes_first(tmp_path: Path) -> None:
    found = derive_freshness(example(copy_netz(tmp_path), "2023-01-15"), TODAY)
    examples = next(kind for kind in found.kinds if kind.kind == "beispiel")
    assert examples.reviews[0].id == "gau-plan"
    assert examples.in_state(State.OVERDUE) == examples.reviews[:1]


def test_the_list_for_programs_holds_every_entry_and_no_person(tmp_path: Path) -> None:
    found = derive_freshness(example(copy_netz(tmp_path)), TODAY)
    data = json.loads(freshness_json(found))
    assert data["stand"] == TODAY.isoformat()
    row = next(row for row in data["eintraege"] if row["id"] == "gau-plan")
    assert row == {"art": "beispiel", "id": "gau-plan", "titel": row["titel"], "adresse": "beispiele/gau-plan/", "zustand": "aktuell", "geprueft": "2026-01-15", "faellig": "2027-01-15", "ungepruefte_angaben": 1}
    assert len(data["eintraege"]) == sum(len(kind.reviews) for kind in found.kinds)


@pytest.mark.parametrize("kind", sorted(HALF_LIFE_DAYS))
def test_half_lives_are_kinds_with_pages(kind: str) -> None:
    assert derive_freshness(Catalog(load_content(NETZ)), TODAY)
    assert HALF_LIFE_DAYS[kind] >= 180


CHANGED = {"content/kommunen/musterstadt.md": dt.date(2026, 3, 20)}


def test_an_overdue_page_says_so_calmly_and_a_current_one_is_silent() -> None:
    assert "pruefstand" not in render_page("kommunen/musterstadt/", changed=CHANGED)
    html = render_page("kommunen/musterstadt/", today=dt.date(2027, 2, 1))
    assert "Diese Seite wurde zuletzt am" in html
    assert '<time datetime="2026-01-15">15. Januar 2026</time> geprüft' in html


def test_a_page_says_when_it_was_last_changed_only_if_that_is_known() -> None:
    assert 'Zuletzt geändert</dt><dd><time datetime="2026-03-20">' in render_page("kommunen/musterstadt/", changed=CHANGED)
    assert "Zuletzt geändert" not in render_page("beispiele/muster-leihladen/", changed=CHANGED)


def test_the_page_lists_what_is_due() -> None:
    html = render_page("pruefen/", today=dt.date(2027, 2, 1))
    assert "Prüfung überfällig: " in html
    assert 'fällig seit <time datetime="2027-01-15">' in html


@pytest.mark.parametrize("content", [NETZ, None])
def test_the_list_for_programs_is_written_as_the_library_would_write_it(tmp_path: Path, content: Path | None) -> None:
    freshness = derive_freshness(Catalog(load_content(content or tmp_path)), TODAY)
    text = freshness_json(freshness)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    assert len(json.loads(text)["eintraege"]) == sum(len(kind.reviews) for kind in freshness.kinds)
