"""DCAT-AP.de, SKOS and JSON-LD: parsed by rdflib, checked by SHACL shapes of our own."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from exports.support_exports import AWKWARD, BASE, FACTS, NETZ, dataset_with, load_netz, netz, netz_build
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.exports import rdf
from kreislaufstadt.exports.dataset import LIST_KINDS, VOCABULARY, Dataset
from kreislaufstadt.exports.dcat import JSON_LD, LICENCE, TURTLE, write_dcat
from kreislaufstadt.exports.jsonld import dataset_node, make_graph, page_jsonld
from kreislaufstadt.exports.safe_json import make_safe
from kreislaufstadt.exports.skos import concept, make_vocabulary, write_skos
from kreislaufstadt.exports.write import write_data
from kreislaufstadt.urls import page_url

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # used by rdflib's own parser

DATA = write_data(netz(), "Testbetreiber")
SHAPES = Path(__file__).parent / "shapes"
SCHEMA = "https://schema.org/"


def parsed(path: str, form: str) -> Graph:
    return Graph().parse(data=DATA.files[path].decode(), format=form)


def conforms(graph: Graph, shapes: str) -> tuple[bool, str]:
    valid, _, text = validate(graph, shacl_graph=Graph().parse(SHAPES / shapes), advanced=True)
    return valid, text


def test_both_forms_of_the_catalogue_say_the_same() -> None:
    assert to_isomorphic(parsed(TURTLE, "turtle")) == to_isomorphic(parsed(JSON_LD, "json-ld"))


def test_the_catalogue_keeps_the_rules_of_the_profile() -> None:
    valid, text = conforms(parsed(TURTLE, "turtle"), "dcat.ttl")
    assert valid, text


@pytest.mark.parametrize("missing", [DCTERMS.publisher, DCTERMS.license, DCAT.accessURL, DCAT.theme])
def test_the_rules_can_say_no(missing: URIRef) -> None:
    graph = parsed(TURTLE, "turtle")
    graph.remove((None, missing, None))
    assert not conforms(graph, "dcat.ttl")[0]


def test_datasets_name_the_mailbox_of_the_operator_and_none_while_it_is_a_placeholder() -> None:
    mailbox = URIRef("http://www.w3.org/2006/vcard/ns#hasEmail")
    graph = parsed(TURTLE, "turtle")
    operator = netz().catalog.operator
    assert operator is not None
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert datasets
    for subject in datasets:
        assert graph.value(graph.value(subject, DCAT.contactPoint), mailbox) == URIRef(f"mailto:{operator.email}")
    loaded = load_netz()
    nameless = dataclasses.replace(loaded, operator=operator.model_copy(update={"email": "[Platzhalter: Postfach]"}))
    files = write_data(Dataset(Catalog(nameless), FACTS), "Testbetreiber").files
    assert not list(Graph().parse(data=files[TURTLE].decode(), format="turtle").subject_objects(DCAT.contactPoint))


def as_rdflib(graph: rdf.Graph) -> Graph:
    """A graph of ours as rdflib's own."""
    found = Graph()
    for subject, predicate, value in graph.statements:
        node = Literal(value.text, lang=value.language or None, datatype=value.datatype or None) if isinstance(value, rdf.Literal) else URIRef(value)
        found.add((URIRef(subject), URIRef(predicate), node))
    return found


def test_both_forms_are_what_rdflib_reads_whatever_the_texts_hold() -> None:
    graph = make_vocabulary(netz())
    subject = concept(netz(), "status", "laufend")
    for text in ('Zeile\nund "noch" eine', "Tab\tund \\ Strich", '"""', "äöü 🌱 'x'", 'endet mit "', 'Zeile\nendet mit "', "\\\n\\", "Wagen\rrücklauf", '\n"""'):
        graph.add((subject, rdf.SKOS.note, rdf.Literal(text, language="de")), (subject, rdf.SKOS.editorialNote, rdf.Literal(text)))
    graph.add((subject, rdf.SKOS.example, rdf.Literal("12", datatype=rdf.XSD.nonNegativeInteger)))
    expected = to_isomorphic(as_rdflib(graph))
    assert to_isomorphic(Graph().parse(data=rdf.write_turtle(graph).decode(), format="turtle")) == expected
    assert to_isomorphic(Graph().parse(data=rdf.write_json_ld(graph).decode(), format="json-ld")) == expected


@pytest.mark.parametrize("address", ["https://testnetz.example/ mit Leerzeichen", "https://testnetz.example/<", 'https://testnetz.example/"'])
def test_what_is_no_address_is_not_written(address: str) -> None:
    graph = rdf.Graph({})
    graph.add((rdf.Address(address), rdf.RDF.type, rdf.SKOS.Concept))
    with pytest.raises(ValueError, match="no address"):
        rdf.write_turtle(graph)


