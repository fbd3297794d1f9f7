"""The seal of a page: the digest of its own content, in a meta element that the theme leaves empty for it.

Not for browsers and no secret: whoever looks at the live site knows by it which page a server that rewrites HTML sent.
"""

from __future__ import annotations

import hashlib
import re

EMPTY = b'<meta name="byline" content="">'
_SEAL = re.compile(
    rb"""<meta\b(?=[^>]*\sname=["']?byline["'\s/>])[^>]*?\scontent=["']?([0-9a-f]{32})(?![0-9a-z])""", re.IGNORECASE
)


def sealed(page: bytes) -> bytes:
    """Return the page with its seal in place: the first 32 hex digits of the SHA-256 of it with the seal left empty."""
    if EMPTY not in page:
        return page
    return page.replace(EMPTY, b'<meta name="byline" content="%s">' % _digest(page), 1)


def seal_of(page: bytes) -> str:
    """Return the seal that a page carries, or an empty text; a server may have changed quotes and order."""
    found = _SEAL.search(page)
    return found[1].decode().lower() if found else ""


def _digest(page: bytes) -> bytes:
    return hashlib.sha256(page).hexdigest()[:32].encode()
