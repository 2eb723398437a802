"""Fetch the editor in the browser anew: ``python3 scripts/vendor_editor.py``.

Two npm packages in fixed versions, checked by the checksums that stand here; the
files are unpacked into overrides/admin/, each package with a README.md that names
version, licence, source, changes and the checksum of every file; the list of parts
(scripts/sbom.py) and tests/guard/test_supply.py read it. Needs npm, and nothing of
it is needed to build the site.

Sveltia CMS is built for a bundler: it names fonts on another host and languages as
JSON modules, which browsers refuse. ``PATCHES`` turn both into files beside it; nothing else is changed.
"""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "overrides" / "admin"


class Package(NamedTuple):
    """A package of npm: where it goes, its checksum, and which of its files are taken, under which names."""

    name: str
    version: str
    folder: str
    sha512: str
    about: str
    changes: str
    files: dict[str, str]


_FONTS = ("material-symbols-outlined-latin-wght-normal-_Z1IJPLg", "noto-mono-latin-400-normal-DiC8lJru", "source-sans-3-latin-wght-normal-BqRLTx4X")
_FONT_LICENCES = ("material-symbols-outlined", "noto-mono", "source-sans-3")

PACKAGES = (
    Package(
        "@sveltia/cms",
        "0.221.1",
        "sveltia",
        "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
        "Git-based editor for content by Kohei Yoshino, MIT licence (`LICENSE.txt`), with its fonts under OFL-1.1 (`assets/*.LICENSE.txt`),\n"
        "https://github.com/sveltia/sveltia-cms",
        "`index.js` and `locales/de.js` are adapted by `scripts/vendor_editor.py` (see `PATCHES` and `adapt` there); all else is unchanged.",
        {
            "npm/index.js": "index.js",
            "npm/chunks/react-B5rWoXIC.js": "chunks/react-B5rWoXIC.js",
            "npm/chunks/react-dom-DwWAebfb.js": "chunks/react-dom-DwWAebfb.js",
            **{f"npm/assets/{name}.woff2": f"assets/{name}.woff2" for name in _FONTS},
            **{f"npm/assets/{name}.LICENSE.txt": f"assets/{name}.LICENSE.txt" for name in _FONT_LICENCES},
            "schema/sveltia-cms.json": "config.schema.json",
            "locales/de.json": "locales/de.js",
            "LICENSE.txt": "LICENSE.txt",
        },
    ),
    Package(
        "js-yaml",
        "4.3.2",
        "js-yaml",
        "SFNOvSJ+Dgf/9An904Yx+CgSlIPCkIpao4qo51lpee25TIRejdH3rhR4EZMGoNx3/TP3O+wzWuiTFl4sqbltzA==",
        "YAML reader and writer by Vitaly Puzrin, MIT licence (`LICENSE.txt`), https://github.com/nodeca/js-yaml",
        "All files are unchanged.",
        {"dist/js-yaml.mjs": "js-yaml.js", "LICENSE": "LICENSE.txt"},
    ),
)

_CDN = r"https://cdn\.jsdelivr\.net/fontsource/fonts/"
PATCHES = (
    (_CDN + r"material-symbols-outlined:vf@[\d.]+/latin-wght-normal\.woff2", f"sveltia/assets/{_FONTS[0]}.woff2", 1),
    (_CDN + r"noto-mono@[\d.]+/latin-400-normal\.woff2", f"sveltia/assets/{_FONTS[1]}.woff2", 1),
    (_CDN + r"source-sans-3:vf@[\d.]+/latin-wght-normal\.woff2", f"sveltia/assets/{_FONTS[2]}.woff2", 1),
    (r"import\(`\.\./locales/[\w-]+\.json`\)", "import(`./locales/de.js`)", 28),
    (r"(locale:(\w+)&&\w+\.includes\(\2\)\?\2):void 0", r"\1:`de`", 1),  # names of files: ä becomes ae, not a
)
"""Pattern, replacement, and how often it must be found in ``sveltia/index.js``."""


def main() -> int:
    """Fetch, check and unpack; say what was written."""
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            written = unpack(package, fetch(package, Path(folder)))
        print(f"{package.name} {package.version}: {len(written)} files, {sum(path.stat().st_size for path in written):,} bytes")
    return 0


def fetch(package: Package, folder: Path) -> Path:
    """Let npm fetch the archive, and compare its checksum."""
    subprocess.run(["npm", "pack", "--silent", f"{package.name}@{package.version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    archive = next(folder.glob("*.tgz"))
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.sha512:
        sys.exit(f"{package.name} {package.version}: checksum {found}, expected {package.sha512}")
    return archive


def unpack(package: Package, archive: Path) -> list[Path]:
    """Write the files that are taken."""
    written = []
    with tarfile.open(archive) as opened:
        for name, target in package.files.items():
            stream = opened.extractfile(f"package/{name}")
            path = FOLDER / package.folder / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(adapt(name, stream.read() if stream else b""))
            written.append(path)
    readme = FOLDER / package.folder / "README.md"
    readme.write_text(describe(package), "utf-8")
    return [*written, readme]


def describe(package: Package) -> str:
    """Name version, licence, source and changes, and the checksum of every file as it lies here."""
    folder = FOLDER / package.folder
    rows = [f"| {name} | `{hashlib.sha256((folder / name).read_bytes()).hexdigest()}` |" for name in sorted(package.files.values())]
    head = f"# {package.name} {package.version}\n\n{package.about}\n\n{package.changes} Fetched from npm; sha512 of the package:\n`{package.sha512}`\n"
    return "\n".join([head, "| File | SHA-256 |", "| --- | --- |", *rows]) + "\n"


def adapt(name: str, raw: bytes) -> bytes:
    """Turn a file into what a browser can load from beside it."""
    if name.startswith("locales/"):
        return b"export default " + raw.strip() + b";\n"
    if name != "npm/index.js":
        return raw
    text = raw.decode()
    for pattern, replacement, count in PATCHES:
        text, found = re.subn(pattern, replacement, text)
        if found != count:
            sys.exit(f"{pattern}: found {found} times, expected {count}")
    return text.encode()


if __name__ == "__main__":
    raise SystemExit(main())
