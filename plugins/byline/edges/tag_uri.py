"""The `tag:` URI (RFC 4151) of a feed's entry, as the library makes it with which Pelican writes feeds.

Not the id of an entry that has one of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedgenerator import get_tag_uri

if TYPE_CHECKING:
    from datetime import datetime

_PLAIN_URL = re.compile(r"https?://(?P<host>[a-z0-9-][a-z0-9.-]*)(?P<path>(?:/[\w.%-]*)*)", re.ASCII)
_FOUR_DIGITS = 1000
"""From this year on every system writes a year with four digits."""


def tag_uri(url: str, published: datetime | None) -> str:
    """Return the `tag:` URI that Pelican's feeds give an entry."""
    plain = _PLAIN_URL.fullmatch(url)
    if plain is None or published is None or published.year < _FOUR_DIGITS:
        return str(get_tag_uri(url, published))
    return f"tag:{plain['host']},{published.date()}:{plain['path']}"
