"""Where entries of another network come from: one ``herkunft.yml`` per network below ``fremd/``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kreislaufstadt.model.parts import Part
from kreislaufstadt.model.values import Day, Id, Pattern, ShortText, Url

Checksum = Annotated[
    str,
    Pattern(r"[0-9a-f]{64}", "KS203", "keine Prüfsumme (SHA-256)", "Bitte den Bestand mit „kreislaufstadt import“ neu übernehmen."),
]


class Provenance(Part):
    """A bundle that was taken over, as it was: network, address, licence, day, checksums."""

    network: Annotated[Id, Field(alias="netz", title="Netz", description="Kennung des Netzes, zugleich der Name des Ordners")]
    name: Annotated[ShortText, Field(title="Name", description="Name der Website, von der der Bestand stammt")]
    url: Annotated[Url, Field(alias="adresse", title="Adresse", description="Startseite des anderen Netzes")]
    licence: Annotated[ShortText, Field(alias="lizenz", title="Lizenz", description="Lizenz des Bestands, z. B. CC-BY-4.0")]
    as_of: Annotated[Day, Field(alias="stand", title="Stand", description="Tag, an dem der Bestand veröffentlicht wurde")]
    imported: Annotated[Day, Field(alias="uebernommen", title="Übernommen", description="Tag der Übernahme")]
    checksum: Annotated[Checksum, Field(alias="pruefsumme", title="Prüfsumme", description="SHA-256 der übernommenen Datei")]
    files: Annotated[
        dict[str, Checksum],
        Field(alias="dateien", title="Dateien", description="SHA-256 jeder Datei, die daraus entstanden ist"),
    ] = {}
