"""The head of a picture file: how many pixels it has.

Not the picture: nothing is decoded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import imagesize

if TYPE_CHECKING:
    from pathlib import Path


def size(path: Path) -> tuple[int, int] | None:
    """Return width and height in pixels, or None when the file is no picture whose head can be read."""
    try:
        width, height = imagesize.get(path)
    except (OSError, ValueError):
        return None
    return (int(width), int(height)) if width > 0 and height > 0 else None
