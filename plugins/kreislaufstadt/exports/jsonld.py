"""JSON-LD of a page in the words of schema.org: what the page is, what it is about, where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.dataset import LICENCE_URL, VOCABULARY, Facts, checked
from kreislaufstadt.exports.phone import phone_number
from kreislaufstadt.exports.safe_json import make_safe
from kreislaufstadt.model.entries import (
    Article,
    CaseStudy,
    Component,
    Contact,
    Entry,
    Framework,
    Indicator,
    Milestone,
    Municipality,
    Publication,
    Term,
    TextTemplate,
)
from kreislaufstadt.model.lists import SdgGoal, SdgTarget
from kreislaufstadt.personal import office_of
from kreislaufstadt.urls import page_url

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kreislaufstadt.catalog import Catalog

Node = dict[str, Any]

_COMPANY = re.compile(r"\b(?:g?GmbH|AG|KG|UG|eG|SE|e\. ?V\.)(?!\w)")
UN_GOALS = "http://metadata.un.org/sdg/"
"""The United Nations' own addresses of goals and targets."""

_PARTS = 20
"""How many milestones or sources a page names at most."""


def page_jsonld(catalog: Catalog, facts: Facts, page: Any, entry: Any) -> str:
    """The page's JSON-LD, safe inside a script element; ``page`` has url, title, kind, description, language, changed, data and trail."""
    return make_safe({"@context": "https://schema.org", "@graph": make_graph(catalog, facts, page, entry)})


def make_graph(catalog: Catalog, facts: Facts, page: Any, entry: Any) -> list[Node]:
    """The nodes: the page, its breadcrumb, and what it is about."""
    address = facts.base_url + page.url
    overview = page.kind == "Übersicht" or "names" in page.data
    node = _drop_empty({
        "@type": "CollectionPage" if overview else "WebPage",
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.description,
        "inLanguage": page.language or facts.language,
        "license": LICENCE_URL,
        "isPartOf": {"@type": "WebSite", "@id": f"{facts.base_url}#website", "name": facts.name, "url": facts.base_url},
    })
    if page.changed and page.kind != "Übersicht":
        node["dateModified"] = page.changed.isoformat()
    day = checked(entry) if isinstance(entry, Entry) else None
    if day:
        node["lastReviewed"] = day.isoformat()
    nodes = [node]
    if page.trail:
        node["breadcrumb"] = {"@id": f"{address}#pfad"}
        nodes.append(_breadcrumb(facts, page, address))
    main = _main(catalog, facts, address, entry)
    if main:
        node["mainEntity"] = {"@id": main["@id"]}
        nodes.append(main)
    return nodes


def dataset_node(facts: Facts, files: Sequence[tuple[str, str, str, int]]) -> Node:
    """The open data as a dataset; ``files`` are title, path, media type and size."""
    downloads = [
        {"@type": "DataDownload", "name": title, "contentUrl": facts.base_url + path, "encodingFormat": media, "contentSize": f"{size} B"}
        | {"license": LICENCE_URL}
        for title, path, media, size in files
    ]
    return {
        "@type": "Dataset",
        "@id": f"{facts.base_url}daten/#daten",
        "name": f"{facts.name}: offene Daten",
        "description": f"Alle Einträge, Listen, Quellen und Verweise des Nachschlagewerks {facts.name}, jede Angabe mit Quelle.",
        "url": f"{facts.base_url}daten/",
        "license": LICENCE_URL,
        "creator": {"@type": "Organization", "name": facts.name, "url": facts.base_url},
        "inLanguage": facts.language,
        "isAccessibleForFree": True,
        "dateModified": facts.today.isoformat(),
        "keywords": ["Kreislaufwirtschaft", "Kommunen", "Deutschland"],
        "distribution": downloads,
    }


def _breadcrumb(facts: Facts, page: Any, address: str) -> Node:
    steps = [*page.trail, (page.title, page.url)]
    items = [{"@type": "ListItem", "position": number, "name": title, "item": facts.base_url + url} for number, (title, url) in enumerate(steps, 1)]
    return {"@type": "BreadcrumbList", "@id": f"{address}#pfad", "itemListElement": items}


def _main(catalog: Catalog, facts: Facts, address: str, entry: Any) -> Node | None:
    for model, make in _MAKERS.items():
        if isinstance(entry, model):
            node = make(catalog, facts, entry)
            return {"@type": node.pop("@type"), "@id": f"{address}#eintrag", **_drop_empty({"name": entry.title, "description": entry.short, **node})}
    return None


def _drop_empty(node: Node) -> Node:
    return {key: value for key, value in node.items() if value or isinstance(value, int | float)}


def _link(catalog: Catalog, facts: Facts, kind: str, name: str | None, type_: str) -> Node | None:
    found = catalog.find(kind, name) if name else None
    url = page_url(kind, name) if name else None
    if found is None or url is None:
        return None
    address = facts.base_url + url
    return {"@type": type_, "@id": f"{address}#eintrag", "name": found.title, "url": address}


def _citations(entry: Entry) -> list[Node]:
    return [
        _drop_empty({
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "publisher": {"@type": "Organization", "name": source.publisher},
            "datePublished": str(source.published) if source.published else None,
        })
        for source in entry.sources[:_PARTS]
    ]


def _article(catalog: Catalog, facts: Facts, entry: Entry) -> Node:
    author = {"@type": "Organization", "name": facts.name, "url": facts.base_url}
    return {
        "@type": "Article",
        "headline": entry.title,
        "author": author,
        "publisher": author,
        "inLanguage": facts.language,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "temporalCoverage": str(entry.as_of) if entry.as_of else None,
        "citation": _citations(entry),
    }


