"""Header and footer that pages of a folder share are those that each page would have of its own."""

from __future__ import annotations

from dataclasses import replace

from browser_support import own_site

from kreislaufstadt.render import Renderer
from kreislaufstadt.site import NavItem, Settings, Site

PARTS = ("partials/header.html", "partials/footer.html")


def test_every_page_has_the_parts_it_would_have_alone() -> None:
    site = with_navigation(own_site().settings)
    renderer = Renderer(site)
    places = set()
    for draft in site.drafts:
        with renderer._links.on(draft.url):
            for name in PARTS:
                assert renderer._shared(draft, name) == renderer._fill(name, draft), draft.url
        places.add(renderer._parts._place(draft))
    assert len(places) < len(site.drafts) / 4, "most pages share their parts"


def with_navigation(settings: Settings) -> Site:
    """The site with a menu that leads to overviews, to pages below others and to a single entry."""
    first = NavItem("Beispiele", "beispiele/", (NavItem("Alle", "beispiele/"), NavItem("Matrix", "matrix/"), NavItem("Formular", "mitmachen/formular/")))
    entry = next(iter(own_site().catalog.names("kommune")))
    items = (first, NavItem("Kommunen", "kommunen/", (NavItem("Eine", f"kommunen/{entry}/"),)), NavItem("Mitmachen", "mitmachen/"))
    return Site(replace(settings, navigation=items, footer=(NavItem("Daten", "daten/"), NavItem("Über", "projekt/"))))
