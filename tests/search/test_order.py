"""Which pages of an earlier build stand where now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kreislaufstadt.search.order import Order

URLS = st.lists(st.sampled_from("abcdefghijkl"), unique=True)


@pytest.mark.parametrize(
    ("now", "order"),
    [
        ("abcd", ([0], [0], [4])),
        ("abxcd", ([0, 2], [0, 1], [2, 2])),
        ("xabcd", ([0], [1], [4])),
        ("abcdx", ([0], [0], [4])),
        ("acd", ([0, 2], [0, -1], [1, 2])),
        ("axcd", ([0, 2], [0, 0], [1, 2])),
        ("bcda", ([1], [-1], [3])),
        ("", ([], [], [])),
    ],
)
def test_blocks_are_pages_that_stayed_together(now: str, order: tuple[list[int], list[int], list[int]]) -> None:
    assert Order.between("abcd", now) == order


@given(URLS, URLS)
def test_pages_of_blocks_are_the_same_and_in_order(before: list[str], now: list[str]) -> None:
    numbers = list(Order.between(before, now).numbers())
    assert all(before[old] == now[new] for old, new in numbers)
    assert numbers == sorted(numbers)
    assert [new for _, new in numbers] == sorted({new for _, new in numbers})


@given(URLS, st.sets(st.sampled_from("abcdefghijkl")))
def test_only_pages_that_went_are_in_no_block(before: list[str], gone: set[str]) -> None:
    now = [url for url in before if url not in gone]
    assert [new for _, new in Order.between(before, now).numbers()] == list(range(len(now)))
