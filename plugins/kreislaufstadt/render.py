"""Drafts into HTML: our Jinja templates over plain data, prose through Markdown.

Templates get the page, its entry and the site's helpers; no template of MkDocs
or its theme is involved, except icons included by name.
"""

from __future__ import annotations

import json
import re
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kreislaufstadt.cache import Cache
from kreislaufstadt.exports.dataset import Facts
from kreislaufstadt.exports.jsonld import page_jsonld
from kreislaufstadt.glossary_links import Target
from kreislaufstadt.languages import LANGUAGE, address_of, entrance, original_of, translations
from kreislaufstadt.layout import classify, entry_id
from kreislaufstadt.messages import Messages, read_messages, script_texts
from kreislaufstadt.model.kinds import KINDS, LISTS, Kind
from kreislaufstadt.page_links import PageLinks
from kreislaufstadt.problems import Severity, count_by_severity
from kreislaufstadt.prose import ProseContext, ProseRenderer, RenderedProse
from kreislaufstadt.rendered_pages import RenderedPage
from kreislaufstadt.shared_parts import SharedParts
from kreislaufstadt.site import NavItem
from kreislaufstadt.template_environment import TemplateEnvironment
from kreislaufstadt.template_tools import Views
from kreislaufstadt.urls import page_url

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from jinja2 import Environment

    from kreislaufstadt.model.entries import Entry, Term
    from kreislaufstadt.pages import Draft
    from kreislaufstadt.site import Site

_ANCHOR = re.compile(r'\bid="([\w-]+)"')


