"""What a page was made from is named, and verified by fingerprints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support import NETZ, copy_netz

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.fingerprints import Fingerprints
from kreislaufstadt.load import load_content
from kreislaufstadt.site import find_out
from kreislaufstadt.sound import keep_sound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

NO_CATALOG: Any = None
BEFORE = {"list": ["view\x1fcards"], "cards": []}


class Counted(Fingerprints):
    """Counts what is worked out."""

    worked: list[str]

    def _compute(self, what: str, *parts: str) -> bytes:
        self.worked = [*getattr(self, "worked", []), *parts]
        return super()._compute(what, *parts)


def renewed(views: Mapping[str, Sequence[str]]) -> tuple[bytes, bytes]:
    prints = Counted(NO_CATALOG, BEFORE)
    return prints.of("view\x1flist"), prints.renewed(views).of("view\x1flist")


@pytest.mark.parametrize("views", [BEFORE, {name: tuple(names) for name, names in BEFORE.items()}])
def test_views_that_leave_the_same_traces_keep_their_fingerprints(views: Mapping[str, Sequence[str]]) -> None:
    before, after = renewed(views)
    assert before == after


def test_a_view_that_leaves_another_trace_gets_another_fingerprint_and_so_do_those_that_ask_it() -> None:
    before, after = renewed({**BEFORE, "cards": ("view\x1ftowns",), "towns": ()})
    assert before != after


def test_a_view_that_was_unknown_is_worked_out_once_it_has_left_a_trace() -> None:
    prints = Fingerprints(NO_CATALOG, BEFORE)
    unknown = prints.of("view\x1ftowns")
    assert prints.renewed({**BEFORE, "towns": ()}).of("view\x1ftowns") != unknown


def test_fingerprints_that_stay_are_not_worked_out_again() -> None:
    prints = Counted(NO_CATALOG, BEFORE)
    prints.of("view\x1flist")
    assert prints.worked == ["list", "cards"]
    again = prints.renewed(BEFORE)
    again._compute = None  # type: ignore[assignment,method-assign]  # nobody may ask
    again.of("view\x1flist")


def test_things_of_the_catalogue_are_worked_out_once_for_all_who_ask() -> None:
    prints = Counted(Catalog(load_content(NETZ)), {})
    known = prints.of("find\x1fkommune\x1fmusterstadt")
    told = prints.with_views(BEFORE, lambda name, entry: f"{name} {entry}")
    told._compute = None  # type: ignore[assignment,method-assign]  # nobody may ask
    assert told.of("find\x1fkommune\x1fmusterstadt") == known


def test_what_a_view_says_is_known_only_to_those_who_can_ask_it() -> None:
    prints = Fingerprints(NO_CATALOG, {})
    told = prints.with_views(BEFORE, lambda name, entry: f"{name} {entry}")
    for name in ("view\x1flist", "result\x1fsimilar\x1faachen"):
        assert told.of(name) != prints.of(name)


def test_what_is_remembered_is_what_would_be_worked_out(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    file = content / "beispiele" / "muster-leihladen.md"
    file.write_text(file.read_text("utf-8").replace("\ntitel: ", "\nunbekannt: "), encoding="utf-8")  # so that references to it are pruned
    loaded = load_content(content)
    catalog = Catalog(keep_sound(loaded, loaded.problems))
    find_out(loaded)
    known = Fingerprints(catalog, {}).take_remembered()
    assert catalog.pruned
    assert len(known._things) > 30
    assert all(Fingerprints(catalog, {}).of(name) == found for name, found in known._things.items())
