"""Many pages on all cores, each with all that is done with it, and with the traces they leave."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from kreislaufstadt.cache import digest, pack, unpack
from kreislaufstadt.parallel import cores_for, in_chunks
from kreislaufstadt.rendered_pages import RenderedPage
from kreislaufstadt.site_folder import Made

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


class NewPage:
    """A page where it has just been made; what is published of it may be more than its text."""

    def __init__(self, page: RenderedPage) -> None:
        """Begin with the page as the templates gave it."""
        self.page = page

    @cached_property
    def published(self) -> Made:
        """The bytes that are published."""
        return Made.of(self.page.raw)


class PageStep(Protocol):
    """Something that is done with every new page in the process that makes it: its text need not travel.

    ``work`` happens in a forked process for some pages together, one step after the other; only what
    it returns is sent back. ``take`` learns of it in the process of the build.
    """

    stage: ClassVar[str]

    def work(self, pages: Sequence[NewPage]) -> Any:
        """Do it, and return what the build wants to know."""

    def take(self, drafts: Sequence[Draft], found: Any) -> None:
        """Take note of what :meth:`work` returned."""


class _Chunk(NamedTuple):
    """Pages as they travel: rows for :class:`MadePage`, what each step found; traces of views first asked here; fingerprints of results; seconds by stage."""

    rows: list[tuple[bytes, bytes, set[str]]]
    found: list[Any]
    views: dict[str, tuple[str, ...]]
    prints: dict[str, bytes]
    seconds: dict[str, float]


def render_drafts(renderer: Renderer, drafts: Sequence[Draft], steps: Sequence[PageStep] = ()) -> Iterator[MadePage]:
    """Render the drafts in order and take every step with each; the views' traces end up in the site's tracker."""
    tracker, progress = renderer.site.tracker, renderer.site.progress
    renderer.prepare(drafts)
    left = iter(drafts)
    for chunk in in_chunks(lambda some: _render(renderer, some, steps), drafts, allowed=not renderer.site.settings.preview):
        tracker.views.update(chunk.views)
        tracker.prints.update(chunk.prints)
        for stage, seconds in chunk.seconds.items():
            progress.part(stage, seconds / cores_for(drafts))
        progress.step(len(chunk.rows))
        made = list(islice(left, len(chunk.rows)))
        for step, found in zip(steps, chunk.found, strict=True):
            step.take(made, found)
        yield from (MadePage(draft, *row) for draft, row in zip(made, chunk.rows, strict=True))


def _render(renderer: Renderer, drafts: Sequence[Draft], steps: Sequence[PageStep]) -> _Chunk:
    tracker, now = renderer.site.tracker, renderer.site.progress.now
    known = set(tracker.views)
    tracker.told.clear()
    before, seconds = renderer.markdown_seconds, dict.fromkeys((step.stage for step in steps), 0.0)
    rows: list[tuple[bytes, bytes, set[str]]] = []
    pages: list[NewPage] = []
    for draft in drafts:
        with tracker.listen() as names:
            pages.append(NewPage(renderer.render(draft)))
        rows.append((pages[-1].page.name, pack(pages[-1].page.raw), names))
    found = []
    for step in steps:  # each with all pages, so that what it works with stays in the processor's own memory
        start = now()
        found.append(step.work(pages))
        seconds[step.stage] += now() - start
    views = {name: names for name, names in tracker.views.items() if name not in known}
    prints = {name: digest(words()) for name, words in tracker.told.items()}
    return _Chunk(rows, found, views, prints, {"Markdown": renderer.markdown_seconds - before, **seconds})
