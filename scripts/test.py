"""Everything a change must pass: ``python3 scripts/test.py``; pytest comes last and has the last word."""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (this very line must answer older Pythons)
    sys.exit("Kreislaufstadt braucht Python 3.11 oder neuer. Diese ist " + sys.version.split()[0] + ".")

import argparse
import json
import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

from build import build_site
from environment import WORK, SetupError, exclusive, find_browser, prepare, progress, python_path, run, run_module, say, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TEST_SITE = WORK / "test-site"
NGINX_PACKAGES = ("nginx-light", "libnginx-mod-http-brotli-static")
OPTIONAL = {"chromium-headless-shell": "chromium-headless-shell", "caddy": "caddy", "rsync": "rsync", "soffice": "libreoffice-writer-nogui"}
"""Programs without which the tests take longer (the first) or some are skipped, and the packages that bring them."""


class Step(NamedTuple):
    """One step before pytest: the word for ``--nur``, what it does, how it is run."""

    name: str
    title: str
    run: Callable[[], int]


def build_test_site() -> int:
    """Build the whole site once, for the tests to look at, without touching ``site/``."""
    with exclusive("test-site"):
        return build_site(TEST_SITE)


STEPS = (
    Step("stil", "Stil der Programme (ruff)", lambda: run_module("ruff", "check", "--quiet", "--output-format", "concise", "plugins", "scripts", "tests")),
    Step("typen", "Typen (mypy)", lambda: run_module("mypy", "--strict", "plugins", "scripts")),
    Step("importe", "Richtung der Importe (import-linter)", lambda: run([str(python_path().parent / "lint-imports"), "--no-cache", "--no-logo"])),
    Step("lizenzen", "Lizenzangaben aller Dateien (reuse)", lambda: run_module("reuse", "lint", "--lines")),
    Step("inhalt", "Inhalte, streng (kreislaufstadt check)", lambda: run_module("kreislaufstadt.cli", "check", "--streng")),
    Step("bau", "Bau der ganzen Website (mkdocs build --strict)", build_test_site),
)
TESTS = "tests"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all steps, then pytest, and fail if any of them failed."""
    options = _parser().parse_args(arguments)
    wanted = options.nur or [*(step.name for step in STEPS), TESTS]
    try:
        prepare("site", "test")
        if TESTS in wanted:
            ensure_programs()
    except SetupError as error:
        say(str(error))
        return 2
    failed = run_steps([step for step in STEPS if step.name in wanted])
    if TESTS not in wanted:
        say(f"{len(wanted) - len(failed)} passed, {len(failed)} failed")
        return int(bool(failed))
    return run_pytest(options.pytest, failed) or int(bool(failed))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Prüft alles, was eine Änderung bestehen muss.")
    names = [*(step.name for step in STEPS), TESTS]
    parser.add_argument("--nur", action="append", choices=names, help="nur diesen Schritt (mehrmals möglich)")
    parser.add_argument("pytest", nargs="*", help="nach „--“: Argumente für pytest, z. B. -- tests/test_locks.py -k hash")
    return parser


def run_steps(steps: Sequence[Step]) -> list[str]:
    """Run the steps, all of them even if one fails, and return the titles of those that failed."""
    failed = []
    for step in steps:
        start = time.monotonic()
        progress(f"– {step.title} …")
        code = step.run()
        say(f"{'in Ordnung' if code == 0 else 'FEHLER    '}  {step.title}, {seconds(start)}")
        if code:
            failed.append(step.title)
    return failed


def run_pytest(arguments: Sequence[str], failed: Sequence[str]) -> int:
    """Run pytest on two processes; failed steps are named again right above its closing line."""
    extra = {"KREISLAUFSTADT_FAILED_STEPS": json.dumps(failed)}
    if (TEST_SITE / "index.html").exists():
        extra["KREISLAUFSTADT_SITE"] = str(TEST_SITE)
    options = ["-p", "scripts.pytest_steps", "-q", "-n", "2", "--dist", "worksteal"]
    return run_module("pytest", *options, *arguments, extra=extra)


def ensure_programs() -> None:
    """Make sure that the programs the tests use are there; as root on Debian install them, else say how."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _install(missing_programs(), () if find_nginx() else NGINX_PACKAGES, *((package,) for name, package in OPTIONAL.items() if not shutil.which(name)))
    missing = missing_programs()
    if missing:
        raise SetupError(
            f"Für die Prüfungen fehlt: {', '.join(missing)}. So wird es installiert:\n"
            f"  Debian, Ubuntu:  sudo apt-get update && sudo apt-get install {' '.join(missing)}\n"
            "  andere Systeme:  Chromium und pdftotext installieren; den Pfad eines anderen Browsers in CHROME_PATH nennen\n"
            "Alles andere prüft so lange: python3 scripts/test.py " + " ".join(f"--nur {step.name}" for step in STEPS),
        )
    if not find_nginx():
        progress(f"Ohne nginx entfallen die Prüfungen am echten Webserver (apt-get install {' '.join(NGINX_PACKAGES)}).")


def _install(*groups: Sequence[str]) -> None:
    """Install each group by itself, so that a package this system does not have stops no other."""
    wanted = [group for group in groups if group]
    if wanted:
        progress(f"Ich installiere {', '.join(name for group in wanted for name in group)} (apt-get) …")
        variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], *(["install", "--yes", "--no-install-recommends", *group] for group in wanted)):
            subprocess.run(["apt-get", "--quiet=2", *command], env=variables, stdout=subprocess.DEVNULL, check=False)


def missing_programs() -> list[str]:
    """Return the Debian packages of the programs that the machine lacks."""
    found = {"chromium": find_browser(), "poppler-utils": shutil.which("pdftotext")}
    return [package for package, program in found.items() if not program]


def find_nginx() -> str | None:
    """Return the path of nginx, which often lies where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


if __name__ == "__main__":
    sys.exit(main())
