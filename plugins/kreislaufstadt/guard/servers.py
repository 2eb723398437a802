"""How to serve the site: the same headers, redirects and types for nginx, Caddy and hosts that read ``_headers``."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from kreislaufstadt.guard.policy import HEADERS, Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kreislaufstadt.guard.whole import Whole

TYPES: dict[str, str] = {
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
    "webmanifest": "application/manifest+json",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "yml": "application/yaml",
    "yaml": "application/yaml",
    "sqlite": "application/vnd.sqlite3",
    "mjs": "text/javascript",
    "js": "text/javascript",
    "json": "application/json",
    "xml": "application/xml",
    "txt": "text/plain",
    "md": "text/markdown",
}
"""Content types beyond what a server knows; texts get ``charset=utf-8``."""

_KNOWN = (
    *("text/html html", "text/css css", "image/svg+xml svg", "image/png png", "image/jpeg jpg jpeg", "image/webp webp"),
    *("image/avif avif", "image/x-icon ico", "font/woff2 woff2", "application/pdf pdf", "application/zip zip"),
)

OPEN = ("daten/", "schemas/")
"""Folders that other websites may read from a browser: open data."""

_SHARED = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}

FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=600"
_HASHED = r"[.-][0-9a-f]{8,64}\.[a-z0-9]+$|/[0-9a-f]{8,64}/[^/]+$"

_NGINX_HEAD = (
    "# Written by the build (plugins/kreislaufstadt/guard/servers.py); do not edit.",
    "# Use: include this file in a server block that names listen, server_name and root.",
    "index index.html;",
    "autoindex off;",
    "server_tokens off;",
    "charset utf-8;",
    "charset_types text/html text/css text/plain text/csv text/calendar text/vcard text/turtle text/javascript text/markdown",
    "    application/json application/geo+json application/ld+json application/manifest+json application/xml image/svg+xml;",
)
_NGINX_FILES = (
    "default_type application/octet-stream;",
    "absolute_redirect off;",
    "error_page 404 /404.html;",
    "gzip_static on;",
    "gzip_vary on;",
    "# With the module ngx_brotli: brotli_static on;",
)

_CADDY_HEAD = (
    "# Written by the build (plugins/kreislaufstadt/guard/servers.py); do not edit.",
    "# Use: import this file in a site block that names the root.",
    "handle_errors {",
    "\trewrite * /404.html",
)
_CADDY_FILES = (
    "\t@hidden {",
    "\t\tpath_regexp /(\\.|_headers$|_redirects$)",
    "\t\tnot path /.well-known/*",
    "\t}",
    "\terror @hidden 404",
    "\tfile_server {",
    "\t\tprecompressed br gzip",
    "\t}",
    "}",
)


@dataclass(frozen=True)
class Serving:
    """What the files say: policy, moved addresses (old to new, both with ``/`` in front), policies of folders apart."""

    policy: Policy
    redirects: Mapping[str, str]
    apart: Mapping[str, str]


def serving_of(whole: Whole) -> Serving:
    """Read from the finished pages what a server has to know."""
    base = whole.rules.base_path
    moved = {file: whole.resolve(file, page.refresh) for file, page in whole.pages.items() if page.refresh}
    redirects = {base + old.removesuffix("index.html"): base + new.removesuffix("index.html") for old, new in moved.items()}
    apart: dict[str, str] = {}
    for folder in whole.rules.apart:
        policies = {page.policy for file, page in whole.pages.items() if file.startswith(folder) and page.policy}
        apart |= {folder: policies.pop()} if len(policies) == 1 else {}
    return Serving(Policy(), redirects, apart)


def write_servers(serving: Serving) -> dict[str, str]:
    """Every form, by file name."""
    return {"nginx.conf": write_nginx(serving), "Caddyfile": write_caddy(serving), "_headers": write_headers(serving), "_redirects": write_redirects(serving)}


def write_headers(serving: Serving) -> str:
    """The ``_headers`` file of static hosts."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]
    lines += [f"  Content-Security-Policy: {serving.policy.header}", f"  Cache-Control: {SHORT}"]
    for folder, policy in serving.apart.items():
        lines += [f"/{folder}*", "  ! Content-Security-Policy", f"  Content-Security-Policy: {policy}"]
    for folder in OPEN:
        lines += [f"/{folder}*", "  ! Cross-Origin-Resource-Policy", *(f"  {name}: {value}" for name, value in _SHARED.items())]
    lines += [f"/*.{ending}\n  Content-Type: {_with_charset(kind)}" for ending, kind in TYPES.items()]
    lines += [f"/suche/:ordner/*\n  ! Cache-Control\n  Cache-Control: {FOREVER}"]
    return "\n".join(lines) + "\n"


