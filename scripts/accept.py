"""Accept what golden tests see as the expected output: ``python3 scripts/accept.py [test …]``.

Without arguments all golden tests are run. Look at ``git diff tests`` afterwards:
a changed expectation is a changed promise.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run the golden tests with the option that writes their expectations."""
    folder = "Scripts" if sys.platform == "win32" else "bin"
    python = ROOT / ".venv" / folder / "python"
    interpreter = str(python) if python.exists() else sys.executable
    chosen = sys.argv[1:] or ["-m", "golden"]
    command = [interpreter, "-m", "pytest", "-q", "--akzeptieren", *chosen]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
