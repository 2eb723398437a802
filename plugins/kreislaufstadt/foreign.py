"""Entries taken over from other networks: read-only files below ``fremd/<netz>/``, pinned by checksum.

They are written by :mod:`kreislaufstadt.federation` and read and checked like our own.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kreislaufstadt.model.provenance import Provenance
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.validate import validate_data

if TYPE_CHECKING:
    from kreislaufstadt.source import Source

FOLDER = "fremd"
"""The content folder of entries that were taken over; one folder per network below it."""

RECORD = "herkunft.yml"
"""Says of a network's folder where it comes from and what its files were."""

_ADVICE = "Bitte nicht von Hand ändern, sondern den Bestand mit „kreislaufstadt import“ neu übernehmen."


def is_foreign(parts: tuple[str, ...]) -> bool:
    """Say whether a content path lies in the folder of another network."""
    return parts[0] == FOLDER and len(parts) > 2


def read_provenance(source: Source, network: str) -> tuple[Provenance | None, list[Problem]]:
    """Read ``herkunft.yml``; it must name the network that its folder is called after."""
    found, problems = validate_data(source, source.data, Provenance)
    if found is not None and found.network != network:
        message = f"„netz“ heißt „{found.network}“, der Ordner aber „{network}“."
        return None, [*problems, Problem(source.place(("netz",)), "KS117", message, _ADVICE)]
    return found, problems


def check_pinned(provenance: Provenance | None, parts: tuple[str, ...], file: str, raw: bytes) -> Problem | None:
    """A file of another network is exactly the one that was taken over."""
    path = "/".join(parts[2:])
    if provenance is None:
        return Problem(Place(file), "KS121", "Zu dieser übernommenen Datei fehlt eine lesbare herkunft.yml.", _ADVICE)
    pinned = provenance.files.get(path)
    if pinned is None:
        return Problem(Place(file), "KS121", f"Diese Datei gehört nicht zum Bestand, der von „{provenance.name}“ übernommen wurde.", _ADVICE)
    if hashlib.sha256(raw).hexdigest() != pinned:
        return Problem(Place(file), "KS121", "Diese übernommene Datei wurde verändert.", _ADVICE)
    return None