def write_redirects(serving: Serving) -> str:
    """The ``_redirects`` file of static hosts."""
    return "".join(f"{old} {new} 301\n" for old, new in serving.redirects.items())


def write_nginx(serving: Serving) -> str:
    """The part of an nginx configuration that goes into a ``server`` block (below ``root``)."""
    types = [f"    {kind} {ending};" for ending, kind in TYPES.items()]
    known = [f"    {kind};" for kind in _KNOWN]
    return "\n".join(
        [
            *_NGINX_HEAD,
            "types {",
            *known,
            *types,
            "}",
            *_NGINX_FILES,
            *_nginx_headers(serving.policy.header, SHORT, ""),
            "location ~ /\\.(?!well-known/) { return 404; }",
            "location ~ ^/_(headers|redirects)$ { return 404; }",
            f'location ~ "{_HASHED}" {{',
            *_nginx_headers(serving.policy.header, FOREVER, "    "),
            "}",
            *(line for folder in OPEN for line in _nginx_folder(folder, serving.policy.header, _SHARED)),
            *(line for folder, policy in serving.apart.items() for line in _nginx_folder(folder, policy)),
            *(f"location = {_quoted(old)} {{ return 301 {_quoted(new)}; }}" for old, new in serving.redirects.items()),
            "",
        ]
    )


def _nginx_folder(folder: str, policy: str, more: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """A folder of its own: nginx asks none of the outer patterns there, so hidden files are refused again."""
    hidden = "    location ~ /\\. { return 404; }"
    return [f"location ^~ /{folder} {{", *_nginx_headers(policy, SHORT, "    ", more), hidden, "}"]


def _nginx_headers(policy: str, caching: str, indent: str, more: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """All headers of an answer: a block of nginx with one ``add_header`` inherits none from outside."""
    pairs = {**HEADERS, "Content-Security-Policy": policy, "Cache-Control": caching, **more}
    return [f"{indent}add_header {name} {_quoted(value)} always;" for name, value in pairs.items()]


def write_caddy(serving: Serving) -> str:
    """The part of a Caddyfile that goes into a site block (below ``root``); inside ``route`` the order is ours."""
    headers = _caddy_headers({**HEADERS, "Content-Security-Policy": serving.policy.header, "Cache-Control": SHORT})
    types = {**{ending: kind for row in _KNOWN for kind, *endings in [row.split()] for ending in endings}, **TYPES}
    return "\n".join(
        [
            *_CADDY_HEAD,
            *headers,
            "\tfile_server",
            "}",
            "route {",
            *headers,
            f'\t@hashed path_regexp "{_HASHED}"',
            f"\theader @hashed Cache-Control {_quoted(FOREVER)}",
            *(f"\theader /{folder}* {name} {_quoted(value)}" for folder in OPEN for name, value in _SHARED.items()),
            *(f"\theader /{folder}* Content-Security-Policy {_quoted(policy)}" for folder, policy in serving.apart.items()),
            *(line for ending, kind in types.items() for line in _caddy_type(ending, kind)),
            *(f"\tredir {old} {new} 301" for old, new in serving.redirects.items()),
            *_CADDY_FILES,
            "",
        ]
    )


def _caddy_type(ending: str, kind: str) -> tuple[str, ...]:
    """Content types are set last, after the file server has guessed."""
    named = _quoted(_with_charset(kind))
    return f"\t@{ending} path *.{ending}", f"\theader @{ending} {{", f"\t\tContent-Type {named}", "\t\tdefer", "\t}"


def _caddy_headers(pairs: Mapping[str, str]) -> list[str]:
    return ["\theader {", *(f"\t\t{name} {_quoted(value)}" for name, value in pairs.items()), "\t}", "\theader -Server"]


def _with_charset(kind: str) -> str:
    is_text = kind.startswith("text/") or kind.endswith(("json", "xml", "yaml"))
    return f"{kind}; charset=utf-8" if is_text else kind


def _quoted(text: str) -> str:
    """A text in double quotes; what could end the quotes or name a variable is refused."""
    if any(sign in text for sign in '"\\$\n{}'):
        message = f"not safe in a server's configuration: {text}"
        raise ValueError(message)
    return f'"{text}"'
