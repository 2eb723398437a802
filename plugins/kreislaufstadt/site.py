"""The site as a whole: settings, catalogue, drafts, and the rendered pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.checks import ALONE, check_catalog
from kreislaufstadt.content_parts import ContentParts
from kreislaufstadt.fingerprints import Fingerprints, digest_of_fields, digest_of_text
from kreislaufstadt.guard.pictures import load_pictures
from kreislaufstadt.languages import add_languages, check_languages
from kreislaufstadt.load import load_content
from kreislaufstadt.outlines import load_outlines
from kreislaufstadt.pages import Draft, check_pages, describe, draft_pages
from kreislaufstadt.problems import Place, Problem, sort_problems
from kreislaufstadt.progress import Progress
from kreislaufstadt.sound import keep_sound
from kreislaufstadt.trace import TracedCatalog, Tracker

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kreislaufstadt.cache import Cache
    from kreislaufstadt.loaded import Loaded


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the main navigation; ``children`` open below it."""

    title: str
    url: str
    children: tuple[NavItem, ...] = ()


@dataclass(frozen=True)
class Settings:
    """What the site's configuration decides; everything else comes from content.

    ``base_url`` ends in ``/`` and is only used where an absolute address is needed,
    ``edit_url`` and ``history_url`` contain ``{path}``; empty means there is none.
    """

    name: str
    base_url: str
    content: Path
    templates: tuple[Path, ...]
    today: dt.date
    description: str = ""
    language: str = "de"
    navigation: tuple[NavItem, ...] = ()
    footer: tuple[NavItem, ...] = ()
    repo_url: str = ""
    edit_url: str = ""
    history_url: str = ""
    issue_url: str = ""
    """The forge's form for faults; ``{titel}`` and ``{adresse}`` stand for the page's, otherwise they are added."""
    new_file_url: str = ""
    """The forge's address for a new file with ``{path}``, ``{name}`` and, if it takes one, ``{text}``."""
    editor_url: str = ""
    """The address of the editor in the browser, if it is connected to a forge."""
    index_name: str = ""
    """``index.html`` for pages that are opened from disk, otherwise empty."""
    production: bool = False
    preview: bool = False
    """Whether an editor looks at the site while writing: problems are shown on the pages."""
    extra: dict[str, str] = field(default_factory=dict)
    changed: Mapping[str, dt.date] = field(default_factory=dict, repr=False)
    """The day of the last change by file; empty if the history is not known. Each page is told its own day."""
    open_data: bool = True
    """Whether the open data are written beside the pages, so that pages may link them."""
    cache: Path | None = None
    """File of the cache; None builds everything anew."""


class Site:
    """Settings plus loaded content; derives drafts and problems once."""

    def __init__(
        self, settings: Settings, cache: Cache | None = None, progress: Progress | None = None, read: Mapping[str, bytes] | None = None
    ) -> None:
        """Load the content named by the settings, unchanged files through the cache; ``read`` has what files hold that have been read already."""
        self.settings = settings
        self.progress = progress or Progress()
        with self.progress.stage("Lesen"):
            open_parts = ContentParts.held if settings.preview else ContentParts
            self._parts = open_parts(cache, settings.content, find_out) if cache else None
            loaded = load_content(settings.content, self._parts, read)
            self.outlines = load_outlines(settings.content, loaded.problems)
            self.pictures, problems = load_pictures(settings.content, loaded.files)
        with self.progress.stage("Prüfen"):
            self._content_problems = [*loaded.problems, *problems, *check_catalog(Catalog(loaded), settings.today)]
        with self.progress.stage("Verknüpfen"):
            self.tracker = Tracker()
            self.catalog = TracedCatalog(keep_sound(loaded, self._content_problems), self.tracker)
            if self._parts and cache:
                cache.put_late(self._parts.save)

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """Fingerprints of entries and links; views have none."""
        return Fingerprints(self.catalog, {}).take_remembered()

    @cached_property
    def drafts(self) -> Sequence[Draft]:
        """Every page of the site, sorted by address."""
        days = self.settings.changed
        drafts = add_languages(self.catalog, draft_pages(self.catalog, preview=self.settings.preview))
        return [replace(draft, changed=days[draft.source]) if draft.source in days else draft for draft in drafts]

    @cached_property
    def problems(self) -> Sequence[Problem]:
        """All problems of content, pages and navigation, sorted."""
        return sort_problems([*self._content_problems, *check_pages(list(self.drafts)), *check_languages(self.catalog, self.drafts), *self._check_navigation()])

    def _check_navigation(self) -> list[Problem]:
        urls = {draft.url for draft in self.drafts}
        problems = []
        for item in (*self.settings.navigation, *self.settings.footer):
            for entry in (item, *item.children):
                if entry.url not in urls:
                    message = f"Die Navigation nennt die Seite „{entry.url}“, die es nicht gibt."
                    problems.append(Problem(Place("mkdocs.yml"), "KS502", message, "Bitte die Adresse in mkdocs.yml berichtigen."))
        return problems


def find_out(loaded: Loaded) -> None:
    """Have all remembered that a build finds out about entries from their own files alone."""
    catalog = Catalog(loaded)
    for key, entry in catalog.all_entries():
        for find in (*ALONE, digest_of_fields, digest_of_text, describe):
            find(catalog, key, entry)
