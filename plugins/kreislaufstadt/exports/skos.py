"""SKOS: controlled lists and glossary as concept schemes with stable addresses.

A concept's address is the file plus ``#list-id``; it stays when titles change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import LICENCE_URL, LIST_KINDS, VOCABULARY
from kreislaufstadt.exports.jsonld import UN_GOALS
from kreislaufstadt.exports.rdf import DCTERMS, FOAF, RDF, SKOS, Address, Graph, Literal, write_turtle
from kreislaufstadt.model.entries import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kreislaufstadt.exports.dataset import Dataset

TERMS = "begriff"


def write_skos(data: Dataset) -> Iterator[tuple[str, bytes]]:
    """The vocabulary file."""
    yield VOCABULARY, write_turtle(make_vocabulary(data))


def concept(data: Dataset, kind: str, name: str) -> Address:
    """The address of a list value or glossary term as a concept."""
    return Address(f"{data.absolute(VOCABULARY)}#{kind}-{name}")


def scheme(data: Dataset, kind: str) -> Address:
    """The address of a list as a concept scheme."""
    return Address(f"{data.absolute(VOCABULARY)}#{kind}")


def make_vocabulary(data: Dataset) -> Graph:
    """The graph of all schemes."""
    graph = Graph({"skos": SKOS, "dcterms": DCTERMS, "foaf": FOAF})
    for kind in LIST_KINDS:
        _add_scheme(graph, data, kind.name, kind.plural)
        for item in data.items(kind.name):
            _add_concept(graph, data, kind.name, item)
            _add_notations(graph, data, kind.name, item)
    _add_scheme(graph, data, TERMS, "Glossar")
    for term in data.entries(TERMS):
        _add_concept(graph, data, TERMS, term)
        if isinstance(term, Term):
            _add_term(graph, data, term)
    return graph


def _german(text: str) -> Literal:
    return Literal(text, language="de")


def _add_scheme(graph: Graph, data: Dataset, kind: str, title: str) -> None:
    graph.describe(
        scheme(data, kind),
        (RDF.type, SKOS.ConceptScheme),
        (SKOS.prefLabel, _german(title)),
        (DCTERMS.title, _german(title)),
        (DCTERMS.license, Address(LICENCE_URL)),
        (DCTERMS.source, Address(data.facts.base_url)),
    )


def _add_concept(graph: Graph, data: Dataset, kind: str, item: Any) -> None:
    subject = concept(data, kind, item.id)
    whole = scheme(data, kind)
    names = (SKOS.prefLabel, _german(item.title)), (SKOS.notation, Literal(item.id))
    graph.describe(subject, (RDF.type, SKOS.Concept), (SKOS.inScheme, whole), *names)
    if item.short:
        graph.add((subject, SKOS.definition, _german(item.short)))
    for word in item.search_terms:
        graph.add((subject, SKOS.hiddenLabel, _german(word)))
    page = data.page(kind, item.id)
    if page:
        graph.add((subject, FOAF.page, Address(page)))
    goal = getattr(item, "goal", None)
    if goal is None:
        graph.add((subject, SKOS.topConceptOf, whole), (whole, SKOS.hasTopConcept, subject))
    else:
        graph.add((subject, SKOS.broadMatch, concept(data, "sdg-ziel", goal)))


def _add_notations(graph: Graph, data: Dataset, kind: str, item: Any) -> None:
    """What single lists know beyond every value: English names, UN numbers, loops of the R ladder."""
    subject = concept(data, kind, item.id)
    english = getattr(item, "english", None)
    if english:
        graph.add((subject, SKOS.altLabel, Literal(english, language="en")))
    if kind in {"sdg-ziel", "sdg-unterziel"}:
        graph.add((subject, SKOS.exactMatch, Address(f"{UN_GOALS}{item.id}")))


def _add_term(graph: Graph, data: Dataset, term: Term) -> None:
    subject = concept(data, TERMS, term.id)
    for word in (term.abbreviation, *term.synonyms):
        if word:
            graph.add((subject, SKOS.altLabel, _german(word)))
    for other in term.related:
        related = concept(data, TERMS, other)
        graph.add((subject, SKOS.related, related), (related, SKOS.related, subject))
