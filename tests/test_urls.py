"""Addresses: where a fault on a page is reported."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from kreislaufstadt.urls import report_address

PAGE = "https://example.org/kommunen/musterstadt/"


def test_the_form_of_the_forge_gets_title_and_address() -> None:
    found = report_address("https://forge.example.org/neu?template=fehler.yml", "post@example.org", "Größe & Maß", PAGE)
    assert parse_qs(urlsplit(found).query) == {"template": ["fehler.yml"], "title": ["Fehler: Größe & Maß"], "seite": [PAGE]}
    assert report_address("https://forge.example.org/neu", "", "Test", PAGE).startswith("https://forge.example.org/neu?title=Fehler%3A%20Test&seite=https%3A")


def test_a_forge_may_name_the_fields_itself() -> None:
    found = report_address("https://forge.example.org/neu?issue[title]={titel}&issue[description]={adresse}", "", "Test", PAGE)
    assert parse_qs(urlsplit(found).query) == {"issue[title]": ["Fehler: Test"], "issue[description]": [PAGE]}


def test_without_a_form_the_mailbox_gets_them() -> None:
    found = urlsplit(report_address("", "post@example.org", "Größe & Maß", PAGE))
    assert (found.scheme, found.path) == ("mailto", "post@example.org")
    query = parse_qs(found.query)
    assert query["subject"] == ["Fehler: Größe & Maß"]
    assert query["body"][0].startswith(f"Seite: {PAGE}\n")


def test_without_both_there_is_no_address() -> None:
    assert report_address("", "[Platzhalter: Postfach]", "Test", PAGE) == report_address("", "", "Test", PAGE) == ""
