"""Traces of pages: what is written is read again, and a page holds exactly as long as all that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kreislaufstadt.cache import digest
from kreislaufstadt.traces import Trace, Traces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NAMES = st.text(alphabet="ab\x1fä\n", min_size=1, max_size=4)
PAGES = st.dictionaries(st.text(alphabet="0123456789abcdef", min_size=40, max_size=40), st.builds(Trace, st.just("ff" * 20), st.sets(NAMES).map(lambda names: tuple(sorted(names)))))


def prints(changed: set[str]) -> Callable[[str], bytes]:
    return lambda name: digest(name, "changed" if name in changed else "")


def unchanged(changed: set[str]) -> Callable[[str, Mapping[str, bytes]], bool]:
    return lambda name, before: prints(changed)(name) == before[name]


@given(PAGES)
def test_what_is_written_is_read_again(pages: dict[str, Trace]) -> None:
    traces = Traces()
    traces.pages = pages
    traces.sign(prints(set()), {})
    found = Traces.unpack(traces.pack())
    assert (found.pages, found.prints) == (traces.pages, traces.prints)
    assert Traces.unpack(found.pack()).pack() == found.pack()


@given(PAGES, st.sets(NAMES))
def test_a_page_holds_as_long_as_all_that_it_names(pages: dict[str, Trace], changed: set[str]) -> None:
    traces = Traces()
    traces.pages = pages
    traces.sign(prints(set()), {})
    assert traces.holding(unchanged(set())) == pages
    assert traces.holding(unchanged(changed)) == {key: trace for key, trace in pages.items() if not changed & set(trace.names)}
