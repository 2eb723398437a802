"""Rules on the code itself that no linter of ours knows, and proof that the linters' rules bite."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[1]
OVERRIDES = ROOT / "overrides"
MODULE_LINES = 300
BODY_LINES = 30
SOURCES = sorted(path for folder in ("plugins", "scripts") for path in (ROOT / folder).rglob("*.py"))


def long_bodies(text: str) -> list[str]:
    """Name functions whose body, without docstring, is longer than allowed."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            lines = (node.end_lineno or 0) - first.lineno + 1
            if lines > BODY_LINES:
                found.append(f"{node.name}: {lines} lines")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_and_bodies_are_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MODULE_LINES
    assert long_bodies(text) == []


def test_long_body_is_found() -> None:
    assert long_bodies("def f():\n" + "    pass\n" * 31) == ["f: 31 lines"]


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("import datetime as dt\n\nDAY = dt.datetime.now(dt.UTC)\n", "TID251"),
        ("import datetime as dt\n\nDAY = dt.date.today()\n", "TID251"),
        ("import urllib.request\n\nprint(urllib.request)\n", "TID251"),
        ("import http.client\n\nprint(http.client)\n", "TID251"),
        ("import socket\n\nprint(socket)\n", "TID251"),
    ],
)
def test_core_has_no_clock_and_no_network(statement: str, rule: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", "--stdin-filename"]
    name = str(ROOT / "plugins" / "kreislaufstadt" / "planted.py")
    done = subprocess.run([*command, name, "-"], input=statement, cwd=ROOT, capture_output=True, text=True, check=False)
    assert rule in done.stdout


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("catalog.py", "import mkdocs.plugins", "Only the adapter knows MkDocs and its theme BROKEN"),
        ("problems.py", "import kreislaufstadt.pages", "Imports run one way BROKEN"),
        ("unplaced.py", "", "Imports run one way BROKEN"),
    ],
)
def test_wrong_imports_are_found(module: str, statement: str, contract: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plugins" / "kreislaufstadt", tmp_path / "plugins" / "kreislaufstadt", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "plugins" / "kreislaufstadt" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache", "--no-logo"]
    variables = {**os.environ, "PYTHONPATH": str(tmp_path / "plugins"), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout
    assert contract in " ".join(done.stdout.split())


def test_only_who_notes_it_reads_the_text_of_an_entry() -> None:
    """A page that shows an entry does not depend on its text: views and templates may not look at it (CONTRIBUTING, trace.py)."""
    package = ROOT / "plugins" / "kreislaufstadt"
    views = [*package.glob("derive/*.py"), *package.glob("template_*.py"), *(package / name for name in ("shared_parts.py", "freshness.py", "exports/jsonld.py"))]
    templates = [*(ROOT / "overrides").glob("*.html"), *(ROOT / "overrides" / "partials").glob("*.html")]
    assert len(views) > 20
    assert len(templates) > 60
    assert [path.name for path in (*views, *templates) if re.search(r"\.body\b|getattr\([^)]*\"body\"", path.read_text(encoding="utf-8"))] == []


def test_templates_that_are_imported_once_ask_for_nothing_themselves() -> None:
    """What they ask for outside their macros would stand in the trace of the first page that imports them only."""
    environment = Environment(autoescape=True)
    trees = {path.relative_to(OVERRIDES).as_posix(): environment.parse(path.read_text("utf-8")) for path in OVERRIDES.rglob("*.html")}
    imported = {node.template.value for tree in trees.values() for node in tree.find_all(nodes.Import) if isinstance(node.template, nodes.Const) and not node.with_context}
    assert "partials/macros.html" in imported
    for name in imported:
        assert {type(node) for node in trees[name].body} <= {nodes.Macro, nodes.Import, nodes.Output}, name
        assert not any(text.data.strip() for node in trees[name].body if isinstance(node, nodes.Output) for text in node.nodes), name
