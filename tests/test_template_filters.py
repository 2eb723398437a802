"""What templates make of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import NETZ

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.load import load_content
from kreislaufstadt.template_filters import source_number

if TYPE_CHECKING:
    from kreislaufstadt.model.entries import Entry


@pytest.fixture(scope="module")
def example() -> Entry:
    return Catalog(load_content(NETZ)).entries("beispiel")[1]


def test_sources_are_numbered_as_they_are_listed(example: Entry) -> None:
    source = example.sources[0]
    other = source.model_copy(update={"url": "https://example.org/test"})
    entry = example.model_copy(update={"sources": (source, other, source)})
    assert [source_number(entry, address) for address in (source.url, other.url, "https://example.org/fehlt", None, "")] == [1, 2, 0, 0, 0]
