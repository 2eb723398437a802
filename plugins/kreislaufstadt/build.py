"""One build: the site, its renderer, its finished pages, and what is made from them."""

from __future__ import annotations

import json
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from kreislaufstadt.cache import Cache, pack, unpack
from kreislaufstadt.freshness import REVIEW_FILE, freshness_json
from kreislaufstadt.markdown_pages import DATA_PAGE
from kreislaufstadt.open_data import Published, dataset_jsonld, described_names, start_publishing
from kreislaufstadt.page_cache import PageCache
from kreislaufstadt.progress import Progress
from kreislaufstadt.register_drafts import register_drafts
from kreislaufstadt.render import Renderer
from kreislaufstadt.render_pool import render_drafts
from kreislaufstadt.rendered_pages import LaterPage, RenderedPage
from kreislaufstadt.search.register import register
from kreislaufstadt.search_documents import search_documents, site_language
from kreislaufstadt.search_gathered import EARLY
from kreislaufstadt.search_pages import AnalysedPages, Analyser, AnalyseStep, analyse_pages
from kreislaufstadt.site import Settings, Site
from kreislaufstadt.template_environment import start_compiling
from kreislaufstadt.template_tools import ask_view

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kreislaufstadt.exports.manifest import DataFile
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.problems import Problem
    from kreislaufstadt.render_pool import MadePage, PageStep
    from kreislaufstadt.search.documents import SearchDocument
    from kreislaufstadt.search.language import Language
    from kreislaufstadt.site_folder import SiteFolder

SEARCH_PAGE = "suche/"
"""The search page lists words of all others, so it is rendered last."""

PREVIEW_PAGE = "vorschau/"
"""The preview's page of problems changes with every fault, so it is never taken from an earlier build."""

_WRITTEN_TOGETHER = 400
"""So many new pages go into the cache at once."""

_PAGE = '<div class="page wrap">'
"""Where a page of main.html begins to be its own."""


