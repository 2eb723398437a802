"""The editor in the browser (Sveltia CMS under /admin/): its configuration, from the schemas of the kinds.

Every value stays text, as in the files: an editor's program that reads ``01067`` as
a number would write ``1067``. That is why each kind has a format of its own, read
and written by ``overrides/admin/start.js``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kreislaufstadt.checks.sources import NEED_SOURCES
from kreislaufstadt.layout import PAGE
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.scaffold import key_order
from kreislaufstadt.schema import INTRODUCTIONS, Schema, model_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.kinds import Kind

Config = dict[str, Any]

FOLDER = "admin/"
"""Where the editor stands on the site; robots.txt and the guard know the folder by this name."""

HOSTS = {"github": "https://api.github.com", "gitlab": "https://gitlab.com", "gitea": "https://gitea.com"}
"""The forges that can be used, each with the address that it has unless another is given."""

TRIAL = "test-repo"
"""A backend that keeps everything in the browser, for trying out."""

REVIEWED = frozenset({"github", "gitlab"})
"""Forges where the editor can propose a change instead of saving it; on others the main branch should be protected."""

_LONG = 400
_SLUGS = {"beispiel": "{{kommune}}-{{titel}}", "kontakt": "{{kommune}}-{{stelle}}"}
_FILE_NAME = (r"^[a-z0-9]+(-[a-z0-9]+)*$", "Bitte nur kleine Buchstaben a bis z, Ziffern und Bindestriche verwenden, z. B. bad-muenster-holzbau.")


@dataclass(frozen=True, slots=True)
class Backend:
    """Where the files are kept: the forge's kind, the project, and how to sign in; without a name there is none."""

    name: str = ""
    repo: str = ""
    branch: str = "main"
    base_url: str = ""
    api_root: str = ""
    app_id: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot work, in words for whoever sets up the site."""
        if self.name and self.name not in {*HOSTS, TRIAL}:
            message = f"backend.name „{self.name}“ gibt es nicht. Erlaubt sind {', '.join(HOSTS)} und {TRIAL}."
            raise ValueError(message)
        if self.name in HOSTS and "/" not in self.repo:
            message = "backend.repo fehlt. Bitte Gruppe und Projekt angeben, z. B. stadt/kreislaufstadt."
            raise ValueError(message)
        for key, address in (("base_url", self.base_url), ("api_root", self.api_root)):
            if address and _origin(address) is None:
                message = f"backend.{key} „{address}“ ist keine Adresse mit https://."
                raise ValueError(message)

    @property
    def is_set(self) -> bool:
        """Say whether visitors can work with it."""
        return self.name in HOSTS

    @property
    def origins(self) -> tuple[str, ...]:
        """The hosts that the browser has to reach for it, and no others."""
        if not self.is_set:
            return ()
        found = (_origin(self.api_root or self.base_url or HOSTS[self.name]), _origin(self.base_url) if self.name != "github" else None)
        return tuple(dict.fromkeys(origin for origin in found if origin))

    def config(self) -> Config:
        """The section of the editor's configuration; a project with a name of its own stands in while none is set."""
        if self.name == TRIAL:
            return {"name": TRIAL}
        if not self.is_set:
            return {"name": "github", "repo": "gruppe/projekt", "branch": self.branch, "auth_methods": ["token"]}
        return {"name": self.name, "repo": self.repo, "branch": self.branch, **self._addresses(), **self._sign_in(), "commit_messages": _COMMITS}

    def _addresses(self) -> Config:
        """Only what differs from the forge's own addresses; a GitLab or Gitea of one's own has its interface at a known path."""
        paths = {"gitlab": "/api/v4", "gitea": "/api/v1"}
        api = self.api_root or (self.base_url.rstrip("/") + paths[self.name] if self.base_url and self.name in paths else "")
        return {key: address.rstrip("/") for key, address in (("base_url", self.base_url), ("api_root", api)) if address}

    def _sign_in(self) -> Config:
        """PKCE where the forge has it; without an application, or a helper for GitHub, only a token of one's own."""
        if self.app_id and self.name in {"gitlab", "gitea"}:
            return {"app_id": self.app_id, **({"auth_type": "pkce"} if self.name == "gitlab" else {})}
        return {} if self.name == "github" and self.base_url else {"auth_methods": ["token"]}


_COMMITS = {
    "create": "Neu: {{collection}} {{slug}}",
    "update": "Geändert: {{collection}} {{slug}}",
    "delete": "Gelöscht: {{collection}} {{slug}}",
}


def _origin(address: str) -> str | None:
    parts = urlsplit(address)
    return f"https://{parts.netloc}" if parts.scheme == "https" and "." in parts.netloc and not {"'", ";", " "} & set(parts.netloc) else None


