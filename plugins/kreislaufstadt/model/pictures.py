"""A picture: what it shows is said where it stands; here stands whose it is and what may be done with it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kreislaufstadt.model.parts import Part
from kreislaufstadt.model.values import ShortText, Text, Url  # noqa: TC001 - pydantic reads them


class Picture(Part):
    """The credit of a picture, kept beside it as ``<name>.yml``."""

    title: Annotated[ShortText, Field(alias="titel", title="Titel", description="Wie das Bild heißt")]
    author: Annotated[ShortText, Field(alias="urheber", title="Urheberin oder Urheber", description="Wer das Bild gemacht hat")]
    licence: Annotated[ShortText, Field(alias="lizenz", title="Lizenz", description="z. B. CC BY 4.0 oder „Nutzung mit Einwilligung“")]
    licence_url: Annotated[Url, Field(alias="lizenz_url", title="Link zur Lizenz", description="Wo die Bedingungen stehen")]
    origin: Annotated[Url, Field(alias="herkunft", title="Herkunft", description="Seite, von der das Bild stammt")]
    changes: Annotated[
        ShortText | None, Field(alias="aenderungen", title="Änderungen", description="Was verändert wurde, z. B. Ausschnitt; sonst weglassen")
    ] = None
    consent: Annotated[
        Text | None, Field(alias="einwilligung", title="Einwilligung", description="Bei erkennbaren Personen: wo die schriftliche Einwilligung liegt")
    ] = None
