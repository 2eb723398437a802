"""Templates compiled beside other work are the ones that pages use; where that cannot be, each is compiled when it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import TemplateNotFound

from kreislaufstadt import compiled_templates, template_environment
from kreislaufstadt.cache import Cache
from kreislaufstadt.messages import Messages
from kreislaufstadt.template_environment import TemplateEnvironment, start_compiling

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled_templates, "_compiled", {})
    (tmp_path / "partials").mkdir()
    (tmp_path / "seite.html").write_text('{% include "partials/teil.html" %} {{ _("Hallo") }} {{ wort }}')
    (tmp_path / "partials" / "teil.html").write_text("<b>{{ wort }}</b>")
    return tmp_path


@pytest.mark.parametrize("forked", [False, True])
def test_templates_are_compiled_beside_other_work(folder: Path, monkeypatch: pytest.MonkeyPatch, forked: bool) -> None:
    if not forked:
        monkeypatch.setattr(template_environment, "SMALLEST", 0)
    cache = Cache(None)
    start_compiling([folder], cache)()
    assert len(cache.unsaved) == 2
    monkeypatch.setattr(TemplateEnvironment, "compile", None)
    page = TemplateEnvironment([folder], cache, Messages()).get_template("seite.html")
    assert page.render(wort="<i>") == "<b>&lt;i&gt;</b> Hallo &lt;i&gt;"


def test_a_cache_that_holds_something_or_a_preview_compiles_what_is_wanted(folder: Path, tmp_path: Path) -> None:
    cache = Cache(None)
    start_compiling([folder], cache, allowed=False)()
    assert cache.unsaved == {}
    kept = Cache(tmp_path / "c.sqlite")
    assert kept.is_empty()
    kept.put(b"key", b"row")
    assert not kept.is_empty()
    kept.save()
    start_compiling([folder], kept)()
    assert not kept.is_empty()
    assert kept.unsaved == {}
    TemplateEnvironment([folder], kept, Messages()).get_template("seite.html").render(wort="")
    assert len(kept.unsaved) == 2
    kept.close()


def test_a_template_is_looked_up_once_and_a_missing_one_is_named(folder: Path) -> None:
    environment = TemplateEnvironment([folder], Cache(None), Messages())
    found = environment.get_template("seite.html")
    (folder / "seite.html").unlink()
    assert environment.get_template("seite.html") is found
    assert environment.get_template(found) is found
    with pytest.raises(TemplateNotFound, match="fehlt"):
        environment.get_template("fehlt.html")
