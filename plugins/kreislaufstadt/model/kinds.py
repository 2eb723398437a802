"""The kinds of entry and list: name, folder, file form, model, German words.

This is the one place where a kind is declared; reading, checking, pages,
schemas and exports all go through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kreislaufstadt.model.entries import (
    Article,
    CaseStudy,
    Component,
    Contact,
    Framework,
    Indicator,
    Milestone,
    Municipality,
    Publication,
    Term,
    TextTemplate,
)
from kreislaufstadt.model.lists import (
    CheckStatement,
    EnforcementBody,
    Item,
    LanguageDuty,
    Network,
    RStrategy,
    SdgGoal,
    SdgTarget,
    SizeClass,
    State,
)

if TYPE_CHECKING:
    from kreislaufstadt.model.entries import Entry


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry with one file per entry; ``folder`` is also the start of its URLs."""

    name: str
    folder: str
    suffix: str
    model: type[Entry]
    singular: str
    plural: str


@dataclass(frozen=True, slots=True)
class ListKind:
    """A controlled list: the kind name of its items and its file below content/listen/."""

    name: str
    file: str
    model: type[Item]
    singular: str
    plural: str


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("komponente", "modell", ".md", Component, "Komponente", "Komponenten"),
        Kind("kommune", "kommunen", ".md", Municipality, "Kommune", "Kommunen"),
        Kind("beispiel", "beispiele", ".md", CaseStudy, "Beispiel", "Beispiele"),
        Kind("meilenstein", "zeitstrahl", ".yml", Milestone, "Meilenstein", "Meilensteine"),
        Kind("kontakt", "kontakte", ".yml", Contact, "Kontaktstelle", "Kontaktstellen"),
        Kind("indikator", "indikatoren", ".md", Indicator, "Indikator", "Indikatoren"),
        Kind("rahmen", "rahmen", ".md", Framework, "Rahmen", "Rahmen"),
        Kind("begriff", "glossar", ".md", Term, "Begriff", "Begriffe"),
        Kind("publikation", "publikationen", ".yml", Publication, "Publikation", "Publikationen"),
        Kind("leitfaden", "leitfaden", ".md", Article, "Leitfaden", "Leitfäden"),
        Kind("vorlage", "vorlagen", ".md", TextTemplate, "Vorlage", "Vorlagen"),
        Kind("werkzeug", "werkzeuge", ".md", Article, "Werkzeug", "Werkzeuge"),
        Kind("mitmachen", "mitmachen", ".md", Article, "Mitmach-Seite", "Mitmach-Seiten"),
        Kind("projekt", "projekt", ".md", Article, "Projektseite", "Projektseiten"),
    )
}

LISTS: dict[str, ListKind] = {
    kind.name: kind
    for kind in (
        ListKind("handlungsfeld", "handlungsfelder.yml", Item, "Handlungsfeld", "Handlungsfelder"),
        ListKind("r-strategie", "r-strategien.yml", RStrategy, "R-Strategie", "R-Strategien"),
        ListKind("status", "status.yml", Item, "Status", "Status"),
        ListKind("strategiestand", "strategiestaende.yml", Item, "Stand der Strategie", "Stände der Strategien"),
        ListKind("groessenklasse", "groessenklassen.yml", SizeClass, "Größenklasse", "Größenklassen"),
        ListKind("kommunentyp", "kommunentypen.yml", Item, "Kommunentyp", "Kommunentypen"),
        ListKind("land", "laender.yml", State, "Land", "Länder"),
        ListKind("staat", "staaten.yml", Item, "Staat", "Staaten"),
        ListKind("netzwerk", "netzwerke.yml", Network, "Netzwerk", "Netzwerke"),
        ListKind("rahmenart", "rahmenarten.yml", Item, "Art des Rahmens", "Arten von Rahmen"),
        ListKind("kontaktrolle", "kontaktrollen.yml", Item, "Rolle", "Rollen"),
        ListKind("durchsetzungsstelle", "durchsetzungsstellen.yml", EnforcementBody, "Durchsetzungsstelle", "Durchsetzungsstellen"),
        ListKind("sprachpflicht", "sprachpflichten.yml", LanguageDuty, "Pflicht zu Leichter Sprache und Gebärdensprache", "Pflichten zu Leichter Sprache und Gebärdensprache"),
        ListKind("selbstcheck", "selbstcheck.yml", CheckStatement, "Aussage des Selbstchecks", "Aussagen des Selbstchecks"),
        ListKind("sdg-ziel", "sdg-ziele.yml", SdgGoal, "Nachhaltigkeitsziel", "Nachhaltigkeitsziele"),
        ListKind("sdg-unterziel", "sdg-unterziele.yml", SdgTarget, "SDG-Unterziel", "SDG-Unterziele"),
    )
}