@pytest.mark.parametrize(("ours", "known"), [(rdf.DCAT, DCAT), (rdf.DCTERMS, DCTERMS), (rdf.FOAF, FOAF), (rdf.RDF, RDF), (rdf.SKOS, SKOS), (rdf.XSD, XSD)])
def test_every_term_that_we_use_is_one_of_the_vocabulary(ours: rdf.Namespace, known: Any) -> None:
    assert ours.address == str(known)
    used = [name for name in vars(ours) if name != "address"]
    assert used
    assert [name for name in used if f"{known}{name}" not in known] == []


def test_every_described_file_is_a_distribution_with_licence_size_and_checksum() -> None:
    graph = parsed(TURTLE, "turtle")
    addresses = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    own = {f"{BASE}{path}" for path in (TURTLE, JSON_LD)}
    assert addresses == {BASE + file.path for file in DATA.described} - own
    files = {BASE + file.path: file for file in DATA.described}
    for subject in graph.subjects(RDF.type, DCAT.Distribution):
        file = files[str(graph.value(subject, DCAT.downloadURL))]
        assert graph.value(subject, DCTERMS.license) == URIRef(LICENCE)
        size = graph.value(subject, DCAT.byteSize)
        assert isinstance(size, Literal) and int(size) == file.size
        assert len(list(graph.subjects(DCAT.distribution, subject))) == 1


def test_the_vocabulary_keeps_the_rules_of_skos() -> None:
    valid, text = conforms(parsed(VOCABULARY, "turtle"), "skos.ttl")
    assert valid, text


def test_every_list_value_and_term_is_a_concept_with_its_german_name() -> None:
    graph = parsed(VOCABULARY, "turtle")
    expected = {(kind.name, item) for kind in LIST_KINDS for item in netz().items(kind.name)}
    expected |= {("begriff", term) for term in netz().entries("begriff")}
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(expected)
    for kind, item in expected:
        subject = concept(netz(), kind, item.id)
        assert (URIRef(subject), SKOS.prefLabel, Literal(item.title, lang="de")) in graph
        if item.short:
            assert (URIRef(subject), SKOS.definition, Literal(item.short, lang="de")) in graph


def test_concepts_keep_their_address_when_titles_change() -> None:
    assert str(concept(netz(), "status", "laufend")) == f"{BASE}daten/v1/vokabular.ttl#status-laufend"


