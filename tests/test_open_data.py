"""What is published beside the pages is the same whether it goes into a folder at once or is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import NETZ
from test_incremental import settings

import kreislaufstadt.parallel as pool
from kreislaufstadt.build import Build
from kreislaufstadt.cache import Cache
from kreislaufstadt.outputs import write_exports
from kreislaufstadt.site_folder import Made, SiteFolder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("forked", [False, True])
def test_files_are_written_where_they_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forked: bool) -> None:
    monkeypatch.setattr(pool, "SMALLEST", 1 if forked else 10_000)
    plain, written = Build(settings(NETZ, None)), Build(settings(NETZ, None))
    written.folder = folder = SiteFolder(tmp_path / "site", Cache(None))
    written.begin_publishing()
    files = dict(plain.published.files)
    assert {path: folder.name_of(path) for path in written.published.standing} == {path: Made.of(content).name for path, content in files.items()}
    assert {path: (tmp_path / "site" / path).read_bytes() for path in files} == files
    assert dict(write_exports(written)).keys() == dict(write_exports(plain)).keys() - files.keys()
    assert written.published.described == plain.published.described
