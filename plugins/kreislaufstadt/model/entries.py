"""The kinds of entry that have a file and a page of their own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kreislaufstadt.model.parts import (
    Address,
    Availability,
    Check,
    Citation,
    ContactKind,
    Figure,
    IndicatorLevel,
    Level,
    Mapping,
    Membership,
    Part,
    Person,
    Population,
    Position,
    ReferenceValue,
    Strategy,
    StudyPart,
    Transfer,
    Validity,
)
from kreislaufstadt.model.values import (
    Ags,
    Day,
    Email,
    Id,
    Integer,
    PartialDate,
    Phone,
    Ref,
    SdgId,
    ShortText,
    Text,
    Url,
    YesNo,
)


class Entry(Part):
    """What every entry has; ``id`` is the file name, ``body`` the Markdown below the front matter."""

    id: Annotated[Id, Field(title="Kennung", description="Gleich dem Dateinamen; darf fehlen")]
    title: Annotated[ShortText, Field(alias="titel", title="Titel", description="Überschrift der Seite")]
    short: Annotated[
        ShortText | None,
        Field(alias="kurz", title="Kurzfassung", description="Ein bis zwei Sätze für Übersichten und Suche", max_length=320),
    ] = None
    as_of: Annotated[PartialDate | None, Field(alias="stand", title="Stand", description="Auf welchen Stand sich der Inhalt bezieht")] = None
    check: Annotated[Check | None, Field(alias="geprueft", title="Geprüft", description="Letzte Prüfung gegen die Quellen")] = None
    sources: Annotated[tuple[Citation, ...], Field(alias="quellen", title="Quellen", description="Belege des Eintrags")] = ()
    unverified: Annotated[tuple[Text, ...], Field(alias="ungeprueft", title="Ungeprüft", description="Angaben, die noch zu prüfen sind")] = ()
    notes: Annotated[tuple[Text, ...], Field(alias="hinweise", title="Hinweise", description="Lücken, Widersprüche, Einschränkungen")] = ()
    search_terms: Annotated[
        tuple[ShortText, ...],
        Field(alias="suchbegriffe", title="Suchbegriffe", description="Wörter, die Lesende benutzen und die Seite nicht nennt"),
    ] = ()
    former_ids: Annotated[tuple[Id, ...], Field(alias="frueher", title="Frühere Kennungen", description="Alte Dateinamen; alte Adressen leiten weiter")] = ()
    body: Annotated[str, Field(title="Text", description="Text unter dem Kopf, in Markdown")] = ""


class Component(Entry):
    """One of the components of the model approach."""

    order: Annotated[Integer, Field(alias="reihenfolge", title="Reihenfolge", description="Platz im Modell, ab 1", ge=1)]
    questions: Annotated[tuple[Text, ...], Field(alias="leitfragen", title="Leitfragen", description="Fragen, mit denen die Arbeit beginnt")] = ()
    indicators: Annotated[
        tuple[Annotated[Id, Ref("indikator")], ...],
        Field(alias="indikatoren", title="Indikatoren", description="Kennungen passender Indikatoren"),
    ] = ()
    frameworks: Annotated[
        tuple[Annotated[Id, Ref("rahmen")], ...], Field(alias="rahmen", title="Rahmen", description="Kennungen passender Rahmen")
    ] = ()
    sdg_targets: Annotated[
        tuple[Annotated[SdgId, Ref("sdg-unterziel")], ...],
        Field(alias="sdg_unterziele", title="SDG-Unterziele", description="z. B. 12.5"),
    ] = ()
    examples: Annotated[
        tuple[Annotated[Id, Ref("beispiel")], ...],
        Field(alias="beispiele", title="Ausgewählte Beispiele", description="Beispiele, die zuerst gezeigt werden"),
    ] = ()


class Municipality(Entry):
    """A municipality, district or region, in Germany or abroad; its body summarises the strategy."""

    kind: Annotated[Id, Ref("kommunentyp"), Field(alias="typ", title="Typ", description="Kennung aus listen/kommunentypen.yml")]
    country: Annotated[Id, Ref("staat"), Field(alias="staat", title="Staat", description="Kennung aus listen/staaten.yml")] = "de"
    state: Annotated[Id | None, Ref("land"), Field(alias="land", title="Land", description="Kennung aus listen/laender.yml")] = None
    region: Annotated[ShortText | None, Field(title="Region", description="Region im Ausland, z. B. Noord-Holland")] = None
    ags: Annotated[Ags | None, Field(title="AGS", description="Amtlicher Gemeindeschlüssel")] = None
    population: Annotated[Population | None, Field(alias="einwohner", title="Einwohner", description="Einwohnerzahl mit Stand und Quelle")] = None
    position: Annotated[Position | None, Field(alias="lage", title="Lage", description="Koordinaten für die Karte")] = None
    website: Annotated[Url | None, Field(alias="webseite", title="Website", description="Offizielle Website")] = None
    study: Annotated[StudyPart | None, Field(alias="studie", title="Gemeinschaftsstudie", description="Teilnahme an der Studie")] = None
    memberships: Annotated[tuple[Membership, ...], Field(alias="netzwerke", title="Netzwerke", description="Mitgliedschaften")] = ()
    strategy: Annotated[Strategy | None, Field(alias="strategie", title="Strategie", description="Strategie oder Konzept; Zusammenfassung im Text")] = None


class CaseStudy(Entry):
    """One measure of one municipality."""

    municipality: Annotated[Id, Ref("kommune"), Field(alias="kommune", title="Kommune", description="Kennung der Kommune")]
    status: Annotated[Id, Ref("status"), Field(title="Status", description="Kennung aus listen/status.yml")]
    status_note: Annotated[ShortText | None, Field(alias="status_hinweis", title="Status im Wortlaut", description="Genauer Stand mit Datum")] = None
    since: Annotated[PartialDate | None, Field(alias="seit", title="Seit", description="Beginn")] = None
    actors: Annotated[tuple[ShortText, ...], Field(alias="beteiligte", title="Beteiligte", description="Stellen, Betriebe, Vereine")] = ()
    figures: Annotated[tuple[Figure, ...], Field(alias="kennzahlen", title="Kennzahlen", description="Werte mit Quelle")] = ()
    mapping: Annotated[Mapping, Field(alias="einordnung", title="Einordnung", description="Redaktionelle Zuordnung")] = Mapping()
    transfer: Annotated[Transfer, Field(alias="transfer", title="Transferkarte", description="Was andere Kommunen wissen müssen")] = Transfer()
    indicators: Annotated[
        tuple[Annotated[Id, Ref("indikator")], ...], Field(alias="indikatoren", title="Indikatoren", description="Passende Indikatoren")
    ] = ()
    frameworks: Annotated[
        tuple[Annotated[Id, Ref("rahmen")], ...], Field(alias="rahmen", title="Rahmen", description="Gesetze, Programme, Netzwerke")
    ] = ()
    contacts: Annotated[
        tuple[Annotated[Id, Ref("kontakt")], ...], Field(alias="kontakte", title="Kontaktstellen", description="Zuständige Stellen")
    ] = ()


class Milestone(Entry):
    """A dated event of the study, the law or a place."""

    date: Annotated[PartialDate, Field(alias="datum", title="Datum", description="Jahr, Monat oder Tag")]
    end: Annotated[PartialDate | None, Field(alias="ende", title="Ende", description="Ende, falls ein Zeitraum")] = None
    date_note: Annotated[ShortText | None, Field(alias="datum_hinweis", title="Hinweis zum Datum", description="z. B. abgeleitet oder unsicher")] = None
    level: Annotated[Level, Field(alias="ebene", title="Ebene", description="studie, international, eu, bund, land oder kommune")]
    text: Annotated[Text, Field(title="Text", description="Was geschah, in eigenen Worten")]
    municipality: Annotated[Id | None, Ref("kommune"), Field(alias="kommune", title="Kommune", description="Kennung der Kommune")] = None
    framework: Annotated[Id | None, Ref("rahmen"), Field(alias="rahmen", title="Rahmen", description="Kennung des Rahmens")] = None
    publication: Annotated[Id | None, Ref("publikation"), Field(alias="publikation", title="Publikation", description="Kennung der Publikation")] = None


class Contact(Entry):
    """An office to write to; ``title`` is the organisation."""

    kind: Annotated[ContactKind, Field(alias="art", title="Art", description="funktion (Stelle) oder person")]
    unit: Annotated[ShortText | None, Field(alias="stelle", title="Stelle", description="Amt, Bereich oder Referat")] = None
    role: Annotated[ShortText, Field(alias="aufgabe", title="Aufgabe", description="Wofür die Stelle zuständig ist")]
    roles: Annotated[
        tuple[Annotated[Id, Ref("kontaktrolle")], ...], Field(alias="rollen", title="Rollen", description="Kennungen aus listen/kontaktrollen.yml")
    ] = ()
    municipality: Annotated[Id, Ref("kommune"), Field(alias="kommune", title="Kommune", description="Kennung der Kommune")]
    fields_of_action: Annotated[
        tuple[Annotated[Id, Ref("handlungsfeld")], ...],
        Field(alias="handlungsfelder", title="Handlungsfelder", description="Themen, zu denen die Stelle Auskunft gibt"),
    ] = ()
    address: Annotated[Address | None, Field(alias="anschrift", title="Anschrift", description="Postanschrift")] = None
    phone: Annotated[Phone | None, Field(alias="telefon", title="Telefon", description="Telefonnummer mit Vorwahl")] = None
    fax: Annotated[Phone | None, Field(title="Fax", description="Faxnummer mit Vorwahl")] = None
    email: Annotated[Email | None, Field(title="E-Mail", description="Möglichst ein Funktionspostfach")] = None
    website: Annotated[Url | None, Field(alias="webseite", title="Website", description="Seite der Stelle")] = None
    person: Annotated[Person | None, Field(title="Person", description="Nur mit amtlicher Quelle")] = None
    purpose: Annotated[ShortText, Field(alias="zweck", title="Zweck", description="Warum die Angabe veröffentlicht wird")]
    verified_on: Annotated[Day | None, Field(alias="geprueft_am", title="Geprüft am", description="Tag der Prüfung bei der Stelle oder auf ihrer Seite; wer wie geprüft hat, steht unter geprueft")] = None
    next_check: Annotated[Day | None, Field(alias="naechste_pruefung", title="Nächste Prüfung", description="Spätestens zwölf Monate nach der Prüfung")] = None


class Indicator(Entry):
    """An indicator sheet."""

    measures: Annotated[Text, Field(alias="misst", title="Misst", description="Was der Indikator misst")]
    unit: Annotated[ShortText, Field(alias="einheit", title="Einheit", description="Einheit")]
    level: Annotated[IndicatorLevel, Field(alias="stufe", title="Stufe", description="prozess, erfolg oder wirkung")]
    framework_name: Annotated[ShortText, Field(alias="herkunft", title="Herkunft", description="Rahmen, aus dem der Indikator stammt")]
    frameworks: Annotated[
        tuple[Annotated[Id, Ref("rahmen")], ...], Field(alias="rahmen", title="Rahmen", description="Kennungen der Rahmen")
    ] = ()
    data_source: Annotated[ShortText, Field(alias="datenquelle", title="Datenquelle", description="Woher die Werte kommen")]
    availability: Annotated[Availability, Field(alias="verfuegbarkeit", title="Verfügbarkeit", description="kommunal, regional oder national")]
    direction: Annotated[ShortText, Field(alias="richtung", title="Richtung", description="z. B. sinkend ist gut")]
    sdg_targets: Annotated[
        tuple[Annotated[SdgId, Ref("sdg-unterziel")], ...], Field(alias="sdg_unterziele", title="SDG-Unterziele", description="z. B. 12.5")
    ] = ()
    sdg_editorial: Annotated[YesNo, Field(alias="sdg_redaktionell", title="SDG-Zuordnung redaktionell", description="ja, wenn die Zuordnung nicht aus der Quelle stammt")] = True
    reference_values: Annotated[
        tuple[ReferenceValue, ...], Field(alias="referenzwerte", title="Vergleichswerte", description="Veröffentlichte Werte mit Quelle")
    ] = ()


class Framework(Entry):
    """A law, programme, standard, network or funding line that municipal work connects to."""

    date: Annotated[PartialDate | None, Field(alias="datum", title="Datum", description="Beschluss oder Inkrafttreten")] = None
    date_note: Annotated[Text | None, Field(alias="datum_hinweis", title="Hinweis zum Datum", description="Fristen, Fassungen")] = None
    level: Annotated[Level, Field(alias="ebene", title="Ebene", description="international, eu, bund, land oder kommune")]
    state: Annotated[Id | None, Ref("land"), Field(alias="land", title="Land", description="bei Ebene land")] = None
    kind: Annotated[Id, Ref("rahmenart"), Field(alias="art", title="Art", description="Kennung aus listen/rahmenarten.yml")]
    status: Annotated[ShortText, Field(title="Status", description="Stand des Verfahrens oder der Geltung")]
    validity: Annotated[
        Validity | None,
        Field(alias="geltung", title="Geltung", description="geplant, beschlossen, in-kraft (gilt oder läuft) oder ausgelaufen; nur, wenn es belegt ist"),
    ] = None
    valid_from: Annotated[
        PartialDate | None, Field(alias="gilt_ab", title="Gilt ab", description="Tag, ab dem es gilt oder anzuwenden ist; nur, wenn er belegt ist")
    ] = None
    reference: Annotated[ShortText | None, Field(alias="fundstelle", title="Fundstelle", description="z. B. Verordnung (EU) 2024/1781")] = None
    relevance: Annotated[Text, Field(alias="bedeutung", title="Bedeutung für Kommunen", description="Was daraus für Kommunen folgt")]
    url: Annotated[Url, Field(title="Adresse", description="Adresse zum Verlinken")]
    url_checked: Annotated[YesNo, Field(alias="url_geprueft", title="Adresse geprüft", description="ja, wenn der Inhalt der Adresse vorlag")]
    url_note: Annotated[ShortText | None, Field(alias="url_hinweis", title="Hinweis zur Adresse", description="z. B. Fachseite statt amtlicher Seite")] = None


class Term(Entry):
    """A glossary term; ``short`` is its definition."""

    abbreviation: Annotated[ShortText | None, Field(alias="abkuerzung", title="Abkürzung", description="z. B. KrWG")] = None
    synonyms: Annotated[tuple[ShortText, ...], Field(alias="synonyme", title="Auch genannt", description="Andere Wörter dafür")] = ()
    auto_link: Annotated[YesNo, Field(alias="verlinken", title="Automatisch verlinken", description="nein bei sehr häufigen Wörtern")] = True
    related: Annotated[
        tuple[Annotated[Id, Ref("begriff")], ...], Field(alias="siehe_auch", title="Siehe auch", description="Verwandte Begriffe")
    ] = ()


class Publication(Entry):
    """A publication of or before the study."""

    publisher: Annotated[ShortText, Field(alias="herausgeber", title="Herausgeber", description="Wer sie veröffentlicht hat")]
    year: Annotated[Integer | None, Field(alias="jahr", title="Jahr", description="Erscheinungsjahr", ge=1900, le=2100)] = None
    series: Annotated[ShortText | None, Field(alias="reihe", title="Reihe", description="Reihe und Band")] = None
    pages: Annotated[Integer | None, Field(alias="seiten", title="Seiten", description="Seitenzahl", ge=1)] = None
    kind: Annotated[ShortText | None, Field(alias="art", title="Art", description="z. B. Fachbeitrag")] = None
    access: Annotated[ShortText | None, Field(alias="zugang", title="Zugang", description="z. B. kostenfrei")] = None
    licence: Annotated[ShortText | None, Field(alias="lizenz", title="Lizenz", description="nur wenn belegt")] = None
    url: Annotated[Url, Field(title="Adresse", description="Wo sie zu finden ist")]
    missing: Annotated[tuple[ShortText, ...], Field(alias="nicht_belegt", title="Nicht belegt", description="Angaben, die fehlen")] = ()


class Translation(Entry):
    """A page in a further language: own short wording, shown with what the engine says in that language."""

    original: Annotated[
        Text, Field(alias="original", title="Original", description="Adresse der deutschen Seite, z. B. modell/strategie/; / für die Startseite", pattern=r"^(?:/|(?:[a-z0-9-]+/)+)$")
    ]
    address: Annotated[
        Text, Field(alias="adresse", title="Adresse", description="Adresse der Seite unter der Sprache, z. B. model/strategy/; / für die Startseite", pattern=r"^(?:/|(?:[a-z0-9-]+/)+)$")
    ]
    template: Annotated[ShortText, Field(alias="vorlage", title="Vorlage", description="start, modell, komponente, kontakte oder suche", pattern=r"^(?:start|modell|komponente|kontakte|suche)$")]
    order: Annotated[Integer | None, Field(alias="reihenfolge", title="Reihenfolge", description="Platz in der Navigation; ohne Angabe steht die Seite dort nicht", ge=1)] = None
    questions: Annotated[tuple[Text, ...], Field(alias="leitfragen", title="Leitfragen", description="Die Leitfragen der Komponente in dieser Sprache")] = ()
    reviewed_by: Annotated[
        ShortText | None, Field(alias="geprueft_von", title="Geprüft von", description="Wer die Übersetzung geprüft hat (Funktion statt Name)")
    ] = None


REVIEWED_PAGES = {"in-leichter-sprache": "leichte-sprache", "in-gebaerdensprache": "gebaerdensprache"}
"""Pages of the project that need a review before anybody sees them, each with the page that explains why it is missing."""


class Article(Entry):
    """A page of prose: guide, editors' guide, about, legal."""

    order: Annotated[Integer, Field(alias="reihenfolge", title="Reihenfolge", description="Platz in der Übersicht ihres Ordners", ge=0)] = 100
    template: Annotated[ShortText | None, Field(alias="vorlage", title="Vorlage", description="Name einer Seitenvorlage, falls nicht die übliche")] = None
    legal_status: Annotated[
        PartialDate | None, Field(alias="rechtsstand", title="Rechtsstand", description="Bis wann das Recht berücksichtigt ist, bei Vorlagen und Leitfäden zum Recht")
    ] = None
    reviewed_by: Annotated[
        ShortText | None, Field(alias="geprueft_von", title="Geprüft von", description="Prüfgruppe, die einen Text in Leichter Sprache oder ein Gebärdenvideo geprüft hat")
    ] = None


class TextTemplate(Article):
    """A text to take over: motion, criteria, job profile; it says up to when the law is considered."""

    legal_status: Annotated[PartialDate, Field(alias="rechtsstand", title="Rechtsstand", description="Bis wann das Recht berücksichtigt ist")]
