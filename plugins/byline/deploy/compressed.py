"""Compressed copies of texts: `page.html.gz` beside `page.html`, for servers that send it as it is (nginx gzip_static).

Not for hosts that compress themselves.
"""

from __future__ import annotations

import gzip

SUFFIX = ".gz"
_TEXTS = (".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml", ".xsl")


def compressible(path: str) -> bool:
    """Tell whether a file is a text that is worth compressing."""
    return path.lower().endswith(_TEXTS)


def compressed(body: bytes) -> bytes:
    """Return the body in gzip format (RFC 1952), without name and time, so that equal bodies give equal bytes."""
    return gzip.compress(body, 9, mtime=0)
