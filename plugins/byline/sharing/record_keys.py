"""Record keys of the AT Protocol: where a copy stands in its author's repository, known before it does.

Not a clock: a post has the same key on any machine and at any time, so that a copy sent again is the same record.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_LENGTH = 13
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDS = 1 << 53
_CLOCKS = 1 << 10
_SECOND = 1_000_000


def record_key(published: datetime, post_id: str) -> str:
    """Return the key of a post's copy: a TID (https://atproto.com/specs/tid) that sorts by when it was published.

    `published` is aware; before 1970 counts as then. The part of a second that dates of posts leave open, and the 10
    bits of a clock's number, come of the post's feed id, so that two posts of one minute have two keys.
    """
    drawn = int.from_bytes(hashlib.sha256(post_id.encode(errors="surrogatepass")).digest()[:8])
    second = max(0, (published - _EPOCH) // timedelta(seconds=1)) * _SECOND
    number = (second + drawn // _CLOCKS % _SECOND) % _MICROSECONDS * _CLOCKS + drawn % _CLOCKS
    return "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
