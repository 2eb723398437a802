"""DCAT-AP.de 3.0: the catalogue entry that open-data portals such as GovData harvest.

Every dataset has a publisher and a theme, every distribution a licence, as the
profile demands. Nodes have addresses, so the files never change without reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.exports.dataset import ROOT
from kreislaufstadt.exports.paths import JSON_LD, TURTLE
from kreislaufstadt.exports.rdf import DCAT, DCTERMS, FOAF, RDF, XSD, Address, Graph, Literal, Namespace, write_json_ld, write_turtle
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
LICENCE = Address("http://dcat-ap.de/def/licenses/cc-by/4.0")
THEMES = ("ENVI", "REGI", "ECON")
GERMAN = Address(f"{EU}/language/DEU")
GERMANY = Address(f"{EU}/country/DEU")
ACCESS = Address(f"{EU}/access-right/PUBLIC")
STABLE = Address(f"{EU}/planned-availability/STABLE")
FEDERAL = Address("http://dcat-ap.de/def/politicalGeocoding/Level/federal")
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
    graph = Graph(PREFIXES)
    catalogue = _node(data, "katalog")
    agent = _add_publisher(graph, data, publisher)
    graph.describe(
        catalogue,
        *_words(f"{data.facts.name}: offene Daten", data.facts.description or data.facts.name),
        (RDF.type, DCAT.Catalog),
        (DCTERMS.publisher, agent),
        (DCTERMS.language, GERMAN),
        (DCTERMS.license, LICENCE),
        (FOAF.homepage, Address(data.absolute("daten/"))),
        (DCTERMS.modified, _day(data)),
        (DCAT.themeTaxonomy, Address(f"{EU}/data-theme")),
    )
    contact = _add_contact(graph, data, publisher)
    for name, title, words, chosen in _datasets(data, files):
        subject = _node(data, f"datensatz-{name}")
        modified = _day(data, name if name in KINDS else "")
        graph.add((catalogue, DCAT.dataset, subject), (subject, DCTERMS.modified, modified))
        if contact:
            graph.add((subject, DCAT.contactPoint, contact))
        _add_dataset(graph, data, subject, (title, words), agent)
        for file in chosen:
            graph.add((_add_distribution(graph, data, subject, file), DCTERMS.modified, modified))
    return graph


def _add_publisher(graph: Graph, data: Dataset, publisher: str) -> Address:
    agent = _node(data, "herausgeber")
    name, homepage = Literal(publisher, language="de"), Address(data.facts.base_url)
    graph.describe(agent, (RDF.type, FOAF.Organization), (RDF.type, FOAF.Agent), (FOAF.name, name), (FOAF.homepage, homepage))
    return agent


def _add_contact(graph: Graph, data: Dataset, publisher: str) -> Address | None:
    """Whom to ask: the operator's mailbox, once there is one."""
    operator = data.catalog.operator
    if operator is None or "@" not in operator.email:
        return None
    subject = _node(data, "kontakt")
    name, mailbox = Literal(publisher, language="de"), Address(f"mailto:{operator.email}")
    graph.describe(subject, (RDF.type, VCARD.Organization), (VCARD.fn, name), (VCARD.hasEmail, mailbox))
    return subject


def _node(data: Dataset, name: str) -> Address:
    return Address(f"{data.absolute(TURTLE)}#{name}")


def _day(data: Dataset, kind: str = "") -> Literal:
    """The newest change of a kind's entries (nothing: of all), or the day of publishing where no history tells."""
    day = data.newest(kind)
    return Literal(day.isoformat() if day else data.as_of, datatype=XSD.date)


def _words(title: str, words: str) -> tuple[tuple[Address, Literal], ...]:
    return (DCTERMS.title, Literal(title, language="de")), (DCTERMS.description, Literal(words, language="de"))


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


def _add_dataset(graph: Graph, data: Dataset, subject: Address, words: tuple[str, str], agent: Address) -> None:
    graph.describe(
        subject,
        *_words(*words),
        (RDF.type, DCAT.Dataset),
        (DCTERMS.identifier, Literal(subject)),
        (DCTERMS.publisher, agent),
        (DCTERMS.language, GERMAN),
        (DCTERMS.spatial, GERMANY),
        (DCTERMS.accessRights, ACCESS),
        (DCATDE.politicalGeocodingLevelURI, FEDERAL),
        (DCAT.landingPage, Address(data.absolute("daten/"))),
        *((DCAT.theme, Address(f"{EU}/data-theme/{theme}")) for theme in THEMES),
        *((DCAT.keyword, Literal(word, language="de")) for word in ("Kreislaufwirtschaft", "Kommunen")),
    )


def _add_distribution(graph: Graph, data: Dataset, dataset: Address, file: DataFile) -> Address:
    name = file.path.removeprefix(f"{ROOT}/").replace("/", "-").replace(".", "-")
    subject, checksum = _node(data, f"datei-{name}"), _node(data, f"pruefsumme-{name}")
    address = Address(data.absolute(file.path))
    kind = _FILE_TYPES.get(file.path.rpartition(".")[2])
    graph.add((dataset, DCAT.distribution, subject))
    graph.describe(
        subject,
        *_words(file.title, file.description),
        (RDF.type, DCAT.Distribution),
        (DCATAP.availability, STABLE),
        (DCAT.accessURL, address),
        (DCAT.downloadURL, address),
        (DCTERMS.license, LICENCE),
        (DCATDE.licenseAttributionByText, Literal(f"{data.facts.name}, {data.facts.base_url}", language="de")),
        (DCAT.mediaType, Address(f"https://www.iana.org/assignments/media-types/{file.media_type}")),
        (DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger)),
        (SPDX.checksum, checksum),
        *([(DCTERMS.format, Address(f"{EU}/file-type/{kind}"))] if kind else []),
    )
    digits = Literal(file.sha256, datatype=XSD.hexBinary)
    graph.describe(checksum, (RDF.type, SPDX.Checksum), (SPDX.algorithm, SPDX.checksumAlgorithm_sha256), (SPDX.checksumValue, digits))
    return subject
