"""What this machine is, as far as a built site can tell: its Python, the packages there, the languages it speaks.

Not its fonts and not its time: those are asked where they are used.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_SPOKEN = ("LANGUAGE", "LC_ALL", "LC_TIME", "LC_CTYPE", "LANG", "TZ")
_INSTALLED = {".dist-info", ".egg-info", ".egg-link", ".pth"}


def described() -> str:
    """Return a text that is another when Python, an installed package's version or the language is another."""
    folders = sorted({Path(folder) for folder in sys.path if folder and Path(folder).is_dir()})
    packages = sorted(path.name for folder in folders for path in folder.iterdir() if path.suffix in _INSTALLED)
    spoken = [f"{name}={os.environ.get(name, '')}" for name in _SPOKEN]
    return "\n".join((sys.version, sys.platform, *packages, *spoken))
