"""The writer's browser, started in a process of its own, without tokens in its environment.

Not a tool for tests: they ask the server themselves.
"""

from __future__ import annotations

import sys
from pathlib import Path

from byline.edges import programs

_OPEN = "import sys, webbrowser; webbrowser.open(sys.argv[1])"


def show(address: str) -> None:
    """Open an address in the browser that the system or the variable BROWSER names; without one, do nothing."""
    programs.run([sys.executable, "-c", _OPEN, address], cwd=Path.cwd())
