"""DCAT-AP.de 3.0: the catalogue entry that open-data portals such as GovData harvest.

Every dataset has a publisher and a theme, every distribution a licence, as the
profile demands. Nodes have addresses, so the files never change without reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from kreislaufstadt.exports.dataset import ROOT
from kreislaufstadt.exports.paths import JSON_LD, TURTLE
from kreislaufstadt.exports.rdf import write_json_ld, write_turtle
from kreislaufstadt.model.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kreislaufstadt.exports.dataset import Dataset
    from kreislaufstadt.exports.manifest import DataFile

DCATAP = Namespace("http://data.europa.eu/r5r/")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PREFIXES = {"dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "dcatde": DCATDE, "dcatap": DCATAP, "vcard": VCARD, "spdx": SPDX, "xsd": XSD}
EU = "http://publications.europa.eu/resource/authority"
LICENCE = URIRef("http://dcat-ap.de/def/licenses/cc-by/4.0")
THEMES = ("ENVI", "REGI", "ECON")
GERMAN = URIRef(f"{EU}/language/DEU")
GERMANY = URIRef(f"{EU}/country/DEU")
ACCESS = URIRef(f"{EU}/access-right/PUBLIC")
STABLE = URIRef(f"{EU}/planned-availability/STABLE")
FEDERAL = URIRef("http://dcat-ap.de/def/politicalGeocoding/Level/federal")
"""The data name municipalities of the whole country."""

_FILE_TYPES = {
    "json": "JSON",
    "csv": "CSV",
    "geojson": "GEOJSON",
    "ttl": "RDF_TURTLE",
    "jsonld": "JSON_LD",
    "atom": "ATOM",
}
"""File types as the EU's authority list names them; the others get only a media type."""

def write_dcat(data: Dataset, publisher: str, files: Sequence[DataFile]) -> Iterator[tuple[str, bytes]]:
    """The catalogue in both forms."""
    graph = make_catalogue(data, publisher, files)
    yield TURTLE, write_turtle(graph)
    yield JSON_LD, write_json_ld(graph)


def make_catalogue(data: Dataset, publisher: str, files: Sequence[DataFile]) -> Graph:
    """The graph: one dataset per kind of entry, and one of everything."""
    graph = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space)
    catalogue = _node(data, "katalog")
    agent = _add_publisher(graph, data, publisher)
    _describe(graph, catalogue, f"{data.facts.name}: offene Daten", data.facts.description or data.facts.name)
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    graph.add((catalogue, DCTERMS.publisher, agent))
    graph.add((catalogue, DCTERMS.language, GERMAN))
    graph.add((catalogue, DCTERMS.license, LICENCE))
    graph.add((catalogue, FOAF.homepage, URIRef(data.absolute("daten/"))))
    graph.add((catalogue, DCTERMS.modified, _day(data)))
    graph.add((catalogue, DCAT.themeTaxonomy, URIRef(f"{EU}/data-theme")))
    contact = _add_contact(graph, data, publisher)
    for name, title, words, chosen in _datasets(data, files):
        subject = _node(data, f"datensatz-{name}")
        graph.add((catalogue, DCAT.dataset, subject))
        if contact:
            graph.add((subject, DCAT.contactPoint, contact))
        modified = _day(data, name if name in KINDS else "")
        graph.add((subject, DCTERMS.modified, modified))
        _add_dataset(graph, data, subject, (title, words), agent)
        for file in chosen:
            graph.add((_add_distribution(graph, data, subject, file), DCTERMS.modified, modified))
    return graph


def _add_publisher(graph: Graph, data: Dataset, publisher: str) -> URIRef:
    agent = _node(data, "herausgeber")
    graph.add((agent, RDF.type, FOAF.Organization))
    graph.add((agent, RDF.type, FOAF.Agent))
    graph.add((agent, FOAF.name, Literal(publisher, lang="de")))
    graph.add((agent, FOAF.homepage, URIRef(data.facts.base_url)))
    return agent


def _add_contact(graph: Graph, data: Dataset, publisher: str) -> URIRef | None:
    """Whom to ask: the operator's mailbox, once there is one."""
    operator = data.catalog.operator
    if operator is None or "@" not in operator.email:
        return None
    subject = _node(data, "kontakt")
    graph.add((subject, RDF.type, VCARD.Organization))
    graph.add((subject, VCARD.fn, Literal(publisher, lang="de")))
    graph.add((subject, VCARD.hasEmail, URIRef(f"mailto:{operator.email}")))
    return subject


