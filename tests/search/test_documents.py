"""The finished pages of the test network as the search sees them, and the command that proposes words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.support_exports import NETZ, OVERRIDES, netz_build

from kreislaufstadt.cli import main, sprache
from search.test_language import LEXICON

if TYPE_CHECKING:
    import pytest


def test_places_components_and_fields_are_facets() -> None:
    catalog = netz_build().site.catalog
    found = {document.url: document.facets for document in netz_build().documents}
    land = found["kommunen/musterstadt/"]["land"]
    assert land and land[0] != "Musterstadt (Testdaten)"
    for url in ("beispiele/muster-leihladen/", "kontakte/musterstadt-testamt/", "zeitstrahl/test-start/"):
        assert found[url]["land"] == land, url
    assert found["glossar/testwort/"]["land"] == ()
    for component in catalog.entries("komponente"):
        expected = {f"modell/{component.id}/"} | {f"beispiele/{entry.id}/" for entry in catalog.linked_from("komponente", component.id, "beispiel")}
        assert expected & found.keys() <= {url for url, facets in found.items() if component.title in facets["komponente"]}


def test_the_command_proposes_words_of_the_content(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sprache, "load_lexicon", lambda: LEXICON)
    assert main(["sprache", "--inhalt", str(NETZ), "--vorlagen", str(OVERRIDES)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# Vorschläge für komposita.yml (")
    assert "Musterstadt" not in out.partition("# Vorschläge für synonyme.yml")[0], "places are never split"


def test_the_command_says_which_lists_of_words_it_needs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sprache, "load_lexicon", lambda: None)
    assert main(["sprache"]) == 2
    assert "pip install" in capsys.readouterr().err
