"""The editor in the browser: its configuration, where it may reach, and when it is there."""

from __future__ import annotations

import html
import json
from pathlib import Path

import jsonschema
import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from support import NETZ, TODAY

from kreislaufstadt.build import Build
from kreislaufstadt.catalog import Catalog
from kreislaufstadt.guard.policy import Policy
from kreislaufstadt.guard.servers import Serving, write_caddy, write_headers, write_nginx
from kreislaufstadt.load import load_content
from kreislaufstadt.mkdocs_adapter import editor
from kreislaufstadt.mkdocs_adapter.editor import EditorConfig, EditorPlugin, backend_of
from kreislaufstadt.model.kinds import KINDS, LISTS
from kreislaufstadt.site import Settings
from kreislaufstadt.web_editor import FOLDER, TRIAL, Backend, editor_config, editor_policy

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "overrides" / "admin" / "sveltia" / "config.schema.json").read_text("utf-8"))
BACKENDS = {
    "none": Backend(),
    "trial": Backend(TRIAL),
    "github": Backend("github", "stadt/kreislaufstadt", base_url="https://anmeldung.example.org"),
    "gitlab": Backend("gitlab", "gruppe/projekt", base_url="https://gitlab.example.org", app_id="kennung"),
    "gitea": Backend("gitea", "gruppe/projekt", base_url="https://git.example.org", app_id="kennung"),
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(load_content(NETZ))


@pytest.mark.parametrize("name", BACKENDS)
def test_the_configuration_keeps_to_the_schema_of_the_editor(catalog: Catalog, name: str) -> None:
    config = editor_config(catalog, BACKENDS[name], "Testnetz")
    kinds = [collection for collection in config["collections"] if name == "gitlab" or collection["name"] == "begriff"]  # whole once: it takes a while
    jsonschema.Draft7Validator(SCHEMA).validate({**config, "collections": kinds})
    assert [collection["name"] for collection in config["collections"]] == list(KINDS)
    assert config["publish_mode"] == ("editorial_workflow" if name in {"github", "gitlab"} else "simple")


def test_the_schema_finds_a_mistake(catalog: Catalog) -> None:
    config = editor_config(catalog, Backend(), "Testnetz")
    config |= {"publish_mode": "irgendwie", "collections": []}
    assert not jsonschema.Draft7Validator(SCHEMA).is_valid(config)


def test_every_field_has_german_words_and_references_are_chosen(catalog: Catalog) -> None:
    found = {collection["name"]: {field["name"]: field for field in collection["fields"]} for collection in editor_config(catalog, Backend(), "Testnetz")["collections"]}
    for fields in found.values():
        assert all(field["label"] and field["hint"] for field in fields.values())
    example = found["beispiel"]
    assert example["kommune"] | {"hint": ""} == {
        "name": "kommune", "label": "Kommune", "required": True, "hint": "", "widget": "relation",
        "collection": "kommune", "value_field": "{{slug}}", "display_fields": ["{{titel}} ({{slug}})"], "search_fields": ["titel"],
    }
    assert example["kontakte"]["multiple"] is True
    assert example["quellen"]["min"] == 1
    assert {choice["value"] for choice in example["status"]["options"]} == {item.id for item in catalog.items(LISTS["status"].name)}
    assert example["body"]["widget"] == "text"
    assert "body" not in found["kontakt"]


def test_own_servers_are_reached_at_their_interface_and_with_pkce() -> None:
    assert BACKENDS["gitlab"].config() | {"commit_messages": {}} == {
        "name": "gitlab", "repo": "gruppe/projekt", "branch": "main", "commit_messages": {},
        "base_url": "https://gitlab.example.org", "api_root": "https://gitlab.example.org/api/v4", "app_id": "kennung", "auth_type": "pkce",
    }
    assert BACKENDS["gitea"].config()["api_root"] == "https://git.example.org/api/v1"
    assert Backend("github", "a/b").config()["auth_methods"] == ["token"]


def test_the_policy_names_the_forge_and_no_other_host() -> None:
    assert "https:" not in editor_policy(Backend())
    assert "https:" not in editor_policy(Backend(TRIAL))
    assert [word for word in editor_policy(BACKENDS["gitlab"]).replace(";", "").split() if ":" in word and "//" in word] == ["https://gitlab.example.org"]
    assert "connect-src 'self' blob: data: https://api.github.com;" in editor_policy(Backend("github", "a/b"))
    assert "script-src 'self';" in editor_policy(BACKENDS["github"])
    assert "unsafe-eval" not in editor_policy(BACKENDS["github"])


@pytest.mark.parametrize("write", [write_nginx, write_caddy, write_headers])
def test_servers_give_the_editor_its_own_policy(write: object) -> None:
    policy = editor_policy(BACKENDS["gitlab"])
    assert callable(write)
    assert policy in write(Serving(Policy(), {}, {FOLDER: policy}))


@pytest.mark.parametrize(
    ("backend", "said"),
    [
        ({"name": "svn"}, "gibt es nicht"),
        ({"name": "gitlab"}, "backend.repo fehlt"),
        ({"name": "gitlab", "repo": "a/b", "base_url": "http://unsicher.example.org"}, "https://"),
        ({"nahme": "gitlab"}, "nur diese Angaben"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_in_german(backend: dict[str, str], said: str) -> None:
    options = EditorConfig()
    options.load_dict({"backend": backend})
    options.validate()
    with pytest.raises(PluginError, match=said):
        backend_of(options)


@pytest.mark.parametrize(("enabled", "with_server", "there"), [(True, True, True), (False, True, False), (True, False, False)], ids=["on", "off", "offline copy"])
def test_the_editor_is_there_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch, enabled: bool, with_server: bool, there: bool) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "Testnetz", "docs_dir": str(NETZ), "use_directory_urls": with_server, "theme": {"name": "material", "custom_dir": str(ROOT / "overrides")}})
    config.validate()
    monkeypatch.setattr(config.plugins, "_current_plugin", "kreislaufstadt/editor", raising=False)
    build = Build(Settings("Testnetz", "https://www.example.org/", NETZ, (ROOT / "overrides",), TODAY))
    monkeypatch.setattr(editor, "build_of", lambda _config: build)
    plugin = EditorPlugin()
    plugin.load_config({"enabled": enabled})
    names = {file.src_uri for file in plugin.on_files(Files([]), config=config)}
    assert {name.split("/")[0] for name in names} == ({"admin"} if there else set())
    assert ({"admin/index.html", "admin/config.json", "admin/start.js", "admin/sveltia/index.js"} <= names) is there
    assert not any(name.endswith(".schema.json") for name in names)


def test_search_engines_are_kept_out_of_the_editor(built_folder: Path) -> None:
    page = (built_folder / "admin" / "index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert f'<meta http-equiv="Content-Security-Policy" content="{editor_policy(Backend())}">' in html.unescape(page)
    assert "Disallow: /admin/" in (built_folder / "robots.txt").read_text("utf-8").splitlines()
    sitemaps = [path.read_text("utf-8") for path in built_folder.glob("sitemap*.xml")]
    assert sitemaps
    assert not any("admin/" in text for text in sitemaps)