def _node(data: Dataset, name: str) -> URIRef:
    return URIRef(f"{data.absolute(TURTLE)}#{name}")


def _day(data: Dataset, kind: str = "") -> Literal:
    """The newest change of a kind's entries (nothing: of all), or the day of publishing where no history tells."""
    day = data.newest(kind)
    return Literal(day.isoformat() if day else data.as_of, datatype=XSD.date)


def _describe(graph: Graph, subject: URIRef, title: str, words: str) -> None:
    graph.add((subject, DCTERMS.title, Literal(title, lang="de")))
    graph.add((subject, DCTERMS.description, Literal(words, lang="de")))


def _datasets(data: Dataset, files: Sequence[DataFile]) -> Iterator[tuple[str, str, str, list[DataFile]]]:
    """Name, title, words and files of each dataset; each file belongs to one."""
    rest = list(files)
    for kind in KINDS.values():
        if not data.entries(kind.name):
            continue
        chosen = [file for file in rest if _belongs(file.path, kind.name, kind.folder)]
        rest = [file for file in rest if file not in chosen]
        words = f"{kind.plural} aus dem Nachschlagewerk {data.facts.name}, jede Angabe mit Quelle. Einträge: {len(data.entries(kind.name))}."
        if chosen:
            yield kind.name, f"{data.facts.name}: {kind.plural}", words, chosen
    words = f"Alle Einträge, Listen, Quellen und Verweise des Nachschlagewerks {data.facts.name} in einer Datei und als einzelne Tabellen."
    yield "bestand", f"{data.facts.name}: gesamter Bestand", words, rest


_ALSO = {"meilenstein": ("kalender/", "feeds/meilensteine"), "beispiel": ("feeds/beispiele", "feeds/handlungsfeld-")}


def _belongs(path: str, kind: str, folder: str) -> bool:
    short = path.removeprefix(f"{ROOT}/")
    return short.rpartition(".")[0] == folder or short.startswith(_ALSO.get(kind, ("\0",)))


def _add_dataset(graph: Graph, data: Dataset, subject: URIRef, words: tuple[str, str], agent: URIRef) -> None:
    graph.add((subject, RDF.type, DCAT.Dataset))
    _describe(graph, subject, *words)
    graph.add((subject, DCTERMS.identifier, Literal(str(subject))))
    graph.add((subject, DCTERMS.publisher, agent))
    graph.add((subject, DCTERMS.language, GERMAN))
    graph.add((subject, DCTERMS.spatial, GERMANY))
    graph.add((subject, DCTERMS.accessRights, ACCESS))
    graph.add((subject, DCATDE.politicalGeocodingLevelURI, FEDERAL))
    graph.add((subject, DCAT.landingPage, URIRef(data.absolute("daten/"))))
    for theme in THEMES:
        graph.add((subject, DCAT.theme, URIRef(f"{EU}/data-theme/{theme}")))
    for word in ("Kreislaufwirtschaft", "Kommunen"):
        graph.add((subject, DCAT.keyword, Literal(word, lang="de")))


def _add_distribution(graph: Graph, data: Dataset, dataset: URIRef, file: DataFile) -> URIRef:
    name = file.path.removeprefix(f"{ROOT}/").replace("/", "-").replace(".", "-")
    subject, checksum = _node(data, f"datei-{name}"), _node(data, f"pruefsumme-{name}")
    address = URIRef(data.absolute(file.path))
    graph.add((dataset, DCAT.distribution, subject))
    graph.add((subject, RDF.type, DCAT.Distribution))
    _describe(graph, subject, file.title, file.description)
    graph.add((subject, DCATAP.availability, STABLE))
    graph.add((subject, DCAT.accessURL, address))
    graph.add((subject, DCAT.downloadURL, address))
    graph.add((subject, DCTERMS.license, LICENCE))
    graph.add((subject, DCATDE.licenseAttributionByText, Literal(f"{data.facts.name}, {data.facts.base_url}", lang="de")))
    graph.add((subject, DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{file.media_type}")))
    graph.add((subject, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
    kind = _FILE_TYPES.get(file.path.rpartition(".")[2])
    if kind:
        graph.add((subject, DCTERMS["format"], URIRef(f"{EU}/file-type/{kind}")))
    graph.add((subject, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
    return subject
