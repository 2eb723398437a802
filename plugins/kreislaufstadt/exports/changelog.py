"""The changelog of the published data: one section per publication, the newest first, carried on from the last one.

It says what was published when, so it is written at publishing and not by a build: the
same two bundles and the same changelog so far always give the same bytes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kreislaufstadt.exports.bundle import BundleError
from kreislaufstadt.exports.changes import compare, markdown_lines, to_rows
from kreislaufstadt.exports.dataset import LICENCE

if TYPE_CHECKING:
    from kreislaufstadt.exports.bundle import Bundle

CHANGELOG_FORMAT = "kreislaufstadt-aenderungen/1"
CHANGELOG_JSON, CHANGELOG_TEXT = "aenderungen.json", "aenderungen.md"
"""The changelog's files, beside the bundle."""

LIMIT = 200
"""How many publications are kept."""


def extend_changelog(known: bytes | None, old: Bundle, new: Bundle) -> dict[str, bytes]:
    """Both files with a section for what ``new`` changed; nothing where it changed nothing.

    A section for the same new bundle is written again, so that an interrupted publication may be repeated.
    """
    rows = to_rows(compare(old, new))
    if not rows:
        return {}
    earlier = [release for release in _read(known) if release.get("sha256") != new.sha256] if known else []
    release = {"stand": new.as_of, "vorher": old.as_of, "sha256": new.sha256, "aenderungen": rows}
    releases = [release, *earlier][:LIMIT]
    head = {"format": CHANGELOG_FORMAT, "name": new.name, "quelle": new.url, "lizenz": LICENCE}
    data = json.dumps({**head, "fassungen": releases}, ensure_ascii=False, indent=1) + "\n"
    return {CHANGELOG_JSON: data.encode(), CHANGELOG_TEXT: _text(new.name, releases).encode()}


def _read(known: bytes) -> list[dict[str, Any]]:
    try:
        data = json.loads(known.decode("utf-8"))
        releases: list[dict[str, Any]] = {CHANGELOG_FORMAT: data["fassungen"]}[data["format"]]
        _text("", releases[:LIMIT])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = f"Die Datei {CHANGELOG_JSON} ist keine Änderungsliste der Daten. Bitte löschen, dann beginnt sie neu."
        raise BundleError(message) from None
    return releases


def _text(name: str, releases: list[dict[str, Any]]) -> str:
    lines = [f"# {name}: Änderungen der Daten", ""]
    for release in releases:
        lines += [f"## Stand {release['stand']}", "", f"Gegenüber dem Stand {release['vorher']}.", "", *markdown_lines(release["aenderungen"], "###")]
    return "\n".join(lines).rstrip() + "\n"
