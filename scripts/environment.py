"""The project's own Python environment: make it, fill it from the locks, run programs in it.

Standard library only: this runs before anything is installed. Repeat runs find a stamp
(a hash of everything that decides what is installed) and do nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
WORK = ROOT / ".build"
MINIMUM = (3, 11)
QUIET = bool(os.environ.get("CI"))
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names of the programs that tests and measurements run pages in, the fastest first."""

# Settings of a person's own Python that must not reach the project's environment.
_FOREIGN = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIREMENT", "VIRTUAL_ENV")


class SetupError(Exception):
    """The environment cannot be made; the message says in German what to do."""


def say(text: str) -> None:
    """Print at once, so that the order of lines holds beside other programs' output."""
    print(text, flush=True)


def progress(text: str) -> None:
    """Print only for people, not in CI."""
    if not QUIET:
        say(text)


def seconds(start: float) -> str:
    """Write the time since ``start`` (of ``time.monotonic``) as people read it: ``3,2 s``."""
    return f"{time.monotonic() - start:.1f} s".replace(".", ",")


def python_path(environment: Path = ENVIRONMENT) -> Path:
    """Return the environment's interpreter."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def find_browser() -> str | None:
    """Return the path of a Chromium, if the machine has one: that of ``CHROME_PATH``, else the first found."""
    named = os.environ.get("CHROME_PATH", "")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables for a program that runs in the environment."""
    variables = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    if not variables.get("HOME", "-"):
        del variables["HOME"]  # an empty HOME would put caches beside the root folder
    folder = str(python_path().parent)
    variables["PATH"] = os.pathsep.join((folder, variables.get("PATH", os.defpath)))
    variables["PYTHONUTF8"] = "1"
    variables["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    variables["NO_MKDOCS_2_WARNING"] = "true"
    variables.update(extra or {})
    return variables


def run(arguments: Sequence[str], extra: Mapping[str, str] | None = None) -> int:
    """Run a program of the environment in the project's folder and return its exit code."""
    sys.stdout.flush()
    return subprocess.run(arguments, cwd=ROOT, env=child_environment(extra), check=False).returncode


def run_module(name: str, *arguments: str, extra: Mapping[str, str] | None = None) -> int:
    """Run ``python -m name`` in the environment."""
    return run([str(python_path()), "-m", name, *arguments], extra)


@contextlib.contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Let one process in at a time; the lock goes with the process, however it ends."""
    WORK.mkdir(exist_ok=True)
    with (WORK / f"{name}.lock").open("a+b") as handle:
        try:
            import fcntl  # noqa: PLC0415 (not there on Windows, where two runs at once are not kept apart)
        except ImportError:
            yield
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("Ein anderer Lauf arbeitet gerade hier, ich warte auf sein Ende …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def prepare(*locks: str, offline: bool = False) -> None:
    """Make sure that the environment holds what the named locks say, and the project itself."""
    with exclusive("environment"):
        version = _make_environment()
        for lock in locks:
            _install_lock(lock, version, offline=offline)
        _install_project(version, offline=offline)


def stamp_of(*files: str, root: Path = ROOT, version: str = "") -> str:
    """Hash what decides what is installed: the files, the Python version, where the project lies."""
    digest = hashlib.sha256(f"{version}\0{root}".encode())
    for name in files:
        digest.update(b"\0" + (root / name).read_bytes())
    return digest.hexdigest()


def _make_environment() -> str:
    """Make the environment unless it works, and return its Python version."""
    version = _environment_version()
    if version or Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return version  # also if started from inside it: it cannot be replaced under its own feet
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetupError(_missing_venv())
    progress("Ich lege die Python-Umgebung des Projekts an (.venv) …")
    command = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
    done = subprocess.run(command, env=child_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        detail = (done.stdout + done.stderr).strip()
        raise SetupError(f"Die Python-Umgebung ließ sich nicht anlegen.\n{detail}\n{_missing_venv()}")
    return _environment_version()


def _environment_version() -> str:
    """Return the version of a working environment (new enough, pip there), else nothing."""
    python = python_path()
    if not python.exists():
        return ""
    code = f"import pip, platform, sys; print(platform.python_version() if sys.version_info >= {MINIMUM} else '')"
    done = subprocess.run([str(python), "-c", code], env=child_environment(), capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _missing_venv() -> str:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return (
        f"Diesem Python {version} fehlt das Modul „venv“ (mit „ensurepip“), das die Umgebung anlegt. So wird es installiert:\n"
        f"  Debian, Ubuntu:  sudo apt-get install python{version}-venv\n"
        "  andere Systeme:  Python mit dem Paket „venv“ aus der Paketverwaltung oder das Python von python.org\n"
        "Danach denselben Befehl noch einmal starten."
    )


def _install_lock(name: str, version: str, *, offline: bool) -> None:
    lock = f"requirements/{name}.txt"
    stamp = stamp_of(lock, version=version)
    if _read_stamp(name) == stamp:
        return
    progress(f"Ich installiere die festgeschriebenen Pakete aus {lock} …")
    _pip("--require-hashes", "--only-binary", ":all:", "--requirement", lock, offline=offline)
    _write_stamp(name, stamp)


def _install_project(version: str, *, offline: bool) -> None:
    stamp = stamp_of("pyproject.toml", "requirements/site.txt", version=version)
    if _read_stamp("project") == stamp:
        return
    progress("Ich installiere das Projekt selbst …")
    _pip("--no-build-isolation", "--editable", ".", offline=offline)
    _write_stamp("project", stamp)


def _pip(*arguments: str, offline: bool) -> None:
    command = ["install", "--no-deps", "--no-input", "--quiet", "--progress-bar", "off", "--no-warn-script-location"]
    index = ["--no-index"] if offline else []
    if run_module("pip", *command, *index, *arguments):
        reason = "Ohne Netz geht das nur, wenn die Umgebung schon steht." if offline else "Besteht eine Verbindung zum Internet?"
        raise SetupError(f"Die Pakete ließen sich nicht installieren (Meldungen von pip: oben). {reason}")


def _stamp_file(name: str) -> Path:
    return ENVIRONMENT / f"kreislaufstadt-{name}.stamp"


def _read_stamp(name: str) -> str:
    file = _stamp_file(name)
    return file.read_text("utf-8") if file.exists() else ""


def _write_stamp(name: str, stamp: str) -> None:
    _stamp_file(name).write_text(stamp, "utf-8")