def _case_study(catalog: Catalog, facts: Facts, entry: CaseStudy) -> Node:
    fields = [item for name in entry.mapping.fields_of_action if (item := catalog.find("handlungsfeld", name))]
    return {
        **_article(catalog, facts, entry),
        "contentLocation": _link(catalog, facts, "kommune", entry.municipality, "Place"),
        "about": [{"@type": "Thing", "name": item.title} for item in fields],
    }


def _municipality(catalog: Catalog, facts: Facts, entry: Municipality) -> Node:
    state = catalog.find("land", entry.state) if entry.state else None
    position = entry.position
    return {
        "@type": "City" if entry.kind in {"stadt", "stadtstaat"} else "AdministrativeArea",
        "url": entry.website,
        "identifier": {"@type": "PropertyValue", "propertyID": "AGS", "value": entry.ags} if entry.ags else None,
        "geo": {"@type": "GeoCoordinates", "latitude": position.latitude, "longitude": position.longitude} if position else None,
        "address": _drop_empty({
            "@type": "PostalAddress",
            "addressCountry": entry.country.upper(),
            "addressRegion": state.title if state else entry.region,
        }),
    }


def _contact(catalog: Catalog, facts: Facts, entry: Contact) -> Node:
    office = office_of(entry)
    address = office.address
    point = _drop_empty({
        "@type": "ContactPoint",
        "contactType": office.role,
        "telephone": phone_number(office.phone) if office.phone else None,
        "faxNumber": phone_number(office.fax) if office.fax else None,
        "email": office.email,
        "availableLanguage": facts.language,
    })
    return {
        "@type": "Organization" if _COMPANY.search(office.title) else "GovernmentOrganization",
        "description": office.role,
        "url": office.website,
        "department": {"@type": "Organization", "name": office.unit} if office.unit else None,
        "contactPoint": point,
        "areaServed": _link(catalog, facts, "kommune", office.municipality, "AdministrativeArea"),
        "address": _drop_empty({
            "@type": "PostalAddress",
            "streetAddress": address.street,
            "postalCode": address.postal_code,
            "addressLocality": address.city,
        }) if address else None,
    }


def _milestone(catalog: Catalog, facts: Facts, entry: Milestone) -> Node:
    return {
        "@type": "Event",
        "description": entry.text,
        "startDate": str(entry.date),
        "endDate": str(entry.end) if entry.end else None,
        "location": _link(catalog, facts, "kommune", entry.municipality, "Place"),
        "about": _link(catalog, facts, "rahmen", entry.framework, "CreativeWork"),
        "subjectOf": _citations(entry),
    }


def _term(catalog: Catalog, facts: Facts, entry: Term) -> Node:
    words = [word for word in (entry.abbreviation, *entry.synonyms) if word]
    term_set = {"@type": "DefinedTermSet", "@id": f"{facts.base_url}glossar/", "name": f"Glossar: {facts.name}"}
    concept = _concept(facts, "begriff", entry.id)
    return {
        "@type": "DefinedTerm",
        "termCode": entry.id,
        "alternateName": words,
        "sameAs": concept,
        "inDefinedTermSet": term_set,
        "subjectOf": _citations(entry),
    }


def _concept(facts: Facts, kind: str, name: str) -> str | None:
    """The address of the same term in the SKOS vocabulary, where it is published."""
    return f"{facts.base_url}{VOCABULARY}#{kind}-{name}" if facts.open_data else None


def _goal(catalog: Catalog, facts: Facts, entry: SdgGoal) -> Node:
    kind = "sdg-unterziel" if isinstance(entry, SdgTarget) else "sdg-ziel"
    same = [address for address in (_concept(facts, kind, entry.id), f"{UN_GOALS}{entry.id}") if address]
    return {"@type": "DefinedTerm", "termCode": entry.id, "description": entry.short or entry.reason, "sameAs": same}


def _framework(catalog: Catalog, facts: Facts, entry: Framework) -> Node:
    legal = "rechtsakt" in entry.kind
    return {
        "@type": "Legislation" if legal else "CreativeWork",
        "description": entry.short or entry.relevance,
        "url": entry.url,
        "legislationIdentifier" if legal else "identifier": entry.reference,
        "legislationDate" if legal else "datePublished": str(entry.date) if entry.date else None,
        "citation": _citations(entry),
    }


def _indicator(catalog: Catalog, facts: Facts, entry: Indicator) -> Node:
    if not entry.reference_values:
        return {"@type": "DefinedTerm", "termCode": entry.id, "description": entry.measures, "subjectOf": _citations(entry)}
    values = [
        {"@type": "PropertyValue", "name": f"{entry.title}: {value.area}", "value": value.value.text, "unitText": value.unit, "url": value.source}
        for value in entry.reference_values
    ]
    article = {key: value for key, value in _article(catalog, facts, entry).items() if key not in {"headline", "author"}}
    return {**article, "@type": "Dataset", "description": entry.measures, "variableMeasured": values}


def _publication(catalog: Catalog, facts: Facts, entry: Publication) -> Node:
    return {
        "@type": "CreativeWork",
        "url": entry.url,
        "publisher": {"@type": "Organization", "name": entry.publisher},
        "datePublished": str(entry.year) if entry.year else None,
    }


_MAKERS: dict[type[Entry | SdgGoal], Callable[[Catalog, Facts, Any], Node]] = {
    CaseStudy: _case_study,
    Municipality: _municipality,
    Contact: _contact,
    Milestone: _milestone,
    Term: _term,
    Framework: _framework,
    Indicator: _indicator,
    Publication: _publication,
    Component: _article,
    Article: _article,
    SdgGoal: _goal,
    TextTemplate: _article,
}
