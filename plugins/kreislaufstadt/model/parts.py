"""Parts that several kinds of entry share: citation, figure, address, mapping."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kreislaufstadt.model.values import (
    Day,
    Decimal,
    Id,
    Integer,
    PartialDate,
    PostalCode,
    Quantity,
    Ref,
    SdgId,
    ShortText,
    Text,
    Url,
)


class Part(BaseModel):
    """Base of everything read from content: frozen, no unknown fields, German aliases."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class SourceKind(StrEnum):
    """Who speaks in a source."""

    OFFICIAL = "amtlich"
    PRESS = "presse"
    ASSOCIATION = "verband"
    COMPANY = "unternehmen"
    SCIENCE = "wissenschaft"
    POLITICS = "politik"
    OTHER = "sonstige"


class TitleLanguage(StrEnum):
    """The language of a source's title where it is not the site's; by the codes of BCP 47."""

    DANISH = "da"
    ENGLISH = "en"
    FRENCH = "fr"
    DUTCH = "nl"
    SLOVENE = "sl"


class FigureKind(StrEnum):
    """What a figure says: aimed at, reached, estimated or spent."""

    TARGET = "ziel"
    RESULT = "ergebnis"
    ESTIMATE = "schaetzung"
    EFFORT = "aufwand"


class Participation(StrEnum):
    """Whether a municipality's part in the study is evidenced."""

    EVIDENCED = "belegt"
    NOT_EVIDENCED = "nicht-belegt"
    NO = "nein"


class ContactKind(StrEnum):
    """Office (preferred) or a person named by an official page."""

    OFFICE = "funktion"
    PERSON = "person"


class Level(StrEnum):
    """The level of government (or the study) that something belongs to."""

    STUDY = "studie"
    INTERNATIONAL = "international"
    EU = "eu"
    FEDERAL = "bund"
    STATE = "land"
    MUNICIPAL = "kommune"


class Validity(StrEnum):
    """Whether a law, programme or standard holds: planned, decided, in force (or under way), run out."""

    PLANNED = "geplant"
    DECIDED = "beschlossen"
    IN_FORCE = "in-kraft"
    EXPIRED = "ausgelaufen"


class IndicatorLevel(StrEnum):
    """Process: is it done? Success: direct result. Impact: change in flows, climate, economy."""

    PROCESS = "prozess"
    SUCCESS = "erfolg"
    IMPACT = "wirkung"


class Availability(StrEnum):
    """For which area an indicator's values can be had."""

    MUNICIPAL = "kommunal"
    REGIONAL = "regional"
    NATIONAL = "national"


class SdgRelation(StrEnum):
    """How the circular economy relates to a goal or target."""

    DIRECT = "direkt"
    SUPPORTING = "unterstuetzend"
    TRADE_OFF = "abzuwaegen"


class Citation(Part):
    """A source: address, title, who published it, when it was read."""

    url: Annotated[Url, Field(title="Adresse", description="Internetadresse der Quelle")]
    title: Annotated[ShortText, Field(alias="titel", title="Titel", description="Überschrift der Quelle")]
    publisher: Annotated[
        ShortText, Field(alias="herausgeber", title="Herausgeber", description="Wer die Quelle veröffentlicht hat")
    ]
    accessed: Annotated[
        PartialDate,
        Field(alias="abgerufen", title="Abgerufen", description="Tag des Zugriffs; ist er nicht bekannt, Monat oder Jahr"),
    ]
    published: Annotated[
        PartialDate | None, Field(alias="datum", title="Datum", description="Datum der Veröffentlichung")
    ] = None
    kind: Annotated[SourceKind | None, Field(alias="art", title="Art", description="Wer in der Quelle spricht")] = None
    key: Annotated[
        Id | None, Field(alias="kuerzel", title="Kürzel", description="Kurzname, mit dem der Text die Quelle nennt: [Q:kuerzel]")
    ] = None
    language: Annotated[
        TitleLanguage | None, Field(alias="sprache", title="Sprache", description="Sprache des Titels, wenn er nicht deutsch ist, z. B. en")
    ] = None
    archive_url: Annotated[
        Url | None, Field(alias="archiv_url", title="Archivadresse", description="Gesicherte Fassung der Quelle")
    ] = None
    note: Annotated[
        ShortText | None, Field(alias="hinweis", title="Hinweis", description="Was beim Lesen der Quelle zu beachten ist")
    ] = None