def test_graphs_do_not_depend_on_hash_order() -> None:
    program = (
        "import datetime, hashlib, sys; from pathlib import Path; from kreislaufstadt.catalog import Catalog;"
        "from kreislaufstadt.exports.dataset import Dataset, Facts; from kreislaufstadt.load import load_content;"
        "from kreislaufstadt.exports.write import write_data;"
        f"facts = Facts('T', '{BASE}', 'd', 'de', datetime.date(2026, 6, 1));"
        "files = write_data(Dataset(Catalog(load_content(Path(sys.argv[1]))), facts), 'P').files;"
        "print(hashlib.sha256(b''.join(k.encode() + v for k, v in files.items())).hexdigest())"
    )
    sums = set()
    for seed in ("1", "2", "3"):
        found = subprocess.run([sys.executable, "-c", program, str(NETZ)], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
        sums.add(found.stdout)
    assert len(sums) == 1
    assert make_vocabulary(netz())


# JSON-LD of pages


def page_graph(url: str) -> Graph:
    """The page's JSON-LD as RDF; the context is replaced, so that nothing is fetched."""
    draft = next(draft for draft in netz_build().site.drafts if draft.url == url)
    entry = netz().catalog.find(*draft.key) if draft.key else None
    text = page_jsonld(netz().catalog, FACTS, draft, entry)
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    document["@context"] = {"@vocab": SCHEMA}
    return Graph().parse(data=json.dumps(document), format="json-ld")


@pytest.mark.parametrize(
    ("url", "kinds"),
    [
        ("beispiele/muster-leihladen/", {"Article", "BreadcrumbList", "WebPage"}),
        ("kommunen/musterstadt/", {"City", "GeoCoordinates", "PostalAddress"}),
        ("kommunen/beispielgau/", {"AdministrativeArea"}),
        ("kontakte/musterstadt-testamt/", {"GovernmentOrganization", "ContactPoint", "PostalAddress"}),
        ("zeitstrahl/test-start/", {"Event"}),
        ("glossar/testbegriff/", {"DefinedTerm", "DefinedTermSet"}),
        ("beispiele/", {"CollectionPage", "BreadcrumbList"}),
        ("publikationen/test-heft/", {"CreativeWork"}),
    ],
)
def test_pages_say_what_they_are(url: str, kinds: set[str]) -> None:
    graph = page_graph(url)
    found = {str(kind).removeprefix(SCHEMA) for kind in graph.objects(None, RDF.type)}
    assert kinds <= found
    main = graph.value(URIRef(BASE + url), URIRef(f"{SCHEMA}mainEntity"))
    assert url == "beispiele/" or graph.value(main, URIRef(f"{SCHEMA}name"))


def test_a_place_stands_where_the_catalogue_says() -> None:
    graph = page_graph("kommunen/musterstadt/")
    position = next(graph.subjects(RDF.type, URIRef(f"{SCHEMA}GeoCoordinates")))
    assert float(graph.value(position, URIRef(f"{SCHEMA}latitude"))) == 51.5
    assert float(graph.value(position, URIRef(f"{SCHEMA}longitude"))) == 10.5


def test_every_page_has_json_ld_that_parses() -> None:
    for draft in netz_build().site.drafts:
        entry = netz().catalog.find(*draft.key) if draft.key else None
        nodes: list[Any] = make_graph(netz().catalog, FACTS, draft, entry)
        assert nodes[0]["@id"] == BASE + draft.url
        assert all(node.get("@type") for node in nodes)


def test_a_page_in_another_language_says_so() -> None:
    draft = dataclasses.replace(next(draft for draft in netz_build().site.drafts if draft.url == "beispiele/"), language="en")
    assert make_graph(netz().catalog, FACTS, draft, None)[0]["inLanguage"] == "en"


def test_no_page_describes_itself_with_half_a_sentence() -> None:
    for draft in netz_build().site.drafts:
        assert draft.description or not draft.listed or not draft.key, draft.url
        assert not draft.description.rstrip().endswith((":", ",", "–")), f"{draft.url}: {draft.description}"


def test_terms_and_goals_are_the_same_as_their_concepts_where_these_are_published() -> None:
    graph, vocabulary = page_graph("glossar/testbegriff/"), parsed(VOCABULARY, "turtle")
    same = graph.value(URIRef(f"{BASE}glossar/testbegriff/#eintrag"), URIRef(f"{SCHEMA}sameAs"))
    assert (URIRef(str(same)), RDF.type, SKOS.Concept) in vocabulary
    goal, target = netz().items("sdg-ziel")[0], netz().items("sdg-unterziel")[0]
    for kind, item in (("sdg-ziel", goal), ("sdg-unterziel", target)):
        url = page_url(kind, item.id)
        addresses = {str(found) for found in page_graph(url or "").objects(URIRef(f"{BASE}{url}#eintrag"), URIRef(f"{SCHEMA}sameAs"))}
        assert addresses == {str(concept(netz(), kind, item.id)), f"http://metadata.un.org/sdg/{item.id}"}
    draft = next(draft for draft in netz_build().site.drafts if draft.url == "glossar/testbegriff/")
    plain = make_graph(netz().catalog, dataclasses.replace(FACTS, open_data=False), draft, netz().catalog.find("begriff", "testbegriff"))
    assert "vokabular" not in json.dumps(plain)


@given(AWKWARD)
def test_no_text_ends_the_script_element(text: str) -> None:
    written = make_safe({"name": text + "</script><!--\u2028"})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written)["name"] == text + "</script><!--\u2028"


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(-180, 180).map(lambda place: round(place, 4)))
def test_numbers_stay_what_they_are(number: float, place: float) -> None:
    assert json.loads(make_safe([number])) == [number]
    assert make_safe({"latitude": place}) == json.dumps({"latitude": place}, separators=(",", ":")) or abs(place) < 1e-3


def test_the_data_page_is_a_dataset_with_downloads() -> None:
    node = dataset_node(FACTS, [(file.title, file.path, file.media_type, file.size) for file in DATA.described])
    assert node["@type"] == "Dataset"
    assert {row["contentUrl"] for row in node["distribution"]} == {BASE + file.path for file in DATA.described}
    assert all(row["license"] for row in node["distribution"])


@settings(max_examples=15, deadline=None)
@given(AWKWARD)
def test_awkward_texts_survive_as_literals(text: str) -> None:
    term = netz().catalog.find("begriff", "testbegriff")
    assert term is not None
    data = dataset_with("begriff", term.model_copy(update={"title": text, "short": text, "synonyms": (text,)}))
    vocabulary = Graph().parse(data=dict(write_skos(data))[VOCABULARY].decode(), format="turtle")
    subject = URIRef(concept(data, "begriff", "testbegriff"))
    for words in (SKOS.prefLabel, SKOS.definition, SKOS.altLabel):
        assert (subject, words, Literal(text, lang="de")) in vocabulary
    files = dict(write_dcat(data, text, DATA.described[:1]))
    for path, form in ((TURTLE, "turtle"), (JSON_LD, "json-ld")):
        graph = Graph().parse(data=files[path].decode(), format=form)
        assert Literal(text, lang="de") in set(graph.objects(None, FOAF.name))
