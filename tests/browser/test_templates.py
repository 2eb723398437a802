"""Vorlagen: each template's page as a document that office programs open, with the same headings and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from browser_support import own_site
from playwright.sync_api import expect
from visit_support import ODF_TEXT, odt_content

from kreislaufstadt.model.entries import TextTemplate

if TYPE_CHECKING:
    from visit_support import Visit

TEMPLATES = [entry.id for entry in own_site().catalog.entries("vorlage") if entry.id != "index"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_as_document(visit: Visit, name: str) -> None:
    visit.go(f"vorlagen/{name}/")
    page = visit.page
    expect(page.locator(".vorlage-hinweis")).to_contain_text("Eine Rechtsprüfung hat nicht stattgefunden. Rechtsstand:")
    assert page.locator("main a[href*='/beispiele/'], main a[href*='../beispiele/']").count() > 0, "each template leads to examples"
    headings = [*page.locator(".prose h2").all_inner_texts(), page.locator(".vorlage-quellen h2").inner_text()]
    assert page.locator(".vorlage-quellen li a.extern").count() > 0, "each template leads to sources"
    paper, odt = (visit.download(button) for button in ("Als Word-Datei (.docx)", "Als OpenDocument (.odt)"))
    assert (paper.suffix, odt.suffix) == (".docx", ".odt")
    found = docx.Document(str(paper))
    assert [heading for heading in paper_headings(found) if heading in headings] == headings
    assert len(found.tables) == page.locator(".prose table").count()
    assert_says_what_it_is("\n".join(paragraph.text for paragraph in found.paragraphs), name)
    assert any(relation.is_external and "/beispiele/" in relation.target_ref for relation in found.part.rels.values())
    assert_says_what_it_is("".join(odt_content(odt).itertext()), name)
    titles = ["".join(node.itertext()) for node in odt_content(odt).iter(f"{ODF_TEXT}h")]
    assert [title for title in titles if title in headings] == headings


def assert_says_what_it_is(text: str, name: str) -> None:
    """A document that travels alone still says that it is editorial, the state of the law, where it is from and its licence."""
    entry = own_site().catalog.find("vorlage", name)
    assert isinstance(entry, TextTemplate)
    assert "Wortlaut der Redaktion" in text
    assert f"Rechtsstand: {entry.legal_status.german}" in text
    assert f"/vorlagen/{name}/" in text
    assert "Lizenz: CC BY 4.0" in text


def paper_headings(found: docx.document.Document) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if ((paragraph.style and paragraph.style.name) or "").startswith("Heading")]
