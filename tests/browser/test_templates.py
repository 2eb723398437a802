"""Vorlagen: each template's page as a document that office programs open, with the same headings and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from browser_support import own_site
from playwright.sync_api import expect
from visit_support import ODF_TEXT, odt_content

if TYPE_CHECKING:
    from visit_support import Visit

TEMPLATES = [entry.id for entry in own_site().catalog.entries("vorlage") if entry.id != "index"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_as_document(visit: Visit, name: str) -> None:
    visit.go(f"vorlagen/{name}/")
    page = visit.page
    expect(page.locator(".vorlage-hinweis")).to_contain_text("Eine Rechtsprüfung hat nicht stattgefunden. Rechtsstand:")
    assert page.locator("main a[href*='/beispiele/'], main a[href*='../beispiele/']").count() > 0, "each template leads to examples"
    headings = page.locator(".prose h2").all_inner_texts()
    paper, odt = (visit.download(button) for button in ("Als Word-Datei (.docx)", "Als OpenDocument (.odt)"))
    assert (paper.suffix, odt.suffix) == (".docx", ".odt")
    found = docx.Document(str(paper))
    assert [heading for heading in paper_headings(found) if heading in headings] == headings
    assert len(found.tables) == page.locator(".prose table").count()
    assert any(relation.is_external and "/beispiele/" in relation.target_ref for relation in found.part.rels.values())
    titles = ["".join(node.itertext()) for node in odt_content(odt).iter(f"{ODF_TEXT}h")]
    assert [title for title in titles if title in headings] == headings


def paper_headings(found: docx.document.Document) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if ((paragraph.style and paragraph.style.name) or "").startswith("Heading")]
