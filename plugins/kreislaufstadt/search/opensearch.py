"""OpenSearch description: lets browsers offer the site's search."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr


def write_opensearch(name: str, description: str, site_url: str) -> bytes:
    """Write the description; ``site_url`` is the address of the site's root."""
    root = site_url.rstrip("/") + "/"
    template = quoteattr(f"{root}suche/?q={{searchTerms}}")
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(name[:16])}</ShortName>",
        f"<Description>{escape((description or name)[:1024])}</Description>",
        "<Language>de</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        f'<Url type="text/html" method="get" template={template}/>',
        "</OpenSearchDescription>",
        "",
    )
    return "\n".join(lines).encode()
