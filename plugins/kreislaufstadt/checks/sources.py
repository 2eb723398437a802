"""Sources: facts have one, figures name one of the entry's own, none stands twice."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from kreislaufstadt.model.entries import Article, CaseStudy, Contact, Entry, Framework, Indicator, Milestone, Municipality
from kreislaufstadt.model.parts import Citation
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.validate import submodel, suggest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog, Key
    from kreislaufstadt.source import Source

NEED_SOURCES = (CaseStudy, Contact, Framework, Indicator, Milestone, Municipality)
"""Kinds that state facts and therefore name at least one source."""


def check_sources(catalog: Catalog, today: dt.date) -> Iterator[Problem]:
    """Facts carry sources, and every URL named as a source stands in the entry's list."""
    for key, entry in catalog.all_entries():
        yield from faults_of_sources(catalog, key, entry)


def faults_of_sources(catalog: Catalog, key: Key, entry: Entry) -> tuple[Problem, ...]:
    """What is wrong with an entry's sources; remembered."""
    return catalog.remember(key, "sources", lambda: tuple(_check_entry(catalog.source(key), entry)))


def _check_entry(source: Source, entry: Entry) -> Iterator[Problem]:
    if isinstance(entry, NEED_SOURCES) and not entry.sources:
        message = "Der Eintrag hat keine Quelle."
        yield Problem(source.place(("quellen",)), "KS401", message, "Bitte unter quellen: mindestens einen Beleg angeben.")
    known = [citation.url for citation in entry.sources]
    yield from _check_doubles(source, known)
    for path, url in _source_urls(entry, ()):
        if url not in known and not isinstance(entry, Article):
            message = f"Die Quelle „{url}“ steht nicht in der Quellenliste dieses Eintrags."
            advice = suggest(url, known) or "Bitte die Quelle unter quellen: mit Titel und Herausgeber ergänzen."
            yield Problem(source.place(path), "KS308", message, advice)
    yield from _check_access(source, entry)


def _check_doubles(source: Source, urls: list[str]) -> Iterator[Problem]:
    for number, url in enumerate(urls):
        if url in urls[:number]:
            message = f"Die Quelle „{url}“ steht zweimal in der Quellenliste."
            yield Problem(source.place(("quellen", number)), "KS410", message, "Bitte eine der beiden löschen.")


def _check_access(source: Source, entry: Entry) -> Iterator[Problem]:
    """One hint per entry, without a line: finding lines costs more than the hint is worth."""
    count = sum(not citation.accessed.day for citation in entry.sources)
    if count:
        what = "einer Quelle" if count == 1 else f"{count} Quellen"
        message = f"Bei {what} ist der Tag des Zugriffs nicht bekannt."
        yield Problem(Place(source.file), "KS411", message, "Bitte beim nächsten Prüfen den Tag eintragen.")


def _source_urls(value: BaseModel, at: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield each URL that a part of the entry names as its source."""
    for name, alias in _fields_with_sources(type(value)):
        content = getattr(value, name)
        path = (*at, alias)
        if name == "source" and isinstance(content, str):
            yield path, content
        elif name == "sources" and at and isinstance(content, tuple):
            yield from (((*path, number), url) for number, url in enumerate(content) if isinstance(url, str))
        elif isinstance(content, BaseModel):
            yield from _source_urls(content, path)
        elif isinstance(content, tuple):
            for number, item in enumerate(content):
                if isinstance(item, BaseModel):
                    yield from _source_urls(item, (*path, number))


@cache
def _fields_with_sources(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that name sources or lead to some: names in the code and in files. Citations are what is named."""
    found = []
    for name, info in model.model_fields.items():
        inner = submodel(info.annotation)
        leads = inner is not None and inner is not Citation and _fields_with_sources(inner)
        if leads or (inner is None and name in {"source", "sources"}):
            found.append((name, info.alias or name))
    return tuple(found)
