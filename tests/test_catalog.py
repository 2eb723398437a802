"""The catalogue: entries by key, links in both directions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import NETZ

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.load import load_content
from kreislaufstadt.loaded import Loaded
from kreislaufstadt.model.entries import Article, Term
from kreislaufstadt.model.kinds import KINDS, LISTS


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_content(NETZ))


def test_backlinks_are_the_forward_links_turned_round(catalog: Catalog) -> None:
    keys = [key for key, _ in catalog.all_entries()] + [(kind, item.id) for kind in LISTS for item in catalog.items(kind)]
    backward = {link for kind, name in keys for link in catalog.backlinks(kind, name)}
    assert backward == set(catalog.links)
    assert len(catalog.links) == len(set(catalog.links))


def test_links_come_from_fields_texts_and_lists(catalog: Catalog) -> None:
    fields = {(link.source, link.field, link.target) for link in catalog.links}
    leihladen = ("beispiel", "muster-leihladen")
    assert (leihladen, "kommune", ("kommune", "musterstadt")) in fields
    assert (leihladen, "einordnung.handlungsfelder", ("handlungsfeld", "leihen")) in fields
    assert (("komponente", "anfangen"), "text", leihladen) in fields
    assert (("komponente", "weitermachen"), "text", ("komponente", "anfangen")) in fields
    assert (("sdg-unterziel", "12.5"), "ziel", ("sdg-ziel", "12")) in fields


def test_a_text_link_leads_to_one_thing_if_it_resolves_to_one_sound_key(catalog: Catalog) -> None:
    names = {name for kind in (*KINDS, *LISTS) for name in catalog.names(kind)} | {"gibt-es-nicht"}
    for name in names:
        for kind in ("", "unsinn", *KINDS, *LISTS):
            found = catalog.resolve_text_target(kind, name)
            assert catalog.leads_to_one(kind, name) == (len(found) == 1 and found[0] in catalog.known)


def test_who_points_here_is_answered_by_kind(catalog: Catalog) -> None:
    assert [entry.id for entry in catalog.linked_from("kommune", "musterstadt", "beispiel")] == ["muster-leihladen"]
    assert catalog.linked_from("begriff", "testwort", "beispiel") == ()


def test_entries_are_sorted_and_items_keep_the_order_of_their_list(catalog: Catalog) -> None:
    assert [entry.id for entry in catalog.entries("beispiel")] == ["gau-plan", "muster-leihladen"]
    assert [item.id for item in catalog.items("groessenklasse")] == ["klein", "gross"]


def test_titles_stand_for_what_is_there_and_ids_for_what_is_not(catalog: Catalog) -> None:
    assert catalog.title("kommune", "musterstadt") == "Musterstadt (Testdaten)"
    assert catalog.title("kommune", "fehlt") == "fehlt"
    assert catalog.title("fehlt", "fehlt") == "fehlt"


def test_what_is_not_there_is_not_found(catalog: Catalog) -> None:
    assert catalog.find("beispiel", "fehlt") is None
    assert catalog.find("fehlt", "fehlt") is None
    assert catalog.backlinks("beispiel", "fehlt") == ()
    assert catalog.resolve_text_target("", "fehlt") == ()


IDS = st.sampled_from("abcdef")


@given(st.dictionaries(IDS, st.tuples(st.lists(IDS, max_size=4), st.lists(IDS, max_size=4)), max_size=6))
@settings(deadline=None)
def test_no_link_is_lost_or_invented(graph: dict[str, tuple[list[str], list[str]]]) -> None:
    loaded = Loaded({kind: {} for kind in (*KINDS, "seite")}, {kind: {} for kind in LISTS})
    for name, (related, mentioned) in graph.items():
        body = " ".join(f"[[begriff:{other}|Wort]]" for other in mentioned)
        loaded.entries["begriff"][name] = Term.model_validate({"id": name, "titel": name, "siehe_auch": related, "body": body})
    loaded.entries["seite"]["start"] = Article.model_validate({"id": "start", "titel": "Start", "body": "[[a]]"})
    catalog = Catalog(loaded)
    expected = {
        (("begriff", name), field, ("begriff", other))
        for name, (related, mentioned) in graph.items()
        for field, others in (("siehe_auch", related), ("text", mentioned))
        for other in others
        if other in graph
    }
    expected |= {(("seite", "start"), "text", ("begriff", "a"))} if "a" in graph else set()
    assert {(link.source, link.field, link.target) for link in catalog.links} == expected
    assert {link for name in graph for link in catalog.backlinks("begriff", name)} == set(catalog.links)
