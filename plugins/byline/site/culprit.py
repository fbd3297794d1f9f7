"""Whose line it was: an exception's place in the site's own files, its templates, plugins and settings.

Not the engine's files: a writer cannot mend those.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from byline.values.problem import Place


def place_of(error: BaseException, root: Path) -> Place | None:
    """Return the innermost line below `root` that took part in raising, or None when only the engine's did."""
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_relative_to(root):
        return Place(Path(error.filename).relative_to(root).as_posix(), error.lineno)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        below = os.path.relpath(frame.filename, root)
        engine = below.startswith((os.pardir, str(Path("plugins", "byline")), ".venv"))
        if not engine and Path(frame.filename).exists():
            return Place(Path(below).as_posix(), frame.lineno)
    return None
