"""Views that templates use: each is derived once per site."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from markupsafe import Markup

from kreislaufstadt.derive.charts import Chart, derive_charts
from kreislaufstadt.derive.comparison import KeyFacts, SizeGroup, derive_key_facts, derive_size_groups
from kreislaufstadt.derive.contacts import Office, OfficeGroup, derive_office_groups, office_for, offices_of, with_role
from kreislaufstadt.derive.examples import DataFile, ExampleRow, derive_data_file, derive_row, newest
from kreislaufstadt.derive.examples import by_title as rows_by_title
from kreislaufstadt.derive.facets import Facet, derive_facets
from kreislaufstadt.derive.linked_sources import LinkedSource, derive_linked_sources
from kreislaufstadt.derive.lists import (
    Letter,
    count_measured,
    derive_best_evidenced,
    derive_excerpt,
    derive_letters,
    derive_publications,
)
from kreislaufstadt.derive.map import Map, MiniMap, MiniMaps, derive_map
from kreislaufstadt.derive.matrix import Matrix, components_in_order, derive_matrix
from kreislaufstadt.derive.neighbours import ExampleIndex, Neighbour, derive_index, derive_neighbours
from kreislaufstadt.derive.places import (
    PlaceGroup,
    derive_groups,
    examples_of,
    municipalities,
    size_class_of,
)
from kreislaufstadt.derive.ring import Ring, derive_ring
from kreislaufstadt.derive.self_check import CheckPart, derive_self_check
from kreislaufstadt.derive.similar import SimilarPlace, SimilarPlaces
from kreislaufstadt.derive.timeline import Year, derive_years, is_past
from kreislaufstadt.entry_forms import EntryForm, derive_form
from kreislaufstadt.exports.fields import KindFields, field_reference
from kreislaufstadt.exports.qr import contact_qr
from kreislaufstadt.freshness import Freshness, Review, derive_freshness, review_of
from kreislaufstadt.model.kinds import LISTS
from kreislaufstadt.trace import Told, TracedMembers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import CaseStudy, Component, Contact, Entry, Indicator, Milestone, Municipality, Publication
    from kreislaufstadt.model.lists import Item, SizeClass
    from kreislaufstadt.problems import Problem
    from kreislaufstadt.site import Site


def tell_similar(places: Sequence[SimilarPlace]) -> Told:
    """Name similar places and reasons; pages show these places in their own words."""
    return Told(lambda: repr([(similar.place.id, similar.reasons) for similar in places]), tuple(("find", "kommune", similar.place.id) for similar in places))


def tell_neighbours(neighbours: Sequence[Neighbour]) -> Told:
    """Name like examples and what they share; pages show them in their own words."""
    return Told(lambda: repr([*map(tuple, neighbours)]), tuple([("find", "beispiel", neighbour.id) for neighbour in neighbours]))


BASES = {"similar": "similar_places", "neighbours": "example_index"}
"""Views that are verified by their results, each with the view that all of these are looked up in."""


class Views(TracedMembers):
    """Views of the catalogue for templates; each is derived once per site and leaves a trace."""

    _told: ClassVar[Mapping[str, Callable[[Any], Told]]] = {"similar": tell_similar, "neighbours": tell_neighbours}

    def __init__(self, site: Site) -> None:
        """Keep the site whose views are asked for."""
        self._tracker = site.tracker
        self._site = site
        self._catalog = site.catalog

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems of the content, for the preview."""
        self._tracker.note("problems")
        return self._site.problems

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """Facets of the examples."""
        return derive_facets(self._catalog)

    @cached_property
    def matrix(self) -> Matrix:
        """Components by fields of action."""
        return derive_matrix(self._catalog)

    @cached_property
    def self_check(self) -> tuple[CheckPart, ...]:
        """The self-check by component, with what helps to go on."""
        return derive_self_check(self._catalog)

    def titles(self, kind: str) -> dict[str, str]:
        """Titles by id of all entries of a kind or all values of a list, for the tools."""
        found = self._catalog.items(kind) if kind in LISTS else self._catalog.entries(kind)
        return {item.id: item.title for item in found}

    def linked_sources(self, kind: str, entry: Entry) -> Sequence[LinkedSource]:
        """The sources of what the text of an entry links to."""
        return derive_linked_sources(self._catalog, (kind, entry.id), entry)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The components in order."""
        return components_in_order(self._catalog)

    @cached_property
    def places(self) -> tuple[Municipality, ...]:
        """Municipalities in alphabetical order."""
        return municipalities(self._catalog)

    @cached_property
    def place_groups(self) -> tuple[PlaceGroup, ...]:
        """Municipalities by Land, then countries."""
        return derive_groups(self._catalog)

    @cached_property
    def years(self) -> tuple[Year, ...]:
        """Milestones by year."""
        return derive_years(self._catalog)

    def is_past(self, milestone: Milestone) -> bool:
        """Whether a milestone has begun."""
        return is_past(milestone, self._site.settings.today)

    @cached_property
    def similar_places(self) -> SimilarPlaces:
        """The index of similar municipalities."""
        return SimilarPlaces(self._catalog)

    def similar(self, place: Municipality) -> Sequence[SimilarPlace]:
        """Similar municipalities with reasons."""
        return self.similar_places.find(place)

    def size_class(self, place: Municipality) -> SizeClass | None:
        """The size class of a municipality."""
        return size_class_of(self._catalog, place)

    def examples_of(self, place: Municipality) -> Sequence[CaseStudy]:
        """The examples of a municipality."""
        return examples_of(self._catalog, place)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Glossary terms by first letter."""
        return derive_letters(self._catalog)

    @cached_property
    def publications(self) -> tuple[Publication, ...]:
        """Publications, the newest first."""
        return derive_publications(self._catalog)

    @cached_property
    def best_evidenced(self) -> tuple[CaseStudy, ...]:
        """Examples with most measured results."""
        return derive_best_evidenced(self._catalog)

    @cached_property
    def excerpt(self) -> tuple[tuple[Milestone, ...], tuple[Milestone, ...]]:
        """The last and the next milestones."""
        return derive_excerpt(self._catalog, self._site.settings.today)

    @cached_property
    def ring(self) -> Ring:
        """The geometry of the model ring."""
        return derive_ring(self._catalog)

    @cached_property
    def source_count(self) -> int:
        """How many different sources all entries cite."""
        return len({source.url for _, entry in self._catalog.all_entries() for source in entry.sources})

    @cached_property
    def measured_count(self) -> int:
        """How many examples have a measured result."""
        return count_measured(self._catalog)

    @cached_property
    def example_rows(self) -> tuple[ExampleRow, ...]:
        """A short row per example, by title."""
        return rows_by_title(self.example_row(name) for name in self._catalog.names("beispiel"))

    @cached_property
    def newest_rows(self) -> tuple[ExampleRow, ...]:
        """The rows of the examples that began last."""
        return newest(self.example_rows)

    def example_row(self, name: str) -> ExampleRow:
        """The short row of one example."""
        return derive_row(self._catalog, name)

    @cached_property
    def example_data(self) -> DataFile:
        """The data file that the filters of the examples work on."""
        return derive_data_file(self.example_rows, self.facets)

    @cached_property
    def example_index(self) -> ExampleIndex:
        """The examples by their values."""
        return derive_index(self._catalog)

    def neighbours(self, example: CaseStudy) -> tuple[Neighbour, ...]:
        """Like examples of other places."""
        return derive_neighbours(self.example_index, example.id)

    def charts(self, indicator: Indicator) -> tuple[Chart, ...]:
        """The charts of an indicator's reference values."""
        return derive_charts(indicator)

    @cached_property
    def map(self) -> Map | None:
        """The map; none if the content has no outlines."""
        return derive_map(self._catalog, self._site.outlines)

    @cached_property
    def mini_maps(self) -> MiniMaps:
        """Draws the small maps."""
        return MiniMaps(self._site.outlines)

    def mini_map(self, place: Municipality) -> MiniMap | None:
        """The small map of a municipality."""
        return self.mini_maps.draw(place)

    @cached_property
    def key_facts(self) -> tuple[KeyFacts, ...]:
        """Key facts of all municipalities for the comparison."""
        return derive_key_facts(self._catalog)

    @cached_property
    def size_groups(self) -> tuple[SizeGroup, ...]:
        """Key facts of all municipalities by size class."""
        return derive_size_groups(self._catalog)

    @cached_property
    def office_groups(self) -> tuple[OfficeGroup, ...]:
        """All offices by Land and municipality."""
        return derive_office_groups(self._catalog, self._site.settings.today)

    def offices_with_role(self, role: Item) -> tuple[OfficeGroup, ...]:
        """The offices with a role, by Land and municipality."""
        return with_role(self.office_groups, role.id)

    def offices_of(self, place: Municipality) -> Sequence[Office]:
        """The offices of a municipality as they may be shown."""
        return offices_of(self._catalog, place, self._site.settings.today)

    def qr(self, contact: Contact) -> Markup:
        """The QR code of an office's card as an inline SVG picture."""
        return Markup(contact_qr(contact))  # noqa: S704 - made by us, the title is escaped

    @cached_property
    def freshness(self) -> Freshness:
        """What has to be checked again, by kind."""
        return derive_freshness(self._catalog, self._site.settings.today)

    def review(self, kind: str, entry: Entry) -> Review:
        """Whether an entry was checked, and until when that holds."""
        return review_of(kind, entry, self._site.settings.today)

    def entry_form(self, kind: str) -> EntryForm:
        """The form for a new entry of a kind."""
        return derive_form(self._catalog, kind, self._site.settings.today)

    @cached_property
    def field_reference(self) -> tuple[KindFields, ...]:
        """Every field of every kind, part and list."""
        return field_reference()

    def office(self, contact: Contact) -> Office:
        """A contact as it may be shown."""
        return office_for(contact, self._site.settings.today)


def ask_view(views: Views, catalog: Catalog, name: str, entry: str) -> str:
    """What a view that is verified by its result says of an entry now; nothing if there is no such entry."""
    found: Any = catalog.find("kommune" if name == "similar" else "beispiel", entry)
    if found is None:
        return ""
    told = tell_similar(views.similar(found)) if name == "similar" else tell_neighbours(views.neighbours(found))
    return told.words()
