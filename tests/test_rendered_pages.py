"""Pages of the test network without MkDocs and without a browser: sections, filters, what an entry says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from support import copy_netz, render_page

if TYPE_CHECKING:
    from pathlib import Path

FILTERED = ("rahmen/", "zeitstrahl/", "indikatoren/")
"""The pages with a filter of their list."""


def options(page: str) -> dict[str, list[str]]:
    """The values that each select of the page's filter offers, beside "all"."""
    found = re.findall(r'<select id="wahl-\w+" name="(\w+)">(.*?)</select>', page, re.DOTALL)
    return {name: re.findall(r'<option value="(.+?)">', values) for name, values in found}


def test_the_start_page_shows_its_sections_in_order() -> None:
    page = render_page("")
    assert re.findall(r'<h2 id="([\w-]+)"', page) == [
        "tuer-kommune", "tuer-unternehmen", "tuer-redaktion", "modell", "bestand", "orte", "belegt", "neu", "termine",
    ]  # fmt: skip
    newest = page[page.index('id="neu"') : page.index('id="termine"')]
    assert re.findall(r'class="card-title"><a href="([^"]+)"', newest) == ["beispiele/muster-leihladen/"], "the plan has no beginning"


@pytest.mark.parametrize("address", FILTERED)
def test_every_filter_offers_values(address: str) -> None:
    found = options(render_page(address))
    assert found
    assert {name: values for name, values in found.items() if not values} == {}