class Build:
    """Everything that one build computes, each thing once."""

    def __init__(
        self,
        settings: Settings,
        cache: Cache | None = None,
        progress: Progress | None = None,
        compiling: Callable[[], None] | None = None,
        read: Mapping[str, bytes] | None = None,
    ) -> None:
        """Load the content; an open cache may be shared.

        ``compiling`` waits for templates that are being compiled already, ``read`` has content files that have been read already.
        """
        self.cache = cache or Cache(settings.cache)
        self.progress = progress or Progress()
        self.is_first = self.cache.is_empty()
        """Whether no earlier build has left anything, so that nothing will be looked up in the file of the cache."""

        compiling = compiling or start_compiling(settings.templates, self.cache, allowed=not settings.preview)
        self.site = Site(settings, self.cache, self.progress, read)
        self.renderer = Renderer(self.site, self.cache, compiling)
        self.steps: list[PageStep] = []
        """What else is done with every new page in the process that makes it."""

        self.start_search: Callable[[Build], object] | None = None
        """Begins with the search, if there is one, as soon as all readable pages are made, while the last pages are still waited for."""

        self.folder: SiteFolder | None = None
        """Where files beside the pages are written as soon as they are made, if somebody names a folder."""

    @cached_property
    def _readable(self) -> Mapping[str, RenderedPage]:
        """The pages whose content does not depend on other finished pages; that of the open data still without their sizes."""
        self.begin_publishing()
        with self.progress.stage("Seiten suchen"):
            drafts = [draft for draft in self.site.drafts if not self.is_late(draft) and draft.url != PREVIEW_PAGE]
            kept = self._find(drafts)
            missing = [draft for draft in drafts if draft.url not in kept]
        with self.progress.stage("Vorlagen", len(missing)):
            made = list(self._kept_as_made(render_drafts(self.renderer, missing, [*self.steps, self._analyse_step(missing)])))
            names = described_names(self.site) if self.site.settings.open_data else ()
            late = self._render_late(DATA_PAGE, **self._data_page(names)) | self._render_late(PREVIEW_PAGE)
        kept.update((one.draft.url, one.page) for one in made)
        return {draft.url: kept[draft.url] for draft in drafts} | late

    def _kept_as_made(self, pages: Iterable[MadePage]) -> Iterator[MadePage]:
        """Pages as they come; while others are still being made, this process has the time to write into the cache."""
        for number, page in enumerate(pages, 1):
            self._page_cache.keep(page)
            if number == _WRITTEN_TOGETHER and self.is_first:
                self.cache.gather()  # what has been read is complete, and this would else be done when one core has nothing to do
            if number % _WRITTEN_TOGETHER == 0:
                self.cache.write()
            yield page

    def _analyse_step(self, drafts: Sequence[Draft]) -> PageStep:
        folder = self.folder if self.start_search and self.is_first else None
        if folder:
            folder.begin()
            folder.clear(EARLY)
        return AnalyseStep(self.site.catalog, self._analyser, self.cache, drafts, folder)

    @cached_property
    def _analyser(self) -> Analyser:
        return Analyser(self.language[0])

    @property
    def quiet_texts(self) -> Collection[str]:
        """The names of the search's new files that were found quiet where they were made."""
        return self._analyser.gathered.quiet if self.start_search else ()

    @cached_property
    def _page_cache(self) -> PageCache:
        return PageCache(self.site, self.cache, self._ask, lambda draft: self.renderer.render(draft).html)

    def _find(self, drafts: Sequence[Draft]) -> dict[str, RenderedPage]:
        """The pages that an earlier build made and that still hold."""
        return {draft.url: page for draft in drafts if (page := self._page_cache.find(draft)) is not None}

    def _ask(self, name: str, entry: str) -> str:
        """What a view says now; asked outside of any page, so nobody notes it."""
        with self.site.tracker.listen():
            return ask_view(self.renderer.views, self.site.catalog, name, entry)

    def _render_late(self, url: str, **extra: Any) -> dict[str, RenderedPage]:
        """Render a page that needs what others have made."""
        return {draft.url: self.renderer.render(draft, **extra) for draft in self.site.drafts if draft.url == url}

    def _find_or_render(self, drafts: Sequence[Draft]) -> dict[str, RenderedPage]:
        """Pages taken from an earlier build if their data and what they ask for are the same."""
        kept = self._find(drafts)
        made = list(self._kept_as_made(render_drafts(self.renderer, [draft for draft in drafts if draft.url not in kept], self.steps)))
        return kept | {one.draft.url: one.page for one in made}

    def _data_page(self, files: Sequence[DataFile]) -> dict[str, Any]:
        return {"files": files, "dataset": dataset_jsonld(self.site, files)}

    def begin_publishing(self) -> None:
        """Have the files beside the pages written on another core, if there is one."""
        if self.site.settings.open_data and not self.site.settings.preview:
            self._publishing  # noqa: B018 - begins

    @cached_property
    def _publishing(self) -> Callable[[], Published]:
        """The work on what is published beside the pages, as soon as somebody asks."""
        return start_publishing(self.site, self.cache, self.folder, is_first=self.is_first)

    @cached_property
    def published(self) -> Published:
        """The files of open data with the words for them, and the pages as Markdown."""
        with self.progress.stage("Offene Daten"):
            found = self._publishing()
        for key, kept in found.rows.items():
            self.cache.put(key, kept)
        if self.folder:
            for path, row in found.standing.items():
                self.folder.take(path, row)
        return found

    @cached_property
    def documents(self) -> Sequence[SearchDocument]:
        """The finished pages as the search sees them."""
        return search_documents(self.site.catalog, self._readable.values())

    @cached_property
    def language(self) -> tuple[Language, list[Problem]]:
        """What the search knows about the site's language, and what is wrong with its files."""
        return site_language(self.site.catalog, self.site.settings.content)

    @cached_property
    def indexed(self) -> AnalysedPages:
        """The pages analysed for the search."""
        with self.progress.stage("Suche", len(self.documents)):
            return analyse_pages(self.documents, self._analyser, self.cache, self.progress, parallel=not self.site.settings.preview)

    @cached_property
    def late_pages(self) -> Mapping[str, RenderedPage]:
        """The pages that need all others: the search's register, the sizes of the open data."""
        letters = register(self.indexed.heads)
        found = self._find_or_render([one for draft in self.site.drafts if draft.url == SEARCH_PAGE for one in register_drafts(draft, letters)])
        self.cache.put_late(self._keep)
        return found | {draft.url: LaterPage(draft, partial(self._render_data_page, draft)) for draft in self.site.drafts if draft.url == DATA_PAGE}

    def _render_data_page(self, draft: Draft) -> str:
        files = self.published.described if self.site.settings.open_data else ()
        return self.renderer.render(draft, **self._data_page(files)).html

    @cached_property
    def pages(self) -> Mapping[str, RenderedPage]:
        """Every finished page by address."""
        readable = self._readable
        if self.start_search:
            self.start_search(self)
        pages = dict(sorted({**readable, **self.late_pages}.items()))
        return {url: self._with_problems(page) for url, page in pages.items()} if self.site.settings.preview else pages

    def preview_page(self, draft: Draft) -> str:
        """One page of a preview, rendered on its own: the same as in :attr:`pages`."""
        return self._with_problems(self.renderer.render(draft)).html

    def preview_late_pages(self) -> dict[str, str]:
        """The texts of the pages that need all others, by file."""
        return {page.draft.file: self._with_problems(page).html for page in self.late_pages.values()}

    @staticmethod
    def is_late(draft: Draft) -> bool:
        """Whether a page needs all others."""
        return draft.url in {SEARCH_PAGE, DATA_PAGE}

    def _with_problems(self, page: RenderedPage) -> RenderedPage:
        """In a preview every page says what is wrong, put in afterwards so that pages of earlier builds stay good."""
        return RenderedPage.of(page.draft, page.html.replace(_PAGE, _PAGE + self.renderer.render_problems(page.draft), 1))

    @cached_property
    def _files_of_views(self) -> Mapping[str, tuple[str, str, bool]]:
        """By view path and text of a file, and whether an earlier build made it: nothing it shows has changed."""
        views = self.renderer.views
        return {
            "example_data": self._find_or_make("example_data", lambda: (views.example_data.url, views.example_data.content)),
            "freshness": self._find_or_make("freshness", lambda: (REVIEW_FILE, freshness_json(views.freshness))),
        }

    def _find_or_make(self, view: str, make: Callable[[], tuple[str, str]]) -> tuple[str, str, bool]:
        row = None if self.site.settings.preview else self._page_cache.view_before(view)
        stored = self.cache.get(row) if row else None
        return (*make(), False) if stored is None else (*json.loads(unpack(stored)), True)

    def _keep(self) -> None:
        """Write what the next build can use of the pages."""
        self._page_cache.save()
        for view, (path, text, is_kept) in self._files_of_views.items():
            row = self._page_cache.view_now(view)
            if row and not is_kept:
                self.cache.put(row, pack(json.dumps((path, text)).encode()))

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """Generated files that pages load or offer, by path: the data of the examples' filters, the list of due checks."""
        return {path: text for path, text, _ in self._files_of_views.values()}
