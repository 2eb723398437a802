"""Plugin for pytest: name the failed steps of ``scripts/test.py`` right above pytest's closing line."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest import TerminalReporter  # noqa: PT013 (a name for the type checker only)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Add a section if steps before pytest failed."""
    failed = json.loads(os.environ.get("KREISLAUFSTADT_FAILED_STEPS", "[]"))
    if failed:
        terminalreporter.section("Schritte vor pytest mit Fehlern", red=True, bold=True)
        for title in failed:
            terminalreporter.line(f"FEHLER {title}")
