"""Write the list of parts: ``python3 scripts/sbom.py`` puts ``dist/sbom.json`` (CycloneDX) beside the site.

It names every locked Python package that builds the site, and the browser code that is part of it.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from environment import ROOT, SetupError, child_environment, prepare, python_path, say

VENDOR = (ROOT / "overrides" / "assets" / "vendor", ROOT / "overrides" / "admin")
_TITLE = re.compile(r"^# (?P<name>\S+) (?P<version>\S+)$", re.MULTILINE)
_LICENCE = re.compile(r"\b(?P<licence>MIT|Apache-2\.0|BSD-3-Clause|ISC|MPL-2\.0|OFL-1\.1)\b")
_SOURCE = re.compile(r"https://\S+?(?=[\s,.)]*(?:\s|$))")
_ROW = re.compile(r"^\| (?P<file>\S+) \| `(?P<sum>[0-9a-f]{64})` \|$", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    """Write the list; it depends on the locks and the vendored files only."""
    parser = argparse.ArgumentParser(description="Schreibt die Stückliste (SBOM) nach dist/sbom.json.")
    parser.add_argument("--nach", type=Path, default=ROOT / "dist" / "sbom.json", help="Zieldatei")
    parser.add_argument("--ohne-netz", action="store_true", help="nichts aus dem Netz laden")
    options = parser.parse_args(arguments)
    try:
        prepare("site", "test", offline=options.ohne_netz)
    except SetupError as error:
        say(str(error))
        return 2
    document = list_packages()
    document["components"] += [part for folder in VENDOR for part in list_vendored(folder)]
    options.nach.parent.mkdir(parents=True, exist_ok=True)
    options.nach.write_text(json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    say(f"Stückliste mit {len(document['components'])} Teilen: {options.nach}")
    return 0


def list_packages() -> dict[str, Any]:
    """List the locked packages of the site with their hashes."""
    module = [str(python_path()), "-m", "cyclonedx_py", "requirements", "--output-reproducible", "requirements/site.txt"]
    done = subprocess.run(module, cwd=ROOT, env=child_environment(), capture_output=True, text=True, check=True)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def list_vendored(folder: Path) -> list[dict[str, Any]]:
    """List browser code: each folder's README names version, licence, source and checksums."""
    return [_component(readme) for readme in sorted(folder.glob("*/README.md"))]


def _component(readme: Path) -> dict[str, Any]:
    text = readme.read_text("utf-8")
    title, licences, source = _TITLE.search(text), list(dict.fromkeys(_LICENCE.findall(text))), _SOURCE.search(text)
    if title is None or not licences or source is None:
        message = f"{readme} must begin with „# Name Version“ and name licence and source"
        raise ValueError(message)
    name = title["name"].lower()
    return {
        "type": "library",
        "bom-ref": f"vendor-{name}",
        "name": name,
        "version": title["version"],
        "licenses": [{"license": {"id": licence}} for licence in licences],
        "externalReferences": [{"type": "website", "url": source[0]}],
        "purl": f"pkg:npm/{name.replace('@', '%40')}@{title['version']}",
        "hashes": [{"alg": "SHA-256", "content": row["sum"]} for row in _ROW.finditer(text) if (readme.parent / row["file"]).is_file()],
    }


if __name__ == "__main__":
    sys.exit(main())
