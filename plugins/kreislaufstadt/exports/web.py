"""Small text files that programs look for: sitemap, robots.txt, security.txt, llms.txt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from kreislaufstadt.exports.markdown import escape as escape_markdown
from kreislaufstadt.exports.markdown import markdown_path

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from kreislaufstadt.exports.dataset import Facts
    from kreislaufstadt.model.operator import Operator

SECURITY = ".well-known/security.txt"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that may be found: address, title, words, heading it stands under, day of its last change if known."""

    url: str
    title: str
    description: str
    section: str
    changed: dt.date | None = None


def write_sitemap(facts: Facts, pages: Sequence[Listed]) -> bytes:
    """The sitemap; a page whose last change is not known has no date."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for page in pages:
        changed = f"<lastmod>{page.changed.isoformat()}</lastmod>" if page.changed else ""
        lines.append(f"<url><loc>{escape(facts.base_url + page.url)}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


def write_robots(facts: Facts) -> bytes:
    """All may be read, except the editors' tool; where the sitemap is."""
    return f"User-agent: *\nDisallow: /admin/\n\nSitemap: {facts.base_url}sitemap.xml\n".encode()


def write_security(facts: Facts, operator: Operator | None) -> bytes | None:
    """security.txt (RFC 9116), if the operator has named a mailbox and a day until which it holds."""
    if operator is None or operator.security_until is None or "@" not in operator.security_email:
        return None
    lines = (
        f"Contact: mailto:{operator.security_email}",
        f"Expires: {operator.security_until.iso}T00:00:00Z",
        "Preferred-Languages: de, en",
        f"Canonical: {facts.base_url}{SECURITY}",
    )
    return ("\n".join(lines) + "\n").encode()


def write_llms(facts: Facts, pages: Sequence[Listed]) -> bytes:
    """llms.txt: what the site is, and its pages as Markdown by section."""
    lines = [f"# {escape_markdown(facts.name)}", ""]
    lines += [f"> {escape_markdown(facts.description)}", ""] if facts.description else []
    lines += ["Jede Seite gibt es als Markdown unter ihrer Adresse plus index.md. Alle Daten: " + facts.base_url + "daten/index.md", ""]
    sections: dict[str, list[str]] = {}
    for page in pages:
        words = f": {escape_markdown(page.description)}" if page.description else ""
        link = f"- [{escape_markdown(page.title)}]({facts.base_url}{markdown_path(page.url)}){words}"
        sections.setdefault(page.section, []).append(link)
    for section, links in sections.items():
        lines += [f"## {escape_markdown(section)}", "", *links, ""]
    return "\n".join(lines).encode()
