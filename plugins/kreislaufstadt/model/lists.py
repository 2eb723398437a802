"""Controlled lists: one file under content/listen/ per list, one item per value."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kreislaufstadt.model.parts import Citation, Part, SdgRelation
from kreislaufstadt.model.values import Id, Integer, Ref, SdgId, ShortText, Text, Url


class Item(Part):
    """A value of a controlled list; order is the order in the file."""

    id: Annotated[Id, Field(title="Kennung", description="Kennung des Werts")]
    title: Annotated[ShortText, Field(alias="titel", title="Titel", description="Wie der Wert auf der Seite heißt")]
    short: Annotated[Text | None, Field(alias="kurz", title="Kurzfassung", description="Erklärung in ein bis zwei Sätzen")] = None
    search_terms: Annotated[tuple[ShortText, ...], Field(alias="suchbegriffe", title="Suchbegriffe", description="Andere Wörter dafür")] = ()


class RStrategy(Item):
    """A step of the R ladder, R0 to R9."""

    english: Annotated[ShortText, Field(alias="englisch", title="Englisch", description="Englischer Name")]
    loop: Annotated[ShortText, Field(alias="gruppe", title="Gruppe", description="kurz, mittel oder lang")]
    example: Annotated[Text | None, Field(alias="beispiel", title="Kommunales Beispiel", description="redaktionell")] = None
    example_source: Annotated[Url | None, Field(alias="beispiel_quelle", title="Quelle des Beispiels", description="Adresse, falls belegt")] = None


class SizeClass(Item):
    """A size class by inhabitants; ``least`` included, ``below`` excluded."""

    least: Annotated[Integer, Field(alias="ab", title="Ab", description="Kleinste Einwohnerzahl", ge=0)]
    below: Annotated[Integer | None, Field(alias="unter", title="Unter", description="Einwohnerzahl, ab der die nächste Klasse beginnt")] = None


class State(Item):
    """A German Land; its AGS begins with ``prefix``."""

    prefix: Annotated[ShortText, Field(alias="schluessel", title="Schlüssel", description="Die ersten zwei Ziffern des AGS")]


class Network(Item):
    """A network, declaration or joint programme of municipalities."""

    url: Annotated[Url | None, Field(title="Adresse", description="Seite des Netzwerks")] = None
    framework: Annotated[Id | None, Ref("rahmen"), Field(alias="rahmen", title="Rahmen", description="Kennung des Rahmens")] = None


class EnforcementBody(Item):
    """Where to complain when a public website stays inaccessible; ``id`` is a Land or ``bund``."""

    url: Annotated[Url, Field(title="Adresse", description="Seite, auf der die Stelle oder ihr Verfahren beschrieben ist")]
    source: Annotated[Citation, Field(alias="quelle", title="Quelle", description="Wo die Zuständigkeit belegt ist")]
    note: Annotated[Text | None, Field(alias="hinweis", title="Hinweis", description="Einschränkung")] = None


class Duty(StrEnum):
    """What a survey says of a duty: foreseen, foreseen in brackets, not foreseen, nothing."""

    FORESEEN = "vorgesehen"
    IN_BRACKETS = "eingeklammert"
    NOT_FORESEEN = "nicht-vorgesehen"
    UNKNOWN = "keine-angabe"


class LanguageDuty(Item):
    """Whether websites owe texts in Leichte Sprache and videos in sign language; ``id`` is a Land or ``bund``."""

    easy: Annotated[Duty, Field(alias="leichte_sprache", title="Leichte Sprache", description="vorgesehen, eingeklammert, nicht-vorgesehen oder keine-angabe")]
    signed: Annotated[Duty, Field(alias="gebaerdensprache", title="Gebärdensprache", description="vorgesehen, eingeklammert, nicht-vorgesehen oder keine-angabe")]
    source: Annotated[Citation, Field(alias="quelle", title="Quelle", description="Wo die Pflicht beschrieben ist")]
    note: Annotated[Text | None, Field(alias="hinweis", title="Hinweis", description="Einschränkung")] = None


class CheckStatement(Item):
    """A statement of the self-check with its levels, the first counting 0, each next one more."""

    component: Annotated[Id, Ref("komponente"), Field(alias="komponente", title="Komponente", description="Kennung der Komponente, zu der die Aussage gehört")]
    levels: Annotated[
        tuple[Text, ...], Field(alias="stufen", title="Stufen", description="Fünf Stufen von „noch nichts“ bis „läuft verlässlich“", min_length=5, max_length=5)
    ]
    step: Annotated[Text, Field(alias="schritt", title="Nächster Schritt", description="Was zu tun ist, wenn die Stufe niedrig ist")]


class SdgGoal(Item):
    """A goal of the Agenda 2030 with its relation to the circular economy."""

    id: Annotated[SdgId, Field(title="Nummer", description="Nummer des Ziels")]
    relation: Annotated[SdgRelation, Field(alias="bezug", title="Bezug", description="direkt, unterstuetzend oder abzuwaegen")]
    relation_source: Annotated[Url | None, Field(alias="bezug_quelle", title="Quelle des Bezugs", description="leer: redaktionell")] = None
    reason: Annotated[Text | None, Field(alias="warum", title="Warum", description="Warum das Ziel berührt ist")] = None
    reason_source: Annotated[Url | None, Field(alias="warum_quelle", title="Quelle der Begründung", description="falls belegt")] = None
    source: Annotated[Citation | None, Field(alias="quelle", title="Quelle", description="Wo das Ziel beschrieben ist")] = None
    note: Annotated[Text | None, Field(alias="hinweis", title="Hinweis", description="Einschränkung")] = None


class SdgTarget(SdgGoal):
    """A target below a goal, with what a municipality can do."""

    goal: Annotated[SdgId, Ref("sdg-ziel"), Field(alias="ziel", title="Ziel", description="Nummer des Ziels")]
    lever: Annotated[Text | None, Field(alias="hebel", title="Kommunaler Hebel", description="Was Kommunen tun können")] = None
    lever_source: Annotated[Url | None, Field(alias="hebel_quelle", title="Quelle des Hebels", description="falls belegt")] = None
    indicators: Annotated[
        tuple[Annotated[Id, Ref("indikator")], ...], Field(alias="indikatoren", title="Indikatoren", description="Passende Indikatoren")
    ] = ()