def editor_policy(backend: Backend) -> str:
    """The content security policy of the editor's page: own files, the forge, nothing else; styles in the page are the editor's."""
    reach = " ".join(("'self'", "blob:", "data:", *backend.origins))
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": reach,
        "manifest-src": "'self'",
        "worker-src": "'self' blob:",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def editor_config(catalog: Catalog, backend: Backend, name: str, content: str = "content") -> Config:
    """The whole configuration; ``content`` is the content folder's path in the repository."""
    reviewed = backend.name in REVIEWED
    return {
        "load_config_file": False,
        "backend": backend.config(),
        "publish_mode": "editorial_workflow" if reviewed else "simple",
        "app_title": f"{name}: Inhalte bearbeiten",
        "media_folder": f"{content}/bilder",
        "public_folder": "/bilder",
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 80},
        "output": {"omit_empty_optional_fields": True},
        "editor": {"preview": False},
        "show_preview_links": False,
        "collections": [_collection(catalog, kind, content) for kind in KINDS.values()],
    }


def _collection(catalog: Catalog, kind: Kind, content: str) -> Config:
    made: Config = {
        "name": kind.name,
        "label": kind.plural,
        "label_singular": kind.singular,
        "description": INTRODUCTIONS[kind.name],
        "folder": f"{content}/{kind.folder}",
        **({"extension": "yml"} if kind.suffix == ".yml" else {}),  # for .md the format says it; the editor takes the ending for a contradiction
        "format": f"kreislaufstadt-{kind.name}",
        "identifier_field": "titel",
        "slug": {
            "template": _SLUGS.get(kind.name, "{{titel}}"),
            "editable": ["create"],
            "pattern": list(_FILE_NAME),
            "hint": "Name der Datei und Ende der Adresse",
        },
        "summary": "{{titel}}",
        "sortable_fields": ["titel"],
        "aliases_field": False,
        "fields": list(_entry_fields(catalog, kind)),
    }
    if kind.suffix == PAGE.suffix:
        fields = list(_entry_fields(catalog, PAGE))
        made["index_file"] = {"name": "index", "label": "Text der Übersichtsseite", "format": f"kreislaufstadt-{PAGE.name}", "fields": fields}
    return made


def _entry_fields(catalog: Catalog, kind: Kind) -> Iterator[Config]:
    """The fields of a file in the order in which people read them, the text last."""
    schema = model_schema(kind.model)
    needed = {*schema.get("required", ()), *(("quellen",) if issubclass(kind.model, NEED_SOURCES) else ())}
    for key in key_order(kind.model):
        if key != "id":
            yield _field(catalog, key, schema["properties"][key], required=key in needed)
    if kind.suffix == ".md":
        hint = "In eigenen Worten, mit Markdown: Leerzeilen trennen Absätze, ## beginnt eine Überschrift."
        yield {"name": "body", "label": "Text", "hint": hint, "widget": "text", "required": False}


def _field(catalog: Catalog, key: str, schema: Schema, *, required: bool) -> Config:
    head: Config = {"name": key, "label": schema.get("title") or key, "required": required}
    if schema.get("description"):
        head["hint"] = schema["description"]
    rows = schema.get("items")
    if "properties" in schema:
        return {**head, "widget": "object", "collapsed": "auto", "fields": list(_parts(catalog, schema))}
    if rows and "properties" in rows:
        summary = next((part for part in ("titel", "bezeichnung", "gebiet", "netzwerk") if part in rows["properties"]), "")
        return {
            **head,
            **({"min": 1} if required else {}),
            **({"summary": f"{{{{fields.{summary}}}}}"} if summary else {}),
            "widget": "list",
            "collapsed": "auto",
            "fields": list(_parts(catalog, rows)),
        }
    if rows:
        chosen = _choice(catalog, rows)
        return {**head, **chosen, "multiple": True} if chosen else {**head, "widget": "list", "field": {"name": "wert", "label": head["label"], **_text(rows)}}
    return {**head, **(_choice(catalog, schema) or _text(schema))}


def _parts(catalog: Catalog, schema: Schema) -> Iterator[Config]:
    for key, part in schema["properties"].items():
        yield _field(catalog, key, part, required=key in schema.get("required", ()))


def _choice(catalog: Catalog, schema: Schema) -> Config:
    """A field with given values: of an enumeration, of a list, or the entries of a kind."""
    kinds = schema.get("x-verweis", ())
    if kinds and kinds[0] in LISTS:
        return {"widget": "select", "options": [{"label": item.title, "value": item.id} for item in catalog.items(kinds[0])]}
    if kinds:
        return {"widget": "relation", "collection": kinds[0], "value_field": "{{slug}}", "display_fields": ["{{titel}} ({{slug}})"], "search_fields": ["titel"]}
    values = [value for value in schema.get("enum", ()) if value is not None]
    return {"widget": "select", "options": _labelled(values)} if values else {}


def _labelled(values: list[str]) -> list[Mapping[str, str]]:
    return [{"label": value, "value": value} for value in values]


def _text(schema: Schema) -> Config:
    made: Config = {"widget": "text" if schema.get("maxLength", 0) > _LONG and "format" not in schema else "string"}
    if "maxLength" in schema:
        made["maxlength"] = schema["maxLength"]
    if "pattern" in schema:
        made["pattern"] = [schema["pattern"], f"Das passt hier nicht. Erwartet wird: {schema.get('description') or 'eine Kennung'}."]
    return made
