"""What templates have made once says the same on every page, and every page knows what it was made from."""

from __future__ import annotations

from browser_support import own_site

from kreislaufstadt.render import Renderer
from kreislaufstadt.trace import BORDER


def test_rows_that_are_made_once_count_for_every_list() -> None:
    site = own_site()
    lists = [draft for draft in site.drafts if draft.template == "beispiele-auswahl.html"]
    whole, traces = Renderer(site), {}
    for draft in lists:
        with site.tracker.listen() as names:
            page = whole.render(draft).html
        traces[draft.url] = names
        assert page == Renderer(site).render(draft).html
    rows = {f"view{BORDER}example_row('{name}')" for draft in lists for name in draft.data["names"]}
    assert len(rows) > 20
    for draft in lists:
        assert {name for name in traces[draft.url] if name in rows} == {f"view{BORDER}example_row('{name}')" for name in draft.data["names"]}
