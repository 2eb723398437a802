"""Traces of pages: what is written is read again, and a page holds exactly as long as all that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kreislaufstadt.cache import digest
from kreislaufstadt.traces import Traces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NAMES = st.text(alphabet="ab\x1fä\n", min_size=1, max_size=4)
PAGES = st.dictionaries(st.text(alphabet="0123456789abcdef", min_size=40, max_size=40), st.sets(NAMES))


def prints(changed: set[str]) -> Callable[[str], bytes]:
    return lambda name: digest(name, "changed" if name in changed else "")


def unchanged(changed: set[str]) -> Callable[[str, Mapping[str, bytes]], bool]:
    return lambda name, before: prints(changed)(name) == before[name]


def traced(pages: Mapping[str, set[str]], before: Traces | None = None) -> Traces:
    traces = Traces(before)
    for key, names in pages.items():
        traces.add(key, "ff" * 20, names)
    traces.sign(prints(set()), {})
    return traces


@given(PAGES)
def test_what_is_written_is_read_again(pages: dict[str, set[str]]) -> None:
    traces = traced(pages)
    found = Traces.unpack(traces.pack())
    assert (found.pages, found.prints) == (traces.pages, traces.prints)
    assert found.prints.keys() == set().union(*pages.values())
    assert Traces.unpack(found.pack()).pack() == found.pack()


@given(PAGES, st.sets(NAMES))
def test_a_page_holds_as_long_as_all_that_it_names(pages: dict[str, set[str]], changed: set[str]) -> None:
    traces = traced(pages)
    assert traces.holding(unchanged(set())) == traces.pages
    assert traces.holding(unchanged(changed)).keys() == {key for key, names in pages.items() if not changed & names}


@given(PAGES, PAGES, st.sets(NAMES))
def test_traces_are_taken_over_by_the_next_build(first: dict[str, set[str]], second: dict[str, set[str]], changed: set[str]) -> None:
    before = Traces.unpack(traced(first).pack())
    now = Traces(before)
    now.pages.update(before.pages)
    for key, names in second.items():
        now.add(key, "00" * 20, names)
    now.sign(prints(set()), {})
    found = Traces.unpack(now.pack())
    whole = {**first, **second}
    assert found.prints.keys() == set().union(*whole.values())
    assert found.holding(unchanged(changed)).keys() == {key for key, names in whole.items() if not changed & names}


@given(PAGES, PAGES)
def test_things_that_no_page_names_any_more_go(first: dict[str, set[str]], second: dict[str, set[str]]) -> None:
    alone, after = traced(second), traced(second, traced(first))
    assert after.prints == alone.prints
    assert len(after.numbers) <= max(1, 1.25 * len(alone.numbers))
