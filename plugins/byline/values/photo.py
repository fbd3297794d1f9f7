"""One picture as a post shows it.

Not the file: a Photo says where the picture stands and how to describe it, and holds none of its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture: its POSIX path below content/, its address below the site's root, words for it, pixels."""

    path: str
    url: str
    alt: str = ""
    title: str = ""
    width: int | None = None
    height: int | None = None
