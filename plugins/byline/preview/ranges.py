"""Range requests: which bytes of a body one `Range` header asks for (RFC 9110, section 14).

Not several ranges in one answer: a request for those gets the whole body, as section 14.2 allows.
"""

from __future__ import annotations

import re

_SINGLE = re.compile(r"bytes=\s*(?:(?P<first>\d+)-(?P<last>\d*)|-(?P<suffix>\d+))\s*", re.ASCII | re.IGNORECASE)


class Unsatisfiable(Exception):  # noqa: N818  the RFC's own word for it
    """The body has none of the bytes asked for: the answer is 416."""


def wanted(header: str | None, size: int) -> range | None:
    """Return the positions asked for of a body of `size` bytes; None when it is to be sent whole.

    Raises Unsatisfiable when the header is valid and the body has no such byte.
    """
    asked = _SINGLE.fullmatch(header or "")
    if asked is None:
        return None
    if asked["suffix"]:
        first, last = max(0, size - int(asked["suffix"])), size - 1
    else:
        first, last = int(asked["first"]), int(asked["last"] or size - 1)
        if asked["last"] and last < first:
            return None  # no valid range, so no Range header
    if first >= size:
        raise Unsatisfiable
    return range(first, min(last, size - 1) + 1)
