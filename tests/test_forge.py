"""The files for GitHub, GitLab and Gitea: valid, fresh, pinned, and without rights that foreign code could use."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from check_jsonschema.transforms.gitlab import GITLAB_TRANSFORM

from kreislaufstadt.cli import build_parser
from kreislaufstadt.issue_forms import GITHUB, PROPOSALS, build_forms, write_forms
from kreislaufstadt.load import load_content
from kreislaufstadt.model.kinds import KINDS

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
EACH_WORKFLOW = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> Any:
    """YAML as forges read it: ``on`` is a word."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in data.items()} if isinstance(data, dict) else data


def validate(data: Any, name: str) -> None:
    schema = get_builtin_schema(f"vendor.{name}")
    jsonschema.validators.validator_for(schema)(schema).validate(data)


def choices() -> dict[str, list[str]]:
    items = load_content(ROOT / "content").items
    return {name: [item.title for item in values.values()] for name, values in items.items()}


@EACH_WORKFLOW
def test_workflows_are_valid(path: Path) -> None:
    validate(read(path), "github-workflows")


@EACH_WORKFLOW
def test_actions_are_pinned_by_commit_and_say_their_version(path: Path) -> None:
    lines = re.findall(r"(?m)^\s*(?:- )?uses: (.+)$", path.read_text(encoding="utf-8"))
    assert lines
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line) for line in lines), lines


@EACH_WORKFLOW
def test_workflows_may_only_read_and_know_no_secrets(path: Path) -> None:
    text, data = path.read_text(encoding="utf-8"), read(path)
    assert data["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in data["on"]
    assert "workflow_run" not in data["on"]
    assert "secrets" not in re.sub(r"(?m)^#.*$", "", text)
    for name, job in data["jobs"].items():
        assert "timeout-minutes" in job
        assert "permissions" not in job or (path.stem, name) == ("seite", "veroeffentlichen")
        for step in job["steps"]:
            if str(step.get("uses", "")).startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            assert "${{" not in step.get("run", ""), "names of branches and titles are foreign text: hand them over in env"


def test_only_main_is_published() -> None:
    jobs = read(ROOT / ".github/workflows/seite.yml")
    assert set(jobs["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert jobs["on"]["push"] == {"branches": ["main"]}
    assert "refs/heads/main" in jobs["jobs"]["bauen"]["if"]
    assert jobs["jobs"]["veroeffentlichen"]["needs"] == "bauen"


def test_the_file_of_gitlab_is_valid() -> None:
    loader = type("Loader", (yaml.SafeLoader,), {})
    assert GITLAB_TRANSFORM is not None
    validate(yaml.load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"), Loader=loader), "gitlab-ci")  # noqa: S506 - a safe loader


def test_commands_of_the_workflows_exist() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*WORKFLOWS, ROOT / ".gitlab-ci.yml", ROOT / ".pre-commit-config.yaml")]
    commands = re.findall(r"(?m)\bkreislaufstadt ((?:check|formulare)\b[^>\n]*)", "\n".join(re.sub(r"(?m)^\s*(?:#|name:).*$", "", text) for text in texts))
    assert len(commands) >= 3
    for command in commands:
        words = shlex.split(command)
        build_parser(words[0]).parse_args(words)
    for script in set(re.findall(r"scripts/\w+\.py", "\n".join(texts))):
        assert (ROOT / script).is_file()


def test_committed_forms_are_those_of_the_models() -> None:
    committed = {name: (ROOT / name).read_text(encoding="utf-8") for name in build_forms(choices())}
    assert committed == build_forms(choices()), "run: kreislaufstadt formulare"


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    assert write_forms(tmp_path, choices())
    assert write_forms(tmp_path, choices()) == []


@pytest.mark.parametrize("name", [*PROPOSALS, "fehler"])
def test_forms_are_valid(name: str) -> None:
    form = read(ROOT / GITHUB / f"{name}.yml")
    validate(form, "github-issue-forms")
    ids = [element["id"] for element in form["body"] if "id" in element]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PROPOSALS)
def test_forms_ask_for_every_required_field(name: str) -> None:
    body = read(ROOT / GITHUB / f"{name}.yml")["body"]
    required = {element["id"] for element in body if element.get("validations", {}).get("required")}
    fields = {info.alias or field for field, info in KINDS[name].model.model_fields.items() if info.is_required() and field != "id"}
    assert fields <= required


def test_lists_can_be_chosen_from_in_words() -> None:
    body = {element.get("id"): element for element in read(ROOT / GITHUB / "kontakt.yml")["body"]}
    assert body["rollen"]["attributes"]["multiple"] is True
    assert "Wirtschaftsförderung" in body["rollen"]["attributes"]["options"]


def test_hooks_are_local() -> None:
    hooks = read(ROOT / ".pre-commit-config.yaml")
    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]
    commands = {hook["entry"].partition("kreislaufstadt ")[2]: hook["files"] for hook in hooks["repos"][0]["hooks"]}
    assert set(commands) == {"check --streng", "schema", "formulare"}
    assert re.match(commands["schema"], "plugins/kreislaufstadt/model/entries.py")
    assert re.match(commands["check --streng"], "content/beispiele/x.md")


def test_requests_have_a_checklist_on_both_forges() -> None:
    texts = {(ROOT / name).read_text(encoding="utf-8") for name in (".github/PULL_REQUEST_TEMPLATE.md", ".gitlab/merge_request_templates/Default.md")}
    assert len(texts) == 1
    assert texts.pop().count("- [ ] ") >= 6