class Renderer:
    """Renders the drafts of one site; templates are compiled once, views derived once."""

    def __init__(self, site: Site, cache: Cache | None = None, compiling: Callable[[], None] = lambda: None) -> None:
        """Prepare templates and helpers for the site; compiled templates are kept in the cache, as soon as ``compiling`` has ended."""
        self.site = site
        self.markdown_seconds = 0.0
        self._prose = ProseRenderer()
        self._cache = cache or Cache(None)
        self._compiling = compiling
        self.views = Views(site)
        self._links = PageLinks(site.catalog, site.settings)
        self._parts = SharedParts(site.settings, site.tracker)
        self._environments: dict[str, Environment] = {}
        self._said: dict[tuple[Any, ...], tuple[Markup, Collection[str]]] = {}
        self._taken: dict[str, frozenset[str]] = {}

    def prepare(self, drafts: Iterable[Draft]) -> None:
        """Compile what the drafts need, so that forked workers need not do it each for itself."""
        parts = sorted(f"partials/{path.name}" for path in self.site.settings.templates[0].glob("partials/*.html"))
        for language, name in sorted({(draft.language, draft.template) for draft in drafts}):
            for found in ("main.html", *parts, name):
                self._environment(language).get_template(found)

    def render(self, draft: Draft, **extra: Any) -> RenderedPage:
        """Render one page; ``extra`` is handed to the template."""
        entry = self.site.catalog.find(*draft.key) if draft.key else None
        with self._links.on(draft.url):
            prose = self._render_body(draft, entry)
            return RenderedPage.of(draft, self._fill(draft.template, draft, entry=entry, prose=prose, **draft.data, **extra))

    def render_problems(self, draft: Draft) -> str:
        """Render what the preview says above every page: how many problems there are, and those of this page's file."""
        shown = [problem for problem in self.views.problems if problem.severity is not Severity.HINT]
        here = [problem for problem in shown if problem.place.file == draft.source]
        if not shown:
            return ""
        counts = count_by_severity(shown)
        with self._links.on(draft.url):
            return self._fill("partials/vorschau.html", draft, errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], here=here)

    def _fill(self, name: str, page: Draft, **data: Any) -> str:
        """Fill a template with what it says of a page; links lead from it."""
        return self._environment(page.language).get_template(name).render(data, page=page, shared=partial(self._shared, page))

    def _shared(self, page: Draft, name: str) -> Markup:
        """In templates: a part that all pages of a folder have in common."""
        return Markup(self._parts.get(name, page, partial(self._fill, name, page)))  # noqa: S704 - our own template

    def _render_body(self, draft: Draft, entry: Any) -> RenderedProse:
        body = getattr(entry, "body", "")
        if draft.key:
            self.site.tracker.note("text", *draft.key)
        return self._render_markdown(body, self._context(draft, entry)) if body else RenderedProse("", ())

    def _render_markdown(self, text: str, context: ProseContext) -> RenderedProse:
        start = self.site.progress.now()
        found = self._prose.render(text, context)
        self.markdown_seconds += self.site.progress.now() - start
        return found

    def _context(self, draft: Draft, entry: Entry | None) -> ProseContext:
        sources = getattr(entry, "sources", ())
        keys = {citation.key: number for number, citation in enumerate(sources, 1) if citation.key}
        own = draft.key[1] if draft.key and draft.key[0] == "begriff" else ""
        folder = draft.source.partition("/")[2].rpartition("/")[0]

        return ProseContext(self.text_target, self.file_target, folder, keys, self.terms, own, self.site.pictures.get, self._anchors(draft.template))

    def _anchors(self, template: str) -> frozenset[str]:
        """The fixed anchors of a template and of the parts that every page has."""
        if template not in self._taken:
            self._taken[template] = self._common_anchors | _anchors_in([self.site.settings.templates[0] / template])
        return self._taken[template]

    @cached_property
    def _common_anchors(self) -> frozenset[str]:
        folder = self.site.settings.templates[0]
        return _anchors_in([folder / "main.html", *folder.glob("partials/*.html")])

    def text_target(self, kind: str, name: str) -> Target | None:
        """Resolve a text link on the page that is being rendered."""
        targets = ((kind, name),) if kind else self.site.catalog.resolve_text_target(kind, name)
        if len(targets) != 1:
            return None
        found = self.site.catalog.find(*targets[0])
        url = page_url(*targets[0])
        if found is None or url is None:
            return None
        return Target(self._links.url(url), found.title)

    def file_target(self, path: str) -> str | None:
        """Resolve a link to a content file on the page that is being rendered: a page, or the file itself."""
        parts = tuple(path.split("/"))
        kind = classify(parts)
        if isinstance(kind, Kind):
            url = page_url(kind.name, entry_id(kind, parts))
            return self._links.url(url) if url is not None else None
        return self._links.url(path) if path in self.site.catalog.files and parts[0] == "bilder" else None

    @property
    def terms(self) -> dict[str, str]:
        """Glossary words (lower case) that texts link, with their term's id."""
        return self.site.tracker.view("terms", self._find_terms)  # type: ignore[no-any-return]

    def _find_terms(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for term in self.site.catalog.entries("begriff"):
            for word in _words_of(term):  # type: ignore[arg-type]
                words.setdefault(word.lower(), term.id)
        return words

    def _environment(self, language: str) -> Environment:
        """The templates with the engine's texts in one language; empty is the language they are written in."""
        if language not in self._environments:
            self._compiling()
            folders = (self.site.settings.templates[0] / "sprachen", self.site.settings.content / "sprache")
            messages = read_messages(folder / f"{language}.po" for folder in folders) if language else Messages()
            environment = self._environments[language] = self._make_environment(messages)
            scripts = [path for name in ("js", "suche") for path in self.site.settings.templates[0].glob(f"assets/{name}/**/*.js")]
            environment.globals.update(
                in_language=messages.gettext,
                has_words=messages.has,
                script_texts=json_island(script_texts(messages, sorted(scripts))) if language else "",
                menu=lambda: self._menu(language),
                here=lambda address: self._address_in(language, address),
                translations=lambda: translations(self.site.catalog),
                translation_url=address_of,
                other_language=LANGUAGE,
                entrance=lambda: entrance(self.site.catalog),
            )
        return self._environments[language]

    def _menu(self, language: str) -> tuple[NavItem, ...]:
        """In templates: the main navigation in the page's language."""
        if not language:
            return self.site.settings.navigation
        return tuple(NavItem(entry.title, address_of(entry)) for entry in translations(self.site.catalog) if entry.order)

    def _address_in(self, language: str, address: str) -> str:
        """In templates: the page that says the same in the page's language, else the page itself."""
        pages = {original_of(entry): address_of(entry) for entry in translations(self.site.catalog)} if language else {}
        return pages.get(address, address)

    def _make_environment(self, messages: Messages) -> Environment:
        environment = TemplateEnvironment(self.site.settings.templates, self._cache, messages)
        environment.globals.update(
            site=self.site.settings,
            catalog=self.site.catalog,
            operator=self.site.catalog.operator,
            views=self.views,
            pictures=tuple(self.site.pictures.values()),
            kinds=KINDS,
            lists=LISTS,
            jsonld=self._jsonld,
            url=self._links.url,
            link_to=self._links.link_to,
            page_address=self._links.page_address,
            once=self._once,
        )
        return environment

    def _once(self, macro: Callable[..., Markup], *arguments: str) -> Markup:
        """In templates: what a macro says, made once for the same arguments; it may use nothing of the page but these."""
        return self.site.catalog.once(self._said, (macro, *arguments), lambda: macro(*arguments))

    def _jsonld(self, page: Draft, entry: Any) -> Markup:
        """In templates: what the page says of itself in the words of schema.org, safe inside a script element."""
        settings = self.site.settings
        facts = Facts(settings.name, settings.base_url, "", settings.language, settings.today, settings.open_data)
        return Markup(page_jsonld(self.site.catalog, facts, page, entry))  # noqa: S704 - < and > are escaped


def json_island(texts: dict[str, str]) -> Markup:
    """Texts as JSON that may stand inside a script element."""
    return Markup(json.dumps(texts, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 - < and > are escaped


def _anchors_in(files: Iterable[Path]) -> frozenset[str]:
    return frozenset(found for file in files if file.is_file() for found in _ANCHOR.findall(file.read_text("utf-8")))


def _words_of(term: Term) -> list[str]:
    if not term.auto_link:
        return []
    return [word for word in (term.title, term.abbreviation, *term.synonyms) if word and len(word) > 2]


