"""Many pages on all cores, with the traces they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import pack, unpack
from kreislaufstadt.parallel import cores_for, in_chunks
from kreislaufstadt.render import RenderedPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kreislaufstadt.pages import Draft
    from kreislaufstadt.render import Renderer


class MadePage(NamedTuple):
    """A draft, the name of its finished page, the page's text in short, and the names of everything it was made from."""

    draft: Draft
    name: bytes
    packed: bytes
    names: set[str]

    @property
    def page(self) -> RenderedPage:
        """The page; thousands of texts at once would fill the memory, so each is unpacked when somebody wants it."""
        return RenderedPage(self.draft, self.name, lambda: unpack(self.packed).decode())


def render_drafts(renderer: Renderer, drafts: Sequence[Draft]) -> Iterator[MadePage]:
    """Render the drafts in order; the views' traces end up in the site's tracker."""
    tracker, progress = renderer.site.tracker, renderer.site.progress

    def render(chunk: Sequence[Draft]) -> tuple[list[tuple[bytes, bytes, set[str]]], dict[str, tuple[str, ...]], float]:
        before = renderer.markdown_seconds
        made = [_render(renderer, draft) for draft in chunk]
        return made, tracker.views, renderer.markdown_seconds - before

    renderer.prepare(drafts)
    found = iter(drafts)
    for pages, views, seconds in in_chunks(render, drafts, allowed=not renderer.site.settings.preview):
        tracker.views.update(views)
        progress.part("Markdown", seconds / cores_for(drafts))
        progress.step(len(pages))
        yield from (MadePage(next(found), *row) for row in pages)


def _render(renderer: Renderer, draft: Draft) -> tuple[bytes, bytes, set[str]]:
    with renderer.site.tracker.listen() as names:
        page = renderer.render(draft)
    return page.name, pack(page.html.encode()), names