class Figure(Part):
    """A figure: value with unit and period, its kind, and the source it stands in.

    ``source`` is the URL of one of the entry's own citations.
    """

    label: Annotated[ShortText, Field(alias="bezeichnung", title="Bezeichnung", description="Was gezählt oder gemessen wird")]
    value: Annotated[
        Quantity, Field(alias="wert", title="Wert", description="Zahl oder Ausdruck mit Zahl, z. B. 65 oder mehr als 60")
    ]
    unit: Annotated[ShortText, Field(alias="einheit", title="Einheit", description="z. B. t pro Jahr")]
    period: Annotated[ShortText, Field(alias="zeitraum", title="Zeitraum", description="Jahr oder Zeitraum, auf den der Wert sich bezieht")]
    kind: Annotated[FigureKind, Field(alias="art", title="Art", description="Ziel, Ergebnis, Schätzung oder Aufwand")]
    source: Annotated[Url, Field(alias="quelle", title="Quelle", description="Adresse einer Quelle aus der Quellenliste des Eintrags")]
    note: Annotated[ShortText | None, Field(alias="hinweis", title="Hinweis", description="Was beim Lesen zu beachten ist")] = None


class Population(Part):
    """Inhabitants with reference date and source URL."""

    value: Annotated[Integer, Field(alias="wert", title="Einwohner", description="Zahl der Einwohnerinnen und Einwohner", ge=1)]
    as_of: Annotated[PartialDate, Field(alias="stand", title="Stand", description="Stichtag der Zahl")]
    source: Annotated[Url, Field(alias="quelle", title="Quelle", description="Adresse einer Quelle aus der Quellenliste")]
    note: Annotated[ShortText | None, Field(alias="hinweis", title="Hinweis", description="z. B. worauf sich die Zahl bezieht")] = None


class Position(Part):
    """Geographic position in degrees (WGS 84)."""

    latitude: Annotated[Decimal, Field(alias="breite", title="Breite", description="Geografische Breite in Grad", ge=-90, le=90)]
    longitude: Annotated[Decimal, Field(alias="laenge", title="Länge", description="Geografische Länge in Grad", ge=-180, le=180)]


class StudyPart(Part):
    """Part taken in the joint study."""

    participation: Annotated[
        Participation, Field(alias="teilnahme", title="Teilnahme", description="belegt, nicht-belegt oder nein")
    ]
    role: Annotated[ShortText | None, Field(alias="rolle", title="Rolle", description="z. B. Fallkommune")] = None
    represented_by: Annotated[ShortText | None, Field(alias="vertreten_durch", title="Vertreten durch", description="Stelle, die teilnahm")] = None
    source: Annotated[Url | None, Field(alias="quelle", title="Quelle", description="Adresse einer Quelle aus der Quellenliste")] = None
    note: Annotated[Text | None, Field(alias="hinweis", title="Hinweis", description="Was dazu bekannt oder unklar ist")] = None


class Membership(Part):
    """Membership of a municipality in a network."""

    network: Annotated[Id, Ref("netzwerk"), Field(alias="netzwerk", title="Netzwerk", description="Kennung aus listen/netzwerke.yml")]
    role: Annotated[ShortText | None, Field(alias="rolle", title="Rolle", description="z. B. Fellow")] = None
    since: Annotated[PartialDate | None, Field(alias="seit", title="Seit", description="Beginn")] = None
    source: Annotated[Url | None, Field(alias="quelle", title="Quelle", description="Adresse einer Quelle aus der Quellenliste")] = None
    note: Annotated[ShortText | None, Field(alias="hinweis", title="Hinweis", description="Bezeichnung in der Quelle oder Einschränkung")] = None


class Strategy(Part):
    """The strategy or concept of a municipality; its summary is the entry's text."""

    title: Annotated[ShortText, Field(alias="titel", title="Titel", description="Name der Strategie oder des Konzepts")]
    state: Annotated[
        Id, Ref("strategiestand"), Field(alias="stand", title="Stand", description="Kennung aus listen/strategiestaende.yml")
    ]
    state_note: Annotated[ShortText | None, Field(alias="stand_hinweis", title="Stand im Wortlaut", description="Genauer Stand")] = None
    date: Annotated[PartialDate | None, Field(alias="datum", title="Datum", description="Beschluss oder Veröffentlichung")] = None
    sources: Annotated[
        tuple[Url, ...], Field(alias="quellen", title="Quellen", description="Adressen aus der Quellenliste des Eintrags")
    ] = ()