def test_frameworks_say_whether_and_from_when_they_hold(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    file = content / "rahmen/muster-rahmen.md"
    before = file.read_text(encoding="utf-8")
    assert options(render_page("rahmen/", content))["geltung"] == ["offen"]
    assert "gilt ab" not in render_page("rahmen/", content)
    file.write_text(before.replace("art: erklaerung\n", "art: erklaerung\ngeltung: in-kraft\ngilt_ab: 2026-08-12\n"), encoding="utf-8")
    page = render_page("rahmen/", content)
    assert options(page)["geltung"] == ["in-kraft", "offen"]
    assert 'data-filter-geltung="in-kraft"' in page
    assert re.search(r'gilt ab <time datetime="2026-08-12">12\. August 2026</time>', page)
    sheet = render_page("rahmen/muster-rahmen/", content)
    assert re.search(r"<dt>Geltung</dt><dd>gilt oder läuft</dd>", sheet)
    assert re.search(r"<dt>Gilt ab</dt><dd><time[^>]*>12\. August 2026</time></dd>", sheet)
    assert re.search(r'href="[./]*art/erklaerung/"', page[page.index('id="arten"') :])


def test_milestones_can_be_chosen_by_past_and_future(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    file = content / "zeitstrahl/test-start.yml"
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"^datum: .*$", "datum: 2026-12\ndatum_hinweis: Der Tag ist erfunden.", text, flags=re.MULTILINE)
    file.with_name("test-ende.yml").write_text(text, encoding="utf-8")
    page = render_page("zeitstrahl/", content)
    assert options(page)["zeit"] == ["vergangen", "kommend"]
    assert re.findall(r'id="(test-\w+)"[^>]*data-filter-zeit="(\w+)"', page) == [("test-start", "vergangen"), ("test-ende", "kommend")]
    assert page.count("Zum Datum: Der Tag ist erfunden.") == 1


def test_an_entry_without_a_day_of_its_own_says_until_when_its_sources_were_read() -> None:
    page = render_page("beispiele/gau-plan/")
    assert "<dt>Stand</dt><dd>Quellen abgerufen bis 15. Januar 2026</dd>" in page
    assert "„Plan des Beispielgaus (Testdaten)“, Quellen abgerufen bis 15. Januar 2026. https://example.org/beispiele/gau-plan/" in page
    dated = render_page("beispiele/muster-leihladen/")
    assert "<dt>Stand</dt><dd>2025</dd>" in dated
    assert "(Testdaten)“, Stand 2025. https://" in dated


def report_link(page: str) -> str:
    """The link to report a fault."""
    found = re.search(r'<a href="([^"]+)">Fehler melden</a>', page)
    assert found
    return unquote(found[1])


def test_faults_are_reported_to_the_form_the_mailbox_or_the_guide(tmp_path: Path) -> None:
    url = "beispiele/gau-plan/"
    assert report_link(render_page(url, issue_url="https://forge.example.org/neu")) == (
        "https://forge.example.org/neu?title=Fehler: Plan des Beispielgaus (Testdaten)&amp;seite=https://example.org/beispiele/gau-plan/"
    )
    assert report_link(render_page(url)).startswith("mailto:post@example.org?subject=Fehler: Plan des Beispielgaus (Testdaten)&amp;body=Seite: https://")
    content = copy_netz(tmp_path)
    operator = content / "betreiber.yml"
    operator.write_text(operator.read_text(encoding="utf-8").replace("post@example.org", '"[Platzhalter: Postfach]"'), encoding="utf-8")
    assert report_link(render_page(url, content)) == "../../mitmachen/#einen-fehler-melden"


def test_the_title_of_a_source_says_its_language(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    file = content / "beispiele/gau-plan.md"
    assert 'lang="en">Plan' not in render_page("beispiele/gau-plan/", content)
    file.write_text(file.read_text(encoding="utf-8").replace("    titel: Plan der Region", "    sprache: en\n    titel: Plan of the Region"), encoding="utf-8")
    page = render_page("beispiele/gau-plan/", content)
    assert re.search(r'<li id="quelle-1"><a [^>]* lang="en">Plan of the Region \(Testdaten\)</a>', page)


@pytest.mark.parametrize(("name", "expected"), [("leichte-sprache", "eingeklammert"), ("gebaerdensprache", "nicht vorgesehen")])
def test_duties_by_land_come_from_the_list(name: str, expected: str, tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    text = (content / "projekt/ueber-das-testnetz.md").read_text(encoding="utf-8")
    (content / f"projekt/{name}.md").write_text(text, encoding="utf-8")
    (content / "listen/sprachpflichten.yml").unlink()
    assert 'id="pflichten"' not in render_page(f"projekt/{name}/", content)
    (content / "listen/sprachpflichten.yml").write_text(DUTIES, encoding="utf-8")
    page = render_page(f"projekt/{name}/", content)
    assert f"Für den Betreiber dieser Website (Musterland): <strong>{expected}</strong>." in page
    assert re.search(rf'<th scope="row">Musterland</th><td>{expected}</td><td><a class="extern"[^>]*>Testnetz \(Testdaten\)</a>, abgerufen 2026<br>', page)
    assert 'id="pflichten"' not in render_page("projekt/ueber-das-testnetz/", content)


def test_offices_say_when_they_were_checked_and_stand_with_their_topic() -> None:
    assert re.search(r'>geprüft</span><span>geprüft am <time datetime="2026-01-15">', render_page("kontakte/"))
    topic = render_page("beispiele/handlungsfeld/leihen/")
    assert re.search(r'id="stellen">.*href="[./]*kontakte/musterstadt-testamt/"', topic, re.DOTALL)
    assert 'id="stellen"' not in render_page("beispiele/status/laufend/")


DUTIES = """\
eintraege:
  - id: musterland
    titel: Musterland
    leichte_sprache: eingeklammert
    gebaerdensprache: nicht-vorgesehen
    quelle:
      url: https://www.example.org/testnetz/pflichten
      titel: Pflichten (Testdaten)
      herausgeber: Testnetz (Testdaten)
      abgerufen: 2026
    hinweis: Das ist erfunden.
"""


BODIES = ("beispiele/muster-leihladen.md", "kommunen/musterstadt.md", "modell/anfangen.md")


@pytest.mark.parametrize("file", BODIES)
def test_a_text_may_repeat_every_heading_of_its_page(file: str, tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    path, address = content / file, f"{file.removesuffix('.md')}/"
    own = re.findall(r'<h2 id="[\w-]+">([^<]+)</h2>', render_page(address, content))
    assert len(own) > 2
    path.write_text(path.read_text("utf-8") + "".join(f"\n## {heading.strip()}\n\nTestdaten.\n" for heading in dict.fromkeys(own)), "utf-8")
    ids = re.findall(r'\bid="([^"]+)"', render_page(address, content))
    assert sorted({name for name in ids if ids.count(name) > 1}) == []
