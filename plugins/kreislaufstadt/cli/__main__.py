"""``python -m kreislaufstadt.cli``, the same as the command ``kreislaufstadt``."""

import sys

from kreislaufstadt.cli import main

sys.exit(main())
