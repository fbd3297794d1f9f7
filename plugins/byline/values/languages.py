"""Tags of languages (BCP 47), from the nearest to the farthest that says the same.

Not a list of languages, and not what is said in them.
"""

from __future__ import annotations


def from_the_nearest_on(tag: str) -> tuple[str, ...]:
    """Return a tag in small letters with its shorter forms, as in `zh-hant-tw`, `zh-hant`, `zh` (RFC 4647, 3.4)."""
    parts = tag.replace("_", "-").lower().split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))
