"""A site built for ``file://`` into files that browsers really load from there.

Browsers refuse modules and ``fetch`` on pages opened from disk, but run classic
scripts. So every module that a page names is joined with what it imports, and every
file that a module fetches gets a twin that is a script; ``fetch`` inside the joined
script reads the twin.
"""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING

from kreislaufstadt.classic_script import bundle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MODULES = "assets/js/"
"""Folder whose scripts are modules; only those that a page names are needed, joined."""

_ONLY_SERVED = ("404.html", "_headers", "_redirects", "robots.txt", "sitemap.xml", ".nojekyll")
"""Files that only a server or a crawler reads."""

_MODULE = re.compile(r'<script type="module" src="([^"]+)"')
_DATUM = re.compile(r'\sdata-[\w-]+="([^"#?]+\.(?:json|geojson|html|csv|txt|svg|md))"')
_DATA_FOLDERS = re.compile(r'\sdata-[\w-]+-ordner="([^"#?]+)"')
"""Folders of which a script fetches single JSON files, in an attribute of the page."""

_NAMED = re.compile(r"[\"'`](?:\.{0,2}/)*([\w./-]+\.(?:json|geojson|csv))[\"'`]")
_TWIN = "kreislaufstadtDatei"

FETCH = f"""const fetch = (address, options) => {{
  const target = new URL(address, location.href);
  if (target.protocol !== "file:") return globalThis.fetch(address, options);
  target.search = "";
  target.hash = "";
  return new Promise((resolve, reject) => {{
    const script = document.createElement("script");
    script.src = `${{target.href}}.js`;
    script.onload = () => {{ script.remove(); resolve(new Response(globalThis.{_TWIN})); }};
    script.onerror = () => {{ script.remove(); reject(new TypeError(`not in the offline copy: ${{target.pathname}}`)); }};
    document.head.append(script);
  }});
}};
"""
"""Stands before the modules of a joined script that fetches: the same call, answered by the file's twin."""


def offline_files(site: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the offline copy of a site that was built with links to ``index.html``, by name."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    kept = [name for name in names if name not in _ONLY_SERVED and not name.startswith((".well-known/", MODULES)) and not name.endswith((".gz", ".br"))]
    entries: set[str] = set()
    fetched: set[str] = set()
    folders: set[str] = set()
    for name in kept:
        if name.endswith(".html"):
            page = (site / name).read_text("utf-8")
            folder = posixpath.dirname(name)
            entries |= {_resolve(folder, url) for url in _MODULE.findall(page)}
            fetched |= {_resolve(folder, url) for url in _DATUM.findall(page)}
            folders |= {_folder(folder, url) for listed in _DATA_FOLDERS.findall(page) for url in listed.split()}
            yield name, _MODULE.sub(r'<script defer src="\1"', page).encode()
        else:
            yield name, (site / name).read_bytes()
    for name in sorted(entries):
        script = join(site / name)
        fetched |= set(_NAMED.findall(script))
        yield name, script.encode()
    fetched |= {name for name in names if name.endswith(".json") and posixpath.dirname(name) in folders}
    yield from _twins(site, fetched & set(names))


def join(entry: Path) -> str:
    """A module and what it imports as one classic script, with a ``fetch`` that works from disk if it needs one."""
    script = bundle(entry)
    return bundle(entry, head=FETCH) if re.search(r"(?<![\w.])fetch\(", script) else script


def _twins(site: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for name in sorted(names):
        text = (site / name).read_text("utf-8")
        yield f"{name}.js", f"globalThis.{_TWIN} = {json.dumps(text, ensure_ascii=False)};\n".encode()


def _folder(folder: str, url: str) -> str:
    """The data folder that an attribute names; links to folders end in ``index.html`` here."""
    return _resolve(folder, url.removesuffix("index.html")).rstrip("/")


def _resolve(folder: str, url: str) -> str:
    return posixpath.normpath(posixpath.join(folder, url))
