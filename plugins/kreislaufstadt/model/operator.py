"""Who runs the site: the facts of ``betreiber.yml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kreislaufstadt.model.parts import Part
from kreislaufstadt.model.values import Day, ShortText  # noqa: TC001 - pydantic reads them


class Operator(Part):
    """Facts about who runs the site; text in square brackets is a placeholder."""

    name: Annotated[ShortText, Field(title="Name", description="Betreiber der Website")]
    kind: Annotated[ShortText, Field(alias="traegerart", title="Trägerart", description="bund, land, kommune oder sonstige")]
    state: Annotated[ShortText, Field(alias="land", title="Land", description="Kennung des Landes, dessen Recht gilt")]
    street: Annotated[ShortText, Field(alias="strasse", title="Straße", description="Straße und Hausnummer")]
    postal_code: Annotated[ShortText, Field(alias="plz", title="Postleitzahl", description="Postleitzahl")]
    city: Annotated[ShortText, Field(alias="ort", title="Ort", description="Ort")]
    represented_by: Annotated[ShortText, Field(alias="vertreten_durch", title="Vertreten durch", description="Vertretungsberechtigte Person")]
    email: Annotated[ShortText, Field(title="E-Mail", description="Funktionspostfach")]
    phone: Annotated[ShortText, Field(alias="telefon", title="Telefon", description="Telefonnummer")]
    register_entry: Annotated[ShortText | None, Field(alias="register", title="Register", description="Registereintrag, falls vorhanden")] = None
    vat_id: Annotated[ShortText | None, Field(alias="ust_id", title="USt-IdNr.", description="falls vorhanden")] = None
    editor: Annotated[ShortText, Field(alias="verantwortlich", title="Verantwortlich", description="Verantwortlich nach § 18 Abs. 2 MStV")]
    privacy_email: Annotated[ShortText, Field(alias="datenschutz_email", title="Datenschutz", description="Postfach für Datenschutz")]
    accessibility_email: Annotated[ShortText, Field(alias="barriere_email", title="Barriere melden", description="Postfach für Barrieren")]
    removal_email: Annotated[ShortText, Field(alias="loesch_email", title="Angaben löschen", description="Postfach für Widerspruch gegen Kontaktangaben")]
    security_email: Annotated[ShortText, Field(alias="sicherheit_email", title="Sicherheitslücke melden", description="Postfach für Hinweise auf Sicherheitslücken")]
    security_until: Annotated[Day | None, Field(alias="sicherheit_gilt_bis", title="Sicherheitspostfach gilt bis", description="Ablauf von security.txt, höchstens ein Jahr voraus")] = None
    hosting: Annotated[ShortText, Field(title="Hosting", description="Wer die Website technisch bereitstellt")]
    statement_checked: Annotated[Day | None, Field(alias="erklaerung_geprueft_am", title="Erklärung geprüft am", description="Letzte Prüfung der Erklärung zur Barrierefreiheit")] = None

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The German field names whose value is still a placeholder."""
        fields = type(self).model_fields.items()
        return tuple(
            field.alias or name for name, field in fields if str(getattr(self, name) or "").startswith("[Platzhalter")
        )
