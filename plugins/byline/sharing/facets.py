"""Facets: which bytes of a text are a link or a hashtag, as the AT Protocol wants it said beside the text.

Not markup: the text stays as it is. People who are named by `@` are not looked up, and stay words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOUND = re.compile(r"(?P<url>https?://[^\s<>\"“”]+)|(?<![\w/&#])#(?P<tag>[^\s#@/<>\"“”‘’()\[\]{}]+)", re.IGNORECASE)
_AT_END = ".,;:!?…'’»”*_)。、！？"
"""What ends the sentence, and not the address or tag in it."""
_LONGEST_TAG = 64
"""Graphemes, of which there are not more than characters."""


def facets(text: str) -> list[dict[str, Any]]:
    """Return the facets of a text, in its order (https://docs.bsky.app/docs/advanced-guides/post-richtext).

    Each tells where it begins and ends in bytes of UTF-8, the end not among them.
    """
    return [
        {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]} for start, end, feature in _facets(text)
    ]


def _facets(text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    at = passed = 0
    for found in _FOUND.finditer(text):
        whole = _ended(found[0])
        if not _counts(whole):
            continue
        passed += len(text[at : found.start()].encode())
        start, passed, at = passed, passed + len(whole.encode()), found.start() + len(whole)
        yield start, passed, _link(whole) if found["url"] else _tag(whole[1:])


def _counts(whole: str) -> bool:
    """Tell whether this is an address with a host, or a tag that is more than a number."""
    if whole.startswith("#"):
        return len(whole) <= _LONGEST_TAG + 1 and any(map(str.isalpha, whole))
    return bool(whole.partition("://")[2])


def _ended(written: str) -> str:
    """Return an address or tag without what only ends the sentence; a bracket that it opened itself stays."""
    ended = written.rstrip(_AT_END)
    rest = written[len(ended) :]
    return f"{ended})" if rest.startswith(")") and ended.count("(") > ended.count(")") else ended


def _link(uri: str) -> dict[str, str]:
    return {"$type": "app.bsky.richtext.facet#link", "uri": uri}


def _tag(tag: str) -> dict[str, str]:
    return {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
