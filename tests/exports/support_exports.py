"""Helpers of the export tests: a dataset of the test network, and contents with awkward texts."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from support import NETZ, TODAY

from kreislaufstadt.build import Build
from kreislaufstadt.catalog import Catalog
from kreislaufstadt.exports.dataset import Dataset, Facts
from kreislaufstadt.load import load_content
from kreislaufstadt.loaded import Loaded
from kreislaufstadt.outputs import write_exports
from kreislaufstadt.site import Settings

if TYPE_CHECKING:
    from kreislaufstadt.model.entries import Entry

BASE = "https://testnetz.example/"
FACTS = Facts("Testnetz (Testdaten)", BASE, "Ein erfundenes Netz für Tests", "de", TODAY)

OVERRIDES = Path(__file__).parents[2] / "overrides"

AWKWARD = st.text(alphabet=st.sampled_from("aZ9 äöüÄÖÜß,;:\"'\\|\n=+-@<>&[]{}()#*_`„“–€é🌱👩‍🔧\t"), min_size=1, max_size=300).filter(
    lambda text: text == text.strip() and text != ""
)
"""Texts with umlauts, separators, quotes, line breaks, formula signs and characters of four bytes."""


def make_settings(content: Path = NETZ, today: dt.date = TODAY) -> Settings:
    """Settings of the test network."""
    return Settings(FACTS.name, BASE, content, (OVERRIDES,), today, description=FACTS.description)


@cache
def netz_build() -> Build:
    """One build of the test network for all tests that only read."""
    return Build(make_settings())


def written(build: Build) -> dict[str, bytes]:
    """Every file that a build writes beside its HTML, by path."""
    return {path: made.read() for path, made in write_exports(build)}


@cache
def netz() -> Dataset:
    """The test network's data."""
    return Dataset(Catalog(load_content(NETZ)), FACTS)


def dataset_with(kind: str, entry: Entry, facts: Facts = FACTS) -> Dataset:
    """The test network with one entry put in the place of its namesake."""
    loaded: Loaded = load_netz()
    entries = {name: dict(found) for name, found in loaded.entries.items()}
    entries[kind][entry.id] = entry
    changed = Loaded(entries, loaded.items, loaded.sources, operator=loaded.operator, files=loaded.files)
    return Dataset(Catalog(changed), facts)


@cache
def load_netz() -> Loaded:
    """The test network as it was read."""
    return load_content(NETZ)