class Address(Part):
    """Postal address of an office; one line as published if the parts are not known."""

    street: Annotated[ShortText | None, Field(alias="strasse", title="Straße", description="Straße und Hausnummer")] = None
    postal_code: Annotated[PostalCode | None, Field(alias="plz", title="Postleitzahl", description="Postleitzahl")] = None
    city: Annotated[ShortText | None, Field(alias="ort", title="Ort", description="Ort")] = None
    note: Annotated[ShortText | None, Field(alias="zusatz", title="Zusatz", description="z. B. Gebäude oder Postfach")] = None


class Person(Part):
    """A person as named by an official page (checklist B10, B11)."""

    name: Annotated[ShortText, Field(title="Name", description="Name, wie amtlich veröffentlicht")]
    function: Annotated[ShortText, Field(alias="funktion", title="Funktion", description="Dienstliche Funktion")]


class Mapping(Part):
    """Editorial mapping of an entry to the model; always marked as editorial on the page."""

    components: Annotated[
        tuple[Annotated[Id, Ref("komponente")], ...],
        Field(alias="komponenten", title="Komponenten", description="Komponenten des Modellansatzes"),
    ] = ()
    fields_of_action: Annotated[
        tuple[Annotated[Id, Ref("handlungsfeld")], ...],
        Field(alias="handlungsfelder", title="Handlungsfelder", description="Kennungen aus listen/handlungsfelder.yml"),
    ] = ()
    r_strategies: Annotated[
        tuple[Annotated[Id, Ref("r-strategie")], ...],
        Field(alias="r_strategien", title="R-Strategien", description="r0 bis r9"),
    ] = ()
    sdg_goals: Annotated[
        tuple[Annotated[SdgId, Ref("sdg-ziel")], ...],
        Field(alias="sdg", title="SDG", description="Nummern der Nachhaltigkeitsziele"),
    ] = ()


class Transfer(Part):
    """Transfer card: what another municipality needs to know; all optional."""

    prerequisites: Annotated[Text | None, Field(alias="voraussetzungen", title="Voraussetzungen", description="Was da sein muss")] = None
    sizes: Annotated[
        tuple[Annotated[Id, Ref("groessenklasse")], ...],
        Field(alias="groessenklassen", title="Geeignet für", description="Größenklassen, für die es passt"),
    ] = ()
    effort: Annotated[Text | None, Field(alias="aufwand", title="Aufwand", description="Personal, Zeit, Technik")] = None
    costs: Annotated[Text | None, Field(alias="kosten", title="Kosten", description="Höhe der Kosten")] = None
    funding: Annotated[Text | None, Field(alias="finanzierung", title="Wer zahlt", description="Haushalt, Gebühren, Förderung")] = None
    legal_lever: Annotated[Text | None, Field(alias="rechtshebel", title="Rechtshebel", description="Satzung, Vergabe, Bebauungsplan …")] = None
    first_steps: Annotated[tuple[Text, ...], Field(alias="erste_schritte", title="Erste Schritte", description="Was zuerst zu tun ist")] = ()
    lessons: Annotated[Text | None, Field(alias="erfahrungen", title="Erfahrungen", description="Was gut lief, was nicht")] = None


class ReferenceValue(Part):
    """A published value of an indicator for an area and year; a comparison, not a target for one place."""

    area: Annotated[ShortText, Field(alias="gebiet", title="Gebiet", description="Worauf sich der Wert bezieht")]
    year: Annotated[ShortText | None, Field(alias="jahr", title="Jahr", description="Jahr oder Zeitraum")] = None
    value: Annotated[Quantity, Field(alias="wert", title="Wert", description="Zahl oder Ausdruck mit Zahl")]
    unit: Annotated[ShortText, Field(alias="einheit", title="Einheit", description="Einheit des Werts")]
    kind: Annotated[FigureKind, Field(alias="art", title="Art", description="Ziel, Ergebnis oder Schätzung")]
    source: Annotated[Url, Field(alias="quelle", title="Quelle", description="Adresse einer Quelle aus der Quellenliste")]
    note: Annotated[ShortText | None, Field(alias="hinweis", title="Hinweis", description="Was beim Lesen zu beachten ist")] = None


class Check(Part):
    """When an entry was last checked against its sources, by which role and how."""

    date: Annotated[Day, Field(alias="datum", title="Datum", description="Tag der Prüfung")]
    note: Annotated[ShortText, Field(alias="hinweis", title="Hinweis", description="Wer hat wie geprüft? Funktion statt Name")]
