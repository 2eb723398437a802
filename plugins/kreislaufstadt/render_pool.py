"""Many pages on all cores, with the traces they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kreislaufstadt.parallel import cores_for, in_chunks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kreislaufstadt.pages import Draft
    from kreislaufstadt.render import Renderer

Made = tuple[Any, str, set[str]]
"""A draft, its finished page, and the names of everything the page was made from."""


def render_drafts(renderer: Renderer, drafts: Sequence[Draft]) -> Iterator[Made]:
    """Render the drafts in order; the views' traces end up in the site's tracker."""
    tracker, progress = renderer.site.tracker, renderer.site.progress

    def render(chunk: Sequence[Draft]) -> tuple[list[tuple[str, set[str]]], dict[str, tuple[str, ...]], float]:
        before = renderer.markdown_seconds
        made = [_render(renderer, draft) for draft in chunk]
        return made, tracker.views, renderer.markdown_seconds - before

    renderer.prepare(drafts)
    found = iter(drafts)
    for pages, views, seconds in in_chunks(render, drafts, allowed=not renderer.site.settings.preview):
        tracker.views.update(views)
        progress.part("Markdown", seconds / cores_for(drafts))
        progress.step(len(pages))
        yield from ((next(found), html, names) for html, names in pages)


def _render(renderer: Renderer, draft: Draft) -> tuple[str, set[str]]:
    with renderer.site.tracker.listen() as names:
        page = renderer.render(draft)
    return page.html, names
