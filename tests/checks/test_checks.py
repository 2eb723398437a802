"""Rules across entries: what the fault examples cannot show line by line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import NETZ, copy_netz, find_problems

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks import CHECKS, check_catalog
from kreislaufstadt.checks.dates import due_date, last_checked
from kreislaufstadt.checks.slips import _half_links, _slips
from kreislaufstadt.load import load_content
from kreislaufstadt.model.entries import Contact
from kreislaufstadt.references import find_wiki_links, mask_code

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_content(NETZ))


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.__name__)
def test_every_rule_states_itself_and_finds_nothing_in_sound_content(rule: object, catalog: Catalog) -> None:
    assert callable(rule)
    assert (rule.__doc__ or "").strip().endswith(".")
    assert list(rule(catalog, dt.date(2026, 6, 1))) == []


def test_checking_depends_only_on_content_and_the_given_day(catalog: Catalog) -> None:
    assert check_catalog(catalog, dt.date(2026, 6, 1)) == []
    later = [problem.code for problem in check_catalog(catalog, dt.date(2030, 1, 1))]
    assert set(later) == {"KS402"}


def test_a_contact_is_due_on_its_own_next_check_or_after_its_half_life(catalog: Catalog) -> None:
    contact = catalog.find("kontakt", "musterstadt-testamt")
    assert isinstance(contact, Contact)
    assert last_checked(contact) == dt.date(2026, 1, 15)
    assert due_date("kontakt", contact) == dt.date(2027, 1, 10)
    assert due_date("kontakt", contact.model_copy(update={"next_check": None})) == dt.date(2026, 7, 14)


def test_an_entry_never_checked_is_not_overdue(catalog: Catalog) -> None:
    entry = catalog.find("kommune", "beispielgau")
    assert entry is not None
    assert due_date("kommune", entry) is None  # type: ignore[arg-type]


def test_a_link_into_a_broken_entry_is_not_reported_on_top(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    (content / "modell" / "anfangen.md").write_text("---\ntitel: Anfangen (Testdaten)\nreihenfolge: eins\n---\n", encoding="utf-8")
    assert [problem.code for problem in find_problems(content)] == ["KS205"]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(["[", "[[", "]", "]]", "a", "art:", "|", "#x", "\n", " ", "`", "[[a]]", "[[a|b]]", "[Q:", "[Q:a]", "[q"]), max_size=12).map("".join))
def test_a_text_in_which_every_pair_of_brackets_opens_a_link_has_no_half_link(text: str) -> None:
    links = len(list(find_wiki_links(text)))
    found = list(_half_links(mask_code(text)))
    assert [slip for slip in _slips(text, links) if "nicht vollständig" in slip[2]] == found
    assert not found or mask_code(text).count("[[") != links
