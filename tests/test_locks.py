"""Locks say what the declarations say, name no host, and pin every file by hash."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "requirements"
DISTRIBUTIONS = {
    "axe_playwright_python": "axe-playwright-python",
    "backports": "backports-zstd",
    "compression": "backports-zstd",  # the same in Python 3.14
    "docx": "python-docx",
    "markupsafe": "jinja2",  # comes with it
    "material": "mkdocs-material",
    "pydantic_core": "pydantic",  # comes with it
    "yaml": "pyyaml",
}
"""Imported modules that are named otherwise than the package that brings them."""

LOCKS = ("site", "test", "bench")
_BLOCK = re.compile(r"^(?=\S)(?!#)", re.MULTILINE)


def declared(name: str) -> list[Requirement]:
    """Read the requirements that a lock was made from."""
    lines = [line.strip() for line in (FOLDER / f"{name}.in").read_text("utf-8").splitlines()]
    found = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    if name == "site":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        found += map(Requirement, [*project["project"]["dependencies"], *project["build-system"]["requires"]])
    return found


def blocks(text: str) -> list[str]:
    """Split a lock into its entries, comments left out."""
    plain = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    return [block for block in _BLOCK.split(plain) if block.strip()]


def locked(text: str) -> dict[str, str]:
    """Read the pinned versions of a lock by package."""
    found = {}
    for block in blocks(text):
        requirement = Requirement(block.split("\\")[0])
        pins = [pin.version for pin in requirement.specifier if pin.operator == "=="]
        assert len(pins) == 1, block
        found[canonicalize_name(requirement.name)] = pins[0]
    return found


def unmet(requirements: list[Requirement], versions: dict[str, str]) -> list[str]:
    """Name the requirements that the locked versions do not fulfil."""
    return [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(versions.get(canonicalize_name(requirement.name), "0"), prereleases=True)
        or canonicalize_name(requirement.name) not in versions
    ]


def faults(text: str) -> list[str]:
    """Name what a lock must not have: entries without hashes, hosts, options, paths of a machine."""
    found = [f"no hash: {block.splitlines()[0]}" for block in blocks(text) if "--hash=sha256:" not in block]
    found += [f"host: {line}" for line in text.splitlines() if "://" in line or " @ " in line]
    return found + [f"option: {line}" for line in text.splitlines() if line.startswith("-")]


def read(name: str) -> str:
    """Read a lock."""
    return (FOLDER / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_fulfils_declaration(name: str) -> None:
    assert unmet(declared(name), locked(read(name))) == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_hashes_and_no_hosts(name: str) -> None:
    assert faults(read(name)) == []


def test_every_lock_has_a_declaration() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == {file.stem for file in FOLDER.glob("*.in")} == set(LOCKS)


def test_locks_agree_on_shared_packages() -> None:
    versions: dict[str, set[str]] = {}
    for name in LOCKS:
        for package, version in locked(read(name)).items():
            versions.setdefault(package, set()).add(version)
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_engine_is_pinned_exactly() -> None:
    pins = {requirement.name: str(requirement.specifier) for requirement in declared("site") if "==" in str(requirement.specifier)}
    assert set(pins) == {"mkdocs", "mkdocs-material"}


def test_checks_can_fail() -> None:
    good = "a==1 \\\n    --hash=sha256:00\n    # via b\n"
    assert faults(good) == []
    assert faults("a==1\n" + good) == ["no hash: a==1"]
    assert faults("--index-url https://registry.example/simple\n" + good)[-1].startswith("option:")
    assert unmet([Requirement("a>=2"), Requirement("b")], locked(good)) == ["a>=2", "b"]


def imported(folder: Path) -> set[str]:
    """Name the third-party packages that the modules of a folder import, by their top-level module."""
    trees = (ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py"))
    found: set[str] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    own = {path.stem for path in (*(ROOT / "scripts").glob("*.py"), *(ROOT / "tests").rglob("*.py"))} | {"scripts", "tests"}
    own |= {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    return found - set(sys.stdlib_module_names) - own - {"kreislaufstadt"}


def undeclared(modules: set[str], requirements: list[Requirement]) -> set[str]:
    """Name the imported packages that nothing declares."""
    known = {canonicalize_name(requirement.name) for requirement in requirements}
    return {module for module in modules if canonicalize_name(DISTRIBUTIONS.get(module, module)) not in known}


def test_package_imports_only_what_it_declares() -> None:
    tools = declared("bench")  # imported where they are used, and only if they are there
    assert undeclared(imported(ROOT / "plugins"), [*declared("site"), *tools]) == set()


def test_tests_import_only_what_they_declare() -> None:
    assert undeclared(imported(ROOT / "tests") | imported(ROOT / "scripts"), [*declared("site"), *declared("test"), *declared("bench")]) == set()


def test_undeclared_import_is_found() -> None:
    assert undeclared({"yaml", "unheard_of"}, [Requirement("pyyaml")]) == {"unheard_of"}
